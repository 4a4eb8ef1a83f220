"""What became of the items that were handed over: where each stands, what was won, and at which rate.

Counted where an item is handed over, not where it is won: a month's leads are held against their own
outcomes. Whoever handed them over learns from it which campaign and which content works.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from slacore.agreements import Terms
from slacore.calendars import Calendar, Duration
from slacore.commitments import Commitment, FollowUps, Outcome, Unit, Volume, Worth
from slacore.handoffs import Piles
from slacore.items import Item
from slacore.periods import Period


@dataclass(frozen=True, slots=True)
class Place:
    """Where one item stands: what it came from, how far it is, and what came of it. Empty where nobody said.

    `outcome` is the slug of the newest sale or loss, else of the newest outcome.
    """

    campaign: str = ""
    content: str = ""
    stage: str = ""
    outcome: str = ""


_MOST = 120
"""Characters of a name by which items are told apart."""

Counted = Mapping[Place, int]
"""Items by where they stand."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items that have something in common, by what became of them. `name` is "" for those of which nobody said."""

    name: str
    items: int
    won: int
    lost: int

    @property
    def open(self) -> int:
        """Items that are neither a sale nor a loss."""
        return self.items - self.won - self.lost

    @property
    def sale_rate(self) -> Fraction | None:
        """The share of items that became a sale; None of none."""
        return Fraction(self.won, self.items) if self.items else None


@dataclass(frozen=True, slots=True)
class CampaignCount:
    """What came from one campaign in a period, beside its own goal, if it has one. Unnamed: no campaign was said."""

    name: str
    piles: Piles
    goal: int | None = None

    @property
    def acceptance(self) -> Fraction | None:
        """The share of units accepted among those that the receiver has answered; None before any is."""
        answered = self.piles.accepted + self.piles.disputed
        return Fraction(self.piles.accepted, answered) if answered else None


@dataclass(frozen=True, slots=True)
class Cohort:
    """A period's items against their outcomes, whenever those came.

    Immature until `matures_at`, the usual sales cycle after the period's end; where no cycle was agreed,
    until the last of them is decided (`matures_at` is None then).
    """

    period: Period
    whole: Group
    matures_at: datetime | None
    mature: bool

    @property
    def close_rate(self) -> Fraction | None:
        """The share that became a sale so far."""
        return self.whole.sale_rate


@dataclass(frozen=True, slots=True)
class Learnt:
    """What became of one promise's units in one period.

    `units` counts all of them, `whole` those that were named and can be told of one by one.
    `campaigns` sets units beside goals; the groups gather named ones; `cohorts` are the newest periods, this
    one first.
    """

    terms: Terms
    commitment: Commitment
    unit: Unit
    period: Period
    units: int
    whole: Group
    campaigns: tuple[CampaignCount, ...]
    by_campaign: tuple[Group, ...]
    by_content: tuple[Group, ...]
    by_stage: tuple[Group, ...]
    by_outcome: tuple[tuple[str, int], ...]
    cohorts: tuple[Cohort, ...]
    worth: Worth | None = None


def outcomes_of(terms: Iterable[Terms]) -> dict[str, Outcome]:
    """Every outcome that these terms know, by slug; the first terms' word for it holds."""
    found: dict[str, Outcome] = {}
    for each in terms:
        for commitment in each.commitments:
            if isinstance(commitment.promise, FollowUps):
                for outcome in commitment.promise.outcomes:
                    found.setdefault(outcome.slug, outcome)
    return found


def place_of(item: Item, outcomes: Mapping[str, Outcome]) -> Place | None:
    """Where an item stands; None for one that is disputed or withdrawn, which counts nowhere."""
    if item.standing != "owed":
        return None
    said = [each.to for each in item.outcomes]
    decided = [slug for slug in said if slug in outcomes and outcomes[slug].counts_as]
    outcome = (decided or said or [""])[-1]
    handed = item.handed
    return Place(handed.campaign[:_MOST], handed.content[:_MOST], item.stage[:_MOST], outcome)


def grouped(
    counted: Counted, by: Literal["campaign", "content", "stage", "outcome"], outcomes: Mapping[str, Outcome]
) -> tuple[Group, ...]:
    """Gather items by one thing they have in common, the largest group first, those of which nobody said last."""
    gathered: dict[str, Counter[str]] = {}
    for place, number in counted.items():
        result = outcomes[place.outcome].counts_as if place.outcome in outcomes else ""
        sums = gathered.setdefault(getattr(place, by), Counter())
        sums["items"] += number
        sums[result] += number
    groups = [Group(name, sums["items"], sums["won"], sums["lost"]) for name, sums in gathered.items() if sums["items"]]
    return tuple(sorted(groups, key=lambda each: (not each.name, -each.items, each.name)))


def whole_of(counted: Counted, outcomes: Mapping[str, Outcome]) -> Group:
    """All of them together."""
    parts = grouped(counted, "outcome", outcomes)
    return Group(
        "", sum(each.items for each in parts), sum(each.won for each in parts), sum(each.lost for each in parts)
    )


def cohort_of(
    period: Period, whole: Group, cycle: Duration | None, calendar: Calendar, zone: str, now: datetime
) -> Cohort:
    """Hold a period's items against their outcomes at `now`; `zone` is the agreement's."""
    ends_at = period.ends_at(zone)
    if cycle is None:
        return Cohort(period, whole, None, ends_at <= now and not whole.open)
    matures_at = calendar.due(ends_at, cycle)
    return Cohort(period, whole, matures_at, matures_at <= now)


def campaigns_of(promise: Volume, by_campaign: Mapping[str, Piles], whole: Piles) -> tuple[CampaignCount, ...]:
    """Set each campaign's units beside its goal: the agreement's campaigns, then others by size, then the rest.

    `by_campaign` goes by slug, or by name for a campaign that the agreement does not know. Where nobody
    names campaigns there is nothing to set side by side.
    """
    if not any(piles.total for piles in by_campaign.values()):
        return ()
    declared = {each.slug: each for each in promise.campaigns}
    found = [CampaignCount(each.name, by_campaign.get(slug, Piles()), each.goal) for slug, each in declared.items()]
    others = [CampaignCount(name, piles) for name, piles in by_campaign.items() if name not in declared and piles.total]
    found += sorted(others, key=lambda each: (-each.piles.total, each.name))
    named = sum((each.piles for each in found), Piles())
    rest = Piles(whole.accepted - named.accepted, whole.awaiting - named.awaiting, whole.disputed - named.disputed)
    if rest.total:
        found.append(CampaignCount("", rest))
    return tuple(found)
