"""What the parties' channel hears of a miss, of what became of it, and of a number that is in early.

Nothing that is still open is called a miss, no private word is repeated here, and nobody is blamed:
the numbers, what was agreed for this case, and whose turn it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import credits, plan_times, rolls, samples
from bot.cards.carries import AS_AGREED, CarriedOver
from bot.cards.duties import Duty
from bot.cards.levels import attained, promised
from bot.cards.offers import act
from bot.cards.words import (
    capital,
    cut,
    days_from,
    deadline,
    joined,
    last_moment,
    moment,
    party,
    percent,
    period_name,
    person,
    run,
    sentence,
    small,
    titled,
)
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Strong, Text, Tone
from slacore.accruals import Credit
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.choices import Choice, Course, is_closed, is_pending
from slacore.commitments import FollowUps, Response, Unit, Volume, Worth
from slacore.notices import Notice
from slacore.plans import RecoveryPlan
from slacore.repeats import Repetition
from slacore.reports import loss_of
from slacore.standing import LevelStanding, MembersStanding, ShareStanding, Standing


@dataclass(frozen=True, slots=True)
class Behind:
    """The miss of another promise behind this one, and since when: it `excuses` this one, or failed first.

    `doubt` says why a failure that this one depends on excuses nothing yet: "provisional".
    """

    name: str
    key: str
    since: datetime
    excuses: bool = False
    doubt: str = ""


def missed(
    duty: Duty,
    breach: Breach,
    now: datetime,
    *,
    late: bool = False,
    behind: Behind | None = None,
    credit: Credit | None = None,
    carried: CarriedOver | None = None,
    repeated: Sequence[Repetition] = (),
    notice: Notice | None = None,
    course: Course | None = None,
    plan: RecoveryPlan | None = None,
) -> Card:
    """Say a miss in the channel, in every state its record can be in; `late` marks words said well after.

    `credit` is what the miss is worth, where it is worth any; `carried` what a later period owes of it;
    `repeated` what it completed, `notice` the one that was given of it; `course` says what was chosen,
    and by when a `plan` was wanted.

    While units are still open it is provisional and no consequence is named. Afterwards it is a miss
    with what was agreed for it, or was none after all, or was made good late.
    """
    name = cut(duty.name(now), 60)
    excused = behind is not None and behind.excuses
    heading, tone = _heading(breach)
    if excused:
        heading, tone = "Excused", "plain"
    title = titled(f"{heading}: {name}")
    matter = what_was_missed(duty, breach, now)
    blocks: list[Block] = [Text(matter)]
    if behind is not None:
        blocks.append(_behind(behind, duty))
    if _has_consequence(breach) and not excused:
        blocks += _consequence(duty, breach, course or Course())
    if breach.stands and not excused:
        blocks += chosen(duty, course or Course(), plan)
    if credit is not None and not excused:
        decider = duty.terms.decider_of(duty.commitment)
        blocks.append(Fact("Service credit", credits.in_short(credit, duty.terms, decider)))
    if carried is not None and not excused:
        blocks.append(Fact("Carried over", (carried.in_short(now),)))
    blocks += [repetition(each) for each in repeated]
    if notice is not None:
        blocks.append(Fact("Notice", noticed(notice, duty.terms)))
    if breach.why:
        blocks.append(Fact("Why", (cut(breach.why, 300),)))
    if breach.excused_at is not None and not excused:
        blocks.append(Fact("Excused", (cut(breach.excused_why, 300),)))
    if late:
        blocks.append(Note(("Late: this should have been said earlier.",)))
    return Card(
        title=title,
        summary=f"{heading}: {name}. {_in_short(duty, breach)}",
        blocks=tuple(blocks),
        buttons=(*_recovery(duty, breach, course or Course()), act("History", f"history {breach.key}")),
        tone=tone,
        ref=breach.key,
    )


def chosen(duty: Duty, course: Course, plan: RecoveryPlan | None) -> list[Block]:
    """What was chosen for a miss and by whom, and what became of the plan that was wanted."""
    blocks: list[Block] = []
    if course.choice is not None:
        blocks.append(Fact("Chosen", choice_in_short(course.choice, duty.terms)))
    if course.plan_time is not None:
        blocks.append(Fact("Recovery plan", plan_times.in_short(duty, course.plan_time, plan)))
    return blocks


def choice_in_short(choice: Choice, terms: Terms) -> Spans:
    """Say what was chosen, by whom and when: "carry-over, by Morgan, Tue 3 Nov 09:12"."""
    by = run("by ", person(terms, choice.by))
    if choice.proposed_by:
        by = run("by both sides, ", person(terms, choice.proposed_by), " and ", person(terms, choice.by))
    return run(f"{choice.option}, ", by, ", ", moment(choice.at, terms))


def repetition(repeated: Repetition) -> Fact:
    """Say that misses of the same promise have repeated, and what was agreed for that."""
    return Fact("Repeated", (f"{repeated.keys}. Agreed for {repeated.rule.in_words()}",))


def noticed(notice: Notice, terms: Terms) -> Spans:
    """Say by whom a notice was given, and whether the sponsor has taken note."""
    by = run("given by ", person(terms, notice.given_by)) if notice.given_by else (f"given {AS_AGREED}",)
    given = run(by, ", ", moment(notice.given_at, terms))
    if notice.acknowledged_at is None:
        return run(given, "; to be acknowledged by ", person(terms, terms.sponsor))
    return run(
        given, "; acknowledged by ", person(terms, notice.acknowledged_by), ", ", moment(notice.acknowledged_at, terms)
    )


def _behind(behind: Behind, duty: Duty) -> Block:
    """What failed first: a promise that supports this one, or one whose failure excuses it."""
    what = run(f"{behind.name}, {behind.key}, since ", moment(behind.since, duty.terms))
    if behind.excuses:
        return Fact("Excused by", run(what, "; nothing follows, since this depends on it"))
    if behind.doubt:
        return Fact("Depends on", run(what, f", which is {behind.doubt}: once it is certain, it excuses this"))
    return Fact("Failed first", what)


def _recovery(duty: Duty, breach: Breach, course: Course) -> tuple[Button, ...]:
    """The way into a recovery plan, where that is open for a miss; and to what can be chosen, while it can."""
    agreed = duty.terms.consequence_of(duty.commitment)
    if agreed is None or not breach.counts:
        return ()
    plan = () if is_closed(agreed, course, "recovery plan") else (act("Recovery plan", f"recovery {breach.key}"),)
    return (*plan, *((act("What follows", f"choose {breach.key}"),) if is_pending(agreed, course) else ()))


def benchmark_met(duty: Duty, ahead_of_due: timedelta, now: datetime, kept_before: int = 0) -> Card:
    """Share good progress: a period's number is accepted in full, `ahead_of_due` before its moment.

    `kept_before` periods were kept in a row just before it: a streak is worth a word.
    """
    standing, promise = duty.volume, duty.commitment.promise
    if isinstance(duty.standing, ShareStanding):
        return _share_met(duty, duty.standing, now, kept_before)
    if duty.level is not None:
        return _level_met(duty, duty.level, now, kept_before)
    if isinstance(duty.standing, MembersStanding):
        return rolls.everybody_has(duty, duty.standing, now, _streak(duty, kept_before + 1))
    if standing is None or not isinstance(promise, Volume):
        raise TypeError(f"{duty.obligation.key} is no period of a volume promise")
    period = period_name(standing.goal.period, now, duty.terms.zone)
    units = promise.unit.counted(standing.goal.target)
    verb = "is" if standing.goal.target == 1 else "are"
    whose = f"{capital(period)}'s {units}" if " " not in period else f"The {units} of {period}"
    early = _early(ahead_of_due, now, duty.terms)
    title = f"{whose} {verb} in, {early}."
    giver, receiver = party(duty.terms, duty.obligation.party), party(duty.terms, duty.other_side)
    return Card(
        title=titled(title),
        summary=f"{title} {giver} handed them over and {receiver} accepted them.",
        blocks=(Text((f"Handed over by {giver}, accepted by {receiver}.{_streak(duty, kept_before + 1)}",)),),
        tone="good",
        ref=duty.obligation.key,
    )


def _streak(duty: Duty, periods: int) -> str:
    if periods < _STREAK:
        return ""
    rule = duty.commitment.period
    return f" That makes {small(periods)} {'periods' if rule.days else rule.unit + 's'} in a row."


def _share_met(duty: Duty, standing: ShareStanding, now: datetime, kept_before: int) -> Card:
    promise = duty.commitment.promise
    unit = promise.unit if isinstance(promise, Response | FollowUps) else Unit("item", "items")
    title = samples.met(standing, unit, duty.terms, now)
    text = Text(run(samples.progress(standing, duty.terms, now), _streak(duty, kept_before + 1)))
    return Card(titled(title), title, (text,), tone="good", ref=duty.obligation.key)


def _level_met(duty: Duty, standing: LevelStanding, now: datetime, kept_before: int) -> Card:
    period = capital(period_name(standing.span.period, now, duty.terms.zone))
    kept = f"{attained(standing)}, {promised(standing.level)} promised"
    title = f"{period}: {duty.commitment.name} is kept, {attained(standing)}."
    giver, receiver = party(duty.terms, duty.obligation.party), party(duty.terms, duty.other_side)
    return Card(
        title=titled(title),
        summary=f"{duty.commitment.name}, {period}: {kept}.",
        blocks=(Text((f"{giver} promised {receiver} {promised(standing.level)}.{_streak(duty, kept_before + 1)}",)),),
        tone="good",
        ref=duty.obligation.key,
    )


def _early(ahead: timedelta, now: datetime, terms: Terms) -> str:
    days = days_from(now, last_moment(now + ahead), terms.zone)
    if days >= 1:
        return f"{small(days)} {'day' if days == 1 else 'days'} early"
    hours = int(ahead / timedelta(hours=1))
    if hours >= 1:
        return f"{small(hours)} {'hour' if hours == 1 else 'hours'} early"
    return "on time"


def _heading(breach: Breach) -> tuple[str, Tone]:
    if breach.excused_at is not None:
        return "Excused", "plain"
    if breach.made_good_at is not None:
        return "Met late", "warning"
    if breach.provisional:
        return "Provisional", "warning"
    return ("Missed", "bad") if breach.shortfall else ("No miss", "good")


def _has_consequence(breach: Breach) -> bool:
    return breach.counts


def what_was_missed(duty: Duty, breach: Breach, now: datetime) -> Spans:
    """Say what there was of what was promised, by when, whatever the kind of promise."""
    if isinstance(duty.standing, ShareStanding):
        return samples.matter(duty.standing, breach.shortfall, duty.terms, now)
    if duty.level is not None:
        return _level_matter(duty.level, breach, duty.terms)
    if isinstance(duty.standing, MembersStanding):
        stands = " The breach stands." if breach.made_good_at is not None else ""
        return run(rolls.so_far(duty.standing, duty.terms, duty.standing.now), stands)
    if duty.volume is None:
        return _duty_matter(duty, breach)
    promise = duty.commitment.promise
    unit = promise.unit if isinstance(promise, Volume) else Unit("unit", "units")
    return _volume_matter(duty.volume, unit, breach, duty.terms)


def _level_matter(standing: LevelStanding, breach: Breach, terms: Terms) -> Spans:
    judged = deadline(standing.due_at, terms)
    figure = run(Strong(attained(standing)), f", where {promised(standing.level)} is promised")
    if breach.provisional:
        return run(figure, ". Nothing that can still come keeps it; it is settled ", judged, ".")
    if breach.shortfall:
        return run(figure, "; judged ", judged, ".")
    return run(figure, f". The record was corrected: {breach.key} is closed without a miss.")


def _duty_matter(duty: Duty, breach: Breach) -> Spans:
    due = deadline(duty.obligation.due_at, duty.terms)
    thing = Strong(capital(duty.thing))
    if breach.made_good_at is None:
        return run(thing, " was due ", due, " and is not there.")
    came = moment(breach.made_good_at, duty.terms)
    return run(thing, " was due ", due, " and came ", came, ". The breach stands.")


def _volume_matter(standing: Standing, unit: Unit, breach: Breach, terms: Terms) -> Spans:
    goal, on_time, late = standing.goal, standing.tally.on_time, standing.tally.late
    due = deadline(goal.due_at, terms)
    if breach.made_good_at is not None:
        first = run(f"{on_time.counted:,} of {goal.target:,} by ", due, f", {late.counted:,} after it. ")
        return run(first, "Met late; the breach stands.")
    if not breach.provisional:
        accepted = run(Strong(f"{on_time.accepted:,} of {goal.target:,}"), " accepted by ", due, ".")
        if breach.shortfall:
            return accepted
        return run(accepted, f" What was still open has been settled: {breach.key} is closed without a miss.")
    counted = run(Strong(f"{on_time.counted:,} of {goal.target:,}"), " counted by ", due, ".")
    return joined(
        (counted, (_open_units(standing, unit),), (f"Short by {breach.shortfall:,} so far.",), (_SETTLED_FIRST,))
    )


_STREAK = 2
"""From how many periods in a row on it is worth a word."""
_SETTLED_FIRST = "It is no miss, and nothing follows, before these are settled."


def _open_units(standing: Standing, unit: Unit) -> str:
    awaiting, disputed = standing.piles.awaiting, standing.piles.disputed
    parts = []
    if awaiting:
        parts.append(f"{unit.counted(awaiting)} {'awaits' if awaiting == 1 else 'await'} acceptance")
    if disputed:
        parts.append(f"{disputed:,} {'is' if disputed == 1 else 'are'} disputed")
    return sentence(capital(" and ".join(parts))) if parts else ""


def _consequence(duty: Duty, breach: Breach, course: Course) -> list[Block]:
    """What was agreed for this case, what the miss costs, and who chooses or decides."""
    if duty.obligation.kind == "step":
        return []
    promise = duty.commitment.promise
    blocks: list[Block] = []
    if isinstance(promise, Volume) and (loss := loss_in_words(promise.worth, breach.shortfall)):
        blocks.append(Fact("Lost revenue", (loss,)))
    agreed = duty.terms.consequence_of(duty.commitment)
    if agreed is None or duty.obligation.kind == "reading":  # what was agreed is for the promise, not for its figures
        return blocks
    short = promise.unit.counted(breach.shortfall) if isinstance(promise, Volume) else duty.thing
    if isinstance(duty.standing, ShareStanding):
        short = samples.beyond(duty.standing, breach.shortfall)
    blocks.append(Fact("Agreed consequence", (agreed.in_words(short),)))
    if (decider := _decider(duty)) and course.choice is None:
        blocks.append(Note(run(decider, " chooses one of them." if agreed.is_a_choice else " decides.")))
    elif agreed.is_a_choice and course.choice is None:
        blocks.append(Note(("Both sides choose one of them together.",)))
    return blocks


def _decider(duty: Duty) -> Spans:
    terms, member = duty.terms, duty.terms.decider_of(duty.commitment)
    if not member:
        return ()
    title = next((each.title for each in terms.people if each.id == member), "")
    return run(person(terms, member), f", {title}," if title else "")


def loss_in_words(worth: Worth | None, shortfall: int) -> str:
    """The miss in money, with its sum: "9 × 50 % × $100 = $450"."""
    loss = loss_of(worth, shortfall)
    if worth is None or loss is None:
        return ""
    return f"{shortfall:,} × {percent(worth.close_rate)} × {worth.average_sale.in_words()} = {loss.in_words()}"


def _in_short(duty: Duty, breach: Breach) -> str:
    standing, promise = duty.volume, duty.commitment.promise
    if isinstance(duty.standing, ShareStanding):
        return f"{samples.beyond(duty.standing, breach.shortfall)}."
    if duty.level is not None:
        return f"{attained(duty.level)}, {promised(duty.level.level)} promised."
    if isinstance(duty.standing, MembersStanding):
        return f"{capital(rolls.in_short(duty.standing))}."
    if standing is None or not isinstance(promise, Volume):
        return "It came late." if breach.made_good_at is not None else "It has not come."
    counted = f"{standing.tally.on_time.counted:,} of {promise.unit.counted(standing.goal.target)}"
    if breach.made_good_at is not None:
        return f"{counted} came in time, and the rest late."
    if breach.provisional:
        return f"{counted} are in, and some are still open."
    return f"{counted} came in time." if breach.shortfall else f"{counted} are in after all."
