"""Whose turn it is hears once, beforehand, that the time to plan a recovery or to claim a credit is nearly over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import Message, World, moment, private

HARBOR = Path(__file__).parents[2] / "agreements" / "external-customer.yaml"


@pytest.fixture
async def world(url: str) -> AsyncIterator[World]:
    """Of October's hundred leads ninety-one came, all accepted: missed for certain on Friday the 30th at 17:00."""
    opened = await World.open(url, moment("Thu 29 Oct 2026 10:00"))
    await opened.agrees()
    for member in ("josh", "amy", "morgan"):
        await opened.direct(member).says(member, "digest off")
    await opened.channel().says("josh", "handoff 91 leads to sales")
    await opened.direct("amy").says("amy", "accept H-1")
    await opened.sleep_until("Fri 30 Oct 2026 17:00")
    title = next(each.card for each in opened.in_place(opened.direct("josh").place) if "B-" in str(each.card.buttons))
    key = next(word for each in title.buttons for word in each.says.split() if word.startswith("B-"))
    assert not (await opened.direct("morgan").says("morgan", f"choose {key} recovery plan")).refused
    opened.everyone_heard_all()
    yield opened
    await opened.close()


def wanted(world: World, member: str) -> list[Message]:
    return [each for each in world.in_place(world.direct(member).place) if "Recovery plan wanted" in each.card.title]


async def breach(world: World) -> str:
    await world.sleep_until("Tue 03 Nov 2026 09:05")
    return next(
        each.card.ref for each in world.in_place(world.channel().place) if "Missed: Qualified" in each.card.title
    )


async def test_the_side_that_missed_is_reminded_a_working_day_before_a_plan_is_due(world: World) -> None:
    await world.sleep_until("Tue 03 Nov 2026 16:59")
    assert not wanted(world, "josh")
    world.everyone_heard_all()
    await world.sleep_until("Tue 03 Nov 2026 17:00")
    told = world.direct("josh").hears("Recovery plan wanted · Qualified leads, October")
    told.says("Josh, a recovery plan for it was agreed to be made by Wed 4 Nov 17:00; it has no step yet.")
    told.says("You hear this once.").offers("Add a step…", "Where it stands", "History")
    world.everyone_else_heard_nothing()
    await world.sleep_until("Wed 04 Nov 2026 16:59")
    assert [each.versions for each in wanted(world, "josh")] == [1]
    assert not wanted(world, "amy")


async def test_a_plan_that_waits_for_one_yes_reminds_that_side_alone(world: World) -> None:
    for words in ("recovery step P-1 nine leads owner Nina by 2026-11-13", "recovery agree P-1"):
        await world.direct("josh").says("josh", words)
    await world.sleep_until("Tue 03 Nov 2026 17:00")
    assert not wanted(world, "josh")
    (told,) = wanted(world, "amy")
    assert [each.label for each in told.card.buttons] == ["Agree", "Where it stands", "History"]
    assert "P-1" in private(await world.direct("amy").presses("amy", "Agree"))


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("amy", "excuse {key} because we asked for fewer"),
        ("josh", "dispute {key} because the list was never read"),
    ],
)
async def test_where_nothing_is_left_to_plan_nobody_is_reminded(world: World, member: str, words: str) -> None:
    key = await breach(world)
    reply = await world.direct(member).says(member, words.format(key=key))
    assert not reply.refused, private(reply)
    await world.sleep_until("Wed 04 Nov 2026 09:00")
    assert not wanted(world, "josh")
    assert not wanted(world, "amy")


async def test_a_claimant_is_reminded_once_before_a_credit_expires(url: str) -> None:
    world = await World.open(url, moment("Wed 28 Oct 2026 10:00"))
    await world.agrees(HARBOR)
    for member in ("joan", "lena", "theo", "sam"):
        await world.direct(member).says(member, "digest off")
    await world.direct("sam").says("sam", "incident start web-shop at 09:00 because the disk was full")
    await world.direct("sam").says("sam", "incident restored N-1 at 09:50")
    await world.sleep_until("Mon 02 Nov 2026 17:00")
    await world.sleep_until("Fri 25 Dec 2026 12:00")
    world.everyone_heard_all()
    await world.sleep_until("Tue 29 Dec 2026 18:00")
    soon = [each.card for each in world.in_place(world.direct("lena").place) if "to be claimed soon" in each.card.title]
    assert [each.title for each in soon] == ["K-1 · Service credit of $200.00, to be claimed soon · Shop open, October"]
    assert [each.label for each in soon[0].buttons] == ["Claim", "History"]
    await world.sleep_until("Wed 30 Dec 2026 18:00")
    again = [each for each in world.in_place(world.direct("lena").place) if "to be claimed soon" in each.card.title]
    assert [each.versions for each in again] == [1]
    assert "has claimed it" in private(await world.direct("lena").presses("lena", "Claim"))
    await world.close()
