"""A select that is asked again and again gives what the library gave the first time, whatever it is asked with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select, bindparam, func, literal, select, union_all

from bot.store.database import Database
from bot.store.fences import mine
from bot.store.moments import UtcDateTime
from bot.store.tables import handoffs, people
from bot.store.tx import Tx
from tests.bot.store.promises import NOON, OCTOBER, log

OFTEN = 4
"""Often enough that the library is out of the way."""

_since = bindparam("since", type_=UtcDateTime)
LATER = select(handoffs).where(mine(handoffs), handoffs.c.logged_at >= _since).order_by(handoffs.c.number)
NUMBERED = select(handoffs.c.number, handoffs.c.handed_at.label("at"), literal("x").label("mark")).where(
    mine(handoffs), handoffs.c.number.in_(bindparam("numbers", expanding=True)), handoffs.c.logged_at >= _since
)
GIVEN = select(handoffs.c.number).where(mine(handoffs), handoffs.c.giver.in_(["marketing", "sales"])).limit(2)
SUMMED = select(func.count(), func.max(handoffs.c.logged_at).label("last")).where(mine(handoffs))
BOTH = union_all(
    select(people.c.id.label("who")).where(mine(people), people.c.active.is_(True)),
    select(handoffs.c.logged_by.label("who")).where(mine(handoffs), handoffs.c.period_starts_on == bindparam("on")),
)


@pytest.fixture
async def three(company: Database) -> Database:
    """Three handoffs of noon."""
    for _ in range(3):
        await company.write("x", lambda tx: log(tx, 25))
    return company


async def asked(tx: Tx, statement: Any, **values: Any) -> list[dict[str, Any]]:
    """What each of several askings gives, which is the same."""
    answers = [list(await tx.rows(statement, **values)) for _ in range(OFTEN)]
    assert all(each == answers[0] for each in answers)
    return [dict(row) for row in answers[0]]


async def test_rows_have_the_same_names_and_values(three: Database) -> None:
    async def look(tx: Tx) -> None:
        rows = await asked(tx, LATER, since=NOON)
        assert [row["number"] for row in rows] == [1, 2, 3]
        assert {row["logged_at"] for row in rows} == {NOON}
        assert rows[0]["period_starts_on"] == OCTOBER
        assert await asked(tx, GIVEN) == [{"number": 1}, {"number": 2}]
        (summed,) = await asked(tx, SUMMED)
        assert summed["last"] == NOON
        assert 3 in summed.values()
        assert len(await asked(tx, BOTH, on=OCTOBER)) == 2 + 3

    await three.read("x", look)


async def test_it_can_be_asked_with_something_else_each_time(three: Database) -> None:
    async def look(tx: Tx) -> None:
        for _ in range(OFTEN):
            for numbers in ([1], [2, 3], [], [1, 2, 3, 9]):
                rows = await tx.rows(NUMBERED, numbers=numbers, since=NOON)
                assert sorted(row["number"] for row in rows) == [each for each in numbers if each < 9]
                assert all(row["at"] == NOON and row["mark"] == "x" for row in rows)
            assert await tx.rows(LATER, since=NOON + timedelta(seconds=1)) == []
            assert len(await tx.rows(LATER, since=NOON)) == 3

    await three.read("x", look)


async def test_it_stays_behind_the_wall(three: Database) -> None:
    async def look(tx: Tx) -> list[dict[str, Any]]:
        return await asked(tx, LATER, since=NOON)

    assert len(await three.read("x", look)) == 3
    assert await three.read("y", look) == []


async def test_what_is_missing_is_refused_the_first_time_and_the_last(three: Database) -> None:
    def fresh() -> Select[Any]:
        return select(handoffs.c.number).where(mine(handoffs), handoffs.c.logged_at >= _since)

    async def look(tx: Tx) -> None:
        with pytest.raises(Exception, match="since"):
            await tx.rows(fresh())
        statement = fresh()
        await asked(tx, statement, since=NOON)
        with pytest.raises(KeyError, match="since"):
            await tx.rows(statement)

    await three.read("x", look)


async def test_it_sees_what_the_same_job_has_changed(three: Database) -> None:
    async def change(tx: Tx) -> None:
        for count in range(3, 3 + OFTEN):
            assert len(await tx.rows(LATER, since=NOON)) == count
            await log(tx, 5)

    await three.write("x", change)
