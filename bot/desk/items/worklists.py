"""What waits about items, told to those who are to act: one message a promise, day and person, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import worklists as cards
from bot.cards.whys import NextStep
from bot.cards.worklists import Restated, Waiting, Worklist
from bot.chat.card import Card
from bot.desk.duties import telling
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import share_standing_of
from bot.store import commitments, delays
from bot.store import items as kept
from bot.store import obligations as kept_obligations
from slacore.agreements import Terms
from slacore.commitments import Commitment, FollowUps, Response
from slacore.followups import course_of_item
from slacore.items import Entry, Handed, Item
from slacore.keys import number_of
from slacore.obligations import Obligation
from slacore.owing import promises_about
from slacore.periods import Period
from slacore.reports import OpenItem, ShareLine
from slacore.standing import delays_of
from slacore.sweep import Recipient, Sight, has_told

SHOWN = 10
"""Items that a message lists; it says how many more there are."""
SOONEST = 5
"""Items that a promise's line names: those that are due first, late ones before all."""


async def worklist_of(sitting: Sitting, terms: Terms, commitment: Commitment, owner: str = "") -> Worklist:
    """What waits under a promise, of one owner, or what is late of everybody's."""
    found = await kept_obligations.waiting(sitting.tx, terms.slug, commitment.slug, owner, sitting.now, SHOWN)
    late, others = await kept_obligations.count_waiting(sitting.tx, terms.slug, commitment.slug, owner, sitting.now)
    period = commitment.period.containing(sitting.today(terms.zone))
    return Worklist(
        terms,
        commitment,
        (await commitments.keys(sitting.tx))[terms.slug, commitment.slug],
        await _waiting(sitting, terms, commitment, found),
        late,
        others if owner else 0,
        await share_standing_of(sitting, terms, commitment, period),
    )


async def line(
    sitting: Sitting, terms: Terms, commitment: Commitment, period: Period, *, in_public: bool
) -> ShareLine | None:
    """A promise about items in one period, as reports and `status` tell it.

    In public no item is named, and a miss is not called one before the channel has been told of it.
    """
    promise = commitment.promise
    if not isinstance(promise, Response | FollowUps):
        return None
    standing = await share_standing_of(sitting, terms, commitment, period)
    took = await delays.of_period(sitting.tx, terms.slug, commitment.slug, period.first_on)
    running = period.ends_at(terms.zone) > sitting.now
    late, others = 0, 0
    if running:
        late, others = await kept_obligations.count_waiting(sitting.tx, terms.slug, commitment.slug, "", sitting.now)
    soonest: tuple[OpenItem, ...] = ()
    if late + others and not in_public:
        found = await kept_obligations.soonest(sitting.tx, terms.slug, commitment.slug, SOONEST)
        handed = await kept.handed(sitting.tx, [_number(each) for each in found])
        soonest = tuple(_open_item(each, handed[_number(each)]) for each in found)
    owed = await kept_obligations.of_subject(
        sitting.tx, terms.slug, commitment.slug, "period", period.first_on.isoformat()
    )
    announced = not in_public or (owed is not None and has_told(owed, terms, "channel"))
    return ShareLine(commitment, promise, standing, others, delays_of(took), soonest, announced)


async def tell(sitting: Sitting, item: Item, member: str) -> None:
    """Somebody was given an item by somebody else: his list says so."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    for commitment in promises_about(terms, item.handed.receiver, item.handed.unit):
        found = await worklist_of(sitting, terms, commitment, member)
        if found.shown:
            card = cards.worklist(
                found, sitting.now, to=Recipient(member, "owner"), next_step=await _next(sitting, found)
            )
            await _say(sitting, terms, commitment, member, card, f"{item.key}.{item.revision}")


async def tell_unowned(sitting: Sitting, item: Item) -> None:
    """Nobody was given an item: it is for whoever answers for its promises, or stands in for him, and he hears."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    presence = await sitting.presence()
    for commitment in promises_about(terms, item.handed.receiver, item.handed.unit):
        party = terms.party(commitment.giver)
        member = presence.stands_in(commitment.owner, (party.owner, *party.deputies), sitting.now)
        if member and member != sitting.actor:
            recipient = Recipient(member, "owner", commitment.owner if member != commitment.owner else "")
            found = await worklist_of(sitting, terms, commitment, commitment.owner)
            card = cards.worklist(found, sitting.now, to=recipient, next_step=await _next(sitting, found))
            await _say(sitting, terms, commitment, member, card, f"{item.key}.{item.revision}")


