"""What a promise makes of one item: something owed until a moment, done or not yet.

Told from the item's ledger alone, so that a standing can always be counted anew. An obligation is
kept in step with it (`applied`); what an obligation counts for in its period is `counter_of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration
from slacore.commitments import Commitment, Response
from slacore.items.ledger import Item
from slacore.obligations import Kind, Obligation

ITEM_KINDS: frozenset[Kind] = frozenset({"response", "update", "resolution", "follow-up"})
"""Kinds of obligation that are about one item, judged together as a share."""


@dataclass(frozen=True, slots=True)
class ItemDuty:
    """One thing owed about one item.

    `subject` tells it apart under its promise: the item's key; an update's has its number behind
    (`L-3/2`). `held` means that time stands still (paused) or nobody need act (disputed): nothing falls
    due meanwhile. `over` means that it is owed no more. `owner` is the member who is to act. `counts_at`
    is the moment whose period it counts in, where that is not the due moment; `late_at` the first moment
    that passed without what it asked for, where there are several (a follow-up's attempts); `look_at` a
    moment before the due one at which it may be at risk. `contested` means that it is not done in time as
    things stand, and could turn out to be once a contest is settled; what nobody contests and only waits for
    the other side, since it would restate a closed period, leaves that as it is.
    """

    kind: Kind
    subject: str
    owner: str
    opens_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    held: bool = False
    over: bool = False
    counts_at: datetime | None = None
    late_at: datetime | None = None
    look_at: datetime | None = None
    contested: bool = False

    @property
    def missed_at(self) -> datetime | None:
        """When it was missed, as the ledger tells it; None while that is not certain."""
        if self.late_at is None and self.done_at is not None and self.done_at > self.due_at:
            return self.due_at
        return self.late_at


def response_target(item: Item, commitment: Commitment, promise: Response, terms: Terms) -> tuple[Duration, Calendar]:
    """How soon a person must answer an item, and in which calendar that is counted.

    An item that arrives in prime time, while the promise's calendar is open, has its priority's time or
    `first_within`. One that arrives outside has `outside_hours`, counted in the non-prime calendar where
    the agreement names one; where neither is open, the calendar that opens first is the one it arrived in.
    """
    prime = terms.calendar_of(commitment)
    arrived = item.handed.handed_at
    if promise.outside_hours is not None and not prime.is_open(arrived):
        other = terms.calendars[promise.outside_calendar] if promise.outside_calendar else prime
        if other is prime or other.next_open(arrived) <= prime.next_open(arrived):
            return promise.outside_hours, other
    by_priority = dict(promise.by_priority)
    return by_priority.get(item.handed.priority, promise.first_within), prime


def response_duties(
    item: Item, commitment: Commitment, promise: Response, terms: Terms, now: datetime
) -> Iterator[ItemDuty]:
    """What a response promise asks about an item: an answer, then updates, then a resolution.

    All count from when the item was handed over, without what was paused; an update, from the word
    before it. A resolution ends the updates.
    """
    owner = item.owner or commitment.owner
    within, calendar = response_target(item, commitment, promise, terms)
    answer = item.response
    opened = item.handed.handed_at
    yield _duty(
        item, "response", item.key, owner, opened, within, calendar, now,
        done=(answer.occurred_at, answer.by) if answer else None,
    )  # fmt: skip
    resolution = item.resolution
    resolved = (resolution.occurred_at, resolution.by) if resolution else None
    if promise.updated_every is not None and answer is not None:
        words = [*item.acts[1:]]
        since = answer.occurred_at
        for number in range(1, len(words) + 2):
            said = words[number - 1] if number <= len(words) else None
            if resolved is not None and since >= resolved[0]:
                break
            yield _duty(
                item, "update", f"{item.key}/{number}", owner, since, promise.updated_every,
                terms.calendar_of(commitment), now, done=(said.occurred_at, said.by) if said else None,
            )  # fmt: skip
            if said is not None:
                since = said.occurred_at
    if (settled_within := promise.resolved_for(item.handed.priority)) is not None:
        yield _duty(
            item,
            "resolution",
            item.key,
            owner,
            opened,
            settled_within,
            terms.calendar_of(commitment),
            now,
            done=resolved,
        )


def _duty(
    item: Item,
    kind: Kind,
    subject: str,
    owner: str,
    since: datetime,
    within: Duration,
    calendar: Calendar,
    now: datetime,
    *,
    done: tuple[datetime, str] | None,
) -> ItemDuty:
    ends = done[0] if done else now
    pauses = tuple((a, min(b, max(a, ends))) for a, b in item.pauses_until(now) if a < ends)
    due_at = calendar.due(since, within, pauses)
    lasting = item.paused
    paused = lasting is not None and done is None and _stands_still(lasting.from_at, since, within, calendar, item, now)
    return ItemDuty(
        kind,
        subject,
        owner,
        since,
        due_at,
        done[0] if done else None,
        done[1] if done else "",
        held=paused or (item.standing == "disputed" and done is None),
        over=item.standing == "withdrawn",
        contested=any(each.by for each in item.contests)
        and (done is None or done[0] > due_at)
        and item.standing != "withdrawn",
    )


def _stands_still(
    from_at: datetime, since: datetime, within: Duration, calendar: Calendar, item: Item, now: datetime
) -> bool:
    """Whether a pause that lasts began before the duty fell due: afterwards it stops nothing."""
    before = tuple(each for each in item.pauses_until(now) if each[0] < from_at)
    return from_at < calendar.due(since, within, before)


def applied(obligation: Obligation, duty: ItemDuty, period_starts_on: date, now: datetime) -> Obligation:
    """Bring an obligation in step with what its item's ledger says of it now.

    `period_starts_on` is the first date of the period in which it is due: where it counts. Done in time
    it is kept, done late it stays missed; held it is paused; a due moment that moved into the future
    opens it again. What is excused stays so. `look_again_at` is set where it is settled or held, and left
    to the sweep (the due moment) where it is open.
    """
    if obligation.state == "excused":
        return obligation
    current = replace(
        obligation,
        owner=duty.owner,
        due_at=duty.due_at,
        opens_at=duty.opens_at,
        period_starts_on=period_starts_on,
    )
    if duty.over:
        changed = _withdrawn(current)
    elif duty.done_at is not None:
        changed = replace(
            current,
            state="kept" if duty.missed_at is None else "missed",
            missed_at=duty.missed_at,
            done_at=duty.done_at,
            done_by=duty.done_by,
            look_again_at=None,
        )
    elif duty.held:
        changed = replace(current, state="paused", done_at=None, done_by="", missed_at=duty.late_at, look_again_at=None)
    elif current.state == "missed" and duty.due_at <= now:
        changed = replace(current, done_at=None, done_by="")
        if obligation.settled:
            changed = replace(changed, look_again_at=now)
    else:
        changed = replace(
            current, state="open", done_at=None, done_by="", missed_at=duty.late_at, told_at=None, rung=0,
            look_again_at=_first_look(obligation, duty, now),
        )  # fmt: skip
    return changed if changed == obligation else replace(changed, revision=obligation.revision + 1)


def _first_look(obligation: Obligation, duty: ItemDuty, now: datetime) -> datetime:
    """When time next asks about an open duty: at its due moment, or sooner where it was to be asked sooner."""
    at = duty.look_at if duty.look_at is not None and duty.look_at > now else max(duty.due_at, now)
    same = obligation.state == "open" and obligation.due_at == duty.due_at
    return min(obligation.look_again_at or at, at) if same else at


def counter_of(obligation: Obligation) -> str | None:
    """What an item's obligation counts as in its period: "response in time", "response late", "response overdue".

    None while it is neither answered nor overdue: open and not yet due, paused, excused or withdrawn. One
    that missed a moment and has another still to come is overdue already, and stays so.
    """
    if obligation.kind not in ITEM_KINDS:
        return None
    if obligation.state == "kept":
        return f"{obligation.kind} in time"
    missed_one = obligation.missed_at is not None and obligation.state not in ("excused", "withdrawn")
    if obligation.state != "missed" and not missed_one:
        return None
    return f"{obligation.kind} overdue" if obligation.done_at is None else f"{obligation.kind} late"


def item_of(obligation: Obligation) -> int | None:
    """The number of the item that an obligation is about: owed about it, or opened by its outcome; None for others."""
    letter, _, number = obligation.subject.partition("/")[0].partition("-")
    return int(number) if letter == "L" else None


def owed_no_more(obligation: Obligation) -> Obligation:
    """Take back a duty that its item's ledger no longer knows: the word it followed was taken back."""
    return replace(_withdrawn(obligation), revision=obligation.revision + 1)


def _withdrawn(obligation: Obligation) -> Obligation:
    return replace(obligation, state="withdrawn", done_at=None, done_by="", missed_at=None, look_again_at=None)
