"""What stands in an incident's row is what its ledger comes to, whatever was corrected in which order."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import incidents as kept
from bot.store.tx import Tx
from slacore.incidents import Entry, Incident, folded
from tests.world import WORKSPACE, World, moment, private

HARBOR = Path(__file__).parents[3] / "agreements" / "external-customer.yaml"
NOW = moment("Wed 28 Oct 2026 10:00")


@pytest.fixture
async def world(url: str) -> AsyncIterator[World]:
    opened = await World.open(url, NOW)
    await opened.agrees(HARBOR)
    yield opened
    await opened.close()


@pytest.mark.parametrize("seed", range(3))
async def test_a_row_equals_its_ledger_after_a_random_course(world: World, seed: int) -> None:
    chance = random.Random(seed)
    sam = world.direct("sam")
    for number in range(1, 4):
        begins = NOW - timedelta(minutes=chance.randint(60, 600))
        await sam.says("sam", f"incident start web-shop at {begins:%Y-%m-%dT%H:%MZ} because of {number}")
        for _ in range(8):
            at = NOW - timedelta(minutes=chance.randint(0, 600))
            stage = chance.choice(("ack", "restored", "end", "started"))
            words = f"incident {stage} N-{number} at {at:%Y-%m-%dT%H:%MZ} because it was so"
            if chance.random() < 0.3:
                length = chance.choice(("10m", "25m", "all", "none"))
                words = f"incident exclude N-{number} {length} because it was agreed"
            private(await sam.says("sam", words))

    async def read(tx: Tx) -> list[tuple[Incident, tuple[Entry, ...]]]:
        return [(each, await kept.entries(tx, each.number)) for each in await kept.of_services(tx, ("web-shop",))]

    found = await world.house.database.read(WORKSPACE, read)
    assert len(found) == 3
    for incident, ledger in found:
        first = Incident(incident.number, "web-shop", ledger[0].at, ledger[0].by, ledger[0].reason)
        assert folded(first, ledger[1:]) == incident
    assert sum(len(ledger) for _, ledger in found) > 6
