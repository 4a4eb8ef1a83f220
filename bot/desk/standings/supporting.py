"""Promises that rest on others: what failed first behind a miss, and what a proven failure excuses.

Looked up when a miss is recorded, and written down with it; the card and the history say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.desk.sitting import Sitting
from bot.store import audit, breach_disputes, breaches, obligations
from slacore.agreements import Terms
from slacore.breaches import Breach, stand_again
from slacore.breaches import excuse as forgive
from slacore.commitments import Commitment
from slacore.keys import number_of
from slacore.obligations import Obligation, excuse
from slacore.supports import LEVELS, Link, dependents_of, overruled_by, resolve, supporters_of

NOTED = "SupportFailedFirst"
"""What the record calls that a supporting promise had failed first."""
_DEEP = 4
"""How many agreements a chain is followed through: customer, inside, supplier, and his supplier."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A miss of another promise behind this one: which, whose, and since when. `dispute` is the open one over it."""

    link: Link
    breach: Breach
    excused: bool = False
    dispute: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether nobody can still say that it is none."""
        return not (self.breach.provisional or self.dispute)

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
    return next((failed for failed in await _depended_on(sitting, obligation, terms) if failed.is_proven), None)


async def unproven(sitting: Sitting, obligation: Obligation, terms: Terms) -> Failed | None:
    """A failure of what this one depends on that somebody can still say is none: nothing is excused by it yet."""
    failures = await _depended_on(sitting, obligation, terms)
    if any(failed.is_proven for failed in failures):
        return None
    return next(iter(failures), None)


async def _depended_on(sitting: Sitting, obligation: Obligation, terms: Terms) -> list[Failed]:
    """The misses of what this one depends on, in its time, that nobody forgave."""
    every = _every(sitting, terms)
    links = (resolve(name, terms, every) for name in terms.commitment(obligation.commitment).depends_on)
    found = [failed for link in links if link is not None for failed in await _misses(sitting, link, obligation)]
    return [failed for failed in found if not failed.excused]


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
            await touch_dependents(sitting, obligation, terms)
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
    breach = await breaches.find(sitting.tx, number_of(obligation.evidence))
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
            dispute = await breach_disputes.open_of(sitting.tx, breach.number)
            excused = cause.state == "excused" or breach.excused_at is not None
            found.append(Failed(link, breach, excused, dispute.key if dispute is not None else ""))
    return found


async def touch_dependents(sitting: Sitting, obligation: Obligation, terms: Terms) -> None:
    """A failure is proven: misses that depended on it are looked at again, and excused."""
    for _, missed in await _dependents(sitting, obligation, terms):
        if missed.state == "missed" and missed.done_at is None:
            await obligations.save(sitting.tx, missed, replace(missed, look_again_at=sitting.now))


async def take_back(sitting: Sitting, obligation: Obligation, terms: Terms, fallen: Breach) -> None:
    """What was held to be a failure is none: the misses that it alone excused stand again, and are looked at."""
    for breach, missed in await _dependents(sitting, obligation, terms):
        if missed.state == "excused" and missed.evidence == fallen.key:
            again = replace(
                missed, state="missed", evidence="", look_again_at=sitting.now, revision=missed.revision + 1
            )
            await obligations.save(sitting.tx, missed, again)
            await breaches.save(sitting.tx, breach, stand_again(breach))
            after = {"name": fallen.key, "reason": "what it depends on was not missed after all"}
            await sitting.record("ExcusalTakenBack", missed.key, {"state": missed.state}, after)


async def _dependents(sitting: Sitting, obligation: Obligation, terms: Terms) -> list[tuple[Breach, Obligation]]:
    """The misses of promises that depend on this one, in its time."""
    link = Link(terms, terms.commitment(obligation.commitment))
    found = []
    for each in dependents_of(link, _every(sitting, terms)):
        for breach in await breaches.of_promise(sitting.tx, each.terms.slug, each.commitment.slug):
            missed = await obligations.find(sitting.tx, breach.obligation)
            if missed.opens_at < obligation.due_at and obligation.opens_at < missed.due_at:
                found.append((breach, missed))
    return found


def _every(sitting: Sitting, terms: Terms) -> tuple[Terms, ...]:
    """The terms of every agreement as they are now, these as they were then."""
    return (terms, *(each.latest.terms for each in sitting.agreements if each.slug != terms.slug))
