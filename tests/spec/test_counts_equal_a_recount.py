"""What is counted on the way equals a recount of the ledgers, whatever happened and in whichever order it was said."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.items import items as desk
from bot.desk.sitting import Sitting, sit
from bot.store import counts, results
from bot.store import items as kept
from bot.store.tx import Tx
from slacore import items
from slacore.agreements import Terms
from slacore.commitments import FollowUps
from slacore.errors import Refusal
from slacore.followups import follow_up_duty
from slacore.items import Change, Item, Listed
from slacore.results import outcomes_of, place_of
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.world import WORKSPACE, World, moment

LEADS = 30
STEPS = 8
OUTCOMES = ("qualified", "won", "lost", "not-interested", "unreachable", "call-back")


@pytest.fixture
async def world(worlds: Worlds, tmp_path: Path) -> World:
    return await worlds.begin(company_x_with_leads(tmp_path))


def anything(item: Item, chance: random.Random, now: datetime) -> Change:
    """Something that people do with a lead, often in the past, often a correction."""
    at = max(item.handed.handed_at, now - timedelta(hours=chance.randrange(0, 72))) if chance.random() < 0.5 else None
    match chance.randrange(9):
        case 0 | 1 | 2:
            return items.attempt(item, "tom", now, at=at)
        case 3 | 4:
            slug = chance.choice(OUTCOMES)
            return items.end(item, slug, "tom", now, final=slug != "call-back", at=at)
        case 5:
            return items.reverse(item, chance.randrange(2, item.revision + 2), "wrong lead", "amy", now)
        case 6:
            if item.paused is None:
                return items.pause(item, "waiting for customer", "tom", now, at=at)
            return items.resume(item, "tom", now)
        case 7:
            return items.stage(item, chance.choice(("hot", "cold")), "tom", now, at=at)
        case _:
            if item.standing == "owed":
                why = "duplicate"
                return (items.dispute if chance.random() < 0.8 else items.withdraw)(item, why, "amy", now)
            return items.readmit(item, "amy", now)


async def something_happens(world: World, chance: random.Random) -> None:
    async def job(tx: Tx) -> None:
        sitting = await sit(tx, world.clock.now(), "tom", "web")
        for number in chance.sample(range(1, LEADS + 1), LEADS // 3):
            item = await kept.find(tx, number)
            try:
                change = anything(item, chance, sitting.now)
            except Refusal:
                continue
            await desk.apply(sitting, item, change, "Acted")

    await world.house.database.write(WORKSPACE, job)


def recount(found: tuple[Item, ...], terms: Terms, now: datetime) -> Counter[tuple[str, str]]:
    """Each lead's follow-ups judged anew from its ledger: which month, and in time, late or overdue."""
    commitment = terms.commitment("follow-ups")
    assert isinstance(commitment.promise, FollowUps)
    counted: Counter[tuple[str, str]] = Counter()
    for item in found:
        duty = follow_up_duty(item, commitment, commitment.promise, terms, now)
        if duty.over or (duty.done_at is None and duty.late_at is None):
            continue
        word = "in time" if duty.late_at is None else "late" if duty.done_at is not None else "overdue"
        month = terms.commitment("follow-ups").period.containing((duty.counts_at or duty.due_at).date())
        counted[month.label, f"follow-up {word}"] += 1
    return counted


@pytest.mark.parametrize("seed", [1, 2])
async def test_counts_are_those_of_a_recount_at_every_step(world: World, seed: int) -> None:
    chance = random.Random(seed)
    campaigns, contents = ("autumn-webinar", "trade-fair", ""), ("price page", "case study", "")
    listed = [
        Listed(f"Lead {n}", campaign=chance.choice(campaigns), content=chance.choice(contents),
               stage=chance.choice(("hot", "")))
        for n in range(LEADS)
    ]  # fmt: skip
    await hands_over(world, *listed)
    looks = 0
    for step in range(STEPS):
        await world.travelling.advance_to(world.clock.now() + timedelta(hours=chance.randrange(5, 60)))
        await something_happens(world, chance)
        await world.travelling.settle()

        async def look(tx: Tx) -> tuple[Counter[tuple[str, str]], ...]:
            sitting: Sitting = await sit(tx, world.clock.now(), "", "test")
            terms = sitting.agreements[0].latest.terms
            found = await kept.find_many(tx, range(1, LEADS + 1))
            kept_counts: Counter[tuple[str, str]] = Counter()
            period = terms.commitment("leads").period
            for month in (
                period.containing(moment("Thu 01 Oct 2026 12:00").date()),
                period.containing(moment("Sun 01 Nov 2026 12:00").date()),
            ):
                for name, amount in (await counts.of_period(tx, ("company-x", "follow-ups", month.first_on))).items():
                    kept_counts[month.label, name] += amount
            october = ("company-x", "leads", moment("Thu 01 Oct 2026 12:00").date())
            places = (await results.of_periods(tx, [october]))[october]
            assert Counter(places) == Counter(
                place for each in found if (place := place_of(each, outcomes_of([terms])))
            )
            return +kept_counts, recount(found, terms, sitting.now)

        counted, anew = await world.house.database.read(WORKSPACE, look)
        assert counted == anew, f"step {step}"
        looks += sum(anew.values())
    assert looks > LEADS  # something was counted at all
