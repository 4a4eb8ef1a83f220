"""What follows a miss, and what is measured, to draw cards of: an incident, a credit, a plan, a review, a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from bot.cards import capacities, credits, evidence, incidents, levels, plans, recoveries, reviews
from bot.cards import deals as deal_cards
from bot.cards.duties import Duty
from bot.cards.lines import Overview
from bot.cards.packs import Missed, Past, ReviewPack
from bot.cards.reruns import Rerun
from bot.cards.words import size
from bot.chat.card import Card, File
from bot.documents import read
from slacore.accruals import Credit
from slacore.breaches import Breach
from slacore.choices import Choice, Course
from slacore.commitments import FollowUps, Level, Volume
from slacore.deals import Deal, income_of
from slacore.incidents import Incident
from slacore.money import Money
from slacore.obligations import Obligation
from slacore.outages import Service
from slacore.planner import CapacityInputs, plan_capacity, quota_of
from slacore.planner import rerun as work_out
from slacore.plans import Agreed, PlanStep, PlanTime, RecoveryPlan
from slacore.recoveries import CaughtUp
from slacore.reports import UnitDispute
from slacore.results import Cohort, Group
from slacore.reviews import Minute, Review, Voice
from slacore.standing import LevelStanding, Span, standing_of_incidents
from tests.bot.cards import decided, october
from tests.bot.cards.leads_of_october import CALLS, FOLLOW_UPS
from tests.company_x import OCTOBER, TERMS, at, friction_report, month_of_leads, standing

HARBOR = read(Path(__file__).parents[3] / "agreements" / "external-customer.yaml")[1]
SHOP = HARBOR.commitment("shop-open")
LEADS = TERMS.commitment("leads")
SEPTEMBER = LEADS.period.previous(OCTOBER)
SHORT = Breach(3, 12, "A-1", 1, "leads", "marketing", 9, False, at(30, 17), None)
REVIEW = Review(
    2, "A-1", date(2026, 11, 6), date(2026, 10, 1), date(2026, 10, 31), "October 2026", at(6, 10, month=11), "open",
    at(6, 10, month=11),
)  # fmt: skip


def drawn() -> Iterator[tuple[str, Card]]:
    """Each with a name."""
    down = Incident(3, "web-shop", at(20, 14, 5), "sam", "payments time out", at(20, 14, 9))
    back = replace(down, restored_at=at(20, 14, 31), ended_at=at(20, 15))
    yield "incident-open", incidents.still_open(down, HARBOR, at(21, 9), to="sam")
    yield "incident", incidents.logged(back, [(SHOP, HARBOR, _shop(back))], HARBOR, at(20, 15))
    yield "incidents", incidents.listed([back, _earlier(back)], HARBOR, at(20, 15))
    yield "level", levels.logged(SHOP, _shop(back), HARBOR, at(20, 15), readings=1, key="C-6")
    yield "credit", credits.credit(credits.Shown(_credit(), _miss(), "morgan"), at(3, 9, month=11), reader="lena")
    statement = [_credit(), replace(_credit(), number=2, breach=5, status="approved", amount=Money(10_000, "USD"))]
    yield "credits", credits.statement(HARBOR, "October 2026", statement, at(3, 9, month=11))
    yield "recovery-plan", recoveries.plan(_plan(), at(3, 9, month=11), reader="amy")
    told = pack()
    invited = replace(told, review=replace(REVIEW, state="invited", opened_at=None), present=(), minutes=(), actions=())
    date_file = File("V-2.ics", "text/calendar; charset=utf-8", (), "the date for your calendar")
    yield "review-invitation", reviews.invitation(invited, "josh", at(2, 9, month=11), date_file)
    printed = File("V-2-2026-10.pdf", "application/pdf", (), "the review of October 2026, to print")
    page = File("V-2-2026-10.html", "text/html; charset=utf-8", (), "the review of October 2026, to read")
    yield "review", reviews.pack(told, at(6, 10, 30, month=11), (page, printed))
    yield "deals", deal_cards.listed_deals(_money(), _sales()[-3:], at(6, month=11))
    assert isinstance(LEADS.promise, Volume)
    assert LEADS.promise.worth is not None
    revision = work_out(LEADS.promise.target, LEADS.promise.worth, close_rate=Fraction(48, 100))
    basis = plans.Basis("C-1", TERMS, LEADS, LEADS.promise, None)
    yield "plan", plans.target(revision, basis, "plan C-1", at(6, month=11))
    month = CapacityInputs(reps=4, hours=Fraction(160), minutes=Fraction(20), leads=100)
    assert isinstance(FOLLOW_UPS.promise, FollowUps)
    yield "plan-capacity", capacities.capacity(plan_capacity(month), [(FOLLOW_UPS, CALLS)], "plan capacity")
    shown = replace(
        friction_report(),
        state="kept",
        done_at=at(30, 10),
        done_by="amy",
        evidence="all nine of them; Friction report.pdf",
    )
    file = File("Friction report.pdf", "application/pdf", (), size(182_004))
    yield "evidence", evidence.evidence(Duty(shown, TERMS), (file,), at(30, 11))
    yield from decided.drawn()


def _earlier(incident: Incident) -> Incident:
    began = replace(
        incident, number=2, cause="a certificate ran out", started_at=at(7, 3), acknowledged_at=at(7, 3, 20)
    )
    return replace(began, restored_at=at(7, 3, 40), ended_at=at(7, 4))


def _shop(*found: Incident) -> LevelStanding:
    assert isinstance(SHOP.promise, Level)
    starts, ends = OCTOBER.starts_at(HARBOR.zone), OCTOBER.ends_at(HARBOR.zone)
    service = Service(HARBOR.calendar_of(SHOP), found, starts, at(20, 15), SHOP.promise.excluded_counts)
    return standing_of_incidents(SHOP.promise, Span(OCTOBER, starts, ends, at(2, 17, month=11)), service, at(20, 15))


def _miss() -> Duty:
    """October's promise that the shop is open, missed."""
    owed = replace(month_of_leads(), agreement=HARBOR.slug, commitment=SHOP.slug, party="service", state="missed")
    return Duty(owed, HARBOR)


