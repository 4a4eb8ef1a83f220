"""How the value of a setting is written: each kind is read from what stands in a file or in the environment.

Where it stands is not known here; a value that cannot be taken says what is wrong and how to mend it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.files import Value
from bot.redactions import redact_url
from bot.sections import Listen, LogFormat, LogLevel

_FORMATS: tuple[LogFormat, ...] = ("text", "json")
_LEVELS: tuple[LogLevel, ...] = ("debug", "info", "warning", "error")
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


_QUERY = re.compile(r"\?\w+=.*", re.DOTALL)


class Misspelt(Exception):
    """A value that cannot be taken, before it is known where it stands."""

    def __init__(self, problem: str, mend: str) -> None:
        """Say what is wrong and how to mend it."""
        super().__init__(problem)
        self.problem = problem
        self.mend = mend


def a_text(value: Value) -> str:
    """A text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise Misspelt(f"is {_show(value)}, not a text", "write a text")
    return value


def a_web_address(value: Value) -> str:
    """An address of the web; "" where nobody named one."""
    if value in ("", None):
        return ""
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s?#]+", value):
        raise Misspelt(f"is {_show(value)}, no address", "write it like https://kept.example.com")
    return value


def a_public_address(value: Value) -> str:
    """Where the outside world reaches us: a host of our own, because our pages stand at its root."""
    address = a_web_address(value)
    if urlsplit(address).path not in ("", "/"):
        raise Misspelt(f"is {_show(value)}, below a path", "give it a host name of its own: https://kept.example.com")
    return address.rstrip("/")


def a_boolean(value: Value) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise Misspelt(f"is {_show(value)}, neither true nor false", "write true or false")
    return value


def a_pace(value: Value) -> int:
    """How many a minute; 0 for any number."""
    if not isinstance(value, int) or isinstance(value, bool) or not (value == 0 or 10 <= value <= 10_000):
        raise Misspelt(f"is {_show(value)}", "write a whole number from 10 to 10000, or 0 for any number")
    return value


def a_log_level(value: Value) -> LogLevel:
    """How much is logged."""
    for level in _LEVELS:
        if value == level:
            return level
    raise Misspelt(f"is {_show(value)}", f"write one of {', '.join(_LEVELS)}")


def a_log_format(value: Value) -> LogFormat:
    """How each line of the log is written."""
    for form in _FORMATS:
        if value == form:
            return form
    raise Misspelt(f"is {_show(value)}", f"write one of {', '.join(_FORMATS)}")


def a_listener(value: Value) -> Listen:
    """A host and a port, host:port."""
    found = re.fullmatch(
        r"(?:\[([0-9a-fA-F:.%]+)\]|([^\s:/\[\]]+)):([0-9]{1,5})", value if isinstance(value, str) else ""
    )
    if not found or int(found[3]) > 65535:
        raise Misspelt(f"is {_show(value)}, not host:port", "write for example 127.0.0.1:8080, or 0.0.0.0:8080 for all")
    return Listen(found[1] or found[2], int(found[3]))


def a_database_url(value: Value) -> str:
    """Where everything is remembered, with its driver named; no database in memory."""
    scheme, separator, rest = (value if isinstance(value, str) else "").partition("://")
    driver = _DRIVERS.get(scheme)
    if not separator or driver is None:
        shown = redact_url(value) if isinstance(value, str) and separator else value
        raise Misspelt(
            f"is {_show(shown)}, no database that the bot knows",
            "write sqlite:///var/kept.db or postgresql://user@host/name",
        )
    if driver == "sqlite+aiosqlite" and rest and not rest.startswith(("/", "?")):
        mend = "write three slashes before a file seen from here, four before /srv: sqlite:///var/kept.db"
        raise Misspelt("has too few slashes", mend)
    login, _, _ = _QUERY.sub("", rest).rpartition("@")
    if driver != "sqlite+aiosqlite" and re.search(r"[@/?#]|:.*:", login):
        mend = "write @ as %40, : as %3A, / as %2F, ? as %3F and # as %23"
        raise Misspelt("has a password that an address cannot hold as it is", mend)
    if driver == "sqlite+aiosqlite" and rest.partition("?")[0] in {"", "/", "/:memory:"}:
        raise Misspelt(
            "is a database in memory, which forgets every promise at a stop", "name a file: sqlite:///var/kept.db"
        )
    return f"{driver}://{rest}"


def a_moment(value: Value) -> datetime:
    """A moment with its offset, as aware UTC."""
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Misspelt(f"is {_show(value)}, no moment with its offset", "write it like 2026-10-01T08:30:00-04:00")
    return moment.astimezone(UTC)


def _show(value: Value) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "a section" if isinstance(value, dict) else "a list"
    return f"'{value}'"
