"""Somebody becomes known by the address that an agreement names them with."""

from __future__ import annotations

from bot.cards import introductions as cards
from bot.chat.talk import Person
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import CLOCK, sit
from bot.store import identities
from bot.store.tx import Tx


async def introduce(tx: Tx, person: Person, address: str) -> bool:
    """Take a platform's user for the one member with that address; True if that is news.

    Nobody is taken for two, and nobody twice: who is known on the platform already stays who he
    is, and a member who has an id there is not given a second one.
    """
    if await identities.member(tx, person.platform, person.user) is not None:
        return False
    sitting = await sit(tx, tx.now, CLOCK, person.platform)
    wanted = address.casefold()
    named = {
        each.id: agreement.latest.terms
        for agreement in sitting.agreements
        for each in agreement.latest.terms.people
        if each.email and each.email.casefold() == wanted
    }
    taken = await identities.on_platform(tx, person.platform)
    if len(named) != 1 or next(iter(named)) in taken:
        return False
    member, terms = next(iter(named.items()))
    await identities.give(tx, person.platform, person.user, member)
    await sitting.record("KnownByEmail", member, None, {"platform": person.platform, "user": person.user})
    word = Word("note", f"introduced:{person.platform}:{person.user}", fresh=True)
    await saying.to_asker(sitting, person, cards.introduced(terms, member), word)
    return True
