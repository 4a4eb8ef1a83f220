"""What people do with an item: each act adds entries to its ledger, or is refused and changes nothing.

`at` is when the thing happened, `now` when it is said. Nothing happens before the item was handed
over, nor in the future. Saying again when something happened takes back what was said before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from slacore.errors import Refusal
from slacore.items.ledger import Change, Entry, Happened, Item, retell

MOST_WORDS = 2_000
"""Characters that a note of the ledger holds; longer ones belong behind a link."""
Doubted = Literal["response", "resolution", "pause"]
Verdict = Literal["stands", "hollow"]


def assign(item: Item, to: str, by: str, now: datetime, *, note: str = "", at: datetime | None = None) -> Change:
    """Somebody is to act on it from now on; the first assignment ends the routing."""
    _require_owed(item)
    if item.owner == to:
        raise Refusal(f"{item.key} is that person's already.", f"See `item {item.key}`.", field="owner")
    return _add(item, "assigned", by, at, now, to=to, note=note)


def offer(item: Item, to: str, by: str, now: datetime, *, note: str = "") -> Change:
    """Somebody is asked to take it over. It stays whose it is until he does."""
    _require_owed(item)
    if item.owner == to:
        raise Refusal(f"{item.key} is that person's already.", f"See `item {item.key}`.", field="owner")
    if item.offered_to == to:
        raise Refusal(f"That person was asked to take {item.key} already.", "Wait for the answer.", field="owner")
    return _add(item, "offered", by, None, now, to=to, note=note)


def take(item: Item, by: str, now: datetime) -> Change:
    """Whoever was asked takes it over; what nobody has can be taken unasked."""
    _require_owed(item)
    if item.owner == by:
        raise Refusal(f"{item.key} is yours already.", f"See `item {item.key}`.", field="key")
    if item.owner and item.offered_to != by:
        raise Refusal(
            f"{item.key} is somebody else's, and you were not asked to take it.",
            "Ask its owner, or a deputy, to assign it to you.",
            field="key",
        )
    return _add(item, "assigned", by, None, now, to=by)


def decline(item: Item, reason: str, by: str, now: datetime) -> Change:
    """Whoever was asked does not take it: it stays whose it was."""
    if item.offered_to != by:
        raise Refusal(f"You were not asked to take {item.key}.", f"See `item {item.key}`.", field="key")
    return _add(item, "declined", by, None, now, note=reason)


def respond(item: Item, by: str, now: datetime, *, note: str = "", at: datetime | None = None) -> Change:
    """A person answered. With an earlier moment than the response on record, that one is taken back for this.

    A second response without a moment is refused: the first stands, and what follows is an update.
    """
    _require_owed(item)
    known = next((each for each in item.acts if each.happened == "responded"), None)
    if known is None or item.response != known:
        if item.response is not None and (at is None or at >= item.response.occurred_at):
            raise _answered(item)
        return _add(item, "responded", by, at, now, note=note)
    if at is None or at == known.occurred_at:
        raise _answered(item)
    reason = f"said anew: {note}" if note else "said anew with another time"
    reversal = _entry(item, "reversed", by, now, now, about=known.seq, note=reason)
    changed = retell(item.handed, (*item.entries, reversal))
    after, (again,) = _add(changed, "responded", by, at, now, note=note or known.note)
    return after, (reversal, again)


def auto_reply(item: Item, by: str, now: datetime, *, note: str = "", at: datetime | None = None) -> Change:
    """A machine answered: on the record, and no response."""
    return _add(item, "auto-replied", by, at, now, note=note)


def update(item: Item, by: str, now: datetime, *, note: str = "", at: datetime | None = None) -> Change:
    """A person said how it goes."""
    _require_owed(item)
    if item.resolved_at is not None:
        raise Refusal(f"{item.key} is resolved, so no update is owed.", f"See `item {item.key}`.")
    return _add(item, "updated", by, at, now, note=note)


def resolve(item: Item, by: str, now: datetime, *, note: str = "", at: datetime | None = None) -> Change:
    """It is done with; a pause that lasts ends with it."""
    _require_owed(item)
    if item.resolved_at is not None:
        raise Refusal(f"{item.key} is already resolved.", f"Say `contest {item.key} because …` if it is not.")
    return _ending(item, "resolved", by, at, now, note=note)


def attempt(item: Item, by: str, now: datetime, *, note: str = "", at: datetime | None = None) -> Change:
    """A person tried to reach somebody: one follow-up. More than were promised are welcome."""
    _require_owed(item)
    return _add(item, "attempted", by, at, now, note=note)


def end(
    item: Item, outcome: str, by: str, now: datetime, *, final: bool, note: str = "", at: datetime | None = None,
    price: int | None = None,
) -> Change:  # fmt: skip
    """How it ended, by the agreement's list of outcomes (`outcome` is a slug of it).

    Final or not is the agreement's word; a final one ends a pause. Another outcome later is said beside
    the first; to take the first back, reverse it. `price` is what a sale brought, in its currency's smallest
    unit; said later, or another, it takes back what was said before.
    """
    _require_owed(item)
    last = item.outcomes[-1] if item.outcomes else None
    if last is not None and last.to == outcome:
        if price is None or price == last.amount:
            raise Refusal(f"{item.key} has that outcome already.", f"See `item {item.key}`.", field="outcome")
        reversal = _entry(item, "reversed", by, now, now, about=last.seq, note="said anew with its price")
        changed = retell(item.handed, (*item.entries, reversal))
        when = at or last.occurred_at
        after, (again,) = _add(changed, "outcome", by, when, now, to=outcome, note=note or last.note, amount=price)
        return after, (reversal, again)
    if final:
        return _ending(item, "outcome", by, at, now, to=outcome, note=note, amount=price)
    return _add(item, "outcome", by, at, now, to=outcome, note=note, amount=price)


def stage(
    item: Item, to: str, by: str, now: datetime, *, score: int | None = None, note: str = "", at: datetime | None = None
) -> Change:
    """Where it is in its life cycle now, and its score, if there is one."""
    if not to and score is None:
        raise Refusal(f"No stage was named for {item.key}.", f"Say `stage {item.key} …`.", field="stage")
    return _add(item, "staged", by, at, now, to=to, amount=score, note=note)


def pause(
    item: Item, reason: str, by: str, now: datetime, *, at: datetime | None = None, until: datetime | None = None
) -> Change:
    """No working time passes from now, or from `at`; until it is resumed, or until `until` where that is past.

    Refuses to pause what is paused or over, a pause without a reason, and one that overlaps another.
    """
    _require_owed(item)
    begins = at or now
    if not reason.strip():
        raise Refusal(
            "A pause needs a reason.", f"Say `pause {item.key} waiting for customer`, for one.", field="reason"
        )
    if item.paused is not None:
        raise Refusal(
            f"{item.key} is already paused: {item.paused.reason}.",
            f"Say `resume {item.key}` first.",
            offers=((f"Resume {item.key}", f"resume {item.key}"),),
        )
    if item.resolved_at is not None:
        raise Refusal(f"{item.key} is resolved, so there is no time to stop.", f"See `item {item.key}`.")
    if until is not None and until <= begins:
        raise Refusal("The pause ends before it begins.", "Give the later moment last.", field="until")
    if until is not None and until > now:
        raise Refusal("That moment has not come yet.", f"Say `resume {item.key}` when it has.", field="until")
    ends = until or now
    if any(each.from_at < ends and begins < (each.until_at or now) for each in item.pauses):
        raise Refusal(f"{item.key} was paused for a part of that time already.", f"See `item {item.key}`.", field="at")
    return _add(item, "paused", by, at, now, note=reason, until_at=until)


def resume(item: Item, by: str, now: datetime, *, at: datetime | None = None) -> Change:
    """Working time passes again."""
    paused = item.paused
    if paused is None:
        raise Refusal(f"{item.key} is not paused.", f"See `item {item.key}`.")
    if at is not None and at < paused.from_at:
        raise Refusal("That is before the pause began.", "Give a later moment.", field="at")
    return _add(item, "resumed", by, at, now)


def contest(item: Item, what: Doubted, reason: str, by: str, now: datetime) -> Change:
    """The other side holds the response, the resolution or the newest pause to be hollow.

    It does not count until this is settled, so that the duty is open again.
    """
    _require_owed(item)
    if not reason.strip():
        raise Refusal("A contest needs a reason.", f"Say `contest {item.key} because …`.", field="reason")
    doubted = _doubted(item, what)
    if doubted is None:
        why = f"{item.key} is contested already." if item.contests else f"{item.key} has no {what} to contest."
        raise Refusal(
            why,
            f"See `item {item.key}`.",
            field="what",
        )
    return _add(item, "contested", by, None, now, about=doubted, note=reason)


def hold(item: Item, seq: int, reason: str, now: datetime) -> Change:
    """A word that would restate a closed period: it does not count until the other side says that it stands."""
    return _add(item, "contested", "", None, now, about=seq, note=reason)


def settle(item: Item, verdict: Verdict, reason: str, by: str, now: datetime) -> Change:
    """End the newest contest: what was contested stands, or was hollow and never counts."""
    if not item.contests:
        raise Refusal(f"Nothing of {item.key} is contested.", f"See `item {item.key}`.")
    return _add(item, "settled", by, None, now, to=verdict, about=item.contests[-1].seq, note=reason)


def dispute(item: Item, reason: str, by: str, now: datetime) -> Change:
    """Its handoff is disputed in this item: nobody need act on it meanwhile, while its time runs on."""
    if item.standing != "owed":
        raise Refusal(f"{item.key} is already {item.standing}.", f"See `item {item.key}`.")
    return _add(item, "disputed", by, None, now, note=reason)


def readmit(item: Item, by: str, now: datetime, note: str = "") -> Change:
    """The dispute ended in its favour."""
    if item.standing != "disputed":
        raise Refusal(f"{item.key} is not disputed.", f"See `item {item.key}`.")
    return _add(item, "readmitted", by, None, now, note=note)


def withdraw(item: Item, reason: str, by: str, now: datetime) -> Change:
    """It was never owed: its handoff was undone, or its giver conceded."""
    if item.standing == "withdrawn":
        raise Refusal(f"{item.key} is already withdrawn.", f"See `item {item.key}`.")
    return _add(item, "withdrawn", by, None, now, note=reason)


def reverse(item: Item, seq: int, reason: str, by: str, now: datetime) -> Change:
    """Take one entry back, as if it had never been said; the ledger keeps both."""
    if not reason.strip():
        raise Refusal("A correction needs a reason.", "Say it with `because …`.", field="reason")
    if not 1 < seq <= item.revision or item.entry(seq).happened == "reversed":
        raise Refusal(f"{item.key} has no such entry to take back.", f"See `history {item.key}`.")
    if any(each.happened == "reversed" and each.about == seq for each in item.entries):
        raise Refusal(f"That entry of {item.key} was taken back already.", f"See `history {item.key}`.")
    return _add(item, "reversed", by, None, now, about=seq, note=reason)


def _ending(
    item: Item, happened: Happened, by: str, at: datetime | None, now: datetime, *, to: str = "", note: str = "",
    amount: int | None = None,
) -> Change:  # fmt: skip
    """Add an act that ends the item's time, and with it a pause that lasts."""
    if item.paused is None or (at is not None and at < item.paused.from_at):
        return _add(item, happened, by, at, now, to=to, note=note, amount=amount)
    resumed, first = _add(item, "resumed", by, at, now)
    after, then = _add(resumed, happened, by, at, now, to=to, note=note, amount=amount)
    return after, (*first, *then)


