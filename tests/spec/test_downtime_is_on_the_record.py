"""A stretch in which the bot did not run is on the record, so that what nobody was reminded of has a reason."""

from __future__ import annotations

from datetime import timedelta

from bot.house import House
from bot.store import audit
from tests.world import WORKSPACE, World, private


async def started_again(world: World, after: timedelta) -> House:
    """A house that ticks, and another on the same database after a while."""
    await world.house.tick()
    world.clock.set(world.clock.now() + after)
    again = House(world.house.database, world.clock, {"web": world.wire})
    await again.tick()
    world.everyone_heard_all()
    return again


async def test_two_days_of_downtime_are_told_by_health_for_a_week(world: World) -> None:
    await world.travel_to("Mon 5 Oct 2026 09:00")
    again = await started_again(world, timedelta(days=2))
    health = private(await world.direct("amy").says("amy", "health"))
    assert "I was not running from Mon 5 Oct 09:00 to Wed 7 Oct 09:00." in health
    assert "nobody was reminded of it before" in health
    await again.tick()
    found = await world.house.database.read(WORKSPACE, lambda tx: audit.about(tx, "downtime"))
    assert [each.what for each in found] == ["WasDown"]
    world.clock.set(world.clock.now() + timedelta(days=8))
    assert "not running" not in private(await world.direct("amy").says("amy", "health"))
    world.everyone_heard_all()


async def test_a_restart_of_a_few_minutes_is_not_worth_telling(world: World) -> None:
    await world.travel_to("Mon 5 Oct 2026 09:00")
    await started_again(world, timedelta(minutes=9))
    assert "not running" not in private(await world.direct("amy").says("amy", "health"))


async def test_whoever_is_here_leaves_word_every_minute(world: World) -> None:
    await world.travel_to("Mon 5 Oct 2026 09:00")
    for _ in range(20):
        await world.house.tick()
        world.clock.set(world.clock.now() + timedelta(minutes=1))
    await started_again(world, timedelta(minutes=8))
    assert "not running" not in private(await world.direct("amy").says("amy", "health"))


async def test_a_laptop_that_slept_was_not_there_either(world: World) -> None:
    await world.travel_to("Mon 5 Oct 2026 09:00")
    await world.house.tick()
    world.clock.set(world.clock.now() + timedelta(hours=8))
    await world.house.tick()
    world.everyone_heard_all()
    health = private(await world.direct("amy").says("amy", "health"))
    assert "I was not running from Mon 5 Oct 09:00 to Mon 5 Oct 17:00." in health


async def test_a_clock_that_goes_back_makes_no_downtime(world: World) -> None:
    await world.travel_to("Mon 5 Oct 2026 09:00")
    await world.house.tick()
    for minutes in (-10, 1, 9, 2):
        world.clock.set(world.clock.now() + timedelta(minutes=minutes))
        await world.house.tick()
    world.everyone_heard_all()
    assert "not running" not in private(await world.direct("amy").says("amy", "health"))


async def test_who_moves_the_clock_by_hand_was_there_all_along(world: World) -> None:
    played = House(world.house.database, world.clock, {"web": world.wire}, leaves_word=False)
    await world.travel_to("Mon 5 Oct 2026 09:00")
    await played.tick()
    world.clock.set(world.clock.now() + timedelta(days=2))
    await played.tick()
    assert "not running" not in private(await world.direct("amy").says("amy", "health"))
    world.everyone_heard_all()