def _credit() -> Credit:
    agreed = next(each for each in HARBOR.consequences if each.charge is not None)
    return Credit(
        1, 4, HARBOR.slug, 1, SHOP.slug, agreed.slug, "service", "harbor", date(2026, 10, 1), date(2026, 10, 31),
        Fraction(1, 10), Money(20_000, "USD"), Money(20_000, "USD"), at(2, 17, month=11), at(31, 17, month=12),
    )  # fmt: skip


def _plan() -> recoveries.Shown:
    steps = (
        PlanStep(1, "josh", "marketing", "Nine leads more from the autumn webinar", date(2026, 11, 13)),
        PlanStep(2, "amy", "sales", "Call all nine within a day", date(2026, 11, 16)),
    )
    yes = (Agreed("marketing", "josh", at(2, 11, month=11)),)
    plan = RecoveryPlan(
        1, 3, "company-x", 1, "leads", ("marketing", "sales"), "josh", at(2, 10, month=11), steps=steps, agreed=yes
    )
    return recoveries.Shown(plan, SHORT, _short(), {}, course=_chosen())


def _chosen() -> Course:
    """Morgan has chosen a plan, which was wanted by Thursday."""
    choice = Choice(3, "recovery plan", "morgan", at(2, 9, month=11))
    return Course(choice, plan_time=PlanTime(3, at(5, 17, month=11)))


def _short() -> Duty:
    """October's leads, nine short."""
    return Duty(replace(month_of_leads(), state="missed"), TERMS, standing(at(31, 9)))


def pack() -> ReviewPack:
    action = Obligation(
        31, "company-x", 1, "leads", "step", "V-2.1", "marketing", "josh", date(2026, 11, 1), at(6, 10, month=11),
        at(20, 17, month=11), thing="Ask the trade fair for next year's list",
    )  # fmt: skip
    before = replace(
        action, number=20, subject="V-1.1", state="kept", done_at=at(12), thing="One form for both webinars"
    )
    return ReviewPack(
        agreement="A-1",
        terms=TERMS,
        review=REVIEW,
        invited=("josh", "amy"),
        present=("josh", "amy"),
        quorum=True,
        lacking="",
        scorecard=(
            Overview("C-1", TERMS, OCTOBER, october.leads()),
            Overview("C-2", TERMS, OCTOBER, october.reports()),
        ),
        past=(Past(LEADS, ((SEPTEMBER, october.leads()), (OCTOBER, october.leads()))),),
        missed=(Missed(SHORT, _short(), plan="P-1", notice=decided.notice(), course=_chosen()),),
        voices=(
            Voice("marketing", "josh", content=True, words="", said_at=at(3, month=11)),
            Voice(
                "sales", "amy", content=False, words="They come in one pile on the last day.", said_at=at(3, month=11)
            ),
        ),
        last="September 2026",
        before=(before,),
        minutes=(
            Minute("decision", "Leads come weekly from now on.", "amy", at(6, 10, 20, month=11)),
            Minute("lesson", "A webinar late in the month helps nobody.", "josh", at(6, 10, 25, month=11)),
        ),
        actions=(action,),
        lessons=(),
        earnings=(_money(),),
        reruns=(_again(),),
        disputed=(UnitDispute(2, 41, 3, "qualified leads", "duplicate", "amy", "conceded", "josh"),),
        best=CaughtUp("leads", "marketing", OCTOBER, at(15, 20, 30), 25, 10, 100),
    )


def _sales() -> list[Deal]:
    """October's, of leads and of Amy's own finding, and September's as a sum."""
    lead = Deal(3, "company-x", "leads", "marketing", 1, Money(10_400, "USD"), 0, date(2026, 10, 20), "tom", at(20))
    own = replace(lead, number=40, found_by="sales", price=Money(42_000, "USD"), note="Acme", logged_by="amy")
    before = replace(lead, number=2, quantity=38, price=Money(365_000, "USD"), leads=80, closed_on=date(2026, 9, 30))
    return [before, *(replace(lead, number=3 + n, item=n + 1) for n in range(12)), replace(lead, price=None), own]


def _money() -> deal_cards.Earnings:
    promise = LEADS.promise
    assert isinstance(promise, Volume)
    assert promise.worth is not None
    quota = quota_of(promise.target, promise.worth)
    income = income_of(_sales(), ("marketing", "sales"), quota, OCTOBER, TERMS.effective_on, OCTOBER.last_on)
    return deal_cards.Earnings("C-1", TERMS, LEADS, promise, income, (_cohort(),))


def _cohort() -> Cohort:
    return Cohort(OCTOBER, Group("", 25, 12, 9), at(1, 0, month=12), mature=True)


def _again() -> Rerun:
    promise = LEADS.promise
    assert isinstance(promise, Volume)
    assert promise.worth is not None
    price = Money(10_400, "USD")
    revision = work_out(promise.target, promise.worth, close_rate=Fraction(48, 100), average_sale=price)
    return Rerun(revision, plans.Basis("C-1", TERMS, LEADS, promise, None), _cohort(), price, 12)
