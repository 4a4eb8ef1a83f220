"""A lead changes hands once whoever is asked takes it; when somebody leaves, at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from slacore.items import Listed
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.spec.test_who_takes_over import is_deactivated
from tests.world import World, private


async def _three_leads_come(opened: World) -> None:
    await opened.travel_to("Thu 01 Oct 2026 09:00")
    await hands_over(opened, Listed("Ann Lee", owner="tom"), Listed("Bo Cruz", owner="tom"), Listed("Cy Dorn"))
    opened.everyone_heard_all()


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> AsyncIterator[World]:
    """Company X on Thursday 1 October 2026, 09:00; two leads are Tom's and one is nobody's."""
    opened = await worlds.begin(company_x_with_leads(tmp_path), then=_three_leads_come)
    yield opened
    opened.everyone_else_heard_nothing()


async def whose(world: World, key: str) -> str:
    page = private(await world.direct("amy").says("amy", f"item {key}"))
    return next(name for name in ("Tom", "Priya", "Amy", "Nobody") if f"{name} has it" in page)


async def test_who_is_asked_hears_it_once_for_all_and_nothing_changes_till_he_takes_them(world: World) -> None:
    said = private(await world.direct("tom").says("tom", "assign L-1 L-2 to Priya Raman note you know them"))
    assert "Priya is asked to take 2 items (L-1, L-2). Until then they stay Tom's" in said
    world.direct("priya").hears(
        "Tom asks you to take 2 items", "“you know them”", "L-1 Ann Lee", "Fri 2 Oct 17:00", "L-2 Bo Cruz"
    ).offers("Take them", "Decline…")
    assert await whose(world, "L-1") == "Tom"
    await world.travel_to("Fri 02 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 02 Oct 2026 17:00")  # the ladder runs on with Tom
    world.direct("tom").hears("2 late")
    world.direct("amy").hears("1 late")
    world.everyone_else_heard_nothing()


async def test_taken_they_are_his_with_all_that_is_owed_and_whose_they_were_hears_it(world: World) -> None:
    await world.direct("tom").says("tom", "assign L-1 L-2 to Priya Raman")
    world.everyone_heard_all()
    answer = await world.direct("priya").presses("priya", "Take them")
    assert "You have 2 items (L-1, L-2) now" in private(answer)
    world.direct("tom").hears("Follow-ups: all done")  # his list of the day, edited
    world.direct("tom").hears("Priya has 2 items (L-1, L-2) now", "You hear no more of them.")
    assert await whose(world, "L-2") == "Priya"
    await world.travel_to("Fri 02 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Fri 02 Oct 2026 17:00")
    world.direct("priya").hears("2 late")
    world.direct("tom").hears_nothing()
    world.everyone_heard_all()


async def test_declined_they_go_back(world: World) -> None:
    await world.direct("tom").says("tom", "assign L-1 to Priya Raman")
    world.everyone_heard_all()
    await world.direct("priya").says("priya", "decline L-1 because my list is full")
    world.direct("tom").hears("Priya does not take L-1 Ann Lee", "“my list is full”", "It stays Tom's").offers(
        "Ask somebody else…"
    )
    assert await whose(world, "L-1") == "Tom"
    assert (await world.direct("priya").says("priya", "take L-1")).refused


async def test_what_nobody_has_is_somebody_s_at_once(world: World) -> None:
    said = private(await world.direct("amy").says("amy", "assign L-3 to Tom"))
    assert "L-3 Cy Dorn is Tom's now." in said
    world.direct("tom").hears("L-3 Cy Dorn")


@pytest.mark.parametrize(
    ("member", "words", "told"),
    [
        ("tom", "assign L-1 to Joan Baker", "Joan Baker is not of Sales"),
        ("josh", "assign L-1 to Tom", "Only Sales can assign L-1."),
        ("priya", "take L-1", "you were not asked to take it"),
        ("tom", "assign L-1 to Tom", "is that person's already"),
    ],
)
async def test_who_may_not_is_told_so(world: World, member: str, words: str, told: str) -> None:
    refused = await world.direct(member).says(member, words)
    assert refused.refused
    assert told in private(refused)
    assert await whose(world, "L-1") == "Tom"


async def test_whoever_leads_the_party_takes_a_lead_himself_unasked(world: World) -> None:
    said = private(await world.direct("amy").says("amy", "assign L-1 to me"))
    assert "L-1 Ann Lee is Amy's now." in said
    world.everyone_heard_all()


async def test_nobody_is_asked_who_is_away(world: World) -> None:
    await world.direct("priya").says("priya", "away today")
    refused = await world.direct("tom").says("tom", "assign L-1 to Priya Raman")
    assert refused.refused
    assert "Priya Raman is away." in private(refused)
    world.everyone_heard_all()


async def test_who_leaves_passes_his_leads_on_and_both_sides_hear_it_once(world: World) -> None:
    await is_deactivated(world, "tom")
    world.direct("priya").hears("Tom Becker left the chat", "2 things that Tom owed are yours now", "L-1", "L-2")
    world.direct("josh").hears("Tom Becker of Sales left: 2 things owed to you have a new owner", "Priya")
    assert await whose(world, "L-1") == "Priya"
    await world.direct("priya").says("priya", "followup L-1 called")
    assert await whose(world, "L-1") == "Priya"
    world.everyone_heard_all()
