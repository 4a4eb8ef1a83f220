"""A new version governs what begins after its day; what runs, and what has been, keeps its own terms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.retold import retold
from tests.world import World, private

SIGNED = "  - {party: %s, by: %s, on: 2026-09-28}"


def _amended(folder: Path, effective_on: str, target: int) -> Path:
    signers = (("marketing", "josh"), ("sales", "amy"), ("service", "joan"))
    return retold(
        folder,
        ("effective_on: 2026-10-01 ", f"effective_on: {effective_on} "),
        ("    target: 100\n", f"    target: {target}\n"),
        ("[25, 50, 75, 100]", f"[25, 50, 75, {target}]"),
        *((SIGNED % pair, (SIGNED % pair).replace("2026-09-28", "2026-10-12")) for pair in signers),
    )


@pytest.fixture
async def amended(world: World, tmp_path: Path) -> AsyncIterator[World]:
    """On 12 October all three sign 105 leads a month from 1 November on."""
    await world.travel_to("Mon 12 Oct 2026 10:00")
    await world.agrees(_amended(tmp_path, "2026-11-01", 105))
    world.everyone_heard_all()
    yield world
    world.everyone_heard_all()


async def test_the_running_month_keeps_its_target_and_can_still_be_asked_for(amended: World) -> None:
    assert "of 100 qualified leads" in private(await amended.direct("josh").says("josh", "status C-1"))
    everything = private(await amended.channel().says("josh", "status"))
    assert "October: " in everything


async def test_the_next_month_has_the_new_one_and_the_last_its_own(amended: World) -> None:
    await amended.travel_to("Tue 03 Nov 2026 10:00")
    assert "of 105 qualified leads" in private(await amended.direct("josh").says("josh", "status C-1"))
    assert "of 100 qualified leads" in private(await amended.direct("josh").says("josh", "status C-1 October"))


async def test_one_that_begins_within_a_month_does_not_put_off_what_that_month_owes(
    world: World, tmp_path: Path
) -> None:
    await world.travel_to("Mon 12 Oct 2026 10:00")
    await world.agrees(_amended(tmp_path, "2026-11-16", 105))
    await world.travel_to("Mon 02 Nov 2026 10:00")
    mine = private(await world.direct("josh").says("josh", "mine"))
    assert "Qualified leads, November" in mine
    assert "of 100 qualified leads" in private(await world.direct("josh").says("josh", "status C-1"))
    await world.travel_to("Wed 02 Dec 2026 10:00")
    assert "of 105 qualified leads" in private(await world.direct("josh").says("josh", "status C-1"))
    world.everyone_heard_all()
