"""Whatever is said of leads, and in whatever order, their promises stand where a recount of every ledger puts them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.desk.sitting import sit
from bot.store import counts, items, obligations
from bot.store.tx import Tx
from slacore.commitments import Response
from slacore.owing import duties_of
from slacore.standing import share_standing
from tests.beginnings import Worlds
from tests.world import WORKSPACE, World

ANSWERING = Path(__file__).with_name("answering.yaml")
ANSWERS = """  answers:
    kind: response
    updated_every: 1wd
    resolved_within: 3wd
"""
LEADS = 4

ACTS = (
    "respond", "earlier", "update", "pause", "paused before", "resume", "resolve", "contest", "contest", "stands",
    "hollow", "assign", "dispute", "accept", "wait", "wait", "wait", "wait long",
)  # fmt: skip


async def _digests_are_off(opened: World) -> None:
    for member in ("josh", "amy", "tom", "priya", "morgan"):
        await opened.direct(member).says(member, "digest off")


@pytest.fixture
async def sales(worlds: Worlds, tmp_path: Path) -> World:
    """Marketing and sales with a promise of answers, updates and resolutions."""
    text = ANSWERING.read_text(encoding="utf-8").replace("  answers:\n    kind: response\n", ANSWERS)
    file = tmp_path / "answering.yaml"
    file.write_text(text, encoding="utf-8")
    return await worlds.begin(file, "Mon 05 Oct 2026 09:00", then=_digests_are_off)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(2))
async def test_counts_are_what_every_ledger_told_anew_adds_up_to(sales: World, seed: int) -> None:
    chance = Random(seed)
    await sales.channel().says("josh", f"handoff {LEADS} leads to sales items Ann @tom; Bob @tom; Cem; Dia @priya")
    for _ in range(32):
        what, number, hours = chance.choice(ACTS), chance.randint(1, LEADS), chance.randint(1, 9)
        key, handoff = f"L-{number}", 1
        earlier = (sales.clock.now() - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%MZ")
        later = (sales.clock.now() - timedelta(minutes=hours)).strftime("%Y-%m-%dT%H:%MZ")
        match what:
            case "wait" | "wait long":
                lasts = timedelta(hours=hours * (9 if what == "wait long" else 1))
                await sales.travelling.advance_to(sales.clock.now() + lasts)
                continue
            case "earlier":
                who, words = "tom", f"respond {key} at {earlier}"
            case "paused before":
                who, words = "tom", f"pause {key} waiting for customer since {earlier} until {later}"
            case "pause":
                who, words = "tom", f"pause {key} waiting for customer"
            case "contest":
                who, words = "josh", f"contest {key} because it was hollow"
            case "stands" | "hollow":
                who, words = "morgan", f"settle {key} {what}"
            case "assign":
                who, words = "amy", f"assign {key} to {'Priya' if hours % 2 else 'Tom'}"
            case "dispute":
                who, words = "amy", f"dispute H-{handoff} {key} because duplicate"
            case "accept":
                who, words = "amy", f"accept H-{handoff}"
            case verb:
                who, words = "tom", f"{verb} {key}"
        await sales.channel().says(who, words)
    await sales.travelling.settle()
    await sales.house.database.read(WORKSPACE, lambda tx: compare(sales, tx))
    sales.everyone_heard_all()


async def compare(world: World, tx: Tx) -> None:
    """Count every ledger anew, and hold the counts and obligations against it."""
    sitting = await sit(tx, world.clock.now(), "", "test")
    agreement = sitting.agreements[0]
    terms = agreement.latest.terms
    recount: dict[date, Counter[str]] = {}
    for item in await items.find_many(tx, range(1, LEADS + 1)):
        for commitment, duty in duties_of(item, terms, sitting.now):
            on = duty.due_at.astimezone(ZoneInfo(terms.zone)).date()
            period = commitment.period.containing(on).first_on
            tally = recount.setdefault(period, Counter())
            if duty.over:
                continue
            tally[f"{duty.kind} contested"] += duty.contested
            if duty.done_at is not None:
                tally[f"{duty.kind} {'in time' if duty.done_at <= duty.due_at else 'late'}"] += 1
            elif not duty.held and duty.due_at <= sitting.now:
                tally[f"{duty.kind} overdue"] += 1
            kept = await obligations.of_subject(tx, terms.slug, commitment.slug, duty.kind, duty.subject)
            assert kept is not None
            assert kept.owner == duty.owner
            assert kept.settled == (duty.done_at is not None)
    answers = terms.commitment("answers")
    promise = answers.promise
    assert isinstance(promise, Response)
    assert sum(sum(tally.values()) for tally in recount.values()) >= LEADS
    for period, tally in recount.items():
        found = await counts.of_period(tx, (terms.slug, "answers", period))
        assert {name: amount for name, amount in found.items() if amount} == dict(+tally)
        period_ = answers.period.containing(period)
        told, kept_ = (share_standing(answers, promise, terms, period_, each, sitting.now) for each in (tally, found))
        assert told == kept_
