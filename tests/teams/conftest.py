"""What Teams' tests stand on: a migrated SQLite file, and Company X moved to Teams."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.teams.stage import on_teams
from tests.world import COMPANY_X


@pytest.fixture
def one_url(sqlite_folder: Path, sqlite_template: Path) -> str:
    """A database for one test; what is stored is the store's own tests' business on both kinds."""
    path = sqlite_folder / "kept.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def company_x(tmp_path: Path) -> Path:
    """Company X's agreement with its people and channel in Teams."""
    return on_teams(tmp_path, COMPANY_X)
