"""Whatever people do to an agreement, in whichever order, it stays right.

Thousands of random acts by random people drive the real desk over a real database; see `machine`, and `watched` for
what is measured. By default the same few lives are lived in every run. `HYPOTHESIS_PROFILE=thorough` lives a hundred
times as many, other ones each time, and prints the shortest that went wrong.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import make_url

from tests.life.company import Company, Databases
from tests.life.machine import Life
from tests.life.watched import Watched
from tests.postgres import Server

PROFILE = settings.get_profile(settings.get_current_profile_name())
ALL = PROFILE.max_examples
"""How many examples the profile asks of a property; a life is worth ten of them."""


def _lived(machine: type[Company], fresh: Callable[[], Databases], lives: int) -> None:
    life = type("Life", (machine,), {"fresh": staticmethod(fresh)})
    quick = PROFILE is settings.get_profile("quick")
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=lives,
            stateful_step_count=30,
            derandomize=quick,
            suppress_health_check=list(HealthCheck),
            phases=[each for each in Phase if each is not Phase.explain],
            database=None if quick else PROFILE.database,
        ),
    )


@pytest.fixture
def on_sqlite(sqlite_template: Path, sqlite_folder: Path) -> Callable[[], Databases]:
    """A new database for each life."""
    counted = itertools.count()

    def fresh() -> Databases:
        folder = sqlite_folder / str(next(counted))
        folder.mkdir()
        shutil.copy(sqlite_template, folder / "kept.db")
        url = f"sqlite:///{folder / 'kept.db'}"
        return Databases(url, url, folder)

    return fresh


def test_what_is_handed_over_and_answered_stays_right(on_sqlite: Callable[[], Databases]) -> None:
    _lived(Life, on_sqlite, lives=ALL // 10)


def test_what_is_measured_stays_right_until_its_last_day(on_sqlite: Callable[[], Databases]) -> None:
    _lived(Watched, on_sqlite, lives=ALL // 10)


@pytest.mark.postgres
@pytest.mark.parametrize("machine", [Life, Watched])
def test_it_stays_right_on_postgresql(machine: type[Company], postgres: Server, tmp_path: Path) -> None:
    def fresh() -> Databases:
        url = postgres.migrated()
        beyond = postgres.admin.set(database=make_url(url).database).render_as_string(hide_password=False)
        return Databases(url, beyond, tmp_path)

    _lived(machine, fresh, lives=ALL // 50)
