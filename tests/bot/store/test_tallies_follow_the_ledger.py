"""Whatever happens to handoffs, the running tallies are what adding up every ledger entry gives."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.store import handoffs as kept
from bot.store import tallies
from bot.store.database import Database
from bot.store.fences import mine
from bot.store.tables import campaign_tallies, handoff_entries, tally_days
from bot.store.tables import handoffs as handoffs_table
from bot.store.tx import Tx
from slacore import handoffs
from slacore.errors import Refusal
from slacore.handoffs import Handoff, Piles
from tests.bot.store.conftest import NOON
from tests.bot.store.promises import OCTOBER, begin_company, log

_companies = itertools.count()
_LEDGER = (
    select(
        handoff_entries.c.accepted,
        handoff_entries.c.awaiting,
        handoff_entries.c.disputed,
        handoffs_table.c.late,
        handoffs_table.c.handed_on,
        handoffs_table.c.campaign,
    )
    .join_from(handoff_entries, handoffs_table, handoff_entries.c.handoff == handoffs_table.c.number)
    .where(mine(handoff_entries), mine(handoffs_table))
)
_BY_DAY = select(tally_days).where(mine(tally_days))
_BY_CAMPAIGN = select(campaign_tallies).where(mine(campaign_tallies))

logs = st.tuples(st.just("log"), st.integers(1, 60), st.booleans(), st.sampled_from(["", "webinar"]), st.integers(0, 3))
changes = st.tuples(
    st.sampled_from(["accept", "dispute", "undo", "correct", "silence"]), st.integers(0, 5), st.integers(0, 60)
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(st.one_of(logs, changes), min_size=1, max_size=12), together=st.booleans())
async def test_tallies_are_what_the_ledger_adds_up_to(
    database: Database, steps: list[tuple[object, ...]], together: bool
) -> None:
    workspace = f"company {next(_companies)}"
    await database.write(workspace, begin_company)
    if together:
        await database.write(workspace, lambda tx: do(tx, steps))
    else:
        for step in steps:
            await database.write(workspace, lambda tx, step=step: do(tx, [step]))  # type: ignore[misc]
    await database.read(workspace, compare)


async def do(tx: Tx, steps: list[tuple[object, ...]]) -> None:
    for step in steps:
        match step:
            case ("log", int(quantity), bool(late), str(campaign), int(days)):
                on = NOON.date() - timedelta(days=days)
                await log(tx, quantity, late=late, campaign=campaign, handed_on=on)
            case (str(what), int(which), int(units)):
                number = await newest(tx)
                if number:
                    await change(tx, what, await kept.find(tx, which % number + 1), units)


async def newest(tx: Tx) -> int:
    found = await tx.rows(select(handoffs_table.c.number).where(mine(handoffs_table)))
    return max((row["number"] for row in found), default=0)


async def change(tx: Tx, what: str, handoff: Handoff, units: int) -> None:
    try:
        after, entry = {
            "accept": lambda: handoffs.accept(handoff, units or None, "too few", "amy", NOON),
            "dispute": lambda: handoffs.dispute(handoff, units or None, "fake", "amy", NOON),
            "undo": lambda: handoffs.undo(handoff, "josh", NOON),
            "correct": lambda: handoffs.correct(handoff, units, "miscounted", "josh", NOON),
            "silence": lambda: handoffs.accept_by_silence(handoff, NOON),
        }[what]()
    except Refusal:
        return
    await kept.change(tx, handoff, after, entry)
    assert await kept.find(tx, handoff.number) == after


async def compare(tx: Tx) -> None:
    by_lateness: defaultdict[bool, Piles] = defaultdict(Piles)
    by_day: defaultdict[tuple[object, bool], Piles] = defaultdict(Piles)
    by_campaign: defaultdict[str, Piles] = defaultdict(Piles)
    for row in await tx.rows(_LEDGER):
        piles = Piles(row["accepted"], row["awaiting"], row["disputed"])
        by_lateness[row["late"]] += piles
        by_day[row["handed_on"], row["late"]] += piles
        if row["campaign"]:
            by_campaign[row["campaign"]] += piles
    tally = await tallies.of_period(tx, "a", "leads", OCTOBER, by_day=True)
    assert (tally.on_time, tally.late) == (by_lateness[False], by_lateness[True])
    assert sum(units for _, units in tally.by_day) == tally.on_time.counted + tally.late.counted
    found = {
        (row["on_date"], row["late"]): Piles(row["accepted"], row["awaiting"], row["disputed"])
        for row in await tx.rows(_BY_DAY)
    }
    assert found == dict(by_day)
    assert await tallies.campaigns(tx, "a", "leads", OCTOBER) == dict(by_campaign)
    assert (await tallies.of_periods(tx, [("a", "leads", OCTOBER)]))["a", "leads", OCTOBER].on_time == tally.on_time
    for number in range(1, await newest(tx) + 1):
        handoff, entries = await kept.find(tx, number), await kept.entries(tx, number)
        assert sum((entry.change for entry in entries), Piles()) == handoff.piles
        assert len(entries) == handoff.revision
