"""Company X as values: marketing promises sales a hundred leads, sales promises four reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from slacore.agreements import Channel, ReportSchedule, Signature, Terms
from slacore.calendars import Calendar, Duration
from slacore.commitments import Campaign, Checkpoints, Commitment, Deliverable, Unit, Volume, Worth
from slacore.credits import Consequence
from slacore.handoffs import Handoff, Piles
from slacore.money import Money
from slacore.obligations import Obligation
from slacore.parties import Member, Party
from slacore.periods import Period, PeriodRule, SlotRule
from slacore.standing import Standing, Tally, goal_of, volume_standing

NEW_YORK = "America/New_York"
LEAD = Unit("qualified lead", "qualified leads", ("lead", "leads"))
FRIDAYS = SlotRule.parse("last four Fridays 17:00")

LEADS = Commitment(
    slug="leads",
    name="Leads",
    giver="marketing",
    receiver="sales",
    promise=Volume(
        target=100,
        unit=LEAD,
        silence_accepts_after=Duration.parse("2wd"),
        checkpoints=Checkpoints(FRIDAYS, (25, 50, 75, 100)),
        worth=Worth(Fraction(1, 2), Money.parse("$100")),
        campaigns=(Campaign("webinar", "Autumn webinar", 40),),
    ),
    period=PeriodRule("month"),
    owner="josh",
    calendar="office",
    due=SlotRule.parse("last Friday 17:00"),
    intent="Sales reaches its fifty sales a month.",
    reporter="amy",
    consequence="make good",
)
REPORTS = Commitment(
    slug="reports",
    name="Status reports",
    giver="sales",
    receiver="marketing",
    promise=Deliverable(SlotRule.parse("last four Fridays 16:00"), "status report", report=True),
    period=PeriodRule("month"),
    owner="amy",
    calendar="office",
    reporter="amy",
)
FRICTION = Commitment(
    slug="friction",
    name="Customer friction",
    giver="sales",
    receiver="service",
    promise=Deliverable(SlotRule.parse("last working day 17:00"), "customer friction report"),
    period=PeriodRule("month"),
    owner="amy",
    calendar="office",
)
TERMS = Terms(
    slug="company-x",
    name="Marketing and sales",
    kind="SLA",
    level="corporate",
    zone=NEW_YORK,
    effective_on=date(2026, 10, 1),
    parties=(
        Party("marketing", "Marketing", "josh", "office", deputies=("mia",), members=("leo",), manager="carol"),
        Party("sales", "Sales", "amy", "office", deputies=("priya",), members=("tom",)),
        Party("service", "Customer service", "joan", "office"),
    ),
    people=(
        Member("josh", "Josh", NEW_YORK, "Marketing manager"),
        Member("mia", "Mia", NEW_YORK),
        Member("leo", "Leo", NEW_YORK),
        Member("carol", "Carol", NEW_YORK, "Head of marketing"),
        Member("amy", "Amy", NEW_YORK, "Sales manager"),
        Member("priya", "Priya", NEW_YORK),
        Member("tom", "Tom", NEW_YORK),
        Member("joan", "Joan", "Europe/London", "Vice President of Service"),
        Member("morgan", "Morgan", NEW_YORK, "revenue officer"),
    ),
    calendars={"office": Calendar(NEW_YORK, {"Mon-Fri": "09:00-17:00"})},
    calendar="office",
    commitments=(LEADS, REPORTS, FRICTION),
    channels=(Channel("web", "smarketing", "#smarketing"),),
    consequences=(Consequence("make good", ("recovery plan", "carry-over"), plan_within=Duration.parse("3wd")),),
    reports=(ReportSchedule(SlotRule.parse("every Friday 16:00"), "amy", "reports"),),
    sponsor="morgan",
    signatures=tuple(
        Signature(party, member, datetime(2026, 9, 28, 14, tzinfo=UTC))
        for party, member in (("marketing", "josh"), ("sales", "amy"), ("service", "joan"))
    ),
)
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
        commitment="reports",
        kind="slot",
        subject=f"2026-10-{day:02}",
        party="sales",
        owner="amy",
        due_at=at(day, 16),
    )


def friction_report() -> Obligation:
    """O-80: Amy owes customer service the friction report of October."""
    return replace(report_of(30), number=80, commitment="friction", due_at=at(30, 17))


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


A_DAY = timedelta(days=1)
