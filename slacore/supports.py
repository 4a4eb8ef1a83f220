"""Promises that rest on other promises, of the same agreement or another: whether a chain can carry what it supports.

An SLA towards a customer is carried by agreements inside the company and contracts with suppliers.
What all of them together can promise follows from what each does: times in series add up,
availabilities multiply, and nobody can carry a promise in hours in which he is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from math import prod
from typing import Literal

from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration, Unit, zone_named
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Response, Volume
from slacore.errors import Refusal
from slacore.periods import Period

A_YEAR = timedelta(days=366)
"""How far hours are compared: holidays and clock changes of a whole year included."""

LEVELS = ("corporate", "customer", "service")
"""From the general to the specific."""


@dataclass(frozen=True, slots=True)
class Link:
    """A promise with the terms it stands in."""

    terms: Terms
    commitment: Commitment

    @property
    def reference(self) -> str:
        """What other agreements call it: `hosting/uptime`."""
        return f"{self.terms.slug}/{self.commitment.slug}"

    @property
    def name(self) -> str:
        """It and who gives it: "Servers up (Northwind)"."""
        return f"{self.commitment.name} ({self.terms.party(self.commitment.giver).name})"


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a chain cannot carry the promise that rests on it: `sum` is the arithmetic, in a sentence."""

    supported: Link
    supporting: tuple[Link, ...]
    sum: str


def resolve(reference: str, terms: Terms, every: Iterable[Terms]) -> Link | None:
    """The promise that terms mean by `slug` or `agreement/slug`; None where there is none."""
    slug, _, name = reference.rpartition("/")
    found = terms if slug in ("", terms.slug) else next((each for each in every if each.slug == slug), None)
    if found is None:
        return None
    return next((Link(found, each) for each in found.commitments if each.slug == name), None)


def unknown_references(terms: Terms, every: Sequence[Terms]) -> Iterator[tuple[Commitment, str, str]]:
    """References into other agreements that lead nowhere: the promise, the key, and what it names."""
    for commitment in terms.commitments:
        for key, names in (("supports", commitment.supports), ("depends_on", commitment.depends_on)):
            for name in names:
                if "/" in name and resolve(name, terms, every) is None:
                    yield commitment, key, name


def supporters_of(link: Link, every: Iterable[Terms]) -> tuple[Link, ...]:
    """The promises that say that they support this one, in any agreement."""
    return tuple(
        Link(terms, commitment)
        for terms in every
        for commitment in terms.commitments
        if any(_means(name, terms, link) for name in commitment.supports)
    )


def dependents_of(link: Link, every: Iterable[Terms]) -> tuple[Link, ...]:
    """The promises that say that they depend on this one, in any agreement."""
    return tuple(
        Link(terms, commitment)
        for terms in every
        for commitment in terms.commitments
        if any(_means(name, terms, link) for name in commitment.depends_on)
    )


def gaps(terms: Terms, others: Iterable[Terms]) -> Iterator[Gap]:
    """Every chain through these terms that cannot carry what it supports, all agreements considered.

    Looked at are the promises of these terms that others carry, and those that these terms carry.
    """
    every = (terms, *(each for each in others if each.slug != terms.slug))
    supported: dict[str, Link] = {}
    for commitment in terms.commitments:
        link = Link(terms, commitment)
        supported[link.reference] = link
        for name in commitment.supports:
            if (found := resolve(name, terms, every)) is not None:
                supported[found.reference] = found
    for link in supported.values():
        supporters = supporters_of(link, every)
        if supporters:
            yield from _gaps_of(link, supporters)


def require_known(terms: Terms, others: Iterable[Terms]) -> None:
    """Refuse references into other agreements that lead nowhere, and chains that lead in a circle."""
    every = (terms, *(each for each in others if each.slug != terms.slug))
    for commitment, key, name in unknown_references(terms, every):
        slug, _, own = name.rpartition("/")
        known = any(each.slug == slug for each in every)
        raise Refusal(
            f"{commitment.name} names {name} under {key}, and there is no such promise.",
            f"{slug} has no {own}: check the name." if known else f"Apply the agreement {slug} first.",
            field=key,
        )
    for key in ("supports", "depends_on"):
        needs = {
            Link(each, one).reference: [
                found.reference for name in getattr(one, key) if (found := resolve(name, each, every)) is not None
            ]
            for each in every
            for one in each.commitments
        }
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle = " → ".join(reversed(error.args[1]))
            raise Refusal(f"What {key} names leads in a circle: {circle}.", "Cut it once.", field=key) from None


