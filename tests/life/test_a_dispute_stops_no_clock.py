"""The same weeks lived twice, once with every miss disputed: each promise is due, missed and told alike."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.store import tables
from tests.life.company import BEGINS
from tests.life.machine import AGREEMENT
from tests.life.rows import Rows
from tests.world import World, moment

CLOCKS = (
    "commitment", "kind", "subject", "state", "opens_at", "due_at", "look_again_at", "rung", "missed_at", "told_at",
    "acked_until", "done_at",
)  # fmt: skip
OWNS = {"marketing": "josh", "sales": "amy"}
DAYS = 19


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_whatever_is_disputed_is_due_missed_and_told_as_if_it_were_not(
    url: str, sqlite_template: Path, sqlite_folder: Path
) -> None:
    other = sqlite_folder / "other.db"
    shutil.copy(sqlite_template, other)
    clocks = []
    for address, disputing in ((url, True), (f"sqlite:///{other}", False)):
        world, rows = await World.open(address, moment(BEGINS)), Rows(address)
        await world.agrees(AGREEMENT)
        await three_weeks(world, rows, Random(1), disputing=disputing)
        clocks.append([{name: each[name] for name in CLOCKS} for each in rows.of(tables.obligations, "number")])
        held = [each for each in rows.of(tables.breach_disputes) if each["ended_how"] != "taken back"]
        assert len(held) > 5 or not disputing
        await world.close()
        rows.close()
    assert clocks[0] == clocks[1]
    assert sum(each["state"] == "missed" for each in clocks[0]) > 5


async def three_weeks(world: World, rows: Rows, chance: Random, *, disputing: bool) -> None:
    """Some leads, some answers, some reports; and every miss disputed on the day it is known, where that is asked."""
    for _ in range(DAYS):
        await world.travelling.advance_to(world.clock.now() + timedelta(days=1))
        what = chance.choice(["handoff 8 leads to sales", "handoff 15 leads to sales", "", "done O-3", "ack O-2"])
        if what:
            await world.direct("josh").says("josh", what)
        for breach in rows.of(tables.breaches, "number"):
            stands = chance.random()
            if not disputing or breach["recorded_at"] < world.clock.now() - timedelta(days=1):
                continue
            owner = OWNS[breach["party"]]
            reply = await world.direct(owner).says(owner, f"dispute B-{breach['number']} because it did come")
            if not reply.refused and stands < 0.6:
                dispute = max(each["number"] for each in rows.of(tables.breach_disputes))
                decides = "amy" if stands < 0.3 and owner == "josh" else "morgan"
                reply = await world.direct(decides).says(decides, f"answer D-{dispute} stands because we looked")
                assert not reply.refused
            await world.travelling.settle()
