"""What an owner says about what he owes: done, I have it, remind me later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.talk import Attachment
from bot.desk.duties import evidence, members
from bot.desk.sitting import Sitting
from bot.desk.sweeping import look_at
from bot.store import breaches, evidence_files
from bot.store import obligations as kept
from slacore import obligations
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.evidence import require_evidence, shown_by
from slacore.obligations import Obligation
from slacore.owers import is_members_own, wanted_for
from slacore.sweep import next_step_at


async def done(
    sitting: Sitting, obligation: Obligation, words: str, files: Sequence[Attachment] = ()
) -> tuple[Obligation, bool]:
    """Its owner says that it is delivered, with what the agreement wants to show it; files are kept with it.

    Words and files beside a confirmation are kept only as far as they may be; whether some were not.
    """
    terms = sitting.terms(obligation.agreement, obligation.version)
    require_owner(sitting, obligation)
    obligations.require_sayable(obligation)
    taken = evidence.taken(files)
    require_evidence(wanted_for(obligation, terms), words, [each.name for each in taken], obligation.key)
    may_keep = members.kept_of(obligation, terms, words, [each.name for each in taken])
    changed = await deliver(sitting, obligation, shown_by(may_keep.words, may_keep.files))
    if may_keep.files:
        await evidence_files.add(
            sitting.tx, "obligation", obligation.number, [(each.name, each.kind, each.content) for each in taken]
        )
    return changed, may_keep.withheld


async def deliver(sitting: Sitting, obligation: Obligation, evidence: str) -> Obligation:
    """Record a deliverable as delivered; late is recorded as late, and its breach as made good."""
    require_owner(sitting, obligation)
    terms = sitting.terms(obligation.agreement, obligation.version)
    changed = obligations.done(obligation, evidence, sitting.actor, sitting.now)
    await kept.save(sitting.tx, obligation, changed)
    if (breach := await breaches.of_obligation(sitting.tx, obligation.number)) is not None:
        await breaches.make_good(sitting.tx, breach, sitting.now)
    await sitting.record("Delivered", obligation.key, {"state": obligation.state}, {"evidence": evidence})
    if is_members_own(changed, terms):
        await members.count_again(sitting, changed)
    return changed


async def acknowledge(sitting: Sitting, obligation: Obligation) -> Obligation:
    """Whoever was told says that he has it: the ladder waits a whole working day."""
    terms = sitting.terms(obligation.agreement, obligation.version)
    if sitting.actor not in _concerned(terms, obligation):
        raise Refusal(f"{obligation.key} is not yours to take.", "Say `mine` to see what you owe.")
    calendar = terms.calendar_of(terms.commitment(obligation.commitment))
    changed = obligations.acknowledge(obligation, calendar, sitting.actor, sitting.now)
    await kept.save(sitting.tx, obligation, changed)
    await sitting.record("Acknowledged", obligation.key, None, {"until": str(changed.acked_until)})
    return await look_at(sitting, changed)


async def snooze(sitting: Sitting, obligation: Obligation, until: datetime, shown: str) -> Obligation:
    """Put the owner's reminder off, never past the ladder's next step; `shown` is that moment in words."""
    require_owner(sitting, obligation)
    terms = sitting.terms(obligation.agreement, obligation.version)
    allowed = terms.policy_of(terms.commitment(obligation.commitment)).snoozes_allowed
    upcoming = next_step_at(obligation, terms)
    changed = obligations.snooze(obligation, until, upcoming[0] if upcoming else None, allowed, sitting.now, shown)
    await kept.save(sitting.tx, obligation, changed)
    await sitting.record("Snoozed", obligation.key, None, {"until": until.isoformat()})
    return changed


def require_owner(sitting: Sitting, obligation: Obligation) -> None:
    """Refuse whoever neither owes it nor stands in for whoever does."""
    terms = sitting.terms(obligation.agreement, obligation.version)
    party = terms.party(obligation.party)
    if is_members_own(obligation, terms) and sitting.actor != obligation.owner:
        raise Refusal(
            f"{obligation.key} is {terms.name_of(obligation.owner)}'s own to confirm.",
            "Nobody else can say it is done.",
        )
    if sitting.actor not in {obligation.owner, party.owner, *party.deputies}:
        raise Refusal(
            f"{obligation.key} is {terms.name_of(obligation.owner)}'s.",
            f"Ask {terms.name_of(obligation.owner)}, or a deputy of {party.name}.",
        )


def _concerned(terms: Terms, obligation: Obligation) -> set[str]:
    commitment = terms.commitment(obligation.commitment)
    people = {obligation.owner, terms.sponsor}
    for slug in (commitment.giver, commitment.receiver):
        party = terms.party(slug)
        people |= {party.owner, party.contact, party.manager, *party.deputies}
    return people