def require_carried(terms: Terms, others: Iterable[Terms]) -> None:
    """Refuse a chain through these terms that cannot carry what it supports, with the arithmetic."""
    gap = next(gaps(terms, others), None)
    if gap is None:
        return
    supported, names = gap.supported, " and ".join(each.name for each in gap.supporting)
    raise Refusal(
        f"{names} cannot carry {supported.commitment.name} of {supported.terms.name}: {gap.sum}.",
        f"Raise what supports it, or promise less in {supported.terms.name}.",
        field="supports",
    )


def overruled_by(terms: Terms, commitment: Commitment, others: Iterable[Terms]) -> Link | None:
    """The more specific promise that holds instead of this one, if there is one.

    A corporate agreement holds for every customer, a customer's for every service, unless the more
    specific one promises the same: the same thing, from the same party to the same party.
    """
    rank = LEVELS.index(terms.level)
    found = [
        Link(other, each)
        for other in others
        if other.slug != terms.slug and LEVELS.index(other.level) > rank
        for each in other.commitments
        if _sides(terms, commitment) == _sides(other, each) and _measure(commitment) == _measure(each)
    ]
    return max(found, key=lambda link: LEVELS.index(link.terms.level), default=None)


def _means(name: str, terms: Terms, link: Link) -> bool:
    slug, _, own = name.rpartition("/")
    return (slug or terms.slug) == link.terms.slug and own == link.commitment.slug


def _gaps_of(supported: Link, supporters: tuple[Link, ...]) -> Iterator[Gap]:
    for supporter in supporters:
        if (closed_at := _first_uncovered(supported, supporter)) is not None:
            zone = supported.terms.zone
            yield Gap(supported, (supporter,), _hours(supported, closed_at, zone))
    if (wanted := _availability(supported)) is not None:
        shares = [(each, share) for each in supporters if (share := _availability(each)) is not None]
        carried = prod((share for _, share in shares), start=Fraction(1))
        if carried < wanted:
            terms = " × ".join(_percent(share) for _, share in shares)
            result = f" = {_percent(carried)}" if len(shares) > 1 else ""
            links = tuple(each for each, _ in shares)
            yield Gap(supported, links, f"{terms}{result}, less than the {_percent(wanted)} that rest on it")
    for what, limit in _times(supported).items():
        times = [(each, time) for each in supporters if (time := _times(each).get(what)) is not None]
        if times:
            yield from _too_slow(supported, what, limit, times)


def _too_slow(supported: Link, what: str, limit: Duration, times: list[tuple[Link, Duration]]) -> Iterator[Gap]:
    links = tuple(each for each, _ in times)
    spelt = " + ".join(time.in_words() for _, time in times)
    sizes = [_size(time) for _, time in times]
    most = _size(limit)
    if any(sort != most[0] for sort, _ in sizes):
        yield Gap(
            supported, links, f"{spelt} cannot be held against {limit.in_words()} ({what}): write both in one unit"
        )
        return
    total = sum(size for _, size in sizes)
    if total > most[1]:
        added = f" = {_in_unit(total, limit)}" if len(times) > 1 else ""
        yield Gap(supported, links, f"{spelt}{added}, more than the {limit.in_words()} ({what}) that rest on it")


def _availability(link: Link) -> Fraction | None:
    """The share of time a promise keeps something up, where that is what it promises."""
    promise = link.commitment.promise
    if not isinstance(promise, Level) or promise.comparison != "at least":
        return None
    if promise.metric != "availability" and promise.indicator.casefold() != "availability":
        return None
    return promise.threshold / 100 if promise.unit == "%" else promise.threshold


