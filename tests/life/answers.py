"""Answers to leads, told anew from every lead's own ledger: counts, obligations and standing are what that gives."""

from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.desk.sitting import Sitting
from bot.store import counts, items, obligations
from bot.store.fences import mine
from bot.store.tables import items as kept
from slacore.commitments import Response
from slacore.owing import duties_of
from slacore.standing import share_standing

_NEWEST = select(func.max(kept.c.number).label("last")).where(mine(kept))


async def answers_equal_a_recount(sitting: Sitting) -> None:
    """Hold what is kept about answers against a recount of every ledger, each under the version it began under."""
    tx, agreement = sitting.tx, sitting.agreements[0]
    last = (await tx.rows(_NEWEST))[0]["last"] or 0
    recount: dict[tuple[date, int], Counter[str]] = {}
    for item in await items.find_many(tx, range(1, last + 1)):
        terms = sitting.terms(agreement.slug, item.handed.version)
        for commitment, duty in duties_of(item, terms, sitting.now):
            on = (duty.counts_at or duty.due_at).astimezone(ZoneInfo(terms.zone)).date()
            tally = recount.setdefault((commitment.period.containing(on).first_on, 0), Counter())
            if duty.over:
                continue
            tally[f"{duty.kind} contested"] += duty.contested
            if duty.done_at is not None:
                tally[f"{duty.kind} {'in time' if duty.done_at <= duty.due_at else 'late'}"] += 1
            elif not duty.held and duty.due_at <= sitting.now:
                tally[f"{duty.kind} overdue"] += 1
            owed = await obligations.of_subject(tx, terms.slug, commitment.slug, duty.kind, duty.subject)
            assert owed is not None
            assert owed.version == item.handed.version
            assert owed.settled == (duty.done_at is not None), (owed, duty)
    for (period, _), tally in recount.items():
        found = await counts.of_period(tx, (agreement.slug, "answers", period))
        assert {name: amount for name, amount in found.items() if amount} == dict(+tally), period
        for version in agreement.versions:
            answers = version.terms.commitment("answers")
            assert isinstance(answers.promise, Response)
            week = answers.period.containing(period)
            told, counted = (
                share_standing(answers, answers.promise, version.terms, week, each, sitting.now)
                for each in (tally, found)
            )
            assert told == counted
