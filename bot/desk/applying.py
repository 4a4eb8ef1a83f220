"""An agreement's file becomes a version: parties and people are known, and its rhythms begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.desk import openings, presences, reports
from bot.desk.sitting import Sitting
from bot.documents import Change, difference
from bot.store import agreements, identities, people, schedules
from slacore.agreements import Agreement, Terms
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


async def apply(sitting: Sitting, document: Mapping[str, Any], terms: Terms) -> Applied:
    """Write terms down as the next version of their agreement. The same terms again change nothing.

    Refuses an amendment that would reach into the past: what began keeps the terms it began under.
    """
    before = _current(sitting, terms.slug)
    changes = difference(before, terms)
    if before is not None and not changes:
        return Applied(sitting.agreement(terms.slug), (), first=False)
    if before is not None and terms.effective_on <= sitting.today(terms.zone):
        raise Refusal(
            f"An amendment of {terms.name} cannot begin on {print_date(terms.effective_on)}: that day has begun.",
            "Set `effective_on` to a day that is still to come; what runs keeps its terms until then.",
            field="effective_on",
        )
    await _know_people(sitting, terms)
    number = await agreements.add_version(sitting.tx, document, terms, applied_at=sitting.now, applied_by=sitting.actor)
    sitting.agreements = await agreements.everything(sitting.tx)
    agreement = sitting.agreement(terms.slug)
    await openings.begin(sitting, agreement)
    await reports.begin(sitting, agreement)
    await sitting.record("VersionApplied", agreement.key, None, {"version": number, "name": terms.name})
    return Applied(agreement, changes, first=before is None)


async def _know_people(sitting: Sitting, terms: Terms) -> None:
    """Make everybody of the file a member of the workspace, with his platforms' ids and his daily digest."""
    for person in terms.people:
        new = await people.keep(sitting.tx, person)
        await identities.keep(sitting.tx, person)
        if new and await schedules.find(sitting.tx, presences.DIGEST, person.id) is None:
            at = presences.next_at(presences.DIGEST_AT, person.zone, sitting.now)
            await schedules.put(sitting.tx, presences.DIGEST, person.id, at)


def _current(sitting: Sitting, slug: str) -> Terms | None:
    return next((each.latest.terms for each in sitting.agreements if each.slug == slug), None)
