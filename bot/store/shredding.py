"""What was overwritten leaves the database's file as well: until then it lies there, for whoever opens the file."""

from __future__ import annotations

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from bot.redactions import redact_url
from bot.store.engine.engines import address

_WAITS = 60


class NotShredded(OSError):
    """Somebody else held on to the file; the message says what to do."""


def shred(url: str) -> None:
    """Write the database anew without what nobody refers to any more. Raises NotShredded.

    Everybody may go on meanwhile; on SQLite who writes waits, and needs the room for a second file.
    """
    parsed = address(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite:
        plain = parsed.set(drivername="sqlite")
        engine = create_engine(plain, connect_args={"isolation_level": None, "timeout": _WAITS})
    else:
        engine = create_engine(parsed, connect_args={"prepare_threshold": None}, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            if sqlite:
                busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
                if busy:
                    raise NotShredded(_told(url))
    except OperationalError as error:
        raise NotShredded(_told(url)) from error
    finally:
        engine.dispose()


def _told(url: str) -> str:
    return (
        f"{redact_url(url)} is in use, or its disk has no room for a second file, so what was taken out may still lie "
        "in it. Stop the bot, make room, and type `kept shred`."
    )
