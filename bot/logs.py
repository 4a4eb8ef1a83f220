"""The log: to standard error, a line each, for people or for programs, in UTC wherever the server stands."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from bot.sections import LogFormat, LogLevel

_CHATTY = ("apscheduler", "alembic")


def begin(level: LogLevel, form: LogFormat) -> None:
    """Log from now on, at this level and above."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Objects() if form == "json" else _Lines())
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class _Lines(logging.Formatter):
    """Moment, level, where, what; a trace follows on lines of its own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 -- its base's
        return _moment(record)


class _Objects(logging.Formatter):
    """A JSON object a line, its trace included."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "where": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
