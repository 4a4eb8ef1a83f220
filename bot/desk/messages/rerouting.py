"""When words cannot be delivered for good: they go another way, and those whom it concerns hear why."""

from __future__ import annotations

from bot.cards import healths as cards
from bot.cards import whereabouts
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import CLOCK, Sitting, sit
from bot.store import agreements
from bot.store.outbox import Letter
from bot.store.tx import Tx
from slacore.agreements import Agreement


async def go_another_way(tx: Tx, letter: Letter) -> None:
    """Tell the owners of the parties, and the sponsor where none is left, what could not be said and where.

    A channel that is gone is marked broken; a person who cannot be reached is passed over, and what
    he should have heard goes to whoever answers beside him. What was about to be rerouted once
    already is not rerouted again.
    """
    if letter.kind == "health":
        return
    sitting = await sit(tx, tx.now, CLOCK, "clock")
    for agreement in sitting.agreements:
        if letter.place.kind == "channel":
            await _channel_is_gone(sitting, agreement, letter)
        else:
            await _person_is_gone(sitting, agreement, letter)


async def _channel_is_gone(sitting: Sitting, agreement: Agreement, letter: Letter) -> None:
    terms = agreement.latest.terms
    if all((each.platform, each.id) != (letter.place.platform, letter.place.id) for each in terms.channels):
        return
    is_news = await agreements.channel_broke(
        sitting.tx, agreement.slug, letter.place.platform, letter.place.id, letter.why, sitting.now
    )
    await sitting.record("ChannelBroke", agreement.key, None, {"channel": letter.place.name, "why": letter.why})
    hearers = dict.fromkeys((*(party.owner for party in terms.parties), terms.sponsor))
    for member in filter(None, hearers):
        await _tell(sitting, agreement, member, letter)
    if is_news:
        card = whereabouts.channel_gone_to_administrator(terms, letter.place.name or letter.place.id, letter.why)
        word = Word("health", f"gone:{agreement.slug}:{letter.number}", fresh=True)
        await saying.to_administrators(sitting, card, word, hearers)


async def _person_is_gone(sitting: Sitting, agreement: Agreement, letter: Letter) -> None:
    terms = agreement.latest.terms
    for party in terms.parties_of(letter.person):
        others = (party.owner, *party.deputies, party.manager, terms.sponsor)
        instead = next((each for each in others if each and each != letter.person), "")
        await sitting.record("Unreachable", letter.person, None, {"why": letter.why, "told": instead})
        if instead:
            await _tell(sitting, agreement, instead, letter)


async def _tell(sitting: Sitting, agreement: Agreement, member: str, letter: Letter) -> None:
    terms = agreement.latest.terms
    where = terms.name_of(letter.person) if letter.person else letter.place.name or letter.place.id
    instead = whereabouts.instead_of(where) if letter.place.kind == "channel" else ()
    card = cards.undelivered(letter.card, where, letter.why, sitting.now, zone=terms.zone, instead=instead)
    word = Word("health", f"undeliverable:{letter.number}:{member}", fresh=True, level=saying.EXEMPT_FROM)
    await saying.to_person(sitting, terms, member, card, word)
