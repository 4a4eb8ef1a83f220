"""What was missed and what came of it, and what was taken on: the record side of a review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.cards import plan_times
from bot.cards.breaches import choice_in_short, noticed
from bot.cards.credits import sums_in_words
from bot.cards.packs import Missed
from bot.cards.words import called, capital, count, cut, joined, listed, moment, quoted, run
from bot.chat.card import Block, Fact, Note, Spans, Strong, Table, Text
from slacore.agreements import Terms
from slacore.choices import is_pending
from slacore.commitments import Volume
from slacore.disputes import BreachDispute
from slacore.obligations import Obligation
from slacore.reports import UnitDispute

SHOWN = 10
"""Things of a list that a card shows; paper shows them all."""
_NAMED = 6


def misses(missed: Sequence[Missed], terms: Terms, now: datetime, most: int | None = SHOWN) -> list[Block]:
    """Each miss with by how much, why, what was said against it and how that ended, and what follows from it."""
    if not missed:
        return []
    told = [_misses(each, terms, now) for each in _grouped(missed)]
    blocks: list[Block] = [Text((Strong("What was missed"),)), *(Text(each) for each in told[:most])]
    blocks += over(told, most)
    if sums := sums_in_words([credit for each in missed for credit in each.credits]):
        blocks.append(Fact("Service credits", (listed([f"{amounts} {status}" for status, amounts in sums]),)))
    return blocks


def disputed_units(found: Sequence[UnitDispute], terms: Terms, most: int | None = SHOWN) -> list[Block]:
    """What was held apart of what was handed over, why, and how that ended."""
    if not found:
        return []
    rows: list[tuple[Spans, ...]] = [
        (
            (f"{each.key}, H-{each.handoff}",),
            (f"{each.quantity:,} {each.unit_word}",),
            (f"{called(terms, each.opened_by)}: {quoted(cut(each.reason, 80))}",),
            (_ended(each, terms),),
        )
        for each in found[:most]
    ]
    return [Table(("Dispute", "Held apart", "Why", "Ended"), tuple(rows), "What was disputed"), *over(found, most)]


def _ended(dispute: UnitDispute, terms: Terms) -> str:
    if not dispute.ended_how:
        return "open"
    return f"{dispute.ended_how} by {called(terms, dispute.ended_by)}" if dispute.ended_by else dispute.ended_how


def over(found: Sequence[object], most: int | None) -> list[Block]:
    """Say how many of a list are not shown, where it is cut at all."""
    return [Note((f"+{len(found) - most} more.",))] if most is not None and len(found) > most else []


def steps(owed: Sequence[Obligation], terms: Terms, caption: str, most: int | None = SHOWN) -> list[Block]:
    """What was taken on: who, by when, and whether it is done; the caption sums it up."""
    if not owed:
        return []
    words = [_state(each) for each in owed]
    sums = Counter(words)
    order = ("done", "done late", "late", "open", "excused", "withdrawn")
    so_far = listed([f"{sums[word]:,} {word}" for word in order if sums[word]])
    rows: list[tuple[Spans, ...]] = [
        (
            (each.key,),
            (quoted(cut(each.thing, 120)),),
            (called(terms, each.owner),),
            (moment(each.due_at, terms, "day"),),
            (word,),
        )
        for each, word in zip(owed[:most], words, strict=False)
    ]
    return [Table(("Key", "What", "Who", "By", "State"), tuple(rows), f"{caption}: {so_far}"), *over(owed, most)]


def _state(step: Obligation) -> str:
    match step.state:
        case "kept":
            return "done"
        case "missed":
            return "done late" if step.done_at is not None else "late"
        case "excused" | "withdrawn":
            return step.state
        case _:
            return "open"


def _grouped(missed: Sequence[Missed]) -> list[list[Missed]]:
    """A promise's periods first, each by itself; single things of one promise of which nothing was said, together."""
    groups: dict[tuple[bool, str], list[Missed]] = {}
    for each in sorted(missed, key=lambda each: each.duty.obligation.kind != "period"):
        said = each.breach.why or each.disputes or each.credits or each.plan or each.breach.excused_at is not None
        decided = each.carried or each.notice or each.course.choice
        alone = bool(said or decided) or each.duty.obligation.kind in ("period", "step")
        key = each.breach.key if alone else f"{each.breach.commitment} {_became(each)} {_lapsed(each)}"
        groups.setdefault((alone, key), []).append(each)
    return list(groups.values())


