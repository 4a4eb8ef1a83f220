"""What waits is found by an index, however much is over: by owner and moment, by conversation, by the next look."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CompoundSelect, Select
from sqlalchemy.dialects import sqlite

from bot.store import breaches, counts, deliveries, incidents, items, obligations, schedules, unheard

NOW = datetime(2026, 10, 5, 13, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "workspace": "w",
    "owner": "tom",
    "agreement": "a",
    "commitment": "c",
    "now": NOW,
    "most": 10,
    "ahead": NOW,
    "far": NOW,
    "service": "shop",
    "since": NOW,
    "until": NOW,
    "platforms": ["slack", "web"],
    "whom": "tom",
    "owners": ["tom", "priya"],
    "agreements": ["a", "b"],
    "commitments": ["c", "d"],
    "periods": [date(2026, 10, 1), date(2026, 11, 1)],
}
QUESTIONS = [
    ("ix_obligations_owner", obligations._OF_OWNER[1]),
    ("ix_obligations_owner", obligations._WAITING[True]),
    ("ix_obligations_owner", obligations._LATE_OF[True]),
    ("ix_obligations_owner", obligations._TO_COME_OF[True]),
    ("ix_obligations_agreement", obligations._OF_AGREEMENT[1]),
    ("ix_obligations_agreement", obligations._WAITING[False]),
    ("ix_obligations_agreement", obligations._LATE_OF[False]),
    ("ix_obligations_agreement", obligations._SOONEST),
    ("ix_obligations_look_again_at", obligations._DUE),
    ("ix_schedules_look_again_at", schedules._DUE),
    ("ix_outbox_open", deliveries._DUE_ANYWHERE),
    ("ix_outbox_open", deliveries._NEXT_ANYWHERE),
    ("ix_outbox_open", deliveries._STIRRING),
    ("ix_outbox_open", deliveries._READY),
    ("ix_outbox_open", unheard._HELD),
    ("ix_items_owner", items._LOADS),
    ("SEARCH breaches", breaches._OF_STRETCH),
    ("commitment=? AND period_starts_on=?", counts._OF_PERIODS),
    ("ix_incidents_restored", incidents._LASTING[False]),
    ("ix_incidents_ended", incidents._LASTING[True]),
    ("ix_incidents_restored", incidents._BEFORE),
]


@pytest.mark.parametrize(("index", "question"), QUESTIONS)
def test_each_question_goes_down_its_index(
    sqlite_template: Path, index: str, question: Select[Any] | CompoundSelect[Any]
) -> None:
    known = {name: value for name, value in VALUES.items() if name in question.compile().params}
    compiled = question.params(**known).compile(
        dialect=sqlite.dialect(),
        compile_kwargs={"render_postcompile": True},
    )
    with closing(sqlite3.connect(sqlite_template)) as connection:
        asked = str(compiled)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {asked}", ["x"] * asked.count("?")).fetchall()
    read = [step for *_, step in plan if step.startswith(("SEARCH", "SCAN"))]
    parts = len(question.selects) if isinstance(question, CompoundSelect) else 1
    assert all(index in each for each in read[:parts])
