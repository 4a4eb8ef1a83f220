"""One workspace never sees, counts or changes what is another's, keys included."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.talk import Person, Place, Utterance
from tests.world import COMPANY_X, WORKSPACE, World, private


async def test_the_same_names_in_two_companies_are_two_promises(world: World) -> None:
    await world.house.apply("company-y", "Company Y", [COMPANY_X])
    await world.travelling.settle()
    await world.channel().says("josh", "handoff 25 leads to sales")
    world.channel().hears("H-1", "October: 25 of 50 due Fri 16 Oct")

    elsewhere = replace(world.channel().place, workspace="company-y")
    stranger = Utterance(
        "y-1", Person("company-y", "web", "josh", "josh"), elsewhere, world.clock.now(), text="status C-1"
    )
    assert "0 of 25 due" in private(await world.ask(stranger))
    accept = replace(stranger, delivery="y-2", text="accept H-1", person=Person("company-y", "web", "amy", "amy"))
    assert "There is no H-1" in private(await world.ask(accept))
    history = replace(stranger, delivery="y-3", text="history H-1")
    assert (await world.ask(history)).refused

    same_delivery = replace(stranger, delivery="shared", text="handoff 3 leads to sales")
    await world.ask(
        replace(same_delivery, person=Person(WORKSPACE, "web", "josh", "josh"), place=world.channel().place)
    )
    world.channel().hears("H-2", "3 qualified leads")
    await world.ask(same_delivery)
    spoken = [each for each in world.wire.messages if each.ref.place.workspace == "company-y"]
    assert [each.card.ref for each in spoken] == ["H-1"]
    world.everyone_heard_all()


async def test_words_in_a_channel_without_an_agreement_say_where_they_would_work(world: World) -> None:
    place = Place(WORKSPACE, "web", "channel", "random", "#random")
    utterance = Utterance(
        "r-1", Person(WORKSPACE, "web", "josh", "josh"), place, world.clock.now(), text="25 leads to sales"
    )
    reply = await world.ask(utterance)
    assert reply.refused
    assert "#smarketing" in private(reply)
