"""Items at the desk: what an act makes of one is written down with all that follows from it.

The ledger, the duties under every promise about it, the counts of their periods, how long the answer
took and the audit log change together or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.cards.items import ItemPage
from bot.desk.items import effects, routings, slips, worklists
from bot.desk.sitting import CLOCK, Sitting
from bot.store import counts, delays, evidence_files
from bot.store import items as kept
from bot.store import obligations as kept_obligations
from slacore import items, owing, raises
from slacore.agreements import Terms
from slacore.commitments import Commitment, Response, Unit
from slacore.handoffs import Handoff
from slacore.items import Change, Handed, Item, ItemDuty, Listed
from slacore.obligations import Obligation

_ITEM = Unit("item", "items")
"""What things are called where a later version no longer counts them."""


async def open_(sitting: Sitting, handoff: Handoff, listed: Sequence[Listed], *, by: str) -> tuple[Item, ...]:
    """Begin the items of a handoff: each with its ledger, its owner where one is named, and what is owed about it.

    `by` is who listed them; where he named nobody, the party's rule says whose a thing is. Whoever gets
    some hears of it, once. They are owed under the terms in force on the day they are handed over.
    """
    agreement = sitting.agreement(handoff.agreement)
    version = agreement.in_force(handoff.handed_on) or agreement.version(handoff.version)
    unit = raises.unit_of(sitting.terms(handoff.agreement, handoff.version).commitment(handoff.commitment)) or _ITEM
    router = await routings.router_of(sitting, version.terms, handoff)
    newest: dict[str, Item] = {}
    begun: list[Item] = []
    for each in listed:
        handed = Handed(
            number=await sitting.tx.next_number("L"),
            handoff=handoff.number,
            agreement=handoff.agreement,
            version=version.number,
            giver=handoff.giver,
            receiver=handoff.receiver,
            unit=unit.plural,
            handed_at=handoff.handed_at,
            name=each.name,
            ref=each.ref,
            link=each.link,
            campaign=each.campaign or handoff.campaign,
            content=each.content,
            priority=each.priority,
        )
        item, entries = items.handed_over(handed, by, sitting.now, stage=each.stage, score=each.score)
        if owner := each.owner or (router.next() if router is not None else ""):
            item, assigned = items.assign(item, owner, by if each.owner else CLOCK, sitting.now)
            entries = (*entries, *assigned)
            newest[owner] = item
            if router is not None:
                router.gave(owner)
        owed = [
            await _owe(sitting, item, commitment, duty, version.terms)
            for commitment, duty in owing.duties_of(item, version.terms, sitting.now)
        ]
        await kept.add(sitting.tx, (item, entries), being_acted_on=not all(each.settled for each in owed))
        await effects.follow(sitting, None, item)
        begun.append(item)
    if begun:
        span = {"first": begun[0].key, "last": begun[-1].key, "items": len(begun)}
        await sitting.record("ItemsHandedOver", handoff.key, None, span)
    for owner, item in newest.items():
        if owner != sitting.actor:
            await worklists.tell(sitting, item, owner)
    if router is not None:
        await routings.tell_left(sitting, version.terms, handoff, router, unit)
    return tuple(begun)


async def apply(sitting: Sitting, before: Item, change: Change, fact: str) -> Item:
    """Write down what an act made of an item, and all that follows; `fact` is what the record calls it."""
    after, new = change
    terms = sitting.terms(after.handed.agreement, after.handed.version)
    was = [*owing.duties_of(before, terms, sitting.now)]
    now = [*owing.duties_of(after, terms, sitting.now)]
    known = await _known(sitting, after, [*was, *now])
    for commitment, duty in was:
        if duty.contested and (obligation := known.get((commitment.slug, duty.kind, duty.subject))) is not None:
            await _contested(sitting, obligation, -1)
    open_still = False
    for commitment, duty in now:
        obligation = known.pop((commitment.slug, duty.kind, duty.subject), None)
        if obligation is None:
            changed = await _owe(sitting, after, commitment, duty, terms)
        else:
            changed = items.applied(obligation, duty, _period_of(commitment, duty, terms), sitting.now)
            await keep_counted(sitting, obligation, changed)
        open_still = open_still or not changed.settled
        if duty.contested:
            await _contested(sitting, changed, 1)
        if duty.kind == "response" and isinstance(commitment.promise, Response):
            delay = items.delay_of(after, commitment, commitment.promise, terms)
            await delays.keep(
                sitting.tx, terms.slug, commitment.slug, after.handed.number, changed.period_starts_on, delay
            )
    for obligation in known.values():
        await keep_counted(sitting, obligation, items.owed_no_more(obligation))
    await kept.change(sitting.tx, change, being_acted_on=open_still)
    await effects.follow(sitting, before, after)
    await slips.follow(sitting, after)
    said = {"at": new[-1].occurred_at.isoformat(), "to": new[-1].to, "note": new[-1].note}
    await sitting.record(fact, after.key, {"entries": before.revision}, {name: it for name, it in said.items() if it})
    return after


async def _contested(sitting: Sitting, obligation: Obligation, amount: int) -> None:
    """Count what a contest could still turn into "in time"; the period looks again."""
    period = (obligation.agreement, obligation.commitment, obligation.period_starts_on)
    counts.add(sitting.tx, period, f"{obligation.kind} contested", amount)
    await _touch(sitting, obligation, obligation.period_starts_on)


async def _touch(sitting: Sitting, obligation: Obligation, starts_on: date) -> None:
    await kept_obligations.touch(
        sitting.tx, obligation.agreement, obligation.commitment, "period", starts_on.isoformat(), sitting.now
    )


async def page_of(sitting: Sitting, item: Item) -> ItemPage:
    """An item with all that is or was owed about it, for whoever looks at it."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    duties = [*owing.duties_of(item, terms, sitting.now)]
    found = await _known(sitting, item, duties)
    keys = [(commitment.slug, duty.kind, duty.subject) for commitment, duty in duties]
    delays_ = [
        items.delay_of(item, each, each.promise, terms)
        for each in owing.promises_about(terms, item.handed.receiver, item.handed.unit)
        if isinstance(each.promise, Response)
    ]
    files = await evidence_files.of(sitting.tx, "handoff", item.handed.handoff)
    owed = tuple(found[key] for key in keys if key in found)
    return ItemPage(item, terms, owed, next(iter(delays_), None), tuple(each.name for each in files))


