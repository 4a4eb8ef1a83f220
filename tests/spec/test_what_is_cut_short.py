"""What begins or ends in the midst of a month is owed for its part of it, and nothing is owed that nobody can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import World, private

SIGNED = "  - {party: service, by: joan, on: 2026-09-28}\n"


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """Company X, a week and a half into October."""
    return await worlds.begin(at="Mon 12 Oct 2026 10:00")


async def _says(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    return private(reply)


async def _signed(world: World, words: str) -> None:
    await _says(world, "josh", words)
    await _says(world, "josh", "agreement propose X-1")
    for member in ("josh", "amy", "joan"):
        await _says(world, member, "agreement sign X-1")
    world.everyone_heard_all()


async def test_an_agreement_that_ends_within_a_month_is_owed_until_then(world: World) -> None:
    await _says(world, "josh", "handoff 30 leads to sales")
    await _signed(world, "agreement end A-1 on 20 Oct because the teams merge")
    assert "30 of 62 qualified leads" in await _says(world, "josh", "status leads")
    owed = await _says(world, "amy", "mine")
    assert "Fri 16 Oct" in owed
    assert "Fri 23 Oct" not in owed
    assert "friction" not in owed
    await world.travel_to("Tue 20 Oct 2026 20:00")
    await _says(world, "josh", "handoff 32 leads to sales")
    await world.travel_to("Tue 03 Nov 2026 10:00")
    assert "October · ✓ met" in await _says(world, "josh", "status leads October")
    titles = [each.card.title for each in world.in_place(world.channel().place)]
    assert "A-1 ended on Tue 20 Oct" in titles
    assert not [each for each in titles if "Fri 23 Oct" in each or "Fri 30 Oct" in each]


async def test_a_promise_that_is_left_out_within_a_month_is_owed_until_then(world: World) -> None:
    await _says(world, "josh", "handoff 48 leads to sales")
    await _signed(world, "agreement drop A-1 leads from 15 Oct because sales buys them")
    assert "end of Wed 14 Oct" in await _says(world, "josh", "mine")
    await world.travel_to("Mon 02 Nov 2026 10:00")
    assert not [each for each in world.in_place(world.channel().place) if "Missed: Qualified leads" in each.card.title]


async def test_an_amendment_within_a_month_leaves_its_first_days_open_to_what_was_handed_over_then(
    world: World,
) -> None:
    await _signed(world, "agreement amend leads target 105 from 15 Oct because sales grows")
    await world.travel_to("Tue 20 Oct 2026 10:00")
    await _says(world, "josh", "handoff 5 leads to sales on 13 Oct")
    assert "5 of 100 qualified leads" in await _says(world, "josh", "status leads")


async def test_a_promise_that_is_added_within_a_month_begins_then(world: World, tmp_path: Path) -> None:
    demos = """
  demos:
    kind: volume
    name: Demos
    giver: marketing
    receiver: sales
    target: 22
    unit: demo
    period: month
    silence_accepts_after: 2wd

consequences:
"""
    signers = ((f"{party}, by: {by}, on: 2026-09-28", f"{party}, by: {by}, on: 2026-10-12")
               for party, by in (("marketing", "josh"), ("sales", "amy"), ("service", "joan")))  # fmt: skip
    file = retold(
        tmp_path, ("effective_on: 2026-10-01 ", "effective_on: 2026-10-19 "), ("\nconsequences:\n", demos), *signers
    )
    await world.agrees(file)
    await world.travel_to("Tue 20 Oct 2026 10:00")
    await _says(world, "josh", "handoff 2 demos to sales")
    assert "2 of 11 demos" in await _says(world, "josh", "status demos")
    assert "Demos, October" in await _says(world, "josh", "mine")


async def test_what_was_signed_within_a_month_counts_from_that_day(worlds: Worlds, tmp_path: Path) -> None:
    world = await worlds.begin(retold(tmp_path, (SIGNED, "")))
    await world.travel_to("Mon 19 Oct 2026 10:00")
    await world.agrees(retold(tmp_path, (SIGNED, SIGNED.replace("2026-09-28", "2026-10-19"))))
    assert "0 of 48 qualified leads" in await _says(world, "josh", "status leads")
    early = await world.direct("josh").says("josh", "handoff 5 leads to sales on 16 Oct")
    assert early.refused
    assert "The agreement began on 19 October 2026." in private(early)


async def test_an_amendment_whose_last_signature_came_within_a_month_begins_with_the_next(
    world: World, tmp_path: Path
) -> None:
    """What runs keeps the terms it began under, whatever day the amendment was made for."""
    parties = (("marketing", "josh"), ("sales", "amy"), ("service", "joan"))
    lines = [f"  - {{party: {party}, by: {by}, on: 2026-09-28}}\n" for party, by in parties]
    raised = (("effective_on: 2026-10-01 ", "effective_on: 2026-11-01 "), ("    target: 100\n", "    target: 120\n"))
    agreed = [(line, line.replace("2026-09-28", "2026-10-12")) for line in lines[:2]]
    await world.agrees(retold(tmp_path, *raised, *agreed, (lines[2], "")))
    await world.travel_to("Thu 05 Nov 2026 10:00")
    await world.agrees(retold(tmp_path, *raised, *agreed, (lines[2], lines[2].replace("2026-09-28", "2026-11-05"))))
    assert "of 100 qualified leads" in await _says(world, "josh", "status leads")
    await world.travel_to("Wed 02 Dec 2026 10:00")
    assert "of 120 qualified leads" in await _says(world, "josh", "status leads")
