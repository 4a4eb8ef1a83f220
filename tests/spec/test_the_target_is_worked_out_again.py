"""Once a month has closed its target is worked out on what became of the leads, and put before both owners."""

from __future__ import annotations

from pathlib import Path

import pytest

from slacore.items import Listed
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.world import World, private


async def _tom_gets_five_leads(opened: World) -> None:
    for name in ("Ann Lee", "Bo Cruz", "Cy Dorn", "Di Eco", "Ed Fox"):
        await hands_over(opened, Listed(name, owner="tom"))


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    """Company X on 1 October 2026, with five leads that Tom follows up."""
    return await worlds.begin(company_x_with_leads(tmp_path), then=_tom_gets_five_leads)


async def _outcomes(world: World, *outcomes: str) -> None:
    for number, outcome in enumerate(outcomes, 1):
        reply = await world.direct("tom").says("tom", f"outcome L-{number} {outcome}")
        assert not reply.refused, private(reply)


def _told(world: World, member: str) -> list[str]:
    return [
        each.card.title for each in world.in_place(world.direct(member).place) if ": close rate " in each.card.title
    ]


async def test_another_close_rate_is_put_before_both_owners_with_a_button_that_drafts_it(world: World) -> None:
    await _outcomes(world, "won", "won", "not interested", "not interested", "not interested")
    await world.sleep_until("Wed 02 Dec 2026 12:00")
    for member in ("josh", "amy"):
        assert _told(world, member) == ["October: close rate 40 %, which takes 125 qualified leads, not 100"]
    card = next(each.card for each in world.in_place(world.direct("amy").place) if ": close rate " in each.card.title)
    button = next(each for each in card.buttons if each.label == "Propose as amendment")
    draft = private(await world.direct("amy").says("amy", button.says))
    assert "125 instead of 100 a month, from 1 January 2027" in draft
    assert "close rate 40 % instead of 50 %" in draft
    world.everyone_heard_all()


async def test_before_the_usual_cycle_nobody_can_know_and_nothing_is_said(world: World) -> None:
    await _outcomes(world, "won", "won", "not interested", "not interested", "not interested")
    await world.sleep_until("Wed 04 Nov 2026 12:00")
    assert _told(world, "josh") == []


async def test_where_nothing_came_of_any_lead_no_target_is_made_up(world: World) -> None:
    await _outcomes(world, *["not interested"] * 5)
    await world.sleep_until("Wed 02 Dec 2026 12:00")
    assert _told(world, "josh") == []
