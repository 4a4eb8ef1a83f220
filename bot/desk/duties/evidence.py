"""What shows that something was delivered: what the agreement asks for, what is kept, and who may have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from bot.cards import evidence as cards
from bot.cards.words import size
from bot.chat.attachments import MOST_FILES, Taken, take
from bot.chat.card import Card, File
from bot.chat.talk import Attachment
from bot.desk.duties import members
from bot.desk.duties.duties import duty_of
from bot.desk.sitting import Sitting
from bot.store import evidence_files, handoffs, obligations
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.handoffs import Handoff
from slacore.obligations import Obligation
from slacore.owers import is_members_own

EVIDENCE, RAISED = "evidence", "raised"
"""The sorts of file that this hands out; the first word of what a file holds."""


def taken(files: Sequence[Attachment]) -> tuple[Taken, ...]:
    """The files that came with a request, as far as they may be kept. Refuses all of them for one that may not."""
    if len(files) > MOST_FILES:
        raise Refusal(f"{len(files)} files came at once.", f"Attach up to {MOST_FILES}.", field="file")
    return tuple(take(each.name, each.content) for each in files)


async def show(sitting: Sitting, obligation: Obligation) -> tuple[Card, bool]:
    """What shows that something was delivered, and whether there are files to take."""
    _require_entitled(sitting, obligation)
    files = await _files(sitting, EVIDENCE, "obligation", obligation.number)
    return cards.evidence(await duty_of(sitting, obligation), files, sitting.now), bool(files)


async def show_raised(sitting: Sitting, handoff: Handoff) -> tuple[Card, bool]:
    """What came along with what was raised, and whether there are files to take."""
    terms = _require_side(sitting, handoff)
    files = await _files(sitting, RAISED, "handoff", handoff.number)
    return cards.raised(handoff, terms, files), bool(files)


async def _files(sitting: Sitting, sort: str, about: evidence_files.About, number: int) -> tuple[File, ...]:
    found = await evidence_files.of(sitting.tx, about, number)
    return tuple(
        File(each.name, each.kind, (sort, str(number), str(each.place), sitting.actor), size(each.size))
        for each in found
    )


async def write(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Hand a file out as it came. Refuses whoever has no part in it any more."""
    number, place, _ = holds
    _require_entitled(sitting, await obligations.find(sitting.tx, int(number)))
    into.write(await evidence_files.content(sitting.tx, "obligation", int(number), int(place)))


async def write_raised(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Hand a file out that came with what was raised. Refuses whoever has no part in it any more."""
    number, place, _ = holds
    _require_side(sitting, await handoffs.find(sitting.tx, int(number)))
    into.write(await evidence_files.content(sitting.tx, "handoff", int(number), int(place)))


def _require_side(sitting: Sitting, handoff: Handoff) -> Terms:
    """Both sides and the sponsor may see what came along; as the sides are now, since people come and go."""
    terms = sitting.agreement(handoff.agreement).latest.terms
    sides = {member for slug in (handoff.giver, handoff.receiver) for member in terms.party(slug).people}
    if sitting.actor not in {*sides, terms.sponsor}:
        raise Refusal(
            f"What came with {handoff.key} is for those who raised it and those who answer it.",
            f"Ask {terms.name_of(handoff.logged_by)}.",
        )
    return terms


def _require_entitled(sitting: Sitting, obligation: Obligation) -> None:
    """Both sides and the sponsor may see what shows it; what a member showed for himself, he and whoever may know."""
    terms = sitting.terms(obligation.agreement, obligation.version)
    commitment = terms.commitment(obligation.commitment)
    sides = {member for slug in (commitment.giver, commitment.receiver) for member in terms.party(slug).people}
    may = sitting.actor in {*sides, terms.sponsor}
    if is_members_own(obligation, terms):
        may = sitting.actor == obligation.owner or members.may_see_names(terms, commitment, sitting.actor)
    if not may:
        raise Refusal(
            f"What shows {obligation.key} is for those whom it is owed by and to.",
            f"Ask {terms.name_of(obligation.owner)}.",
        )
