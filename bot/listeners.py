"""What a deployment has to itself, taken first of all: a second copy stops here, having done nothing.

Loading and opening take a second or several. A command that somebody types meanwhile would fail at a closed port,
and Slack does not repeat it. So the system takes connections from the first moment on and keeps what they say until
the house reads it; there is nothing of ours in between that could lose it. Beyond so many it takes no more, and
whoever connects tries again.
"""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import IO

from bot.sections import Listen

WAIT_AT_MOST = 128
"""Connections that the system keeps while nobody reads them."""
_SET = "Set KEPT_LISTEN to"
_ELSEWHERE = "127.0.0.1:8080, or to 0.0.0.0:8080 for every address of this machine"


def bound(listen: Listen) -> list[socket.socket]:
    """Listen, from now on, at every address that a host and port stand for.

    Raises OSError, in words, where one cannot be taken.
    """
    try:
        found = socket.getaddrinfo(listen.host, listen.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        msg = f"Nobody can be heard on {listen}: no machine is called {listen.host}. {_SET} {_ELSEWHERE}."
        raise OSError(msg) from error
    taken: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in dict.fromkeys(found):
            taken.append(socket.socket(family, kind, protocol))
            taken[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                taken[-1].setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            taken[-1].bind(address)
            taken[-1].listen(WAIT_AT_MOST)
    except OSError as error:
        for each in taken:
            each.close()
        raise OSError(_why(listen, error)) from error
    return taken


def alone_with(database_url: str) -> IO[str] | None:
    """Serve a SQLite file alone on this machine, as long as what comes back is open; None for any other database.

    Two that serve one file would wait for each other at every write. Whoever only types a command may come along.
    Raises OSError, in words, where another copy serves it. Where the system has no such locks, nobody is stopped.
    """
    kind, _, name = database_url.partition(":///")
    if not kind.startswith("sqlite") or not name:
        return None
    try:
        import fcntl
    except ImportError:
        return None
    try:
        mark = Path(f"{name.partition('?')[0]}-serving").open("a", encoding="utf-8")  # noqa: SIM115 -- held open
    except OSError:  # a folder that is not there or may not be written: the database says so in its own words
        return None
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        mark.close()
        msg = f"Another copy of Kept serves {name} already. Stop it first; several may serve one PostgreSQL."
        raise OSError(msg) from taken
    except OSError:  # a disk without locks
        mark.close()
        return None
    return mark


def _why(listen: Listen, error: OSError) -> str:
    reason, mend = {
        errno.EADDRINUSE: (
            "something listens there already, perhaps another copy",
            "Stop it, or set KEPT_LISTEN to another port",
        ),
        errno.EACCES: ("only root may listen on a port below 1024", f"{_SET} one above, behind a proxy"),
        errno.EADDRNOTAVAIL: ("this machine has no such address", f"{_SET} {_ELSEWHERE}"),
    }.get(error.errno or 0, ((error.strerror or "the system refused").lower(), f"{_SET} {_ELSEWHERE}"))
    return f"Nobody can be heard on {listen}: {reason}. {mend}."
