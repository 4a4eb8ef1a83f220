"""A delivery repeated is one request; the same words again are asked about; twins meet at the key."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.world import World, private

WORDS = "handoff 25 qualified leads to sales"


async def test_a_delivery_that_arrives_eleven_times_counts_once_and_hears_the_same(world: World) -> None:
    replies = [await world.direct("josh").says("josh", WORDS, delivery="slack-1") for _ in range(11)]
    assert len({private(reply) for reply in replies}) == 1
    world.channel().hears("H-1")


async def test_concurrent_twins_count_once(world: World) -> None:
    room = world.channel()
    await asyncio.gather(*(room.says("josh", WORDS, delivery="same") for _ in range(10)))
    world.channel().hears("H-1")


async def test_the_same_words_within_two_minutes_are_asked_about(world: World) -> None:
    await world.channel().says("josh", WORDS)
    world.channel().hears("H-1")
    world.clock.advance(timedelta(seconds=40))
    reply = await world.channel().says("josh", WORDS)
    assert "You logged the same handoff 40 seconds ago (H-1)." in private(reply)
    assert reply.card is not None
    again = next(button for button in reply.card.buttons if button.label == "Log again")
    await world.channel().says("josh", again.says)
    world.channel().hears("H-2")


async def test_after_two_minutes_they_are_a_new_handoff(world: World) -> None:
    await world.channel().says("josh", WORDS)
    world.channel().hears("H-1")
    world.clock.advance(timedelta(minutes=2) - timedelta(seconds=1))
    assert "You logged the same handoff" in private(await world.channel().says("josh", WORDS))
    world.clock.advance(timedelta(seconds=1))
    await world.channel().says("josh", WORDS)
    world.channel().hears("H-2")


async def test_a_second_click_on_accept_says_what_was_done(world: World) -> None:
    await world.channel().says("josh", WORDS)
    receipt = world.channel().hears("H-1")
    accept = receipt.button("Accept all")
    await world.channel().presses("amy", "Accept all", on=receipt)
    world.channel().hears("✓ accepted")
    utterance = world.channel()._utterance("amy", "", text=accept.says, via="button", version=accept.version)
    reply = await world.ask(utterance)
    assert "already accepted" in private(reply)
    assert "Amy" in private(reply)


async def test_log_again_pressed_twice_logs_once_more_and_asks_then(world: World) -> None:
    await world.channel().says("josh", WORDS)
    world.channel().hears("H-1")
    reply = await world.channel().says("josh", WORDS)
    assert reply.card is not None
    again = next(button for button in reply.card.buttons if button.label == "Log again")
    await world.channel().says("josh", again.says)
    world.channel().hears("H-2")
    third = await world.channel().says("josh", again.says)
    assert "You logged the same handoff just now (H-2)." in private(third)
