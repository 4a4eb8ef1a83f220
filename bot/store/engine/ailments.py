"""What is wrong with a database that answers and cannot be used: a full disk, a file nobody may write, damage.

Trying again does not help, and neither does looking at the next row: somebody has to do something,
and what that is stands in the message.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

_FULL = "The disk that the database is on is full. Make room there; nothing needs to be started again."
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: (
        "The disk that the database is on cannot be read or written. Make room on it, or replace it if it is broken."
    ),
    sqlite3.SQLITE_READONLY: (
        "The database can be read and not written. Let the account that runs Kept write the file and its folder."
    ),
    sqlite3.SQLITE_PERM: (
        "The database's file may not be opened. Let the account that runs Kept write the file and its folder."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The database's file cannot be opened. Its folder has to be there, and the account that runs Kept "
        "has to be allowed to write in it."
    ),
    sqlite3.SQLITE_CORRUPT: "The database's file is damaged. Stop the bot and restore a backup.",
    sqlite3.SQLITE_NOTADB: "The database's file is none of SQLite's. Name another in KEPT_DATABASE_URL.",
}
_DISK_FULL = "53100"  # of PostgreSQL's SQLSTATEs


def why_unusable(error: DBAPIError) -> str:
    """What is wrong with the database itself and what to do about it; "" for an error that tells of something else."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "")
    return _FULL if getattr(cause, "sqlstate", None) == _DISK_FULL else ""
