"""What is due when a day ends is due at the end of that day, and nowhere said to be due on the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.plain import text_of
from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import NEW_YORK, World, private


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """Company X with leads due by the end of the month, and the friction report by the end of its last Friday."""
    at_the_end = ("slots: last working day 12:00", "slots: last Friday 00:00")
    return await worlds.begin(retold(tmp_path, ("    due: last Friday 17:00\n", ""), at_the_end))


async def test_lists_and_answers_name_the_day_that_ends(world: World) -> None:
    mine = private(await world.direct("josh").says("josh", "mine"))
    assert "end of Sat 31 Oct" in mine
    assert "1 Nov" not in mine
    mine = private(await world.direct("amy").says("amy", "mine"))
    assert "end of Thu 29 Oct" in mine
    assert "Fri 30 Oct 00:00" not in mine
    assert "1 Nov" not in private(await world.direct("amy").says("amy", "status C-1"))


async def test_a_nudge_a_digest_and_the_channel_name_it_too(world: World) -> None:
    await world.travel_to("Thu 29 Oct 2026 09:00")
    digest = [each for each in world.in_place(world.direct("amy").place) if "due today" in each.card.title]
    assert digest
    world.everyone_heard_all()
    await world.travel_to("Fri 30 Oct 2026 00:00")
    nudge = next(each for each in world.in_place(world.direct("amy").place) if "O-1 " in each.card.title)
    assert "Customer friction report, Thu 29 Oct · ✕ missed" in nudge.card.title
    assert "was due to Service end of Thu 29 Oct" in text_of(nudge.card, NEW_YORK)
    world.everyone_heard_all()
    await world.travel_to("Mon 02 Nov 2026 09:00")
    told = world.in_place(world.channel("#company-x-service").place)[-1]
    assert told.card.title == "Missed: Customer friction report, Thu 29 Oct"
