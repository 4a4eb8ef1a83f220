"""Promises that rest on others: what failed first behind a miss, and what a proven failure excuses.

Looked up when a miss is recorded, and written down with it; the card and the history say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.desk.sitting import Sitting
from bot.store import audit, breaches, obligations
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.breaches import excuse as forgive
from slacore.commitments import Commitment
from slacore.obligations import Obligation, excuse
from slacore.supports import LEVELS, Link, dependents_of, overruled_by, resolve, supporters_of

NOTED = "SupportFailedFirst"
"""What the record calls that a supporting promise had failed first."""
_DEEP = 4
"""How many agreements a chain is followed through: customer, inside, supplier, and his supplier."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A miss of another promise behind this one: which, whose, and since when."""

    link: Link
    breach: Breach
    excused: bool = False

    @property
    def since(self) -> datetime:
        """When it became known."""
        return self.breach.recorded_at


async def first_failed(sitting: Sitting, obligation: Obligation, terms: Terms) -> Failed | None:
    """The promise, of those that support this one, that was missed first in its time; provisional misses count."""
    every = _every(sitting, terms)
    frontier, found = [Link(terms, terms.commitment(obligation.commitment))], []
    for _ in range(_DEEP):
        frontier = [each for link in frontier for each in supporters_of(link, every)]
        found += [failed for link in frontier for failed in await _misses(sitting, link, obligation)]
    return min(found, key=lambda failed: (failed.since, failed.breach.number), default=None)


async def excusing(sitting: Sitting, obligation: Obligation, terms: Terms) -> Failed | None:
    """A proven failure of a promise that this one depends on, in its time: its own miss is excused by that."""
    commitment = terms.commitment(obligation.commitment)
    every = _every(sitting, terms)
    for name in commitment.depends_on:
        if (link := resolve(name, terms, every)) is not None:
            for failed in await _misses(sitting, link, obligation):
                if not (failed.breach.provisional or failed.excused):
                    return failed
    return None


async def settle(
    sitting: Sitting, obligation: Obligation, terms: Terms, breach: Breach | None, *, is_news: bool
) -> tuple[Obligation, Breach | None]:
    """After a look at a miss that is certain: excuse it where another's failure does.

    Where it `is_news`, the misses that it excuses in turn are looked at again.
    """
    if breach is None or breach.provisional or not breach.shortfall or obligation.state != "missed":
        return obligation, breach
    failed = await excusing(sitting, obligation, terms)
    if failed is None:
        if is_news:
            await _touch_dependents(sitting, obligation, terms)
        return obligation, breach
    excused = replace(excuse(obligation), evidence=failed.breach.key)
    await obligations.save(sitting.tx, obligation, excused)
    name = f"{failed.link.name}, {failed.breach.key}"
    forgiven = forgive(breach, f"it depends on {name}, which was missed", "", sitting.now)
    await breaches.save(sitting.tx, breach, forgiven)
    after = {"name": name, "reason": "it depends on what was missed first"}
    await sitting.record("ExcusedByDependency", obligation.key, {"state": obligation.state}, after)
    return excused, forgiven


async def note(sitting: Sitting, obligation: Obligation, terms: Terms, breach: Breach) -> None:
    """Write down with a miss that is certain which supporting promise failed first.

    What is missed at the same instant may be decided in any order, so a miss that rests on this one
    and was recorded just before hears of it too.
    """
    if breach.provisional or not breach.shortfall:
        return
    await _note(sitting, obligation, terms, breach)
    for name in terms.commitment(obligation.commitment).supports:
        link = resolve(name, terms, _every(sitting, terms))
        for other in await breaches.of_promise(sitting.tx, link.terms.slug, link.commitment.slug) if link else ():
            if not other.provisional and other.recorded_at == sitting.now:
                carried = await obligations.find(sitting.tx, other.obligation)
                await _note(sitting, carried, sitting.terms(other.agreement, other.version), other)


async def _note(sitting: Sitting, obligation: Obligation, terms: Terms, breach: Breach) -> None:
    known = any(each.what == NOTED for each in await audit.about(sitting.tx, breach.key))
    failed = None if known else await first_failed(sitting, obligation, terms)
    if failed is not None:
        after = {"name": f"{failed.link.name}, {failed.breach.key}", "at": failed.since.isoformat()}
        await sitting.record(NOTED, breach.key, None, after)


async def excused_by(sitting: Sitting, obligation: Obligation) -> Failed | None:
    """The miss that an excused obligation was excused by."""
    if obligation.state != "excused" or not obligation.evidence.startswith("B-"):
        return None
    breach = await breaches.find(sitting.tx, int(obligation.evidence.removeprefix("B-")))
    terms = sitting.terms(breach.agreement, breach.version)
    return Failed(Link(terms, terms.commitment(breach.commitment)), breach)


async def is_overruled(sitting: Sitting, terms: Terms, commitment: Commitment, on: date) -> bool:
    """Whether a more specific agreement in force on a date promises the same, so that this promise asks for nothing."""
    if terms.level == LEVELS[-1]:
        return False  # nothing is more specific
    versions = (agreement.in_force(on) for agreement in sitting.agreements)
    link = overruled_by(terms, commitment, [version.terms for version in versions if version is not None])
    if link is not None:
        after = {"name": f"{link.name}, {link.terms.name}"}
        await sitting.record("Overruled", f"{terms.slug}/{commitment.slug}", None, after)
    return link is not None


async def _misses(sitting: Sitting, link: Link, obligation: Obligation) -> list[Failed]:
    """The misses of a promise whose stretch overlaps an obligation's."""
    found = []
    for breach in await breaches.of_promise(sitting.tx, link.terms.slug, link.commitment.slug):
        cause = await obligations.find(sitting.tx, breach.obligation)
        overlaps = cause.opens_at < obligation.due_at and obligation.opens_at < cause.due_at
        if breach.shortfall and overlaps and cause.kind != "reading":
            found.append(Failed(link, breach, cause.state == "excused" or breach.excused_at is not None))
    return found


async def _touch_dependents(sitting: Sitting, obligation: Obligation, terms: Terms) -> None:
    """A failure is proven: misses that depended on it are looked at again, and excused."""
    link = Link(terms, terms.commitment(obligation.commitment))
    for each in dependents_of(link, _every(sitting, terms)):
        for breach in await breaches.of_promise(sitting.tx, each.terms.slug, each.commitment.slug):
            missed = await obligations.find(sitting.tx, breach.obligation)
            overlaps = missed.opens_at < obligation.due_at and obligation.opens_at < missed.due_at
            if overlaps and missed.state == "missed" and missed.done_at is None:
                await obligations.save(sitting.tx, missed, replace(missed, look_again_at=sitting.now))


def _every(sitting: Sitting, terms: Terms) -> tuple[Terms, ...]:
    """The terms of every agreement as they are now, these as they were then."""
    return (terms, *(each.latest.terms for each in sitting.agreements if each.slug != terms.slug))
