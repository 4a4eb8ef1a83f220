"""What makes up for a miss is planned by both sides, costs what the sum says, and is owed once both agreed."""

from __future__ import annotations

import pytest

from tests.beginnings import Worlds
from tests.world import World, private


async def _ninety_one_come(world: World) -> None:
    await world.channel().says("josh", "handoff 91 leads to sales")
    await world.direct("amy").says("amy", "accept H-1")
    await world.travel_to("Thu 05 Nov 2026 12:00")
    world.everyone_heard_all()


@pytest.fixture
async def missed(worlds: Worlds) -> World:
    """Of October's hundred leads ninety-one came; nothing is provisional any more on Thursday 5 November."""
    return await worlds.begin(at="Thu 29 Oct 2026 10:00", then=_ninety_one_come)


async def _breach(world: World) -> str:
    missed = [
        each.card
        for each in world.in_place(world.channel().place)
        if each.card.title.startswith("Missed: Qualified leads")
    ]
    button = next(each for each in missed[-1].buttons if each.label == "Recovery plan")
    return button.says.removeprefix("recovery ")


async def _chosen(world: World) -> str:
    """Morgan has chosen a plan."""
    breach = await _breach(world)
    await world.direct("morgan").says("morgan", f"choose {breach} recovery plan")
    world.everyone_heard_all()
    return breach


async def test_it_opens_with_the_loss_and_both_sides_and_the_decider_hear_of_it(missed: World) -> None:
    said = private(await missed.direct("amy").says("amy", f"recovery {await _breach(missed)}"))
    assert "P-1 · Recovery plan · Qualified leads, October" in said
    assert "Lost revenue: 9 × 50 % × $100 = $450" in said
    for member in ("josh", "amy", "morgan"):
        told = missed.direct(member).hears("P-1 · Recovery plan", "9 × 50 % × $100 = $450")
        told.says("It is being prepared; Morgan has not chosen yet what makes")
    missed.everyone_else_heard_nothing()


async def test_its_steps_are_owed_once_both_sides_agreed_and_not_before(missed: World) -> None:
    await _chosen(missed)
    said = private(
        await missed.direct("josh").says("josh", "recovery step P-1 nine leads from the fair owner Nina by 2026-11-13")
    )
    assert "1. nine leads from the fair: Nina, by Fri 13 Nov" in said
    assert "nine leads" not in private(await missed.direct("nina").says("nina", "mine"))
    await missed.direct("josh").presses("josh", "Agree")
    missed.everyone_heard_all()
    await missed.direct("amy").presses("amy", "Agree")
    missed.channel().hears("Missed: Qualified leads, October", "Recovery plan: P-1, agreed by both Thu 5 Nov 12:00")
    missed.channel().hears(
        "P-1 · Recovery plan", "nine leads from the fair: Nina, by Fri 13 Nov · O-", "Agreed by both sides"
    )
    missed.everyone_heard_all()
    assert "nine leads from the fair" in private(await missed.direct("nina").says("nina", "mine"))
    await missed.travel_to("Mon 16 Nov 2026 08:00")
    assert "missed" in private(await missed.direct("amy").says("amy", "recovery P-1"))


async def test_a_step_that_is_added_takes_the_yes_to_another_plan_back(missed: World) -> None:
    await _chosen(missed)
    await missed.direct("josh").says("josh", "recovery step P-1 nine leads owner Nina by 2026-11-13")
    await missed.direct("josh").says("josh", "recovery agree P-1")
    await missed.direct("amy").says("amy", "recovery step P-1 call them first owner Priya by 2026-11-16")
    said = private(await missed.direct("amy").says("amy", "recovery agree P-1"))
    assert "It waits for the yes of Marketing" in said


async def test_a_step_whose_day_is_over_is_taken_out_and_added_anew(missed: World) -> None:
    josh = missed.direct("josh")
    await _chosen(missed)
    await josh.says("josh", "recovery step P-1 nine leads owner Nina by 2026-11-05")
    await josh.says("josh", "recovery step P-1 call them first owner Priya by 2026-11-16")
    await missed.travel_to("Thu 05 Nov 2026 17:30")
    missed.everyone_heard_all()
    reply = await josh.says("josh", "recovery step P-1 more leads owner Nina by 2026-11-05")
    assert reply.refused
    assert "The working day of Marketing is over.\nName a later one." in private(reply)
    reply = await missed.direct("amy").says("amy", "recovery agree P-1")
    assert reply.refused
    assert "Step 1 of P-1 was for a day that is over." in private(reply)
    assert "recovery drop P-1 1" in private(reply)
    missed.everyone_else_heard_nothing()
    said = private(await missed.direct("amy").says("amy", "recovery drop P-1 1"))
    assert "nine leads" not in said
    said = private(await josh.says("josh", "recovery step P-1 nine leads owner Nina by 2026-11-06"))
    assert "2. call them first" in said
    assert "3. nine leads: Nina, by Fri 6 Nov" in said
    await josh.says("josh", "recovery agree P-1")
    assert "Agreed by both sides" in private(await missed.direct("amy").says("amy", "recovery agree P-1"))
    assert "nine leads" in private(await missed.direct("nina").says("nina", "mine"))
    missed.everyone_heard_all()


async def test_a_dispute_holds_it_up(missed: World) -> None:
    breach = await _breach(missed)
    await missed.direct("josh").says("josh", f"recovery {breach}")
    await missed.direct("josh").says("josh", "recovery step P-1 nine leads owner Nina by 2026-11-13")
    await missed.direct("josh").says("josh", f"dispute {breach} because the fair's list was never read")
    reply = await missed.direct("amy").says("amy", "recovery agree P-1")
    assert reply.refused
    assert "is disputed (D-1), so nothing follows from it yet" in private(reply)


async def test_what_cannot_be_is_refused(missed: World) -> None:
    await _chosen(missed)
    for member, words, problem in (
        ("joan", "recovery agree P-1", "Only the owners of both sides"),
        ("josh", "recovery agree P-1", "P-1 has no step yet"),
        ("josh", "recovery step P-1 nine leads owner Joan by 2026-11-13", "Joan Baker is not of Marketing or Sales"),
        ("josh", "recovery step P-1 nine leads owner Nina by 2026-11-14", "Nobody of Marketing works then"),
        ("josh", "recovery step P-1 nine leads owner Nina by 2026-11-04", "That day has passed"),
        ("josh", "recovery P-9", "There is no P-9"),
        ("josh", "recovery drop P-1 1", "P-1 has no step 1."),
    ):
        reply = await missed.direct(member).says(member, words)
        assert reply.refused, words
        assert problem in private(reply), private(reply)
