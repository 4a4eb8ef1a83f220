"""Whoever decides over a miss is reminded while it is open, twice at most, and hears no more once it is decided."""

from __future__ import annotations

import pytest

from tests.beginnings import Worlds
from tests.world import World, private


async def _missed_by_nine(world: World) -> None:
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    await world.travel_to("Tue 03 Nov 2026 09:30")


@pytest.fixture
async def missed(worlds: Worlds) -> World:
    """October lacks nine leads, and Morgan has been asked what follows."""
    return await worlds.begin(at="Thu 29 Oct 2026 10:00", then=_missed_by_nine)


def _reminders(world: World) -> list[str]:
    return [
        each.card.title for each in world.in_place(world.direct("morgan").place) if "still to decide" in each.card.title
    ]


async def test_after_two_working_days_and_a_last_time_after_five_more(missed: World) -> None:
    await missed.travel_to("Thu 05 Nov 2026 08:59")
    assert not _reminders(missed)
    missed.everyone_heard_all()
    await missed.travel_to("Thu 05 Nov 2026 09:00")
    told = missed.direct("morgan").hears("still to decide · Qualified leads, October", "9 qualified leads short")
    told.says("You are reminded once more.").offers("Recovery plan", "Carry 9 over", "Excuse…", "History")
    await missed.travel_to("Thu 12 Nov 2026 17:00")
    assert len(_reminders(missed)) == 1
    missed.everyone_heard_all()
    await missed.travel_to("Fri 13 Nov 2026 09:00")
    missed.direct("morgan").hears("still to decide · Qualified leads, October").says("You are reminded a last time.")
    await missed.travel_to("Mon 30 Nov 2026 09:00")
    assert len(_reminders(missed)) == 2
    assert "whoever decides was reminded" in private(await missed.direct("josh").says("josh", "history B-6"))


@pytest.mark.parametrize(
    ("member", "words"),
    [("morgan", "carry B-6"), ("morgan", "choose B-6 recovery plan"), ("amy", "excuse B-6 because of the flood")],
)
async def test_what_was_decided_or_forgiven_is_not_asked_for_again(missed: World, member: str, words: str) -> None:
    reply = await missed.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    await missed.travel_to("Mon 16 Nov 2026 12:00")
    assert not _reminders(missed)


async def test_while_it_is_disputed_nobody_is_reminded(missed: World) -> None:
    await missed.direct("josh").says("josh", "dispute B-6 because nine came by letter")
    await missed.travel_to("Fri 06 Nov 2026 12:00")
    assert not _reminders(missed)
    await missed.direct("amy").says("amy", "answer D-1 stands because none came")
    await missed.direct("morgan").says("morgan", "answer D-1 stands because none came")
    await missed.travel_to("Tue 10 Nov 2026 12:00")
    assert len(_reminders(missed)) == 1
