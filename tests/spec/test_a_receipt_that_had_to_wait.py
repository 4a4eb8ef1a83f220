"""A receipt is drawn when it is said: one that had to wait tells what is true by then."""

from __future__ import annotations

import pytest

from bot.chat.messenger import DeliveryFailed
from tests.world import World

BUSY = DeliveryFailed("the channel is spoken in too fast", "not sent", retry_after=60)


@pytest.fixture
async def busy(world: World) -> World:
    """Friday 16 October, and for a minute the channel takes no words."""
    await world.travel_to("Fri 16 Oct 2026 11:00")
    world.everyone_heard_all()
    world.wire.failing["smarketing"] = BUSY
    return world


async def test_it_counts_what_was_handed_over_behind_it(busy: World) -> None:
    await busy.channel().says("josh", "25 leads")
    await busy.channel().says("josh", "10 leads")
    await _minute_passes(busy)
    busy.channel().hears("H-1").says("Logged by Josh, Fri 16 Oct.", "35 of 50 due today, awaiting acceptance")
    busy.channel().hears("H-2").says("35 of 50 due today, awaiting acceptance")


async def test_it_says_what_became_of_its_handoff_and_offers_nothing_that_is_over(busy: World) -> None:
    await busy.channel().says("josh", "25 leads")
    await busy.channel().says("amy", "accept H-1")
    await _minute_passes(busy)
    receipt = busy.channel().hears("H-1 · Marketing → Sales · 25 qualified leads · ✓ accepted")
    receipt.says("Logged by Josh", "Accepted by Amy")
    receipt.offers()
    assert receipt.message.versions == 1


async def _minute_passes(busy: World) -> None:
    busy.wire.failing.clear()
    await busy.travel_to("Fri 16 Oct 2026 11:02")
