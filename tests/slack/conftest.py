"""What Slack's tests stand on: a folder with a database that need not be migrated first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path(tmp_path: Path, sqlite_template: Path) -> Path:
    """A test's own folder, with a migrated `kept.db`: twenty migrations cost three times what a day in Slack does."""
    shutil.copy(sqlite_template, tmp_path / "kept.db")
    return tmp_path
