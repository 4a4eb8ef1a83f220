"""What is decided over a miss, to draw cards of: why, on which ground, in which way, by a notice, before it is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.cards import carries, choices, deciding, misses, notices, plan_times
from bot.cards.carries import CarriedOver
from bot.cards.deciding import Ways
from bot.cards.duties import Duty
from bot.cards.notices import Given
from bot.chat.card import Card
from slacore.breaches import Breach
from slacore.calendars import Duration
from slacore.carries import CarryEntry
from slacore.choices import Choice, Course, Offer
from slacore.credits import Repeated
from slacore.handoffs import Piles
from slacore.misses import Misses
from slacore.notices import Notice
from slacore.periods import PeriodRule
from slacore.plans import PlanTime
from slacore.repeats import Repetition
from slacore.standing import Carried, goal_of
from tests.company_x import OCTOBER, TERMS, at, month_of_leads, standing

NOW = at(5, 12, month=11)
AGREED = replace(
    TERMS,
    misses=Misses(
        reasons=("a campaign was put off", "fewer people than planned"),
        grounds=("force majeure", "what the agreement excludes"),
    ),
)
SHORT = Breach(3, 12, "company-x", 1, "leads", "marketing", 9, False, at(30, 17), why="a campaign was put off")
DUTY = Duty(replace(month_of_leads(), state="missed"), AGREED, standing(NOW, on_time=Piles(accepted=91)))
TWICE = Repetition(Repeated(2, Duration(365, "d"), "review"), (1, 3))


def notice() -> Notice:
    """Given of October's leads, and not acknowledged yet."""
    matter = notices.matter(DUTY, SHORT, NOW)
    words = "the trade fair cannot be had again this year"
    return Notice(3, "company-x", 1, "leads", matter, words, (1, 3), "joan", NOW)


def drawn() -> Iterator[tuple[str, Card]]:
    """Each with a name."""
    yield "miss-reasons", misses.reasons(DUTY, SHORT, NOW)
    yield "miss-grounds", misses.grounds(DUTY, SHORT.key, NOW)
    possible = Ways(carriable=9, notice=True, repeated=(TWICE,), agreement="A-1", review="V-2")
    yield "miss-to-decide", deciding.to_decide(DUTY, SHORT, deciding.ways(DUTY, SHORT, possible), NOW, (TWICE,))
    yield "notice-draft", notices.notice(Given(notice(), DUTY, given=False), NOW, reader="joan")
    yield "notice", notices.notice(Given(notice(), DUTY, given=True), NOW, reader="morgan")
    yield "carried-over", carries.carried_over(_carried(), NOW)
    agreed, until = AGREED.consequences[0], at(6, 17, month=11)
    yield "recovery-plan-wanted", plan_times.reminder(DUTY, SHORT, None, agreed, until, NOW, reader="josh")
    late = PlanTime(3, until, at(6, 17, month=11), followed="notice")
    warned = replace(DUTY, terms=replace(AGREED, consequences=(replace(agreed, otherwise="notice"),)))
    yield "no-plan-in-time", plan_times.lapsed(warned, SHORT, None, late, NOW)
    pending = choices.Shown(SHORT, DUTY, Course(), carriable=9)
    yield "what-follows", choices.choice(pending, NOW, reader="joan")
    chosen = Course(Choice(3, "recovery plan", "joan", NOW), None, PlanTime(3, until))
    yield "what-was-chosen", choices.choice(replace(pending, course=chosen), NOW, reader="joan")
    offer = Offer(3, 1, "carry-over", 9, "marketing", "josh", NOW, until)
    yield "offer", choices.offered(DUTY, SHORT, offer, NOW)


def _carried() -> CarriedOver:
    leads = AGREED.commitment("leads")
    november = PeriodRule("month").following(OCTOBER)
    entry = CarryEntry(3, 1, "company-x", "leads", OCTOBER.first_on, november.first_on, 9, "morgan", NOW)
    goal = goal_of(leads, leads.promise, AGREED, november).carrying((Carried(OCTOBER, 9),))  # type: ignore[arg-type]
    return CarriedOver(DUTY, SHORT, 9, (entry,), goal)
