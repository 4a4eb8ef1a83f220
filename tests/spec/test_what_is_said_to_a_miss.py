"""A miss is explained by its owner, forgiven by whom it is owed to, or disputed; it stays on the record."""

from __future__ import annotations

import pytest

from tests.beginnings import Worlds
from tests.world import World, moment, private


async def _friday_passes(world: World) -> None:
    await world.travel_to("Fri 09 Oct 2026 18:00")
    world.everyone_heard_all()


@pytest.fixture
async def missed(worlds: Worlds) -> World:
    """A lead status report of Amy's, due Friday 16:00, is missed; it is Friday evening."""
    return await worlds.begin(at="Fri 09 Oct 2026 08:30", then=_friday_passes)


async def test_the_owner_is_asked_why_and_the_other_side_hears_it(missed: World) -> None:
    nudge = [
        each.card for each in missed.in_place(missed.direct("amy").place) if "Lead status report" in each.card.title
    ]
    assert {"Say why…", "Dispute the miss…"} <= {button.label for button in nudge[-1].buttons}
    said = private(await missed.direct("amy").says("amy", "why B-1 the CRM was down all afternoon"))
    assert "the CRM was down all afternoon" in said
    heard = missed.direct("josh").hears("Why B-1", "Amy: “the CRM was down all afternoon”")
    heard.offers("Excuse…", "History")
    missed.direct("morgan").hears("Why B-1")
    missed.everyone_else_heard_nothing()


async def test_whom_it_is_owed_to_forgives_it_and_the_ladder_is_silent(missed: World) -> None:
    await missed.direct("josh").says("josh", "excuse B-1 because the CRM was down")
    missed.direct("amy").hears("Excused: Lead status report", "Josh: “the CRM was down”", "it stays on the record")
    missed.everyone_else_heard_nothing()
    await missed.travel_to("Thu 15 Oct 2026 08:00")
    told = [each.card.title for each in missed.wire.messages if "Lead status report" in each.card.title]
    assert not [title for title in told if title.startswith("Missed")]
    missed.everyone_heard_all()
    reply = await missed.direct("josh").says("josh", "excuse B-1 because again")
    assert reply.refused
    assert "is already excused" in private(reply)


async def test_without_a_reason_it_is_asked_for_and_nothing_is_forgiven(missed: World) -> None:
    form = (await missed.direct("josh").says("josh", "excuse B-1")).form
    assert form is not None
    assert [(each.name, each.required, each.error) for each in form.fields] == [("reason", True, "")]
    again = await missed.direct("josh").fills("josh", form, reason="  ")
    assert again.errors == {"reason": "This is needed."}
    missed.everyone_else_heard_nothing()
    assert "the CRM was down" in private(await missed.direct("josh").fills("josh", form, reason="the CRM was down"))


async def test_who_owes_it_cannot_forgive_himself(missed: World) -> None:
    for member, words in (
        ("amy", "excuse B-1 because I was ill"),
        ("josh", "why B-1 no idea"),
        ("josh", "dispute B-1 because no"),
    ):
        reply = await missed.direct(member).says(member, words)
        assert reply.refused, words
        assert "You cannot" in private(reply), private(reply)
    missed.everyone_else_heard_nothing()


async def test_a_dispute_that_the_other_side_gives_in_to_takes_the_miss_back(missed: World) -> None:
    said = private(await missed.direct("amy").says("amy", "dispute B-1 because I mailed it at 15:00"))
    assert "D-1 over B-1" in said
    assert "Nothing follows from the miss meanwhile; the clocks go on." in said
    missed.direct("josh").hears("B-1 is disputed: D-1", "I mailed it at 15:00").offers(
        "It falls…", "It stands…", "History"
    )
    missed.everyone_heard_all()
    said = private(await missed.direct("josh").says("josh", "answer D-1 falls because it was in my spam"))
    assert "B-1 was taken back" in said
    missed.direct("amy").hears("Excused: Lead status report", "taken back by D-1: it was in my spam")
    missed.everyone_heard_all()


async def test_where_the_sides_disagree_the_decider_decides_and_the_ladder_goes_on(missed: World) -> None:
    await missed.direct("amy").says("amy", "dispute B-1 because I mailed it at 15:00")
    missed.everyone_heard_all()
    await missed.direct("josh").says("josh", "answer D-1 stands because nothing came")
    missed.direct("morgan").hears("D-1 is to be decided", "I mailed it at 15:00", "nothing came").offers(
        "It falls…", "It stands…", "History"
    )
    missed.everyone_heard_all()
    await missed.travel_to("Wed 14 Oct 2026 12:00")
    assert [
        each for each in missed.in_place(missed.channel().place) if each.card.title.startswith("Missed: Lead status")
    ]
    missed.everyone_heard_all()
    await missed.direct("morgan").says("morgan", "answer D-1 stands because a report is sent here")
    missed.direct("amy").hears("D-1: B-1 stands", "a report is sent here")
    reply = await missed.direct("amy").says("amy", "dispute B-1 because once more")
    assert reply.refused
    assert "D-1 decided over B-1 already: it was upheld." in private(reply)
    missed.everyone_heard_all()
    assert "dispute ended" in private(await missed.direct("morgan").says("morgan", "history D-1"))


async def test_a_dispute_after_its_window_comes_too_late(missed: World) -> None:
    missed.clock.set(moment("Tue 20 Oct 2026 10:00"))
    reply = await missed.direct("amy").says("amy", "dispute B-1 because I mailed it")
    assert reply.refused
    assert "could be disputed for 5 working days" in private(reply)
