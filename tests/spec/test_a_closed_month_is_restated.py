"""A closed month changes only where both sides say so; the verdict follows the record, however often it changes."""

from __future__ import annotations

import pytest

from tests.world import World, private


@pytest.fixture
async def november(world: World) -> World:
    """Monday 2 November: October's 95 of 100 leads are accepted, so the month was missed by five."""
    await world.travel_to("Fri 30 Oct 2026 10:00")
    await world.channel().says("josh", "handoff 95 leads to sales")
    await world.channel().presses("amy", "Accept all")
    await world.travel_to("Mon 02 Nov 2026 12:00")
    world.everyone_heard_all()
    return world


async def _both_say(world: World, to: int, why: str) -> None:
    await world.channel().says("josh", f"correct H-1 to {to} because {why}")
    await world.channel().says("amy", f"correct H-1 to {to} because {why}")
    await world.channel().says("amy", "accept H-1")
    await world.travelling.settle()


async def test_one_side_alone_changes_nothing_in_a_closed_month(november: World) -> None:
    await november.channel().says("josh", "correct H-1 to 100 because five were forgotten")
    november.channel().hears("95 qualified leads", "Josh asks to correct 95 → 100")
    assert "95 of 100" in private(await november.channel().says("josh", "status C-1 October"))
    refused = await november.channel().says("josh", "handoff 5 leads to sales on 30 Oct")
    assert "30 October 2026 lies in October 2026, which is closed" in private(refused)


async def test_restated_to_the_target_the_month_is_met_and_restated_again_it_is_missed_again(november: World) -> None:
    await _both_say(november, 100, "five were forgotten")
    assert "✓ met" in private(await november.channel().says("josh", "status C-1 October"))
    november.everyone_heard_all()
    await _both_say(november, 90, "ten were fake")
    november.direct("josh").hears("Qualified leads, October · ✕ missed")
    assert "✕ missed" in private(await november.channel().says("josh", "status C-1 October"))
    november.channel().hears("90 qualified leads", "Restates October by −10.")
    november.everyone_else_heard_nothing()

    await november.travel_to("Wed 04 Nov 2026 08:59")
    for message in november.in_place(november.channel().place):
        assert "Missed: Qualified leads" not in message.card.title
    november.everyone_heard_all()
    await november.travel_to("Wed 04 Nov 2026 09:00")
    missed = [each for each in november.in_place(november.channel().place) if each.heard < each.versions]
    assert any("Missed: Qualified leads, October" in each.card.title for each in missed)
    november.everyone_heard_all()


async def test_what_made_a_miss_good_can_be_taken_back(world: World) -> None:
    await world.travel_to("Fri 30 Oct 2026 10:00")
    await world.channel().says("josh", "handoff 95 leads to sales")
    await world.channel().presses("amy", "Accept all")
    await world.travel_to("Sat 31 Oct 2026 10:00")
    await world.channel().says("josh", "handoff 5 leads to sales")
    await world.channel().says("amy", "accept H-2")
    await world.travelling.settle()
    assert "met late" in private(await world.channel().says("josh", "status C-1 October"))
    await world.channel().says("josh", "correct H-2 to 1 because four were fake")
    await world.channel().says("amy", "correct H-2 to 1 because four were fake")
    world.everyone_heard_all()
    await world.travelling.settle()
    world.direct("josh").hears("Qualified leads, October · ✕ missed", "5 qualified leads short")
    assert "O-2" in private(await world.direct("josh").says("josh", "mine"))
    world.everyone_heard_all()
