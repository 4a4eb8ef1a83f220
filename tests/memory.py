"""Where files cost no disk: every commit waits for the disk, and a test run makes tens of thousands."""

from __future__ import annotations

import os
from pathlib import Path

MEMORY = Path("/dev/shm")


def put_temporary_files_in_memory() -> None:
    """Let tmp_path be in memory, where the machine has such a place; --basetemp still has the last word."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
