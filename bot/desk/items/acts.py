"""What people do with an item: who may, what follows, and who hears of it.

The party that was handed an item acts on it. The other side may hold an answer or a pause to be
hollow, and hears whenever a word said afterwards makes late into in time. Where that would restate a
closed period the word waits for the other side: what is closed, both restate together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.cards.worklists import Restated
from bot.desk.items import items as desk
from bot.desk.items import worklists
from bot.desk.sitting import Sitting
from slacore import items
from slacore.agreements import Terms
from slacore.commitments import FollowUps, Response
from slacore.errors import Refusal
from slacore.items import Change, Item
from slacore.items.acts import Doubted, Verdict
from slacore.owing import promises_about
from slacore.parties import require_speaker
from slacore.standing import due_of

_A_MINUTE = timedelta(minutes=1)


async def respond(sitting: Sitting, item: Item, at: datetime | None, note: str) -> Item:
    """A person answered, now or at an earlier moment."""
    require_receiver(sitting, item, f"answer {item.key}")
    change = items.respond(item, sitting.actor, sitting.now, note=note, at=moment_of(item, at))
    return await restate(sitting, item, change, "ItemAnswered")


async def auto_reply(sitting: Sitting, item: Item, at: datetime | None, note: str) -> Item:
    """A machine answered: on the record, and no response."""
    require_receiver(sitting, item, f"log a reply to {item.key}")
    change = items.auto_reply(item, sitting.actor, sitting.now, note=note, at=moment_of(item, at))
    return await desk.apply(sitting, item, change, "ItemAutoReplied")


async def update(sitting: Sitting, item: Item, at: datetime | None, note: str) -> Item:
    """A person said how it goes."""
    require_receiver(sitting, item, f"update {item.key}")
    change = items.update(item, sitting.actor, sitting.now, note=note, at=moment_of(item, at))
    return await restate(sitting, item, change, "ItemUpdated")


async def resolve(sitting: Sitting, item: Item, at: datetime | None, note: str) -> Item:
    """It is done with."""
    require_receiver(sitting, item, f"resolve {item.key}")
    change = items.resolve(item, sitting.actor, sitting.now, note=note, at=moment_of(item, at))
    return await restate(sitting, item, change, "ItemResolved")


async def pause(sitting: Sitting, item: Item, reason: str, since: datetime | None, until: datetime | None) -> Item:
    """No working time passes for it; the other side hears where that was said afterwards."""
    require_receiver(sitting, item, f"pause {item.key}")
    change = items.pause(item, reason, sitting.actor, sitting.now, at=moment_of(item, since), until=until)
    return await restate(sitting, item, change, "ItemPaused", told=since is not None)


async def resume(sitting: Sitting, item: Item) -> Item:
    """Working time passes again."""
    require_receiver(sitting, item, f"resume {item.key}")
    return await desk.apply(sitting, item, items.resume(item, sitting.actor, sitting.now), "ItemResumed")


async def stage(sitting: Sitting, item: Item, to: str, score: int | None) -> Item:
    """Where it is in its life cycle; either side may say."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    giver, receiver = terms.party(item.handed.giver), terms.party(item.handed.receiver)
    if sitting.actor not in giver.people | receiver.people:
        raise Refusal(f"Only {giver.name} or {receiver.name} can stage {item.key}.", f"See `item {item.key}`.")
    return await desk.apply(sitting, item, items.stage(item, to, sitting.actor, sitting.now, score=score), "ItemStaged")


