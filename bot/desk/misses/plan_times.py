"""The time in which a recovery plan is wanted: its reminder, its end, and what was agreed to follow without a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cards import plan_times as cards
from bot.cards.duties import Duty
from bot.desk.duties import duties, telling
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import carries, chosen, credits, notices
from bot.desk.sitting import Sitting
from bot.store import breach_disputes, breaches, choices, obligations, schedules
from bot.store import plans as kept
from slacore import choices as rules
from slacore.breaches import Breach
from slacore.choices import Course
from slacore.errors import Refusal
from slacore.plans import PlanTime, RecoveryPlan
from slacore.reminders import remind_at

KIND = "plan"
"""What comes round when the time to plan a recovery is nearly over, and when it is."""


async def begin(sitting: Sitting, breach: Breach) -> None:
    """A plan is what a miss brings, for certain or by choice: its agreed time runs from now, once a miss."""
    course = await choices.course_of(sitting.tx, breach.number)
    if course.plan_time is None and await _is_wanted(sitting, breach, course):
        await _wait(sitting, breach)


async def renew(sitting: Sitting, breach: Breach) -> None:
    """A dispute that held it up has ended: the time to plan runs anew, and those concerned hear by when."""
    course = await choices.course_of(sitting.tx, breach.number)
    if course.plan_time is None or course.plan_time.lapsed_at is not None:
        await begin(sitting, breach)
        return
    if not await _is_wanted(sitting, breach, course):
        return
    before = course.plan_time.until
    until = await _wait(sitting, breach)
    await sitting.record("PlanTimeRenewed", breach.key, {"until": before.isoformat()}, {"until": until.isoformat()})
    duty = await _duty(sitting, breach)
    for side in (breach.party, duty.other_side):
        member = duty.terms.party(side).owner
        word = Word("note", f"{breach.key}.plan time:{member}", until.isoformat(), level=EXEMPT_FROM)
        card = cards.renewed(duty, breach, until, sitting.now)
        await saying.to_person(sitting, duty.terms, member, card, word)


async def look(sitting: Sitting, subject: str) -> None:
    """The time to plan is nearly over: whose turn it is hears so. It is over: what was agreed for that follows."""
    number, _, stamp = subject.partition("/")
    breach = await breaches.find(sitting.tx, int(number))
    course = await choices.course_of(sitting.tx, breach.number)
    until = course.plan_time.until if course.plan_time is not None else datetime.fromisoformat(stamp)
    await schedules.end(sitting.tx, KIND, subject)
    if not await _is_wanted(sitting, breach, course):
        return
    disputed = await breach_disputes.open_of(sitting.tx, breach.number) is not None
    if sitting.now < until:
        if not disputed:
            await _remind(sitting, breach, until)
        await schedules.put(sitting.tx, KIND, subject, until)
    elif not disputed:  # a dispute that ends gives the time anew
        await _lapse(sitting, breach, until)


async def _is_wanted(sitting: Sitting, breach: Breach, course: Course) -> bool:
    """Whether a plan by a certain time is what the miss brings, and still lacks."""
    agreed = chosen.agreed_over(sitting, breach)
    if agreed is None or agreed.plan_within is None or not rules.applies(agreed, course, "recovery plan"):
        return False
    if not breach.counts or (course.plan_time is not None and course.plan_time.lapsed_at is not None):
        return False
    made = await kept.of_breach(sitting.tx, breach.number)
    return made is None or made.state != "agreed"


async def _wait(sitting: Sitting, breach: Breach) -> datetime:
    """Let the agreed time run from now, in the working time of the side that missed; a reminder comes before."""
    agreed, terms = chosen.agreed_over(sitting, breach), chosen.terms_of(sitting, breach)
    if agreed is None or agreed.plan_within is None:
        raise ValueError(f"{breach.key} waits for no plan")
    calendar = terms.calendar_of_party(breach.party)
    until = calendar.due(sitting.now, agreed.plan_within)
    await choices.wait_for_plan(sitting.tx, PlanTime(breach.number, until))
    at = remind_at(sitting.now, until, calendar, working_days=1)
    await schedules.put(sitting.tx, KIND, str(breach.number), at or until)
    return until


async def _remind(sitting: Sitting, breach: Breach, until: datetime) -> None:
    """Whose turn it is hears once that the time is nearly over."""
    duty, made = await _duty(sitting, breach), await kept.of_breach(sitting.tx, breach.number)
    agreed = chosen.agreed_over(sitting, breach)
    told = [duty.terms.party(side).owner for side in _waited_for(breach, made)]
    for member in told:
        card = cards.reminder(duty, breach, made, agreed, until, sitting.now, reader=member)
        word = Word("nudge", f"{breach.key}.plan:{until:%Y-%m-%d}:{member}", fresh=True, level=EXEMPT_FROM)
        await saying.to_person(sitting, duty.terms, member, card, word)
    await sitting.record("PlanReminded", breach.key, None, {"told": told})


def _waited_for(breach: Breach, made: RecoveryPlan | None) -> tuple[str, ...]:
    return made.missing() if made is not None and made.steps else (breach.party,)


async def _lapse(sitting: Sitting, breach: Breach, until: datetime) -> None:
    """No plan was agreed in time: it is on the record, each side hears once, and what was agreed for that follows."""
    agreed = chosen.agreed_over(sitting, breach)
    then = agreed.otherwise if agreed is not None else ""
    time = PlanTime(breach.number, until, sitting.now, followed=then)
    await choices.wait_for_plan(sitting.tx, time)  # opens the way that follows
    if then and (obstacle := await _obstacle(sitting, breach, then)):
        time = replace(time, followed="", obstacle=f"{then}: {obstacle}")
        await choices.wait_for_plan(sitting.tx, time)
    await sitting.record("PlanLapsed", breach.key, None, {"until": until.isoformat()})
    newer = replace(breach, revision=breach.revision + 1)
    await breaches.save(sitting.tx, breach, newer)
    duty, made = await _duty(sitting, newer), await kept.of_breach(sitting.tx, breach.number)
    terms = duty.terms
    sides = (terms.party(breach.party).owner, terms.party(duty.other_side).owner)
    for member in filter(None, dict.fromkeys((*sides, terms.decider_of(duty.commitment), terms.sponsor))):
        card = cards.lapsed(duty, breach, made, time, sitting.now)
        word = Word("note", f"{breach.key}.no plan:{member}", fresh=True, level=EXEMPT_FROM)
        await saying.to_person(sitting, terms, member, card, word)
    if time.followed:
        await _follow(sitting, newer, then)
    await telling.breach_said(sitting, duty, await breaches.find(sitting.tx, breach.number))


async def _obstacle(sitting: Sitting, breach: Breach, then: str) -> str:
    """Why what was agreed to follow cannot; "" where it can."""
    try:
        match then:
            case "carry-over":
                await carries.require_carriable(sitting, breach, None)
            case "notice":
                await notices.require_possible(sitting, breach)
            case _ if not await credits.could_be(sitting, breach, await _duty(sitting, breach)):
                return f"{breach.key} is worth no credit by the agreed tiers."
    except Refusal as refusal:
        return refusal.problem
    return ""


async def _follow(sitting: Sitting, breach: Breach, then: str) -> None:
    match then:
        case "carry-over":
            await carries.carry_as_agreed(sitting, breach, None)
        case "notice":
            await notices.give_as_agreed(sitting, breach)
        case _:
            await credits.accrue_as_agreed(sitting, breach)


async def _duty(sitting: Sitting, breach: Breach) -> Duty:
    return await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
