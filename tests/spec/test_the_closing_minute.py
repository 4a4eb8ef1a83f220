"""What comes at the very moment at which something is due is in time, and a minute later it is not."""

from __future__ import annotations

import pytest

from tests.beginnings import Worlds
from tests.world import World, private


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """Company X on the day before October's leads are due."""
    return await worlds.begin(at="Thu 29 Oct 2026 10:00")


async def _says(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    return private(reply)


@pytest.mark.parametrize(
    ("at", "words", "state"),
    [
        ("Fri 30 Oct 2026 17:00", "handoff 100 leads to sales", "met"),
        ("Fri 30 Oct 2026 17:01", "handoff 100 leads to sales", "met late"),
        ("Sat 31 Oct 2026 23:59", "handoff 100 leads to sales on 30 Oct", "met"),
        ("Sat 31 Oct 2026 23:59", "handoff 100 leads to sales", "met late"),
    ],
)
async def test_leads_are_in_time_by_the_moment_they_are_due_although_the_miss_was_told_then(
    world: World, at: str, words: str, state: str
) -> None:
    await world.travel_to(at)
    await _says(world, "josh", words)
    await _says(world, "amy", "accept H-1")
    await world.travel_to("Thu 05 Nov 2026 12:00")
    told = (await _says(world, "josh", "status leads October")).splitlines()[0]
    assert told.endswith(f" {state}"), told
    assert not [each for each in world.in_place(world.channel().place) if "Missed: Qual" in each.card.title]


@pytest.mark.parametrize(("at", "late"), [("Mon 02 Nov 2026 16:59", False), ("Mon 02 Nov 2026 17:00", True)])
async def test_silence_accepts_with_the_close_of_the_second_working_day(world: World, at: str, late: bool) -> None:
    await _says(world, "josh", "handoff 100 leads to sales")
    await world.travel_to(at)
    reply = await world.direct("amy").says("amy", "dispute H-1 because fake")
    assert reply.refused == late, private(reply)
    assert "Nothing of H-1 awaits acceptance any more." in private(reply) or not late


async def test_of_an_amount_that_is_disputed_over_the_periods_end_nothing_is_called_a_miss(world: World) -> None:
    await _says(world, "josh", "handoff 100 leads to sales")
    await _says(world, "amy", "dispute H-1 1 because fake")
    await world.travel_to("Mon 09 Nov 2026 12:00")
    assert "provisional" in (await _says(world, "josh", "status leads October")).splitlines()[0]
    assert not [each for each in world.in_place(world.channel().place) if "Missed: Qual" in each.card.title]
    await _says(world, "amy", "accept H-1")
    assert "✓ met" in (await _says(world, "josh", "status leads October")).splitlines()[0]
