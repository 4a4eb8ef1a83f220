"""A channel that cannot be spoken in: its words come by another way, and an owner decides where they go next."""

from __future__ import annotations

import pytest

from bot.chat.messenger import DeliveryFailed
from bot.desk.messages import saying
from bot.desk.people import whereabouts
from bot.desk.sitting import CLOCK, sit
from bot.store import administrators, identities
from bot.store.tx import Tx
from tests.world import WORKSPACE, World, private

ARCHIVED = DeliveryFailed("the channel was archived", "impossible")


@pytest.fixture
async def broken(world: World) -> World:
    """#smarketing was archived, and a receipt could not be said there."""
    world.wire.failing["smarketing"] = ARCHIVED
    await world.channel().says("josh", "handoff 25 qualified leads to sales")
    return world


async def test_what_could_not_be_said_comes_with_the_ways_out(broken: World) -> None:
    for member in ("josh", "amy", "joan", "morgan"):
        said = broken.direct(member).hears("H-1", "I could not post this in #smarketing", "the channel was archived")
        said.offers("New channel…", "DM only", "Pause", "Accept all 25", "Accept some…", "Dispute…")
    broken.everyone_else_heard_nothing()


async def test_whoever_added_the_bot_hears_once_that_a_channel_is_gone_and_nothing_said_in_it(world: World) -> None:
    async def appoint(tx: Tx) -> None:
        for user in ("ada", "amy"):
            await administrators.appoint(tx, "web", user)

    await world.house.database.write(WORKSPACE, appoint)
    world.wire.failing["smarketing"] = ARCHIVED
    for quantity in (25, 3):
        await world.channel().says("josh", f"handoff {quantity} qualified leads to sales")
    told = world.direct("ada").hears("I can no longer speak in #smarketing: the channel was archived", "you added me")
    assert "25" not in told.text
    world.direct("ada").hears_nothing()
    assert [each.card.ref for each in world.in_place(world.direct("amy").place)] == ["H-1", "H-2"], "as an owner"
    world.everyone_heard_all()


async def test_what_an_owner_cannot_be_told_of_a_channel_goes_to_nobody_further(world: World) -> None:
    world.wire.failing |= {"smarketing": ARCHIVED, "josh": ARCHIVED}
    await world.channel().says("josh", "handoff 25 qualified leads to sales")
    for member in ("amy", "joan", "morgan"):
        world.direct(member).hears("H-1", "You get this because")
    world.everyone_else_heard_nothing()


async def test_a_new_channel_hears_what_the_old_one_heard_and_is_heard_itself(broken: World) -> None:
    broken.everyone_heard_all()
    reply = await broken.direct("amy").says("amy", "channel #smarketing elsewhere to #company-x-service")
    assert private(reply).startswith("What was told in #smarketing is told in #company-x-service from now on.")
    broken.channel("#company-x-service").hears("is told here from now on.", "It was told in #smarketing until now")

    await broken.channel("#company-x-service").says("josh", "handoff 3 qualified leads to sales")
    broken.channel("#company-x-service").hears("H-2", "28")
    broken.everyone_else_heard_nothing()


async def test_here_means_the_channel_in_which_it_is_said(broken: World) -> None:
    broken.everyone_heard_all()
    await broken.channel("#leads").says("amy", "channel #smarketing here")
    broken.channel("#leads").hears("is told here from now on.")
    await broken.channel("#leads").says("josh", "handoff 3 qualified leads to sales")
    broken.channel("#leads").hears("H-2")
    broken.everyone_else_heard_nothing()


async def test_dm_only_tells_the_owners_and_nobody_else(broken: World) -> None:
    broken.everyone_heard_all()
    await broken.direct("amy").presses("amy", "DM only")
    await broken.channel().says("josh", "handoff 3 qualified leads to sales")
    for owner in ("josh", "amy"):
        broken.direct(owner).hears("H-2")
    broken.everyone_else_heard_nothing()


async def test_a_paused_channel_hears_nothing_and_health_says_why(world: World) -> None:
    reply = await world.direct("amy").says("amy", "channel #smarketing pause")
    assert "#smarketing is paused: it hears nothing until you resume it." in private(reply)
    await world.channel().says("josh", "handoff 3 qualified leads to sales")
    world.everyone_else_heard_nothing()
    assert "not sent (the channel is paused)" in private(await world.channel().says("amy", "health"))

    await world.channel().says("amy", "channel #smarketing resume")
    await world.channel().says("josh", "handoff 4 qualified leads to sales")
    world.channel().hears("H-2")
    again = await world.channel().says("amy", "channel #smarketing resume")
    assert "#smarketing hears everything already." in private(again)


async def test_only_an_owner_decides_it_and_only_for_a_channel_of_his(world: World) -> None:
    assert "Only the owner of a party decides" in private(
        await world.channel().says("tom", "channel #smarketing pause")
    )
    unknown = await world.channel().says("amy", "channel #elsewhere pause")
    assert "No agreement of yours is told in #elsewhere." in private(unknown)
    nowhere = await world.channel().says("amy", "channel #smarketing elsewhere to #nowhere")
    assert "I know no channel #nowhere." in private(nowhere)
    alone = await world.direct("amy").says("amy", "channel #smarketing here")
    assert "We are alone here." in private(alone)
    same = await world.channel().says("amy", "channel #smarketing here")
    assert "#smarketing is where it is told already." in private(same)
    world.everyone_else_heard_nothing()


async def test_a_platform_that_is_gone_is_told_once_and_left_for_another(world: World) -> None:
    async def gone(why: str) -> None:
        async def job(tx: Tx) -> None:
            await whereabouts.platform_gone(await sit(tx, world.clock.now(), CLOCK, "web"), "web", why)

        await world.house.database.write(WORKSPACE, job)
        await world.house.deliverer.run_once()

    await gone("it was uninstalled")
    for member in ("josh", "amy", "joan", "morgan"):
        world.direct(member).hears("I can no longer speak in the browser: it was uninstalled.", "#smarketing")
    await gone("it was uninstalled")
    world.everyone_else_heard_nothing()


async def test_somebody_on_two_platforms_is_spoken_to_on_the_one_that_works(world: World) -> None:
    async def where(gone: str = "") -> str:
        async def job(tx: Tx) -> str:
            sitting = await sit(tx, world.clock.now(), CLOCK, "web")
            await identities.give(tx, "slack", "U0AMY", "amy")
            if gone:
                await whereabouts.platform_gone(sitting, gone, "it was uninstalled")  # type: ignore[arg-type]
            place = await saying.direct(sitting, sitting.agreements[0].latest.terms, "amy")
            assert place is not None
            await whereabouts.platform_back(sitting, gone or "web")  # type: ignore[arg-type]
            return place.platform

        return await world.house.database.write(WORKSPACE, job)

    assert await where() == "web", "where her party talks"
    assert await where("web") == "slack"
    assert await where("slack") == "web"
