"""A person gets three direct messages a day at most; what is over waits for the digest, and is in it."""

from __future__ import annotations

import itertools

from bot.chat.card import Card
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import CLOCK, sit
from bot.store.tx import Tx
from tests.world import WORKSPACE, World

_OCCURRENCES = itertools.count(1)


async def told(world: World, *names: str, **more: object) -> None:
    """Tell Amy something under each name, as a rung of a ladder would."""

    async def job(tx: Tx) -> None:
        sitting = await sit(tx, world.clock.now(), CLOCK, "clock")
        for name in names:
            word = Word("nudge", f"promise:{name}", str(next(_OCCURRENCES)), **more)  # type: ignore[arg-type]
            terms = sitting.agreements[0].latest.terms
            await saying.to_person(sitting, terms, "amy", Card(f"About {name}", f"About {name}"), word)

    await world.house.database.write(WORKSPACE, job)
    await world.travelling.settle()


def heard(world: World) -> list[str]:
    return [each.title for each in heard_cards(world)]


def heard_cards(world: World) -> list[Card]:
    return [each.card for each in world.in_place(world.direct("amy").place) if each.heard < each.versions]


async def test_the_fourth_waits_for_the_next_digest_and_what_matters_more_does_not(world: World) -> None:
    await world.travel_to("Tue 06 Oct 2026 12:00")
    world.everyone_heard_all()
    await told(world, "one", "two", "three", "four")
    assert heard(world) == ["About one", "About two", "About three"]
    world.everyone_heard_all()
    await told(world, "one", "the manager's rung", level=2)
    await told(world, "a shop that is down", urgent=True)
    await told(world, "two")
    assert heard(world) == ["About one", "About two", "About the manager's rung", "About a shop that is down"]
    world.everyone_heard_all()
    await world.travel_to("Wed 07 Oct 2026 09:00")
    world.direct("amy").hears("1 message beyond three a day was folded in here: About four.")
    await told(world, "five")
    assert heard(world) == ["About five"], "a new day, a new three"
    world.everyone_heard_all()


async def test_what_was_over_on_a_friday_is_in_mondays_digest_and_in_no_other(world: World) -> None:
    await world.travel_to("Fri 02 Oct 2026 12:00")
    await told(world, "one", "two", "three", "four")
    world.everyone_heard_all()
    await world.travel_to("Mon 05 Oct 2026 09:00")
    world.direct("amy").hears("1 message beyond three a day was folded in here: About four.")
    world.everyone_heard_all()
    await world.travel_to("Tue 06 Oct 2026 09:00")
    assert not any("beyond three" in str(card) for card in heard_cards(world))
    world.everyone_heard_all()


async def test_where_there_is_no_digest_nothing_waits_for_one(world: World) -> None:
    await world.travel_to("Tue 06 Oct 2026 12:00")
    await world.direct("amy").says("amy", "digest off")
    world.everyone_heard_all()
    await told(world, "one", "two", "three", "four")
    assert heard(world) == ["About one", "About two", "About three", "About four"]
    world.everyone_heard_all()


async def test_the_day_begins_at_ones_own_midnight(world: World) -> None:
    await world.travel_to("Tue 06 Oct 2026 23:50")
    await told(world, "one", "two", "three")
    world.everyone_heard_all()
    await world.travel_to("Wed 07 Oct 2026 00:05")
    await told(world, "four")
    assert heard(world) == ["About four"]
    world.everyone_heard_all()


async def test_what_was_agreed_to_be_urgent_comes_through_quiet_hours(world: World) -> None:
    await world.travel_to("Tue 06 Oct 2026 12:00")
    await world.direct("amy").says("amy", "quiet 18:00-08:00")
    world.everyone_heard_all()
    await world.travel_to("Tue 06 Oct 2026 19:00")
    await told(world, "a shop that is down", urgent=True)
    await told(world, "a report")
    assert heard(world) == ["About a shop that is down"]
    world.everyone_heard_all()
    await world.travel_to("Wed 07 Oct 2026 08:00")
    assert heard(world) == ["About a report"]
    world.everyone_heard_all()
