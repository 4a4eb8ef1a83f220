"""A slip is undone within ten minutes; later, what was accepted is corrected by both sides, never edited."""

from __future__ import annotations

from datetime import timedelta

from tests.world import World, private


async def test_the_logger_takes_a_slip_back_within_ten_minutes(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    world.channel().hears("H-1")
    await world.channel().says("josh", "undo")
    world.channel().hears("H-1", "undone")
    status = private(await world.channel().says("josh", "status C-1"))
    assert "0 of" in status


async def test_after_ten_minutes_or_by_somebody_else_it_offers_to_correct(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    world.channel().hears("H-1")
    other = await world.channel().says("nina", "undo H-1")
    assert "Only the person who logged it" in private(other)
    world.clock.advance(timedelta(minutes=11))
    late = await world.channel().says("josh", "undo H-1")
    assert late.refused
    assert "correct H-1 to" in private(late)


async def test_before_acceptance_the_giver_corrects_alone(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    world.channel().hears("H-1")
    await world.channel().says("josh", "correct H-1 to 23 because two were counted twice")
    world.channel().hears("H-1", "23 qualified leads", "25 → 23", "two were counted twice")


async def test_after_acceptance_both_sides_must_say_the_same(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    await world.channel().presses("amy", "Accept all")
    world.everyone_heard_all()
    reply = await world.channel().says("josh", "correct H-1 to 23 because two were counted twice")
    assert "Sales" in private(reply)
    receipt = world.channel().hears("H-1", "25 qualified leads", "23")
    again = await world.channel().says("nina", "correct H-1 to 23 because two were counted twice")
    assert not again.refused
    world.everyone_heard_all()
    await world.channel().says("amy", "correct H-1 to 23 because agreed")
    world.channel().hears("H-1", "23 qualified leads")
    assert receipt.world is world
    history = private(await world.channel().says("amy", "history H-1"))
    assert history.index("logged") < history.index("accepted") < history.index("corrected")


async def test_part_is_accepted_with_a_reason_for_the_rest(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    world.channel().hears("H-1")
    bare = await world.channel().says("amy", "accept H-1 22")
    assert bare.refused
    assert "needs a reason" in private(bare)
    await world.channel().says("amy", "accept H-1 22 because three have no phone number")
    world.channel().hears("H-1", "3 disputed", "three have no phone number")
    await world.channel().presses("priya", "Accept the disputed 3")
    world.channel().hears("H-1", "✓ accepted")
    later = await world.channel().says("amy", "undo H-1")
    assert later.refused


async def test_silence_accepts_after_two_working_days_of_the_receiver(world: World) -> None:
    await world.travel_to("Thu 08 Oct 2026 10:00")
    world.everyone_heard_all()
    await world.channel().says("josh", "handoff 25 leads to sales")
    world.channel().hears("accepted Tue 13 Oct 17:00 if nobody objects")
    await world.travel_to("Tue 13 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Tue 13 Oct 2026 17:00")
    world.channel().hears("H-1", "✓ accepted", "nobody objected")


async def test_what_a_correction_adds_is_accepted_by_silence_too(world: World) -> None:
    await world.travel_to("Thu 08 Oct 2026 10:00")
    await world.channel().says("josh", "handoff 25 leads to sales")
    await world.channel().presses("amy", "Accept all")
    await world.travel_to("Tue 13 Oct 2026 10:00")
    world.everyone_heard_all()
    await world.channel().says("josh", "correct H-1 to 30 because five were forgotten")
    world.channel().hears("H-1", "25 accepted + 5 awaiting", "accepted Thu 15 Oct 17:00 if nobody objects")
    assert "H-1" in private(await world.direct("amy").says("amy", "mine"))
    await world.travel_to("Thu 15 Oct 2026 16:59")
    world.everyone_heard_all()
    await world.travel_to("Thu 15 Oct 2026 17:00")
    world.channel().hears("H-1", "30 qualified leads · ✓ accepted")
    world.everyone_heard_all()


async def test_a_handoff_corrected_to_nothing_has_nothing_to_accept(world: World) -> None:
    await world.channel().says("josh", "handoff 5 leads to sales")
    await world.channel().says("josh", "correct H-1 to 0 because it was another team")
    world.everyone_heard_all()
    reply = await world.channel().says("amy", "accept H-1")
    assert "Nothing of H-1 is left to accept" in private(reply)
