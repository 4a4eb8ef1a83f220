"""In private all agreements of a person are spoken of; the one that fits the words is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files import shipped
from tests.world import WORKSPACE, World, private


@pytest.fixture
async def busy(world: World) -> World:
    """Amy has a part in Company X, whose report is hers, and in what the whole staff owes, which has none."""
    await world.house.apply(WORKSPACE, "Company X", [Path(str(shipped("agreements") / "corporate.yaml"))])
    await world.travelling.settle()
    world.everyone_heard_all()
    return world


async def test_the_report_that_one_stands_behind_needs_no_name(busy: World) -> None:
    await busy.travel_to("Thu 08 Oct 2026 16:00")
    busy.everyone_heard_all()
    assert "Approved: report 1 of 4" in private(await busy.direct("amy").says("amy", "report approve"))
    busy.everyone_heard_all()


async def test_where_several_would_do_the_speaker_is_asked(busy: World) -> None:
    asked = private(await busy.direct("amy").says("amy", "agreement show"))
    assert "Several agreements are spoken of here" in asked
    busy.everyone_heard_all()
