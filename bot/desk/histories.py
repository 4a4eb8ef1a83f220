"""What happened to a handoff, a promise, an obligation: read from the audit log, in order."""

from __future__ import annotations

from bot.cards.histories import Happening
from bot.desk.sitting import Sitting
from bot.store import audit, breaches, commitments, disputes, handoffs, obligations
from slacore.agreements import Terms
from slacore.errors import Refusal

MOST = 30
"""Entries told at once; the newest."""


async def history(sitting: Sitting, key: str) -> tuple[Terms, tuple[Happening, ...]]:
    """The newest entries about a key, oldest first, with the terms that names are read from."""
    subjects, terms = await _subjects(sitting, key)
    found = [entry for subject in subjects for entry in await audit.about(sitting.tx, subject, MOST)]
    entries = sorted(found, key=lambda each: each.seq)[-MOST:]
    return terms, tuple(
        Happening(each.at, each.actor, each.via, each.what, each.subject, each.before, each.after) for each in entries
    )


async def _subjects(sitting: Sitting, key: str) -> tuple[tuple[str, ...], Terms]:
    letter, _, number = key.partition("-")
    tx = sitting.tx
    match letter:
        case "H":
            handoff = await handoffs.find(tx, int(number))
            return (key,), sitting.terms(handoff.agreement, handoff.version)
        case "O":
            obligation = await obligations.find(tx, int(number))
            return (key,), sitting.terms(obligation.agreement, obligation.version)
        case "B":
            breach = await breaches.find(tx, int(number))
            return (key, f"O-{breach.obligation}"), sitting.terms(breach.agreement, breach.version)
        case "D":
            handoff = await handoffs.find(tx, await disputes.handoff_of(tx, int(number)))
            return (f"H-{handoff.number}",), sitting.terms(handoff.agreement, handoff.version)
        case "C":
            return await _of_promise(sitting, key)
        case _:
            raise Refusal(f"{key} keeps no history of its own.", "Ask for a handoff, a promise or an obligation.")


async def _of_promise(sitting: Sitting, key: str) -> tuple[tuple[str, ...], Terms]:
    """A promise's history: its periods, what it owed lately, and the handoffs under it."""
    named = {known: pair for pair, known in (await commitments.keys(sitting.tx)).items()}
    if key not in named:
        raise Refusal(f"There is no {key}.", "Say `status` to see the promises there are.")
    slug, commitment = named[key]
    terms = sitting.agreement(slug).latest.terms
    found = terms.commitment(commitment)
    period = found.period.containing(sitting.today(terms.zone))
    owed = await obligations.of_period(sitting.tx, slug, commitment, period.first_on)
    given = await handoffs.of_period(sitting.tx, slug, commitment, period.first_on, MOST)
    subjects = [f"{slug}/{commitment}", *(each.key for each in owed)]
    return (*subjects, *(each.key for each in given)), terms