async def contest(sitting: Sitting, item: Item, what: Doubted, reason: str) -> Item:
    """The side that an answer is owed to holds it to be hollow; whoever gave it hears, and the duty is open again."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    owed_to = _owed_to(terms, item)
    if not any(sitting.actor in terms.party(slug).people for slug in owed_to):
        names = " or ".join(terms.party(slug).name for slug in owed_to)
        raise Refusal(f"Only {names} can contest {item.key}.", f"See `item {item.key}`.")
    change = items.contest(item, what, reason, sitting.actor, sitting.now)
    changed = await desk.apply(sitting, item, change, "ItemContested")
    doubted = item.entry(change[1][-1].about)
    await worklists.tell_contested(sitting, changed, doubted, reason, item.owner or doubted.by)
    return changed


async def settle(sitting: Sitting, item: Item, verdict: Verdict, reason: str) -> Item:
    """End a contest: who raised it lets the answer stand, who answered owns that it was hollow.

    The sponsor may decide either.
    """
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    owed_to = _owed_to(terms, item)
    raised = any(sitting.actor in terms.party(slug).people for slug in owed_to)
    answered = sitting.actor in terms.party(item.handed.receiver).people
    if sitting.actor != terms.sponsor and not (raised if verdict == "stands" else answered):
        other = " or ".join(
            terms.party(slug).name for slug in (owed_to if verdict == "stands" else (item.handed.receiver,))
        )
        sponsor = f", or {terms.name_of(terms.sponsor)} as sponsor," if terms.sponsor else ""
        raise Refusal(f"Only {other}{sponsor} can settle it so.", f"See `item {item.key}`.", field="verdict")
    change = items.settle(item, verdict, reason, sitting.actor, sitting.now)
    return await desk.apply(sitting, item, change, "ContestSettled")


async def restate(sitting: Sitting, item: Item, change: Change, fact: str, *, told: bool = False) -> Item:
    """Apply an act, and tell the other side where a word said afterwards changes what counted, or when it was due."""
    (changed,) = await restate_all(sitting, ((item, change),), fact, told=told)
    return changed


async def restate_all(
    sitting: Sitting, acts: Sequence[tuple[Item, Change]], fact: str, *, told: bool = False
) -> tuple[Item, ...]:
    """The same for several items at once: each person concerned hears of all of them in one message."""
    done: list[Item] = []
    heard: defaultdict[str, list[Restated]] = defaultdict(list)
    for item, change in acts:
        late_before = await desk.late_about(sitting, item)
        changed = await desk.apply(sitting, item, change, fact)
        late_after = await desk.late_about(sitting, changed)
        no_longer = {key: on for key, on in late_before.items() if key not in late_after}
        restated = bool(no_longer) and change[1][-1].backdated
        if restated and (closed := _closed(sitting, item, no_longer)):
            reason = f"{closed} is closed: said afterwards, it counts once both sides say so"
            held = items.hold(changed, change[1][-1].seq, reason, sitting.now)
            changed = await desk.apply(sitting, changed, held, "RestatementHeld")
        taken_back = any(entry.happened == "reversed" for entry in change[1]) and not _said_again(item, change)
        if restated or taken_back or told:
            terms = sitting.terms(item.handed.agreement, item.handed.version)
            for slug in _owed_to(terms, item):
                heard[terms.party(slug).first_contact].append(Restated(changed, change[1]))
        done.append(changed)
    for member, found in heard.items():
        await worklists.tell_restated(sitting, found, member)
    await worklists.refresh(sitting, done)
    return tuple(done)


def _closed(sitting: Sitting, item: Item, counted: Mapping[tuple[str, str], date]) -> str:
    """The name of a period that has been judged and would be restated; "" of none, or where both sides speak."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    if any(sitting.actor in terms.party(slug).people for slug in _owed_to(terms, item)):
        return ""
    for (slug, _), on in counted.items():
        commitment = terms.commitment(slug)
        period = commitment.period.containing(on)
        if due_of(commitment, terms, period) <= sitting.now:
            return period.label
    return ""


def _said_again(item: Item, change: Change) -> bool:
    """Whether what was taken back was said anew as it was, with a price perhaps: no news to the other side."""
    back, *then = change[1]
    was = item.entry(back.about) if back.happened == "reversed" else None
    return was is not None and [(was.happened, was.to, was.occurred_at)] == [
        (each.happened, each.to, each.occurred_at) for each in then
    ]


def _owed_to(terms: Terms, item: Item) -> tuple[str, ...]:
    """The parties that answers to an item are owed to, by the promises about it; its giver where none says."""
    found = dict.fromkeys(
        each.receiver
        for each in promises_about(terms, item.handed.receiver, item.handed.unit)
        if isinstance(each.promise, Response | FollowUps)
    )
    return tuple(found) or (item.handed.giver,)


def require_receiver(sitting: Sitting, item: Item, doing: str) -> Terms:
    """The terms an item is owed under; refuses who is not of the party it was handed to."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    require_speaker(terms.party(item.handed.receiver), sitting.actor, doing)
    return terms


def moment_of(item: Item, at: datetime | None) -> datetime | None:
    """A moment as people say it, to the minute: the minute of the handing over is not before it."""
    if at is not None and timedelta() < item.handed.handed_at - at < _A_MINUTE:
        return item.handed.handed_at
    return at
