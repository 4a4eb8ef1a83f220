"""What was chosen for a miss: looked up wherever one of the agreed ways is taken, written down where it is first."""

from __future__ import annotations

from bot.desk.sitting import Sitting
from bot.store import choices
from slacore import choices as rules
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.choices import Choice, Course
from slacore.credits import Consequence, Option
from slacore.repeats import Repetition


def agreed_over(sitting: Sitting, breach: Breach) -> Consequence | None:
    """What was agreed for a miss of that promise, under the terms it was missed under."""
    terms = terms_of(sitting, breach)
    return terms.consequence_of(terms.commitment(breach.commitment))


def decider_of(sitting: Sitting, breach: Breach) -> str:
    """Who decides over a miss; "" where both sides do it together."""
    terms = terms_of(sitting, breach)
    return terms.decider_of(terms.commitment(breach.commitment))


def terms_of(sitting: Sitting, breach: Breach) -> Terms:
    """The terms a miss is judged by."""
    return sitting.terms(breach.agreement, breach.version)


async def applies(sitting: Sitting, breach: Breach, option: Option) -> bool:
    """Whether a way is what the miss brings, nothing being left to choose."""
    agreed = agreed_over(sitting, breach)
    return agreed is not None and rules.applies(agreed, await choices.course_of(sitting.tx, breach.number), option)


async def is_open(sitting: Sitting, breach: Breach, option: Option) -> bool:
    """Whether a way can still be taken: it was agreed, and no other one was chosen."""
    agreed = agreed_over(sitting, breach)
    if agreed is None:
        return False
    return not rules.is_closed(agreed, await choices.course_of(sitting.tx, breach.number), option)


async def is_pending(sitting: Sitting, breach: Breach) -> bool:
    """Whether one of several ways is still to be chosen."""
    agreed = agreed_over(sitting, breach)
    return agreed is not None and rules.is_pending(agreed, await choices.course_of(sitting.tx, breach.number))


async def require_open(
    sitting: Sitting, breach: Breach, option: Option, repeated: tuple[Repetition, ...] = ()
) -> Course:
    """Refuse a way that was not agreed or that another one has closed, unless misses that `repeated` lead to it."""
    course = await choices.course_of(sitting.tx, breach.number)
    if any(each.rule.then == option for each in repeated):
        return course
    agreed = agreed_over(sitting, breach) or Consequence("", ())
    chooser = terms_of(sitting, breach).name_of(course.choice.by) if course.choice is not None else ""
    rules.require_open(breach, agreed, course, option, chooser)
    return course


async def settle(sitting: Sitting, breach: Breach, option: Option, proposed_by: str = "") -> None:
    """Write down what was chosen, where there was something to choose."""
    if not await is_pending(sitting, breach):
        return
    await choices.choose(sitting.tx, Choice(breach.number, option, sitting.actor, sitting.now, proposed_by))
    await sitting.record("Chosen", breach.key, None, {"name": option, "proposed by": proposed_by})
