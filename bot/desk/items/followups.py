"""Follow-ups at the desk: attempts and outcomes of leads, one or many at once, and what was said wrongly taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from bot.desk.items import acts, deals
from bot.desk.sitting import Sitting
from bot.store import handoffs
from slacore import items
from slacore.agreements import Terms
from slacore.commitments import Commitment, FollowUps, Outcome
from slacore.errors import Refusal
from slacore.followups import Course, course_of_item
from slacore.items import Entry, Happened, Item
from slacore.money import Money
from slacore.owing import promises_about

RETRACTED: dict[str, Happened] = {
    "follow-up": "attempted",
    "outcome": "outcome",
    "response": "responded",
    "update": "updated",
    "resolution": "resolved",
    "stage": "staged",
}
"""What can be taken back, by the words people use for it."""


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, as people say it: at a moment, on a day, or (neither) just now."""

    at: datetime | None = None
    on: date | None = None

    def moment(self, sitting: Sitting, item: Item) -> datetime | None:
        """The moment for this item; a day alone is that day's close, where that is past, and never before it came."""
        if self.at is not None or self.on is None:
            return acts.moment_of(item, self.at)
        terms = sitting.terms(item.handed.agreement, item.handed.version)
        calendar = terms.calendar_of_party(item.handed.receiver)
        noon = datetime.combine(self.on, time(12), ZoneInfo(calendar.zone)).astimezone(UTC)
        on_that_day = min(calendar.closes_on(self.on) or noon, sitting.now)
        handed_on = item.handed.handed_at.astimezone(ZoneInfo(calendar.zone)).date()
        return max(on_that_day, item.handed.handed_at) if self.on == handed_on else on_that_day


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """An item with how following it up stands, under the promise of it; None where nobody promised to."""

    item: Item
    terms: Terms
    commitment: Commitment | None
    course: Course | None

    @property
    def promise(self) -> FollowUps | None:
        """What was promised."""
        promise = self.commitment.promise if self.commitment is not None else None
        return promise if isinstance(promise, FollowUps) else None


async def log(sitting: Sitting, found: Sequence[Item], when: When, note: str) -> tuple[FollowedUp, ...]:
    """One attempt on each of these items, now or at an earlier moment; all of them or none."""
    changes = []
    for item in found:
        acts.require_receiver(sitting, item, f"follow up {item.key}")
        at = when.moment(sitting, item)
        changes.append((item, items.attempt(item, sitting.actor, sitting.now, note=note, at=at)))
    changed = await acts.restate_all(sitting, changes, "FollowedUp")
    return tuple(followed_up(sitting, each) for each in changed)


async def end(
    sitting: Sitting, found: Sequence[Item], slug: str, when: When, note: str, price: Money | None = None
) -> tuple[FollowedUp, ...]:
    """The same outcome of each of these items; what a final one opens is owed from now on. `price` is of each sale."""
    changes = []
    for item in found:
        terms = acts.require_receiver(sitting, item, f"say what became of {item.key}")
        outcome = _outcome(item, terms, slug)
        at = when.moment(sitting, item)
        amount = None
        if price is not None:
            handoff = await handoffs.find(sitting.tx, item.handed.handoff)
            amount = deals.require_price(terms, handoff.commitment, outcome, price)
        change = items.end(
            item, outcome.slug, sitting.actor, sitting.now, final=outcome.final, note=note, at=at, price=amount
        )
        changes.append((item, change))
    changed = await acts.restate_all(sitting, changes, "OutcomeSaid")
    return tuple(followed_up(sitting, each) for each in changed)


async def retract(sitting: Sitting, item: Item, what: str, reason: str) -> FollowedUp:
    """Take back the newest word of that sort, of either; the ledger keeps both, and the other side hears."""
    acts.require_receiver(sitting, item, f"take back what was said of {item.key}")
    gone = {each.about for each in item.entries if each.happened == "reversed"}
    wanted = {RETRACTED[what]} if what else set(RETRACTED.values())
    said = [
        each
        for each in item.entries
        if each.happened in wanted and each.seq not in gone and not _came_with_it(each, item)
    ]
    if not said:
        raise Refusal(f"Nothing of that sort was said of {item.key}.", f"See `item {item.key}`.", field="what")
    change = items.reverse(item, said[-1].seq, reason, sitting.actor, sitting.now)
    return followed_up(sitting, await acts.restate(sitting, item, change, "TakenBack"))


def _came_with_it(entry: Entry, item: Item) -> bool:
    """Whether its giver said it as he handed the item over: a stage, which is his to correct."""
    return entry.happened == "staged" and entry.occurred_at <= item.handed.handed_at


def followed_up(sitting: Sitting, item: Item) -> FollowedUp:
    """An item with how following it up stands now."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    for commitment in promises_about(terms, item.handed.receiver, item.handed.unit):
        if isinstance(commitment.promise, FollowUps):
            course = course_of_item(item, commitment, commitment.promise, terms, sitting.now)
            return FollowedUp(item, terms, commitment, course)
    return FollowedUp(item, terms, None, None)


def _outcome(item: Item, terms: Terms, slug: str) -> Outcome:
    """The agreement's outcome of that short name, of a promise about this item."""
    known = {
        each.slug: each
        for commitment in promises_about(terms, item.handed.receiver, item.handed.unit)
        if isinstance(commitment.promise, FollowUps)
        for each in commitment.promise.outcomes
    }
    if slug in known:
        return known[slug]
    if not known:
        raise Refusal(
            f"{terms.name} promises no follow-ups of {item.handed.unit}, so {item.key} has no outcome.",
            f"Say `resolve {item.key}` when it is done with.",
            field="outcome",
        )
    near = get_close_matches(slug, known, n=1)
    meant = f" Did you mean {known[near[0]].name}?" if near else ""
    raise Refusal(
        f"“{slug}” is no outcome that {terms.name} knows.{meant}",
        f"It knows {', '.join(each.name for each in known.values())}.",
        field="outcome",
    )
