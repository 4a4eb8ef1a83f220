"""What waits about items is found by owner and moment: a hundred thousand open ones are passed by."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from bot.store import obligations

NOW = datetime(2026, 10, 5, 13, tzinfo=UTC)
VALUES = {"workspace": "w", "owner": "tom", "agreement": "a", "commitment": "c", "now": NOW, "most": 10}
QUESTIONS = [
    ("ix_obligations_owner", obligations._OF_OWNER[1]),
    ("ix_obligations_owner", obligations._WAITING[True]),
    ("ix_obligations_owner", obligations._LATE_OF[True]),
    ("ix_obligations_owner", obligations._TO_COME_OF[True]),
    ("ix_obligations_agreement", obligations._OF_AGREEMENT[1]),
    ("ix_obligations_agreement", obligations._WAITING[False]),
    ("ix_obligations_agreement", obligations._LATE_OF[False]),
    ("ix_obligations_agreement", obligations._SOONEST),
]


@pytest.mark.parametrize(("index", "question"), QUESTIONS)
def test_each_question_goes_down_its_index(sqlite_template: Path, index: str, question: Select[Any]) -> None:
    known = {name: value for name, value in VALUES.items() if name in question.compile().params}
    compiled = question.params(**known).compile(
        dialect=sqlite.dialect(),
        compile_kwargs={"render_postcompile": True},
    )
    with sqlite3.connect(sqlite_template) as connection:
        asked = str(compiled)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {asked}", ["x"] * asked.count("?")).fetchall()
    assert index in plan[0][3]
