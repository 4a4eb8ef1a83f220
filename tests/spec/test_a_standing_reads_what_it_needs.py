"""Whatever a service went through, a standing that reads only its span's incidents is that of the whole history."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.levels import levels
from bot.desk.sitting import CLOCK, sit
from bot.store import incidents as kept
from bot.store.tx import Tx
from slacore.commitments import Level, Metric
from slacore.incidents import Entry, Excluded, Incident
from slacore.periods import PeriodRule
from slacore.standing import service_of, span_of, standing_of_incidents
from tests.beginnings import Worlds
from tests.world import WORKSPACE, moment

HARBOR = Path(__file__).parents[2] / "agreements" / "external-customer.yaml"
BEGINS, NOW = "Thu 01 Oct 2026 10:00", moment("Tue 15 Dec 2026 12:00")
METRICS: tuple[Metric, ...] = ("availability", "MTBF", "MTBSI", "time to restore", "time to repair")
MINUTE = timedelta(minutes=1)


def _incident(chance: random.Random, number: int) -> Incident:
    """One of a few minutes or some weeks; some are open still, some were mended later than restored, some excluded."""
    started = NOW - MINUTE * chance.randint(0, 75 * 1440)
    lasted = MINUTE * chance.choice((1, 30, 600, 5_000, 30_000))
    restored = started + lasted if started + lasted < NOW and chance.random() < 0.97 else None
    ended = None if restored is None or chance.random() < 0.1 else min(NOW, restored + MINUTE * chance.choice((0, 900)))
    excluded = (Excluded(started, restored, "agreed"),) if restored is not None and chance.random() < 0.2 else ()
    return Incident(number, "web-shop", started, "sam", restored_at=restored, ended_at=ended, exclusions=excluded)


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_read_of_a_service_is_enough(worlds: Worlds, seed: int) -> None:
    chance = random.Random(seed)
    world = await worlds.begin(HARBOR, BEGINS)
    found = [_incident(chance, number) for number in range(1, chance.choice((3, 8, 20)))]

    async def write(tx: Tx) -> None:
        for each in found:
            await kept.add(tx, each, Entry("started", each.started_at, "sam", NOW))

    async def compare(tx: Tx) -> None:
        sitting = await sit(tx, NOW, CLOCK, "test")
        terms = sitting.agreements[0].latest.terms
        repairs = terms.commitment("repairs")
        assert isinstance(repairs.promise, Level)
        for metric in METRICS:
            for calendar in ("always", "office"):
                unit = "%" if metric == "availability" else "hours"
                side = "at most" if metric in ("time to restore", "time to repair") else "at least"
                level = replace(repairs.promise, metric=metric, unit=unit, comparison=side)  # type: ignore[arg-type]
                for rule, day in (("day", "2026-12-14"), ("week", "2026-12-08"), ("month", "2026-10-05")):
                    promise = replace(repairs, promise=level, calendar=calendar, period=PeriodRule.parse(rule))
                    period = promise.period.containing(NOW.date().fromisoformat(day))
                    whole = service_of(level, promise, terms, terms.begins_on, found, NOW)
                    expected = standing_of_incidents(level, span_of(promise, level, terms, period), whole, NOW)
                    told = await levels.standing_of(sitting, terms, promise, period)
                    assert replace(told, is_down=expected.is_down) == expected, (metric, calendar, rule)

    await world.house.database.write(WORKSPACE, write)
    await world.house.database.read(WORKSPACE, compare)
