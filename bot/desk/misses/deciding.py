"""Whoever decides over a miss is asked, once it is certain: what was agreed for it, a button for each way.

He is asked in the message by which the ladder tells him of it; where that came before it was
certain, or he stands on no rung, in one of his own. It is asked once, and once more where misses
of the promise have repeated as the agreement says. As long as it is open he is reminded like any
owner, after some whole working days and a last time later; what he decides, and all that ends the miss, ends that.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import deciding as cards
from bot.cards.deciding import Ways
from bot.cards.duties import Duty
from bot.chat.card import Button
from bot.desk.duties import duties
from bot.desk.messages import saying
from bot.desk.messages.saying import EXEMPT_FROM, Word
from bot.desk.misses import carries, chosen, credits, notices
from bot.desk.sitting import Sitting
from bot.desk.standings import supporting
from bot.store import audit, breach_disputes, breaches, obligations, repetitions, reviews, schedules
from slacore.breaches import Breach
from slacore.repeats import Repetition
from slacore.sweep import has_told

KIND = "decision"
"""What comes round when whoever decides is to be reminded."""
ASKED = "AskedToDecide"
"""What the record calls that whoever decides was asked."""
REMINDED = "DecisionReminded"
REMINDED_AFTER = (2, 5)
"""Whole working days after which he is reminded: the first counted from the question, the other from the first."""
_PLAIN = "the miss"


async def ways(sitting: Sitting, duty: Duty, breach: Breach | None, member: str) -> tuple[Button, ...]:
    """The buttons by which somebody decides over a miss; none for those who do not, and while it is not certain."""
    if breach is None or not breach.stands or member != duty.terms.decider_of(duty.commitment):
        return ()
    if duty.obligation.kind not in ("period", "slot"):
        return ()
    if await breach_disputes.open_of(sitting.tx, breach.number) is not None:
        return ()
    repeated = await repetitions.completed_by(sitting.tx, breach.number)
    if not breach.counts and not repeated:
        return ()
    return cards.ways(duty, breach, await _possible(sitting, duty, breach, repeated))


async def _possible(sitting: Sitting, duty: Duty, breach: Breach, repeated: tuple[Repetition, ...]) -> Ways:
    newest = await reviews.newest(sitting.tx, breach.agreement)
    return Ways(
        pending=await chosen.is_pending(sitting, breach),
        plan=await chosen.is_open(sitting, breach, "recovery plan"),
        carriable=await carries.could_be(sitting, breach, duty.obligation, duty.terms),
        credit=await chosen.is_pending(sitting, breach) and await credits.could_be(sitting, breach, duty),
        notice=await notices.could_be(sitting, breach, repeated),
        repeated=repeated,
        agreement=sitting.agreement(breach.agreement).key,
        review=newest[0].key if newest and newest[0].closed_at is None else "",
        depends_on=await _depends_on(sitting, duty),
    )


async def _depends_on(sitting: Sitting, duty: Duty) -> str:
    """The miss of what it depends on that is not certain yet, and so excuses nothing by itself."""
    if not duty.commitment.depends_on:
        return ""
    doubted = await supporting.unproven(sitting, duty.obligation, duty.terms)
    return doubted.breach.key if doubted is not None else ""


async def ask(sitting: Sitting, duty: Duty, breach: Breach | None, told: bool = False) -> None:
    """Ask whoever decides, in private and after the other side was told; not where he was `told`, or asked before."""
    decider = duty.terms.decider_of(duty.commitment)
    agreed = duty.terms.consequence_of(duty.commitment)
    if breach is None or agreed is None or not decider or not has_told(duty.obligation, duty.terms, "counterparty"):
        return
    repeated = await repetitions.completed_by(sitting.tx, breach.number)
    over = "; ".join(each.keys for each in repeated) or _PLAIN
    before = [each.after or {} for each in await audit.about(sitting.tx, breach.key) if each.what == ASKED]
    if any(each.get("name") == over for each in before):
        return
    plain = repeated or agreed.is_a_choice or {"carry-over", "notice"} & set(agreed.options)
    if not plain and not await _depends_on(sitting, duty):
        return  # a plan is opened by either side, and a credit has a message of its own
    buttons = await ways(sitting, duty, breach, decider)
    if not buttons:
        return
    await sitting.record(ASKED, breach.key, None, {"told": [decider], "name": over})
    await _wait(sitting, duty, breach, 0)
    if not told:
        card = cards.to_decide(duty, breach, buttons, sitting.now, repeated)
        word = Word("note", f"{breach.key}.decide:{decider}", str(len(before) + 1), level=EXEMPT_FROM)
        await saying.to_person(sitting, duty.terms, decider, card, word)


async def look(sitting: Sitting, subject: str) -> None:
    """It is still open: remind whoever decides, unless it is disputed; a last time once that is over."""
    breach = await breaches.find(sitting.tx, int(subject))
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    await schedules.end(sitting.tx, KIND, subject)
    decider = duty.terms.decider_of(duty.commitment)
    reminded = sum(each.what == REMINDED for each in await audit.about(sitting.tx, breach.key))
    if not breach.stands or reminded >= len(REMINDED_AFTER):
        return
    if await breach_disputes.open_of(sitting.tx, breach.number) is not None:
        await _wait(sitting, duty, breach, reminded)
        return
    repeated = await repetitions.completed_by(sitting.tx, breach.number)
    possible = await _possible(sitting, duty, breach, repeated)
    if not (possible.pending or possible.carriable or possible.notice) or not (breach.counts or repeated):
        return
    last = reminded + 1 == len(REMINDED_AFTER)
    card = cards.to_decide(
        duty, breach, cards.ways(duty, breach, possible), sitting.now, repeated, reminds=True, last=last
    )
    word = Word("nudge", f"{breach.key}.decide.{reminded + 1}:{decider}", fresh=True, level=EXEMPT_FROM)
    await saying.to_person(sitting, duty.terms, decider, card, word)
    await sitting.record(REMINDED, breach.key, None, {"told": [decider]})
    if not last:
        await _wait(sitting, duty, breach, reminded + 1)


async def _wait(sitting: Sitting, duty: Duty, breach: Breach, reminded: int) -> None:
    """Look again when the next reminder is due, in the working time of whoever decides."""
    terms = duty.terms
    party = next(iter(terms.parties_of(terms.decider_of(duty.commitment))), None)
    calendar = terms.calendars[party.calendar if party is not None else terms.calendar]
    at = calendar.after_whole_working_days(sitting.now, REMINDED_AFTER[reminded])
    await schedules.put(sitting.tx, KIND, str(breach.number), at)


async def ask_over(sitting: Sitting, completed: Sequence[Breach]) -> None:
    """Ask over misses that completed a repetition by what became of another one."""
    for breach in completed:
        obligation = await obligations.find(sitting.tx, breach.obligation)
        await ask(sitting, await duties.duty_of(sitting, obligation), breach)