def _doubted(item: Item, what: Doubted) -> int | None:
    """The entry that a contest is about: what counts now, so that nothing is contested twice."""
    match what:
        case "response":
            return None if item.response is None else item.response.seq
        case "resolution":
            return None if item.resolution is None else item.resolution.seq
        case "pause":
            return item.pauses[-1].seq if item.pauses else None


def _answered(item: Item) -> Refusal:
    return Refusal(
        f"{item.key} has its response already.",
        f"Say `update {item.key} …`, or `respond {item.key} at …` if it came earlier than logged.",
        field="at",
    )


def _require_owed(item: Item) -> None:
    if item.standing == "disputed":
        raise Refusal(
            f"{item.key} is disputed, so nobody need act on it.", f"Accept H-{item.handed.handoff} to take it back in."
        )
    if item.standing == "withdrawn":
        raise Refusal(f"{item.key} was withdrawn.", "Nothing is left to do about it.")


def _add(
    item: Item,
    happened: Happened,
    by: str,
    at: datetime | None,
    now: datetime,
    *,
    to: str = "",
    note: str = "",
    about: int = 0,
    amount: int | None = None,
    until_at: datetime | None = None,
) -> Change:
    entry = _entry(item, happened, by, at or now, now, to, note, about, amount, until_at)
    return retell(item.handed, (*item.entries, entry)), (entry,)


def _entry(
    item: Item,
    happened: Happened,
    by: str,
    occurred_at: datetime,
    now: datetime,
    to: str = "",
    note: str = "",
    about: int = 0,
    amount: int | None = None,
    until_at: datetime | None = None,
) -> Entry:
    if occurred_at > now:
        raise Refusal("That moment has not come yet.", "Give one that has passed, or none for now.", field="at")
    if occurred_at < item.handed.handed_at:
        raise Refusal(
            f"That is before {item.key} was handed over.", f"See `item {item.key}` for when that was.", field="at"
        )
    if len(note) > MOST_WORDS:
        raise Refusal(f"A note holds {MOST_WORDS:,} characters.", "Shorten it, or put a link.", field="note")
    return Entry(item.revision + 1, happened, by, occurred_at, now, to, note, about, amount, until_at)
