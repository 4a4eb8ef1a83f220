"""The linter of import contracts, for many small houses: its libraries are loaded once, in a process of their own."""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.connection import Connection
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["importlinter.cli", "tests.house.linter"])


def lint(folder: Path) -> tuple[int, str]:
    """Check a house against the plan that stands in it: the exit status, and what was printed.

    Each is checked in a fresh process, since the modules of one house are called like those of the next.
    """
    ours, theirs = _FORKS.Pipe()
    process = _FORKS.Process(target=_lint, args=(folder, theirs))
    process.start()
    theirs.close()
    try:
        status, printed = ours.recv()
    finally:
        process.join(60)
        ours.close()
    return int(status), str(printed)


def _lint(folder: Path, answer: Connection) -> None:
    os.chdir(folder)
    sys.path[:] = [each for each in sys.path if "site-packages" in each or "/lib/python" in each]
    for name in [name for name in sys.modules if name.partition(".")[0] in {"bot", "slacore"}]:
        del sys.modules[name]
    from importlinter.cli import lint_imports

    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = lint_imports(no_cache=True, no_logo=True)
    answer.send((status, said.getvalue()))