def _misses(group: Sequence[Missed], terms: Terms, now: datetime) -> Spans:
    if len(group) == 1:
        return _miss(group[0], terms, now)
    name = cut(group[0].duty.commitment.name, 50)
    keys = listed([each.breach.key for each in reversed(group)] if len(group) <= _NAMED else _ends(group))
    plan = " No plan was given in time." if _lapsed(group[0]) else ""
    return run(Strong(name), f": {len(group):,} times {_became(group[0])} ({keys}).{plan}")


def _ends(group: Sequence[Missed]) -> list[str]:
    newest = [each.breach.key for each in group[: _NAMED - 1]]
    return [*newest, f"{len(group) - len(newest):,} before"]


def _miss(missed: Missed, terms: Terms, now: datetime) -> Spans:
    breach = missed.breach
    parts: list[Spans] = [run(Strong(f"{breach.key} {cut(missed.duty.name(now), 50)}"), f": {_became(missed)}.")]
    if breach.why:
        parts.append((f"Why: {quoted(cut(breach.why, 200))}.",))
    parts += [_dispute(each, terms) for each in missed.disputes]
    if breach.excused_at is not None and not any(each.ended_how == "taken back" for each in missed.disputes):
        by = f" by {called(terms, breach.excused_by)}" if breach.excused_by else ""
        parts.append((f"Excused{by}: {quoted(cut(breach.excused_why, 200))}.",))
    parts += [(f"{each.key}: {each.amount} {each.status}.",) for each in missed.credits if each.status != "reversed"]
    parts += _chosen(missed, terms)
    if missed.plan:
        done = sum(each.state == "kept" for each in missed.steps)
        of = (
            f"{done:,} of {count(len(missed.steps), 'step')} done in time" if missed.steps else "not agreed by both yet"
        )
        parts.append((f"Recovery plan {missed.plan}: {of}.",))
    if missed.carried:
        parts.append((f"Carried over: {missed.carried:,}.",))
    if missed.notice is not None:
        parts.append(run("Notice ", noticed(missed.notice, terms), "."))
    return joined(parts)


def _chosen(missed: Missed, terms: Terms) -> list[Spans]:
    """What was chosen, or that nobody has yet; and that no plan came in its time, or only late."""
    course, made = missed.course, missed.made
    agreed = terms.consequence_of(missed.duty.commitment)
    parts: list[Spans] = []
    if course.choice is not None:
        parts.append(run("Chosen: ", choice_in_short(course.choice, terms), "."))
    elif agreed is not None and is_pending(agreed, course) and missed.breach.counts:
        decider = terms.decider_of(missed.duty.commitment)
        who = f"{called(terms, decider)} has" if decider else "both sides have"
        parts.append((f"What makes it good is still to be chosen; {who} to say.",))
    time, agreed_at = course.plan_time, made.agreed_at if made is not None else None
    late = agreed_at is not None and time is not None and time.has_passed(agreed_at)
    if time is not None and (late or _lapsed(missed)):
        parts.append(run(capital("plan: "), plan_times.in_short(missed.duty, time, made), "."))
    return parts


def _lapsed(missed: Missed) -> bool:
    """Whether a plan was wanted by a time that has passed without one, and none was agreed since."""
    time, made = missed.course.plan_time, missed.made
    return time is not None and time.lapsed_at is not None and (made is None or made.state != "agreed")


def _became(missed: Missed) -> str:
    """By how much, and whether it stands: "9 qualified leads short, made good"."""
    breach, promise = missed.breach, missed.duty.commitment.promise
    period = missed.duty.obligation.kind == "period"
    short = f"{promise.unit.counted(breach.shortfall)} short" if isinstance(promise, Volume) and period else "missed"
    if breach.excused_at is not None:
        return f"{short}, excused"
    if breach.made_good_at is not None:
        return f"{short}, made good late"
    return f"{short}, still provisional" if breach.provisional else f"{short}, stands"


def _dispute(dispute: BreachDispute, terms: Terms) -> Spans:
    said = f"{dispute.key} by {cut(terms.party(dispute.side).name, 30)}: {quoted(cut(dispute.reason, 160))}"
    if dispute.ended_at is None:
        waits = "contested, to be decided" if dispute.contested_by else "open"
        return (f"{said}, {waits}.",)
    by = called(terms, dispute.ended_by)
    how = f"it stands, said {by}" if dispute.ended_how == "upheld" else f"taken back by {by}"
    why = f": {quoted(cut(dispute.ended_why, 160))}" if dispute.ended_why else ""
    return (f"{said}; {how}{why}.",)
