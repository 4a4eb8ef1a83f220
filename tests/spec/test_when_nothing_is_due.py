"""A day on which nobody works owes nothing, a period without a slot has nothing due, and neither is called met."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import World, private

DAILY = """
  calls:
    kind: volume
    name: Calls made
    giver: sales
    receiver: marketing
    unit: call
    target: 5
    period: day
    silence_accepts_after: 2wd

  quarterly-plan:
    kind: deliverable
    giver: sales
    receiver: marketing
    thing: plan
    period: month
    slots: every Monday 09:00, first Monday each quarter

  status-reports:"""


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """Company X, where sales owes five calls a day as well."""
    daily = DAILY.replace("every Monday 09:00, first Monday each quarter", "first Monday of each quarter 09:00")
    return await worlds.begin(retold(tmp_path, ("\n  status-reports:", daily)))


async def test_a_closed_day_of_a_daily_promise_asks_for_nothing(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 10:00")
    assert "Calls made" in private(await world.direct("amy").says("amy", "mine"))
    await world.direct("amy").says("amy", "handoff 5 calls")
    await world.travel_to("Sat 03 Oct 2026 10:00")
    assert " 3 Oct" not in private(await world.direct("amy").says("amy", "mine"))
    assert "nothing due" in private(await world.direct("amy").says("amy", "status calls"))
    world.everyone_heard_all()
    await world.travel_to("Mon 05 Oct 2026 08:00")
    assert not [each for each in world.wire.messages if "Calls made, 3" in each.card.title]
    assert not [each for each in world.wire.messages if "Calls made, 4" in each.card.title]


async def test_a_period_without_a_slot_is_not_called_met(world: World) -> None:
    await world.travel_to("Mon 02 Nov 2026 10:00")
    status = private(await world.direct("amy").says("amy", "status quarterly-plan"))
    assert "nothing due" in status
    assert "met" not in status


async def test_answers_to_nothing_are_not_called_met(worlds: Worlds) -> None:
    world = await worlds.begin(Path(__file__).with_name("answering.yaml"), "Mon 05 Oct 2026 09:00")
    await world.travel_to("Tue 10 Nov 2026 10:00")
    said = private(await world.direct("amy").says("amy", "status October"))
    assert "– nothing due" in next(line for line in said.splitlines() if line.startswith("Answers"))
    assert not [each for each in world.wire.messages if "Answers" in each.card.title]
    mine = private(await world.direct("amy").says("amy", "mine"))
    assert "Answers, October" not in mine
