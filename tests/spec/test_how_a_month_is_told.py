"""A week that ends at midnight, and what is said of things that are over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.retold import retold
from tests.spec.conftest import BEGINS
from tests.world import World, moment, private

MONTHLY = """    period: month
    due: last Friday 17:00
    checkpoints:            # not "every seven days": a month with five Fridays has four of these
      slots: last four Fridays 17:00
      quantities: [25, 50, 75, 100]
"""


@pytest.fixture
async def weekly(worlds: Worlds, tmp_path: Path) -> World:
    """Marketing promises its hundred leads each week, at an even pace, to the week's last minute."""
    return await worlds.begin(retold(tmp_path, (MONTHLY, "    period: week\n")))


async def test_a_week_that_ends_at_midnight_leaves_no_working_day_of_the_next(weekly: World) -> None:
    await weekly.travel_to("Thu 15 Oct 2026 09:30")
    status = private(await weekly.direct("josh").says("josh", "status C-1"))
    assert "It takes 100 more qualified leads in 2 working days: 50 a day." in status


async def test_at_an_even_pace_half_a_week_asks_for_half(weekly: World) -> None:
    await weekly.travel_to("Wed 21 Oct 2026 13:00")
    status = private(await weekly.direct("josh").says("josh", "status C-1"))
    assert "50 expected by now" in status


async def test_what_was_delivered_late_is_told_as_made_good_to_whoever_says_it_again(world: World) -> None:
    await world.travel_to("Mon 12 Oct 2026 10:00")
    await world.direct("amy").says("amy", "done O-3 https://intranet.example/report")
    for words in ("done O-3", "ack O-3"):
        again = await world.direct("amy").says("amy", words)
        assert "O-3 is already made good, late" in private(again), words
    world.everyone_heard_all()


async def test_somebody_who_is_on_no_platform_is_passed_over_at_once_and_it_says_so(url: str, tmp_path: Path) -> None:
    world = await World.open(url, moment(BEGINS))
    pat = ("  joan:\n    name: Joan Baker", "  pat:\n    name: Pat Kim\n  joan:\n    name: Joan Baker")
    manager = ("    members: [priya, tom]", "    members: [priya, tom]\n    manager: pat")
    await world.agrees(retold(tmp_path, pat, manager))
    await world.travel_to("Thu 15 Oct 2026 08:59")
    world.everyone_heard_all()
    await world.travel_to("Thu 15 Oct 2026 09:00")
    world.direct("morgan").hears("O-3", "nobody could be told as the manager")
    world.everyone_heard_all()
    await world.close()
