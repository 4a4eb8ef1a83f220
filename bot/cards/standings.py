"""How a volume promise's count is said: what is in, what is due by when, what the pace promises, what it takes."""

from __future__ import annotations

from datetime import datetime

from bot.cards import rolls, samples
from bot.cards.levels import level_in_short, level_progress, takes
from bot.cards.words import (
    capital,
    count,
    days_from,
    deadline,
    joined,
    last_moment,
    period_name,
    run,
)
from bot.chat.card import Span, Spans, Strong
from slacore.agreements import Terms
from slacore.commitments import Unit
from slacore.handoffs import Piles
from slacore.reports import Takes
from slacore.standing import Judged, LevelStanding, MembersStanding, ShareStanding, Standing


def stands(standing: Judged, terms: Terms, now: datetime) -> Spans:
    """Where a promise of any kind stands in its period, in a sentence or two."""
    match standing:
        case Standing():
            return progress(standing, terms, now)
        case ShareStanding():
            return samples.progress(standing, terms, now)
        case LevelStanding():
            return joined((level_progress(standing, terms, now), (takes(standing),)))
        case MembersStanding():
            return rolls.so_far(standing, terms, now)
        case _:
            raise TypeError(f"no words for {standing!r}")


def in_short(standing: Judged, terms: Terms, now: datetime) -> Spans:
    """The same for lists, in a few words."""
    match standing:
        case Standing():
            return _count_in_short(standing, terms, now)
        case ShareStanding():
            return samples.in_short(standing)
        case LevelStanding():
            return level_in_short(standing)
        case MembersStanding():
            return (rolls.in_short(standing),)
        case _:
            raise TypeError(f"no words for {standing!r}")


def progress(standing: Standing, terms: Terms, now: datetime, *, says_today: bool = True) -> Spans:
    """Where a period's count stands against what is due next, in one sentence or two.

    "October: 18 accepted + 25 awaiting acceptance = 43 of 50 due today." Disputed units are named
    apart, since they count for nobody yet. Without `says_today` a day is given by its date, for words
    that may be read on another day.
    """
    label = f"{capital(period_name(standing.goal.period, now, terms.zone))}: "
    if now >= standing.goal.due_at:
        return run(label, _after_due(standing, terms), carried(standing, now, terms), _apart(standing))
    counted = standing.tally.on_time.counted
    at, quantity = _mark_ahead(standing, counted, now)
    due = _due(at, now, terms, says_today)
    piles = standing.tally.on_time
    spans = run(label, _sum(piles, quantity), " due ", due, _all_of_one_kind(piles))
    return run(spans, _expected(standing, counted), ".", carried(standing, now, terms), _apart(standing))


def _mark_ahead(standing: Standing, counted: int, now: datetime) -> tuple[datetime, int]:
    """The first coming checkpoint that is not reached yet; the target at the due moment after the last."""
    marks = ((at, quantity) for at, quantity in standing.goal.checkpoints if at > now and quantity > counted)
    return next(marks, (standing.goal.due_at, standing.goal.target))


def _due(at: datetime, now: datetime, terms: Terms, says_today: bool) -> Span:
    if says_today and days_from(now, last_moment(at), terms.zone) == 0:
        return "today"
    return deadline(at, terms, "day")


def _sum(piles: Piles, quantity: int) -> Spans:
    total = Strong(f"{piles.counted:,} of {quantity:,}")
    if piles.accepted and piles.awaiting:
        return (f"{piles.accepted:,} accepted + {piles.awaiting:,} awaiting acceptance = ", total)
    return (total,)


def _all_of_one_kind(piles: Piles) -> str:
    if piles.accepted and not piles.awaiting:
        return ", all accepted"
    if piles.awaiting and not piles.accepted:
        return ", awaiting acceptance"
    return ""


def _expected(standing: Standing, counted: int) -> str:
    """What should be there by now: said where it is not, or where the pace has no checkpoints to be seen by."""
    if standing.state == "met" or not standing.expected:
        return ""
    if counted < standing.expected or standing.goal.even:
        return f"; {standing.expected:,} expected by now"
    return ""


def _after_due(standing: Standing, terms: Terms) -> Spans:
    on_time, late = standing.tally.on_time, standing.tally.late
    spans = run(
        _sum(on_time, standing.goal.target), " by ", deadline(standing.goal.due_at, terms), _all_of_one_kind(on_time)
    )
    return run(spans, f", and {late.counted:,} late." if late.counted else ".")


def _apart(standing: Standing) -> str:
    disputed = standing.piles.disputed
    return f" {count(disputed, 'is', 'are')} disputed and held apart." if disputed else ""


def carried(standing: Standing, now: datetime, terms: Terms) -> str:
    """What a period owes of earlier ones, after its own: " The 109 are 100 + 9 carried from October."."""
    goal = standing.goal
    if not goal.carried:
        return ""
    parts = [f"{goal.own:,}"]
    parts += [f"{each.units:,} carried from {period_name(each.period, now, terms.zone)}" for each in goal.carried]
    return f" The {goal.target:,} are {' + '.join(parts)}."


def target(standing: Standing, unit: Unit) -> str:
    """What the period asks: "100 qualified leads"; where a period was cut short, from how many."""
    asked = unit.counted(standing.goal.target)
    goal = standing.goal
    if goal.carried:
        return f"{asked} ({goal.own:,} + {goal.target - goal.own:,} carried over)"
    return f"{asked} (pro-rated from {goal.whole_target:,})" if goal.cut else asked


def _count_in_short(standing: Standing, terms: Terms, now: datetime) -> Spans:
    """The count against what is due next, for lists: "41 of 75 due Fri 23 Oct", "91 of 100 in time"."""
    counted = standing.tally.on_time.counted
    if now >= standing.goal.due_at:
        return (f"{counted:,} of {standing.goal.target:,} in time",)
    at, quantity = _mark_ahead(standing, counted, now)
    return run(f"{counted:,} of {quantity:,} due ", deadline(at, terms, "day"))


def projection(standing: Standing, terms: Terms, now: datetime) -> Spans:
    """How many the pace leads to by the due moment; nothing while it would be a guess, once met, or on that day."""
    days_left = days_from(now, last_moment(standing.goal.due_at), terms.zone)
    if standing.projected is None or standing.state == "met" or days_left <= 0:
        return ()
    low, high = standing.projected
    most = f"{low:,} to {high:,}" if low != high else f"{low:,}"
    return run(f"At the pace so far: {most} by ", deadline(standing.goal.due_at, terms, "day"), ".")


def takes_in_words(takes: Takes, unit: Unit, *, due_today: bool = False) -> str:
    """What it takes from here: "57 more qualified leads in 5 working days: 12 a day."."""
    missing = f"{takes.units:,} more {unit.singular if takes.units == 1 else unit.plural}"
    if due_today:
        return f"{missing} today."
    if not takes.open_days:
        return f"{missing}, and no working day is left."
    if takes.open_days == 1:
        return f"{missing} on the one working day that is left."
    return f"{missing} in {count(takes.open_days, 'working day')}: {takes.each_day:,} a day."