async def late_about(sitting: Sitting, item: Item) -> dict[tuple[str, str], date]:
    """What is late or overdue about an item, by promise and subject, as it is kept: with the period it counts in."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    found = await _known(sitting, item, [*owing.duties_of(item, terms, sitting.now)])
    return {(each.commitment, each.subject): each.period_starts_on for each in found.values() if each.state == "missed"}


async def keep_counted(sitting: Sitting, before: Obligation, after: Obligation) -> None:
    """Keep what became of an item's duty; its period looks again where that may decide it."""
    if after == before:
        return
    await kept_obligations.save(sitting.tx, before, after)
    if not counts.follow(sitting.tx, before, after):
        return
    for starts_on in {before.period_starts_on, after.period_starts_on}:
        await _touch(sitting, after, starts_on)


async def _known(
    sitting: Sitting, item: Item, duties: Sequence[tuple[Commitment, ItemDuty]]
) -> dict[tuple[str, str, str], Obligation]:
    """The obligations that stand for these duties, by promise, kind and subject."""
    subjects = {duty.subject for _, duty in duties}
    slugs = {commitment.slug for commitment, _ in duties}
    found = await kept_obligations.of_subjects(sitting.tx, item.handed.agreement, slugs, items.ITEM_KINDS, subjects)
    return {(each.commitment, each.kind, each.subject): each for each in found}


async def _owe(sitting: Sitting, item: Item, commitment: Commitment, duty: ItemDuty, terms: Terms) -> Obligation:
    """Something newly owed about an item. It is looked at when it falls due, not before."""
    begun = Obligation(
        number=await sitting.tx.next_number("O"),
        agreement=item.handed.agreement,
        version=item.handed.version,
        commitment=commitment.slug,
        kind=duty.kind,
        subject=duty.subject,
        party=commitment.giver,
        owner=duty.owner,
        period_starts_on=_period_of(commitment, duty, terms),
        opens_at=duty.opens_at,
        due_at=duty.due_at,
        look_again_at=duty.due_at,
    )
    obligation = items.applied(begun, duty, begun.period_starts_on, sitting.now)
    await kept_obligations.add(sitting.tx, obligation)
    counts.follow(sitting.tx, None, obligation)
    return obligation


def _period_of(commitment: Commitment, duty: ItemDuty, terms: Terms) -> date:
    """The first date of the period that a duty counts in."""
    decides_at = duty.counts_at or duty.due_at
    return commitment.period.containing(decides_at.astimezone(ZoneInfo(terms.zone)).date()).first_on
