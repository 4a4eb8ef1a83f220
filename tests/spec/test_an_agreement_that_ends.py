"""A last day is signed like any amendment, told beforehand, and lets what runs come to its own end."""

from __future__ import annotations

import pytest

from tests.beginnings import Worlds
from tests.world import World, private

END = "agreement end A-1 on 31 Dec because the teams merge"


async def _its_end_is_proposed(world: World) -> None:
    said = private(await world.direct("josh").says("josh", END))
    assert "Ends on is now 31 December 2026." in said
    assert "Because: the teams merge" in said
    await world.direct("josh").says("josh", "agreement propose A-1")


@pytest.fixture
async def november(worlds: Worlds) -> World:
    """Company X, whose end on 31 December is drafted and proposed."""
    return await worlds.begin(at="Tue 24 Nov 2026 10:00", then=_its_end_is_proposed)


async def _signed(world: World) -> None:
    for member in ("josh", "amy", "joan"):
        await world.direct(member).says(member, "agreement sign A-1")
    world.everyone_heard_all()


async def _told(world: World, member: str, words: str) -> list[str]:
    return [each.card.title for each in world.in_place(world.direct(member).place) if words in each.card.title]


async def test_unsigned_it_ends_nothing(november: World) -> None:
    await november.travel_to("Wed 02 Dec 2026 10:00")
    assert await _told(november, "amy", "ends in") == []
    assert "Qualified leads, December" in private(await november.direct("josh").says("josh", "mine"))


async def test_both_sides_and_the_sponsor_hear_of_it_a_month_and_a_week_before(november: World) -> None:
    await _signed(november)
    await november.travel_to("Tue 01 Dec 2026 09:30")
    for member in ("josh", "amy", "joan", "morgan"):
        assert await _told(november, member, "A-1 ends in 30 days, on Thu 31 Dec") != []
    await november.travel_to("Thu 24 Dec 2026 09:30")
    assert await _told(november, "josh", "A-1 ends in 7 days, on Thu 31 Dec") != []


async def test_after_its_last_day_nothing_new_begins_and_no_version_before_comes_back(november: World) -> None:
    await _signed(november)
    await november.travel_to("Mon 04 Jan 2027 12:00")
    ended = [each.card.title for each in november.in_place(november.channel().place)]
    assert "A-1 ended on Thu 31 Dec 2026" in ended
    mine = private(await november.direct("josh").says("josh", "mine"))
    assert "January" not in mine
    reply = await november.direct("josh").says("josh", "handoff 5 leads to sales")
    assert reply.refused, private(reply)


async def test_a_later_last_day_takes_the_place_of_the_one_before(november: World) -> None:
    await _signed(november)
    await november.direct("amy").says("amy", "agreement end A-1 on 2027-02-26 because the merger takes longer")
    await november.direct("amy").says("amy", "agreement propose A-1")
    await _signed(november)
    await november.travel_to("Thu 24 Dec 2026 09:30")
    assert await _told(november, "josh", "A-1 ends") == []
