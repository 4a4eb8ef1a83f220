"""A channel that its platform calls otherwise is called so everywhere; what was signed keeps its name."""

from __future__ import annotations

from bot.desk.people import whereabouts
from bot.desk.sitting import CLOCK, sit
from bot.documents import encode
from bot.store import agreements
from bot.store.tx import Tx
from slacore.agreements import Terms
from tests.world import WORKSPACE, World, private


async def renamed(world: World, name: str, channel: str = "smarketing") -> None:
    async def job(tx: Tx) -> None:
        sitting = await sit(tx, world.clock.now(), CLOCK, "web")
        await whereabouts.channel_renamed(sitting, "web", channel, name, "josh")

    await world.house.database.write(WORKSPACE, job)


async def says(world: World, words: str) -> str:
    return private(await world.direct("josh").says("josh", words))


async def newest(world: World) -> Terms:
    found = await world.house.database.read(WORKSPACE, agreements.everything)
    return found[0].latest.terms


async def test_cards_texts_and_questions_call_it_as_it_is_called(world: World) -> None:
    await renamed(world, "#growth")
    text = await says(world, "agreement show A-1")
    assert "#growth (web, smarketing, signed as #smarketing): Marketing, Sales." in text
    assert "#company-x-service (web, company-x-service)" in text
    assert "#growth" in await says(world, "share in #nowhere status C-1")
    assert "shared in #growth" in (await says(world, "share in #smarketing status C-1")).casefold()
    world.everyone_heard_all()
    assert "What was told in #growth goes to the owners alone" in await says(world, "channel #growth direct")
    assert "#growth hears everything again" in await says(world, "channel #smarketing resume")
    assert "channel renamed" in await says(world, "history A-1")


async def test_what_was_signed_is_signed_as_it_was_and_an_amendment_takes_no_name_along(world: World) -> None:
    await renamed(world, "#growth")
    draft = await says(world, "agreement amend leads target 105 from 1 Nov")
    assert "growth" not in draft
    await says(world, "agreement propose A-1")
    for member in ("josh", "amy", "joan"):
        await world.direct(member).says(member, "agreement sign A-1")
    terms = await newest(world)
    assert encode(terms)["channels"][0]["name"] == "#smarketing"
    assert terms.channels[0].name == "#growth"
    world.everyone_heard_all()


async def test_a_name_that_is_told_again_is_no_news_and_one_given_back_leaves_no_trace(world: World) -> None:
    await renamed(world, "#growth")
    await renamed(world, "#growth")
    assert (await says(world, "history A-1")).count("channel renamed") == 1
    await renamed(world, "#smarketing")
    assert "signed as" not in await says(world, "agreement show A-1")
    await renamed(world, "#elsewhere", "of-others")
    assert "elsewhere" not in await says(world, "history A-1")


async def test_health_names_a_broken_channel_as_it_is_called(world: World) -> None:
    await renamed(world, "#growth")

    async def job(tx: Tx) -> None:
        sitting = await sit(tx, world.clock.now(), CLOCK, "web")
        await whereabouts.channel_gone(sitting, "web", "smarketing", "the channel was archived")

    await world.house.database.write(WORKSPACE, job)
    await world.travel_to("Mon 05 Oct 2026 09:05")
    world.direct("josh").hears("I can no longer speak in #growth: the channel was archived.")
    assert "#growth" in await says(world, "health")
    world.everyone_heard_all()
