"""An item changes hands: at once where nobody has it, else once whoever is asked takes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import takeovers as cards
from bot.chat.card import Card
from bot.desk.items import acts, worklists
from bot.desk.items import items as desk
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import obligations as kept_obligations
from slacore import items
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.items import ITEM_KINDS, Item
from slacore.obligations import Obligation
from slacore.owing import promises_about


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of assigning items: some are somebody's now, others wait for his word."""

    terms: Terms
    given: tuple[Item, ...]
    waiting: tuple[Item, ...]


async def assign(sitting: Sitting, found: Sequence[Item], to: str, note: str) -> Assigned:
    """Give items to somebody of the party. What somebody has already is only offered: it is his till it is taken.

    Whoever leads the party takes things himself unasked. Refuses who is away, has left, or is of another party.
    """
    given, waiting = [], []
    terms = await _require_may(sitting, found, to)
    for item in found:
        leads = sitting.actor in _leading(terms, item)
        if item.owner and not (to == sitting.actor and (leads or item.offered_to == to)):
            change = items.offer(item, to, sitting.actor, sitting.now, note=note)
            waiting.append(await desk.apply(sitting, item, change, "ItemOffered"))
        else:
            change = items.assign(item, to, sitting.actor, sitting.now, note=note)
            given.append(await desk.apply(sitting, item, change, "ItemAssigned"))
    await worklists.refresh(sitting, found)
    if given and to != sitting.actor:
        await worklists.tell(sitting, given[-1], to)
    if waiting:
        owed = [(item, await _first_owed(sitting, item)) for item in waiting]
        card = cards.asked(owed, sitting.actor, to, note, terms)
        await _tell(sitting, terms, to, card, f"asked:{waiting[0].key}.{waiting[0].revision}")
    return Assigned(terms, tuple(given), tuple(waiting))


async def take(sitting: Sitting, found: Sequence[Item]) -> tuple[Item, ...]:
    """The speaker takes items that he was asked to take, or that nobody has; whose they were hears it once."""
    taken = []
    before: defaultdict[str, list[Item]] = defaultdict(list)
    for item in found:
        acts.require_receiver(sitting, item, f"take {item.key}")
        after = await desk.apply(sitting, item, items.take(item, sitting.actor, sitting.now), "ItemAssigned")
        taken.append(after)
        if item.owner:
            before[item.owner].append(after)
    await worklists.refresh(sitting, found)
    for owner, theirs in before.items():
        terms = sitting.terms(theirs[0].handed.agreement, theirs[0].handed.version)
        card = cards.taken(theirs, sitting.actor, terms, owner)
        await _tell(sitting, terms, owner, card, f"taken:{theirs[0].key}.{theirs[0].revision}")
    return tuple(taken)


async def decline(sitting: Sitting, found: Sequence[Item], reason: str) -> tuple[Item, ...]:
    """The speaker does not take what he was asked to: it stays whose it was, and whoever asked hears it once."""
    back = []
    askers: defaultdict[str, list[Item]] = defaultdict(list)
    for item in found:
        asker = next((each.by for each in reversed(item.entries) if each.happened == "offered"), "")
        change = items.decline(item, reason, sitting.actor, sitting.now)
        after = await desk.apply(sitting, item, change, "ItemDeclined")
        back.append(after)
        askers[asker or after.owner].append(after)
    for asker, theirs in askers.items():
        terms = sitting.terms(theirs[0].handed.agreement, theirs[0].handed.version)
        card = cards.declined(theirs, sitting.actor, reason, terms, asker)
        await _tell(sitting, terms, asker, card, f"declined:{theirs[0].key}.{theirs[0].revision}")
    return tuple(back)


async def pass_on(sitting: Sitting, item: Item, to: str) -> Item:
    """An item's owner left: it is somebody else's at once, for there is nobody to wait for."""
    change = items.assign(item, to, sitting.actor, sitting.now, note="its owner left")
    return await desk.apply(sitting, item, change, "ItemAssigned")


async def _require_may(sitting: Sitting, found: Sequence[Item], to: str) -> Terms:
    for item in found:
        terms = acts.require_receiver(sitting, item, f"assign {item.key}")
        party = terms.party(item.handed.receiver)
        if to not in party.people:
            raise Refusal(
                f"{terms.name_of(to)} is not of {party.name}, which was handed {item.key}.",
                f"Name somebody of {party.name}: {', '.join(sorted(map(terms.name_of, party.people)))}.",
                field="owner",
            )
        presence = await sitting.presence()
        if presence.is_away(to, sitting.now):
            instead = presence.stands_in(to, party.deputies, sitting.now)
            keys = " ".join(each.key for each in found)
            offers = (
                ((f"Assign to {terms.name_of(instead)}", f"assign {keys} to {terms.name_of(instead)}"),)
                if instead
                else ()
            )
            raise Refusal(f"{terms.name_of(to)} is away.", "Name somebody who is there.", field="owner", offers=offers)
    return sitting.terms(found[0].handed.agreement, found[0].handed.version)


def _leading(terms: Terms, item: Item) -> frozenset[str]:
    party = terms.party(item.handed.receiver)
    return frozenset({party.owner, *party.deputies})


async def _first_owed(sitting: Sitting, item: Item) -> Obligation | None:
    """What is owed about an item first, of all that is open."""
    terms = sitting.terms(item.handed.agreement, item.handed.version)
    slugs = {each.slug for each in promises_about(terms, item.handed.receiver, item.handed.unit)}
    found = await kept_obligations.of_subjects(sitting.tx, terms.slug, slugs, ITEM_KINDS, {item.key})
    return min((each for each in found if not each.settled), key=lambda each: each.due_at, default=None)


async def _tell(sitting: Sitting, terms: Terms, member: str, card: Card, series: str) -> None:
    await saying.to_person(sitting, terms, member, card, Word("nudge", f"takeover:{series}:{member}", fresh=True))
