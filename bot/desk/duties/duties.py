"""Each person's part: what he owes, by when, to whom, and what he is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.cards.duties import Duty
from bot.chat.card import Option
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import standing_of
from bot.store import handoffs, items, obligations
from slacore.items import item_of
from slacore.keys import number_of
from slacore.obligations import Obligation
from slacore.owers import is_members_own
from slacore.sweep import has_told


async def owed_by(sitting: Sitting, member: str) -> tuple[Duty, ...]:
    """What somebody has to do, oldest due first: his own, what he stands in for, and what his party must answer."""
    presence = await sitting.presence()
    found: dict[int, Obligation] = {}
    for person in await _people_behind(sitting, member):
        stands_in = person == member or presence.is_away(person, sitting.now)
        if stands_in:
            owed = await obligations.open_of_owner(sitting.tx, person)
            found |= {each.number: each for each in owed if person == member or not _is_own(sitting, each)}
    return await _duties(sitting, found.values())


async def owed_to(sitting: Sitting, member: str) -> tuple[Duty, ...]:
    """What other parties owe the parties that somebody speaks for."""
    parties = {
        agreement.slug: {party.slug for party in agreement.latest.terms.parties_of(member)}
        for agreement in sitting.agreements
    }
    return await _duties(sitting, await _owed_to(sitting, parties))


async def open_in(sitting: Sitting, agreements: Iterable[str]) -> tuple[Duty, ...]:
    """What anybody owes under these agreements: what their sponsor may ask about."""
    found = [each for slug in agreements for each in await obligations.open_of_agreement(sitting.tx, slug)]
    return await _duties(sitting, [each for each in found if not _is_own(sitting, each)])


async def late_to(sitting: Sitting, member: str) -> tuple[Duty, ...]:
    """What is late to the parties that somebody answers for, once the ladder has told their side.

    The owner of a miss hears of it before the one it is owed to does, so a digest keeps it back
    until then; whoever asks with `owed` sees it all the same.
    """
    parties = {
        agreement.slug: {
            party.slug for party in agreement.latest.terms.parties_of(member) if member in {party.owner, party.contact}
        }
        for agreement in sitting.agreements
    }
    missed = [each for each in await _owed_to(sitting, parties) if each.state == "missed"]
    return tuple(
        duty
        for duty in await _duties(sitting, missed)
        if duty.other_side in parties[duty.obligation.agreement]
        and has_told(duty.obligation, duty.terms, "counterparty")
    )


async def _owed_to(sitting: Sitting, parties: Mapping[str, set[str]]) -> list[Obligation]:
    """What is open and owed to any of these parties, by agreement."""
    found = []
    for agreement, ours in parties.items():
        for each in await obligations.open_of_agreement(sitting.tx, agreement) if ours else ():
            commitment = sitting.terms(each.agreement, each.version).commitment(each.commitment)
            to = commitment.giver if each.kind == "acceptance" else commitment.receiver
            if to in ours and not _is_own(sitting, each):
                found.append(each)
    return found


def _is_own(sitting: Sitting, obligation: Obligation) -> bool:
    """Whether nobody can do it in somebody's place."""
    return is_members_own(obligation, sitting.terms(obligation.agreement, obligation.version))


async def _people_behind(sitting: Sitting, member: str) -> tuple[str, ...]:
    """Somebody, and everybody whose named deputy he is or whose party's deputy he is."""
    presence = await sitting.presence()
    behind = {member: None}
    for agreement in sitting.agreements:
        for party in agreement.latest.terms.parties:
            if member in party.deputies:
                behind[party.owner] = None
    for person, absences in presence.absences.items():
        if any(each.deputy == member for each in absences):
            behind[person] = None
    return tuple(behind)


async def _duties(sitting: Sitting, found: Iterable[Obligation]) -> tuple[Duty, ...]:
    in_order = sorted(found, key=lambda each: (each.due_at, each.number))
    return tuple([await duty_of(sitting, each) for each in in_order])


async def duty_of(sitting: Sitting, obligation: Obligation) -> Duty:
    """An obligation with what is needed to speak of it."""
    terms = sitting.terms(obligation.agreement, obligation.version)
    if obligation.kind == "acceptance":
        return Duty(obligation, terms, handoff=await handoffs.find(sitting.tx, number_of(obligation.subject)))
    if (number := item_of(obligation)) is not None:
        return Duty(obligation, terms, item=(await items.handed(sitting.tx, [number]))[number])
    if obligation.kind != "period":
        return Duty(obligation, terms)
    commitment = terms.commitment(obligation.commitment)
    period = commitment.period.containing(obligation.period_starts_on)
    return Duty(obligation, terms, await standing_of(sitting, terms, commitment, period))


async def keys_at_hand(sitting: Sitting, member: str) -> dict[str, tuple[Option, ...]]:
    """Keys that somebody is likely to mean, by letter: what he has to answer and what he owes, soonest first."""
    answers, owes, about_items = [], [], {}
    for duty in await owed_by(sitting, member):
        name = duty.name(sitting.now)
        if duty.handoff is not None:
            words = f"{duty.handoff.key} · {duty.handoff.piles.total:,} of {duty.terms.party(duty.handoff.giver).name}"
            answers.append(Option(words, duty.handoff.key))
        elif duty.item is not None and duty.obligation.kind != "slot":
            about_items[duty.item.key] = Option(f"{duty.item.key} {duty.item.name}".rstrip(), duty.item.key)
        else:
            owes.append(Option(f"{duty.obligation.key} · {name}", duty.obligation.key))
    return {"H": tuple(answers[:10]), "L": tuple(about_items.values())[:10], "O": tuple(owes[:10])}
