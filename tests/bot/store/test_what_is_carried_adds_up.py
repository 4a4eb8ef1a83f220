"""What a period owes beside its own is, whatever is carried into it and taken back, what its ledger adds up to."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import breaches, carries, obligations, tallies
from bot.store.database import Database
from bot.store.tx import Tx
from slacore.breaches import Breach
from slacore.carries import CarryEntry
from tests.bot.store.promises import NOON, OCTOBER, begin_company, log, owed

_companies = itertools.count()
PERIODS = (OCTOBER, date(2026, 11, 1), date(2026, 12, 1))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 2), st.integers(1, 9), st.booleans()), max_size=10))
async def test_a_tally_is_the_sum_of_the_ledger(database: Database, steps: list[tuple[int, int, int, bool]]) -> None:
    workspace = f"carrying {next(_companies)}"
    await database.write(workspace, begin)
    for breach, to, units, beside in steps:
        await database.write(workspace, lambda tx, b=breach, t=to, u=units, x=beside: move(tx, b, t, u, x))  # type: ignore[misc]
    await database.read(workspace, compare)


async def begin(tx: Tx) -> None:
    await begin_company(tx)
    for number in (1, 2):
        await obligations.add(tx, owed(number))
        await breaches.add(tx, Breach(number, number, "a", 1, "leads", "marketing", 9, False, NOON))


async def move(tx: Tx, breach: int, to: int, units: int, beside: bool) -> None:
    """Carry something over first; whatever comes after it takes some of that back."""
    before = await carries.of_breach(tx, breach)
    period = before[0].to_starts_on if before else PERIODS[to]
    moved = -min(units, sum(entry.units for entry in before)) if before else units
    entry = CarryEntry(breach, len(before) + 1, "a", "leads", PERIODS[0], period, moved, "morgan", NOON)
    await carries.add(tx, entry)
    if beside:
        await log(tx, 5, late=False, campaign="", handed_on=NOON.date())


async def compare(tx: Tx) -> None:
    total = 0
    for period in PERIODS:
        tally = await tallies.of_period(tx, "a", "leads", period)
        ledger = await carries.into(tx, "a", "leads", period)
        assert tally.carried == sum(entry.units for entry in ledger)
        total += tally.carried
    assert total == sum([entry.units for breach in (1, 2) for entry in await carries.of_breach(tx, breach)])