def _times(link: Link) -> dict[str, Duration]:
    """How soon a promise has something done, by what is done."""
    match link.commitment.promise:
        case Response() as promise:
            found = {"first answer": promise.first_within}
            return found | ({"resolution": promise.resolved_within} if promise.resolved_within else {})
        case Level(metric="time to restore" | "time to repair") as promise if promise.comparison == "at most":
            minutes = promise.threshold * ((promise.unit_length or timedelta()) // timedelta(seconds=1)) / 60
            whole = -(-minutes.numerator // minutes.denominator)
            length = Duration(whole, "wm") if whole % 60 else Duration(whole // 60, "wh")
            return {promise.metric or "": length}
        case _:
            return {}


def _size(duration: Duration) -> tuple[str, int]:
    """What a duration is counted in, and how much of it there is; only the same sort can be added."""
    if duration.open_micros:
        return "open", duration.open_micros
    if duration.wall_micros:
        return "wall", duration.wall_micros
    return duration.unit, duration.amount


def _in_unit(total: int, like: Duration) -> str:
    minute = 60_000_000
    sort = _size(like)[0]
    if sort not in ("open", "wall"):
        return Duration(total, like.unit).in_words()
    working: Literal["w", ""] = "w" if sort == "open" else ""
    hours, rest = divmod(total // minute, 60)
    whole: dict[str, tuple[Unit, Unit]] = {"w": ("wh", "wm"), "": ("h", "m")}
    in_hours, in_minutes = whole[working]
    return (Duration(60 * hours + rest, in_minutes) if rest else Duration(hours, in_hours)).in_words()


def _first_uncovered(supported: Link, supporter: Link) -> datetime | None:
    """The first moment of a year at which the supported promise counts and its supporter is closed."""
    match supported.commitment.promise:
        case Level(metric=None) | Volume() | FollowUps() | Deliverable():
            return None  # nothing of it is counted hour by hour
    begins = max(supported.terms.effective_on, supporter.terms.effective_on)
    at = Period(begins, begins, "").starts_at(supported.terms.zone)
    needed = supported.terms.calendar_of(supported.commitment)
    return first_uncovered(needed, supporter.terms.calendar_of(supporter.commitment), at, at + A_YEAR)


def first_uncovered(needed: Calendar, given: Calendar, from_at: datetime, until_at: datetime) -> datetime | None:
    """The first moment at which one calendar is open and the other is not; None where there is none."""
    covered = iter(given.open_between(from_at, until_at))
    since, until = next(covered, (until_at, until_at))
    for opens, closes in needed.open_between(from_at, until_at):
        at = opens
        while at < closes:
            while until <= at and since < until_at:
                since, until = next(covered, (until_at, until_at))
            if since > at:
                return at
            at = until
    return None


def _hours(supported: Link, closed_at: datetime, zone: str) -> str:
    local = closed_at.astimezone(zone_named(zone))
    return f"it is closed {local:%a} {local.day} {local:%b %H:%M}, when {supported.commitment.name} counts"


def _percent(share: Fraction) -> str:
    """A share in full: "99.8001 %"."""
    micro = share * 100 * 10**9
    digits = f"{micro.numerator // micro.denominator:010d}"
    exact = "" if micro.denominator == 1 else "…"
    return f"{digits[:-9]}.{digits[-9:]}".rstrip("0").rstrip(".") + f"{exact} %"


def _sides(terms: Terms, commitment: Commitment) -> tuple[str, str]:
    return terms.party(commitment.giver).name.casefold(), terms.party(commitment.receiver).name.casefold()


def _measure(commitment: Commitment) -> tuple[str, str]:
    """What a promise is about, apart from how much of it: two that agree promise the same."""
    match commitment.promise:
        case Volume() | Response() | FollowUps() as promise:
            return commitment.kind, promise.unit.singular.casefold()
        case Deliverable() as promise:
            return commitment.kind, promise.thing.casefold()
        case Level() as promise:
            return commitment.kind, f"{promise.indicator.casefold()} {promise.metric or ''} {promise.service}"
