"""An agreement's file becomes a version, or the signatures under the one that waits for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.desk.agreements import versions
from bot.desk.drafts import papers
from bot.desk.sitting import Sitting
from bot.documents import Change, difference
from slacore.agreements import Agreement, Signature, Terms
from slacore.errors import Refusal
from slacore.periods import print_date


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying did: the agreement as it is now, and the difference to the version before."""

    agreement: Agreement
    changes: tuple[Change, ...]
    first: bool


async def preview(sitting: Sitting, terms: Terms) -> tuple[Change, ...]:
    """What applying these terms would change."""
    return difference(_current(sitting, terms.slug), terms)


async def apply(sitting: Sitting, terms: Terms) -> Applied:
    """Write terms down as the next version of their agreement. The same terms again change nothing.

    A signature counts for the version it was first written under: an amendment is signed anew.
    Where nothing but signatures is new, they are put under the version that waits for them.
    Refuses an amendment that would reach into the past: what began keeps the terms it began under.
    """
    before = _current(sitting, terms.slug)
    if before is None:
        return await _add(sitting, terms, difference(None, terms), first=True)
    known = {each for version in sitting.agreement(terms.slug).versions for each in version.terms.signatures}
    fresh = tuple(each for each in terms.signatures if each not in known)
    if not difference(replace(before, signatures=()), replace(terms, signatures=())):
        return await _sign(sitting, before, terms, fresh)
    if terms.effective_on <= sitting.today(terms.zone):
        raise Refusal(
            f"An amendment of {terms.name} cannot begin on {print_date(terms.effective_on)}: that day has begun.",
            "Set `effective_on` to a day that is still to come; what runs keeps its terms until then.",
            field="effective_on",
        )
    return await _add(sitting, replace(terms, signatures=fresh), difference(before, terms), first=False)


async def _add(sitting: Sitting, terms: Terms, changes: tuple[Change, ...], *, first: bool) -> Applied:
    agreement, behind = await versions.add(sitting, terms)
    for draft in behind:
        await papers.ended(sitting, draft)
    return Applied(agreement, changes, first)


async def _sign(sitting: Sitting, before: Terms, terms: Terms, fresh: tuple[Signature, ...]) -> Applied:
    """Put new signatures under the newest version."""
    waited_for = {party.slug for party in before.unsigned()}
    signing = [each for each in fresh if each.party in waited_for]
    changes = difference(before, replace(before, signatures=(*before.signatures, *signing))) if signing else ()
    agreement = await versions.sign(sitting, sitting.agreement(terms.slug), signing)
    if signing:
        await papers.signed_elsewhere(sitting, agreement)
    return Applied(agreement, changes, first=False)


def _current(sitting: Sitting, slug: str) -> Terms | None:
    return next((each.latest.terms for each in sitting.agreements if each.slug == slug), None)
