"""A word said after a month was closed changes what was counted in it once the other side says that it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from slacore.items import Listed
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.world import World, private

ANSWERING = Path(__file__).with_name("answering.yaml")


async def _nobody_answered(world: World) -> None:
    await world.direct("josh").says("josh", "handoff 1 lead to sales items Ann")
    await world.travel_to("Tue 10 Nov 2026 10:00")
    world.everyone_heard_all()


@pytest.fixture
async def closed(worlds: Worlds) -> World:
    """October's one lead had no answer on record, and October's answers were missed."""
    return await worlds.begin(ANSWERING, "Mon 05 Oct 2026 09:00", then=_nobody_answered)


async def _says(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    return private(reply)


async def _answers(world: World) -> str:
    said = await _says(world, "amy", "status October")
    return next(line for line in said.splitlines() if line.startswith("Answers (C-2)"))


async def test_one_side_alone_changes_nothing_and_the_other_is_asked(closed: World) -> None:
    said = await _says(closed, "amy", "respond L-1 at 2026-10-05T09:30")
    assert "October 2026 is closed: said afterwards, it counts once both sides say so" in said
    asked = closed.direct("josh").hears("L-1 · Ann · said afterwards")
    asked.says("October 2026 is closed").says("If you do nothing, it does not count.").offers("It stands", "History")
    await closed.travel_to("Fri 20 Nov 2026 10:00")
    assert "missed" in await _answers(closed)
    own = await closed.direct("amy").says("amy", "settle L-1 stands")
    assert own.refused, private(own)


async def test_with_the_other_sides_word_the_month_is_restated(closed: World) -> None:
    await _says(closed, "amy", "respond L-1 at 2026-10-05T09:30")
    await closed.direct("josh").presses("josh", "It stands")
    await closed.travel_to("Wed 11 Nov 2026 10:00")
    assert "met" in await _answers(closed)
    assert "No miss: Answers, October" in [each.card.title for each in closed.in_place(closed.channel().place)]
    assert "waits for the other side" in await _says(closed, "josh", "history L-1")


async def test_an_answer_of_now_is_late_and_needs_nobody(closed: World) -> None:
    assert "closed" not in await _says(closed, "amy", "respond L-1")
    assert "missed" in await _answers(closed)


async def test_an_outcome_said_of_a_closed_month_waits_too(worlds: Worlds, tmp_path: Path) -> None:
    world = await worlds.begin(company_x_with_leads(tmp_path), "Thu 01 Oct 2026 09:00")
    await hands_over(world, Listed("Ann Lee", owner="tom"))
    await world.travel_to("Tue 10 Nov 2026 10:00")
    world.everyone_heard_all()
    said = await _says(world, "tom", "outcome L-1 lost at 2026-10-01T10:00")
    assert "October 2026 is closed" in said
    assert "It has been late since" in said
    world.direct("josh").hears("L-1 · Ann Lee · said afterwards").offers("It stands", "History")
    await world.direct("josh").presses("josh", "It stands")
    assert "✓ kept" in await _says(world, "tom", "item L-1")
