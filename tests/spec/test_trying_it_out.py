"""`demo` says where everything can be tried without consequences: in the rehearsal, or that one is in it."""

from __future__ import annotations

from tests.world import World, private


async def test_in_the_rehearsal_it_says_that_nothing_here_reaches_anybody(world: World) -> None:
    told = private(await world.direct("amy").says("amy", "demo"))
    assert told.startswith("You are in the rehearsal: nothing here reaches anybody")
    assert "move the clock" in told


async def test_elsewhere_it_says_where_one_is_and_that_the_record_stays_as_it_is(world: World) -> None:
    code = private(await world.direct("amy").says("amy", "connect")).split("say connect ")[1].split(" to me")[0]
    await world.direct("U0AMY", "slack").says("U0AMY", f"connect {code}")
    world.everyone_heard_all()
    told = private(await world.direct("U0AMY", "slack").says("U0AMY", "demo"))
    assert told.startswith("A month can be played in the rehearsal, apart from your record")
    assert "make run" in told
    world.everyone_else_heard_nothing()
