"""Nothing works as agreed while somebody cannot be reached: health names them, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.messenger import DeliveryFailed
from tests.beginnings import Worlds
from tests.retold import retold
from tests.world import World, private


@pytest.fixture
async def without_joan(worlds: Worlds, tmp_path: Path) -> World:
    """Company X where nobody wrote down who Joan is in the chat."""
    return await worlds.begin(retold(tmp_path, ("    identities: {web: joan}\n", "")))


async def test_where_everybody_is_reached_everything_works(world: World) -> None:
    assert "Everything works" in private(await world.direct("amy").says("amy", "health"))


async def test_somebody_on_no_platform_is_named_with_what_to_do(without_joan: World) -> None:
    health = private(await without_joan.direct("amy").says("amy", "health"))
    assert "1 thing does not work" in health
    assert "Joan Baker cannot be reached: no platform's id of theirs is known." in health
    assert "Add it under identities" in health


async def test_somebody_whose_platform_refuses_the_message_is_named_too(world: World) -> None:
    world.wire.failing["josh"] = DeliveryFailed("the conversation was blocked", "impossible")
    await world.travel_to("Fri 30 Oct 2026 17:30")
    health = private(await world.direct("amy").says("amy", "health"))
    assert "Josh Lindqvist cannot be reached: the conversation was blocked." in health
    world.everyone_heard_all()


async def test_what_somebody_cannot_be_told_goes_to_whoever_stands_beside_him(world: World) -> None:
    world.wire.failing["josh"] = DeliveryFailed("the conversation was blocked", "impossible")
    await world.travel_to("Fri 09 Oct 2026 17:00")
    world.direct("nina").hears("I could not say this to Josh Lindqvist", "the conversation was blocked", "O-2")
    world.everyone_heard_all()