async def tell_late(
    sitting: Sitting,
    terms: Terms,
    commitment: Commitment,
    recipient: Recipient,
    *,
    level: int,
    occurrence: str,
    meant_at: datetime | None,
    asked_for: bool,
) -> None:
    """The ladder, or a reminder he asked for, reached somebody: his list, or everybody's where he is not an owner."""
    owner = (recipient.stands_in_for or recipient.member) if recipient.role == "owner" else ""
    found = await worklist_of(sitting, terms, commitment, owner)
    next_step = await _next(sitting, found)
    card = cards.worklist(found, sitting.now, to=recipient, next_step=next_step, meant_at=meant_at)
    late = meant_at is not None
    await _say(
        sitting, terms, commitment, recipient.member, card, occurrence, level=level, late=late, asked_for=asked_for
    )


async def refresh(sitting: Sitting, found: Sequence[Item]) -> None:
    """Something was done about items: the lists their owners were told today are brought up to date, if they were."""
    newest: dict[tuple[str, int, str, str], Item] = {}
    for item in found:
        terms = sitting.terms(item.handed.agreement, item.handed.version)
        for commitment in promises_about(terms, item.handed.receiver, item.handed.unit):
            newest[terms.slug, item.handed.version, commitment.slug, item.owner or commitment.owner] = item
    for (agreement, version, slug, owner), item in newest.items():
        terms = sitting.terms(agreement, version)
        commitment = terms.commitment(slug)
        waits = await worklist_of(sitting, terms, commitment, owner)
        card = cards.worklist(waits, sitting.now, to=Recipient(owner, "owner"), next_step=await _next(sitting, waits))
        await _say(sitting, terms, commitment, owner, card, f"{item.key}.{item.revision}", edit_only=True)


async def tell_contested(sitting: Sitting, item: Item, doubted: Entry, reason: str, member: str) -> None:
    """Whoever answered hears that the other side holds it to be hollow."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    card = cards.contested(item, doubted, reason, sitting.actor, terms, sitting.now)
    await saying.to_person(
        sitting, terms, member, card, Word("nudge", f"contest:{item.key}.{item.revision}", fresh=True)
    )


async def tell_restated(sitting: Sitting, found: Sequence[Restated], member: str) -> None:
    """The other side hears of words said afterwards that change what counted: of all of them at once."""
    first = found[0].item
    terms = sitting.terms(first.handed.agreement, first.handed.version)
    word = Word("note", f"restated:{first.key}.{first.revision}", fresh=True)
    await saying.to_person(sitting, terms, member, cards.restated(found, terms), word)


async def _next(sitting: Sitting, found: Worklist) -> NextStep | None:
    """Who hears next of the one that is due first, if nothing changes."""
    if not found.shown:
        return None
    sight = Sight(found.terms, await sitting.presence())
    return telling.next_step(found.shown[0].obligation, sight, sitting.now)


async def _say(
    sitting: Sitting,
    terms: Terms,
    commitment: Commitment,
    member: str,
    card: Card,
    occurrence: str,
    *,
    level: int = 0,
    late: bool = False,
    edit_only: bool = False,
    asked_for: bool = False,
) -> None:
    zone = ZoneInfo((await sitting.presence()).zones.get(member, terms.zone))
    series = f"promise:{terms.slug}:{commitment.slug}:{member}:{sitting.now.astimezone(zone).date()}"
    if level >= saying.EXEMPT_FROM:
        series = f"{series}:level{level}"
    word = Word(
        "escalation" if level or commitment.urgent else "nudge", series, occurrence, fresh=asked_for,
        level=saying.EXEMPT_FROM if asked_for else level, urgent=commitment.urgent, late=late, edit_only=edit_only,
    )  # fmt: skip
    await saying.to_person(sitting, terms, member, card, word)


def _open_item(obligation: Obligation, handed: Handed) -> OpenItem:
    late = obligation.state == "missed"
    return OpenItem(handed.key, handed.name or handed.ref, obligation.due_at, late)


async def _waiting(
    sitting: Sitting, terms: Terms, commitment: Commitment, found: Sequence[Obligation]
) -> tuple[Waiting, ...]:
    """Obligations with the items they are about; of follow-ups, with how each stands."""
    numbers = [_number(each) for each in found]
    promise = commitment.promise
    if isinstance(promise, FollowUps):
        told = {each.handed.number: each for each in await kept.find_many(sitting.tx, numbers)}
        items = [(each, told[_number(each)]) for each in found]
        return tuple(
            Waiting(each, item.handed, course_of_item(item, commitment, promise, terms, sitting.now))
            for each, item in items
        )
    handed = await kept.handed(sitting.tx, numbers)
    return tuple(Waiting(each, handed[_number(each)]) for each in found)


def _number(obligation: Obligation) -> int:
    return number_of(obligation.subject)
