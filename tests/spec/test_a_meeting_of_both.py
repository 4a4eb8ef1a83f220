"""A meeting that both must attend: each side confirms it, and whoever does not has missed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beginnings import Worlds
from tests.world import World, private

CORPORATE = Path(__file__).parents[2] / "agreements" / "corporate.yaml"


@pytest.fixture
async def world(worlds: Worlds) -> World:
    """Staff and security meet on Thu 15 Oct 10:00."""
    return await worlds.begin(CORPORATE)


def _key(mine: str) -> str:
    return next(line.split()[0] for line in mine.splitlines() if "Consultation" in line)


async def _confirms(world: World, member: str) -> None:
    key = _key(private(await world.direct(member).says(member, "mine")))
    assert not (await world.direct(member).says(member, f"done {key}")).refused


async def test_it_is_kept_once_both_sides_have_confirmed_it(world: World) -> None:
    await world.travel_to("Thu 15 Oct 2026 09:55")
    await _confirms(world, "ida")
    assert "0 of 1 kept" in private(await world.direct("ida").says("ida", "status consultation"))
    await _confirms(world, "sam")
    assert "1 of 1 kept" in private(await world.direct("ida").says("ida", "status consultation"))


async def test_where_one_side_does_not_that_side_has_missed_it(world: World) -> None:
    await world.travel_to("Thu 15 Oct 2026 09:55")
    await _confirms(world, "ida")
    world.everyone_heard_all()
    await world.travel_to("Thu 15 Oct 2026 10:00")
    missed = world.direct("sam").hears("Consultation, Thu 15 Oct · ✕ missed", "is not confirmed")
    missed.says("the consultation was due to Staff")
    world.direct("ida").hears_nothing()
    assert "0 of 1 kept, 1 missed" in private(await world.direct("ida").says("ida", "status consultation"))


async def test_only_the_other_side_confirms_its_own_part(world: World) -> None:
    key = _key(private(await world.direct("sam").says("sam", "mine")))
    assert (await world.direct("amy").says("amy", f"done {key}")).refused
    assert (await world.direct("ida").says("ida", f"done {key}")).refused
