"""What somebody owes passes on: to a deputy while he is away, and for good when he leaves."""

from __future__ import annotations

from bot.desk.people import whereabouts
from bot.desk.sitting import CLOCK, sit
from bot.store.tx import Tx
from tests.world import WORKSPACE, World, private


async def is_deactivated(world: World, member: str) -> None:
    """A platform says that somebody's account was closed; it says so more than once."""

    async def job(tx: Tx) -> None:
        await whereabouts.person_gone(await sit(tx, world.clock.now(), CLOCK, "web"), "web", member)

    for _ in range(2):
        await world.house.database.write(WORKSPACE, job)
    await world.house.deliverer.run_once()


async def test_a_deputy_is_told_once_what_falls_due_while_he_stands_in(world: World) -> None:
    reply = await world.direct("amy").says("amy", "away 8-16 Oct to @Priya Raman")
    assert "Priya Raman gets what would reach you." in private(reply)
    world.direct("priya").hears(
        "You stand in for Amy Chen: 8–16 Oct 2026",
        "2 things of Amy's fall due by then:",
        "O-3 Lead status report, to Marketing",
        "O-4 Lead status report, to Marketing",
        "Amy still owns it.",
    )
    world.everyone_else_heard_nothing()


async def test_nothing_due_is_said_in_so_many_words(world: World) -> None:
    await world.direct("joan").says("joan", "away 8-9 Oct to @Amy Chen")
    world.direct("amy").hears("You stand in for Joan Baker", "Nothing of Joan's is due by then so far")


async def test_who_leaves_passes_on_what_he_owed_and_both_sides_hear_it_once(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads")
    world.everyone_heard_all()
    await is_deactivated(world, "amy")
    world.direct("priya").hears(
        "Amy Chen left the chat",
        "6 things that Amy owed are yours now",
        "Answer on H-1 (25 qualified leads), to Marketing",
        "O-3 Lead status report, to Marketing",
        "Customer friction report, to Service",
    ).offers("Accept H-1", "Dispute H-1…", "See the report O-3")
    world.direct("josh").hears("Amy Chen of Sales left: 5 things owed to you have a new owner", "Priya")
    world.direct("joan").hears(
        "Amy Chen of Sales left: 1 thing owed to you has a new owner", "friction report", "Priya"
    )
    world.everyone_else_heard_nothing()
    reply = await world.direct("priya").says("priya", "accept H-1")
    assert not reply.refused
    world.everyone_heard_all()
    assert "O-3 Lead status report" in private(await world.direct("priya").says("priya", "mine"))
    assert (await world.direct("tom").says("tom", "report approve")).refused
    assert not (await world.direct("priya").says("priya", "report approve")).refused
    world.everyone_heard_all()


async def test_a_deputy_who_left_as_well_is_passed_over_for_the_owner(world: World) -> None:
    await is_deactivated(world, "nina")
    world.direct("josh").hears("Nina Castellanos left the chat", "You hear what Nina would have heard.")
    await is_deactivated(world, "josh")
    world.direct("morgan").hears("Josh Lindqvist left the chat", "You hear what Josh would have heard.")
    world.everyone_else_heard_nothing()
