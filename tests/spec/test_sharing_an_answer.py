"""What was answered only to you is said in the channel by `share`, or by the button under it."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.talk import Reply
from tests.world import World, private


def labels(reply: Reply) -> list[str]:
    assert reply.card is not None
    return [button.label for button in reply.card.buttons]


async def test_share_posts_what_was_just_answered_with_who_asked_for_it(world: World) -> None:
    reply = await world.channel().says("amy", "status C-1")
    assert "Share in #smarketing" in labels(reply)
    world.channel().hears_nothing()

    assert await world.channel().says("amy", "share") == Reply()
    said = world.channel().hears("Qualified leads", "Shared by Amy, who asked “status C-1”.")
    assert said.message.card.buttons == ()
    world.everyone_else_heard_nothing()


async def test_the_button_under_an_answer_shares_it(world: World) -> None:
    reply = await world.channel().says("amy", "history C-1")
    assert reply.card is not None
    await world.channel().says("amy", reply.card.buttons[-1].says)
    world.channel().hears("C-1", "Shared by Amy")


async def test_what_concerns_one_person_is_told_of_him_by_name(world: World) -> None:
    await world.channel().says("amy", "share mine")
    said = world.channel().hears("Amy’s part", "Amy owes", "Shared by Amy")
    assert "You" not in said.text
    await world.channel().says("amy", "share owed")
    assert "You" not in world.channel().hears("Amy is owed").text


async def test_from_direct_messages_it_goes_into_the_channel_that_is_named(world: World) -> None:
    reply = await world.direct("amy").says("amy", "status C-1")
    assert not any(label.startswith("Share") for label in labels(reply)), "two channels: which one is asked first"
    asked = await world.direct("amy").says("amy", "share")
    assert "That could go into several channels." in private(asked)
    assert labels(asked) == ["#smarketing", "#company-x-service"]
    world.everyone_else_heard_nothing()

    assert asked.card is not None
    told = await world.direct("amy").says("amy", asked.card.buttons[0].says)
    assert private(told) == "Shared in #smarketing."
    world.channel().hears("Qualified leads", "Shared by Amy")
    world.everyone_else_heard_nothing()


async def test_the_same_delivery_and_the_same_words_share_once(world: World) -> None:
    for _ in range(3):
        await world.channel().says("amy", "share status C-1", delivery="once")
    again = await world.channel().says("amy", "share status C-1")
    assert again.refused
    assert "You shared the same in #smarketing 0 seconds ago." in private(again)
    world.channel().hears("Shared by Amy")
    world.everyone_else_heard_nothing()

    world.clock.advance(timedelta(minutes=3))
    await world.channel().says("amy", "share status C-1")
    world.channel().hears("Shared by Amy")


async def test_a_bare_share_means_ones_own_latest_answer_here_and_not_for_long(world: World) -> None:
    await world.channel().says("amy", "status C-1")
    assert "have not answered you anything here" in private(await world.channel().says("josh", "share"))
    assert "have not answered you anything here" in private(await world.direct("amy").says("amy", "share"))
    world.clock.advance(timedelta(minutes=31))
    assert "too long ago" in private(await world.channel().says("amy", "share"))
    world.everyone_else_heard_nothing()


async def test_what_changes_something_or_is_for_ones_own_eyes_is_not_shared(world: World) -> None:
    for words in ("share accept H-1", "share health", "share share", "share home"):
        reply = await world.channel().says("amy", words)
        assert reply.refused, words
        assert "is not for sharing" in private(reply)
    assert "I did not understand “dance”" in private(await world.channel().says("amy", "share dance"))
    nowhere = await world.channel().says("amy", "share in #elsewhere status")
    assert "No agreement of yours speaks in #elsewhere." in private(nowhere)
    world.everyone_else_heard_nothing()
