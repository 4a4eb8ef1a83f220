"""Company X with its first three promises, and values of its October to speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.documents import read
from slacore.agreements import Terms
from slacore.calendars import Duration
from slacore.commitments import Volume
from slacore.handoffs import Handoff, Piles
from slacore.obligations import Obligation
from slacore.parties import Member
from slacore.periods import Period, PeriodRule
from slacore.standing import Standing, Tally, goal_of, volume_standing

NEW_YORK = "America/New_York"
TERMS: Terms = read(Path(__file__).parent / "company-x.yaml")[1]
"""Josh's marketing owes Amy's sales a hundred qualified leads; Amy owes reports to him and to Joan's service."""
MANAGED = replace(
    TERMS,
    parties=tuple(replace(each, manager="carol") if each.slug == "marketing" else each for each in TERMS.parties),
    people=(*TERMS.people, Member("carol", "Carol Duarte", NEW_YORK, "Head of marketing")),
)
"""The same with somebody between Josh and the sponsor."""
OCTOBER = PeriodRule("month").containing(date(2026, 10, 1))
"""Checkpoints on the Fridays 9, 16, 23 and 30, each at 17:00 in New York; the last is the due moment."""


def at(day: int, hour: int = 9, minute: int = 0, month: int = 10, year: int = 2026) -> datetime:
    """A moment of October 2026 on the wall of New York, as aware UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK)).astimezone(UTC)


def standing(
    now: datetime,
    *,
    on_time: Piles | None = None,
    late: Piles | None = None,
    by_day: tuple[tuple[date, int], ...] = (),
    terms: Terms = TERMS,
    period: Period = OCTOBER,
) -> Standing:
    """Where the promise of leads stands, with these units handed over on time and late."""
    leads = terms.commitment("leads")
    assert isinstance(leads.promise, Volume)
    goal = goal_of(leads, leads.promise, terms, period)
    return volume_standing(goal, Tally(on_time or Piles(), late or Piles(), by_day), terms.calendar_of(leads), now)


def handoff(logged_at: datetime, quantity: int = 25, piles: Piles | None = None) -> Handoff:
    """H-41: leads that Josh hands over at `logged_at`; all await acceptance unless `piles` says otherwise."""
    calendar = TERMS.calendar_of_party("sales")
    return Handoff(
        number=41,
        agreement="A-1",
        version=1,
        commitment="leads",
        period_starts_on=OCTOBER.first_on,
        giver="marketing",
        receiver="sales",
        quantity=quantity,
        piles=piles if piles is not None else Piles(awaiting=quantity),
        handed_on=logged_at.astimezone(ZoneInfo(NEW_YORK)).date(),
        handed_at=logged_at,
        late=False,
        logged_by="josh",
        logged_at=logged_at,
        silence_at=calendar.due(logged_at, Duration.parse("2wd")),
    )


def month_of_leads() -> Obligation:
    """O-12: Josh owes October's hundred leads."""
    return Obligation(
        number=12,
        agreement="A-1",
        version=1,
        commitment="leads",
        kind="period",
        subject="2026-10-01",
        party="marketing",
        owner="josh",
        period_starts_on=OCTOBER.first_on,
        opens_at=at(1, 0),
        due_at=at(30, 17),
    )


def report_of(day: int) -> Obligation:
    """O-77: Amy owes marketing the status report of a Friday in October."""
    return replace(
        month_of_leads(),
        number=77,
        commitment="status-reports",
        kind="slot",
        subject=f"2026-10-{day:02}",
        party="sales",
        owner="amy",
        due_at=at(day, 16),
    )


def friction_report() -> Obligation:
    """O-80: Amy owes customer service the friction report of October."""
    return replace(report_of(30), number=80, commitment="friction-report", due_at=at(30, 12))


def answer_on(given: Handoff) -> Obligation:
    """O-90: sales owes marketing an answer on a handoff."""
    return replace(
        month_of_leads(),
        number=90,
        kind="acceptance",
        subject=given.key,
        party="sales",
        owner="amy",
        opens_at=given.logged_at,
        due_at=given.silence_at,
    )


def signed_without(party: str) -> Terms:
    """Terms that one party has not signed yet."""
    return replace(TERMS, signatures=tuple(each for each in TERMS.signatures if each.party != party))
