"""What somebody owes passes to others: for good when he leaves, for the time being when he is away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from bot.cards import handovers as cards
from bot.cards.duties import Duty
from bot.chat.card import Card
from bot.desk.duties import duties
from bot.desk.items import takeovers
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.people import people
from bot.desk.sitting import Sitting
from bot.store import items, obligations
from slacore.agreements import Terms
from slacore.items import ITEM_KINDS, item_of
from slacore.obligations import Obligation
from slacore.owers import is_members_own
from slacore.parties import Party
from slacore.presence import Absence


async def pass_on(sitting: Sitting, member: str) -> None:
    """Somebody left: what he owed is his party's deputy's now, else its owner's, by the same dates.

    Whoever takes over and whoever it is owed to are told once, in one message each; where nothing was
    open, whoever answers beside him hears that he is gone. What nobody can take stays as it is: the
    ladder finds whom to tell.
    """
    taken: dict[str, tuple[Terms, list[Duty]]] = {}
    for agreement in sitting.agreements:
        terms = agreement.latest.terms
        for party in terms.parties_of(member):
            beside = (await _heir(sitting, party, member), party.manager, terms.sponsor)
            if instead := next((each for each in beside if each and each != member), ""):
                taken.setdefault(instead, (terms, []))
    for obligation in await obligations.all_of_owner(sitting.tx, member):
        terms = sitting.terms(obligation.agreement, obligation.version)
        if heir := await _heir(sitting, terms.party(obligation.party), member):
            given = await _give(sitting, obligation, heir)
            taken.setdefault(heir, (terms, []))[1].append(await duties.duty_of(sitting, given))
    for heir, (terms, found) in taken.items():
        await _tell(sitting, terms, heir, f"left:{member}", cards.left(terms, member, found, sitting.now))
    owed_to = defaultdict[str, list[Duty]](list)
    for duty in (each for _, found in taken.values() for each in found):
        hears = await _answers(sitting, duty.terms.party(duty.other_side))
        if hears not in taken:
            owed_to[hears].append(duty)
    for hears, found in owed_to.items():
        terms = found[0].terms
        await _tell(sitting, terms, hears, f"passed-on:{member}", cards.passed_on(terms, member, found, sitting.now))


async def stand_in(sitting: Sitting, absence: Absence, first_on: date, last_on: date) -> None:
    """The speaker named a deputy for some days: the deputy is told what falls due meanwhile."""
    mine = await obligations.open_of_owner(sitting.tx, sitting.actor)
    meanwhile = [
        each
        for each in mine
        if each.due_at < absence.until_at and not is_members_own(each, sitting.terms(each.agreement, each.version))
    ]
    concerned = people.agreements_of(sitting, sitting.actor)
    if not concerned:
        return
    terms = concerned[0].latest.terms
    due = [await duties.duty_of(sitting, each) for each in meanwhile]
    card = cards.stands_in(terms, sitting.actor, first_on, last_on, due, sitting.now)
    await _tell(sitting, terms, absence.deputy, f"stands-in:{sitting.actor}:{first_on}:{last_on}", card)


async def _heir(sitting: Sitting, party: Party, member: str) -> str:
    """Who takes over what a party's member owed: its first deputy who is there, else its owner; "" for nobody."""
    presence = await sitting.presence()
    others = [each for each in (*party.deputies, party.owner) if each != member and each not in presence.gone]
    here = (each for each in others if not presence.is_away(each, sitting.now))
    return next(here, others[0] if others else "")


async def _answers(sitting: Sitting, party: Party) -> str:
    presence = await sitting.presence()
    return presence.stands_in(party.owner, party.deputies, sitting.now) or party.owner


async def _give(sitting: Sitting, obligation: Obligation, to: str) -> Obligation:
    """Make an obligation somebody else's; with one that is about an item goes all that is owed about it."""
    if obligation.kind in ITEM_KINDS and (number := item_of(obligation)) is not None:
        item = await items.find(sitting.tx, number)
        if item.owner != to:
            await takeovers.pass_on(sitting, item, to)
        return await obligations.find(sitting.tx, obligation.number)
    given = replace(obligation, owner=to, revision=obligation.revision + 1)
    await obligations.save(sitting.tx, obligation, given)
    await sitting.record("PassedOn", obligation.key, {"owner": obligation.owner}, {"owner": to})
    return given


async def _tell(sitting: Sitting, terms: Terms, member: str, about: str, card: Card) -> None:
    word = Word("health", f"{about}:{member}:{sitting.now.isoformat()}", fresh=True, level=saying.EXEMPT_FROM)
    await saying.to_person(sitting, terms, member, card, word)
