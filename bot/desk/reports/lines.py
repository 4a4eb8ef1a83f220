"""One promise in one period, as a report tells it: a line of its own kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.desk.items import worklists
from bot.desk.levels import levels
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import count_members, count_slots, members_standing_of, volume_standing_of
from bot.desk.standings.waivers import waived
from bot.store import obligations, tallies
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Response, Volume
from slacore.periods import Period
from slacore.reports import DutyLine, LevelLine, Line, volume_line
from slacore.sweep import has_told


async def line(
    sitting: Sitting,
    agreement: Agreement,
    terms: Terms,
    commitment: Commitment,
    period: Period,
    *,
    in_public: bool = False,
) -> Line | None:
    """One promise in one period, as a report tells it.

    `in_public` keeps a miss back until the channel has been told of it: the owner heard first. A period
    whose miss was excused is waived.
    """
    found = await _line(sitting, agreement, terms, commitment, period, in_public=in_public)
    return None if found is None else await waived(sitting, agreement.slug, period.first_on, found)


async def _line(
    sitting: Sitting, agreement: Agreement, terms: Terms, commitment: Commitment, period: Period, *, in_public: bool
) -> Line | None:
    match commitment.promise:
        case Volume() as promise:
            standing = await volume_standing_of(sitting, terms, commitment, period)
            by_day = await tallies.days(sitting.tx, agreement.slug, commitment.slug, period.first_on)
            calendar = terms.calendar_of(commitment)
            return volume_line(
                commitment, promise, standing, calendar, sitting.now,
                _running_total((day, piles.accepted) for day, piles in by_day),
                _running_total((day, piles.counted) for day, piles in by_day),
                await tallies.campaigns(sitting.tx, agreement.slug, commitment.slug, period.first_on),
            )  # fmt: skip
        case Deliverable() as promise if promise.by_every_member:
            standing_of_all = await members_standing_of(sitting, terms, commitment, period)
            together = await obligations.of_subject(
                sitting.tx, agreement.slug, commitment.slug, "period", period.first_on.isoformat()
            )
            told = not in_public or (together is not None and has_told(together, terms, "channel"))
            upcoming = standing_of_all.due_at if standing_of_all.due_at > sitting.now else None
            return DutyLine(commitment, promise, count_members(standing_of_all, told=told), upcoming)
        case Deliverable() as promise:
            found = await obligations.of_period(sitting.tx, agreement.slug, commitment.slug, period.first_on)
            upcoming = min(
                (each.due_at for each in found if not each.settled and each.due_at > sitting.now), default=None
            )
            return DutyLine(commitment, promise, count_slots(found, terms if in_public else None), upcoming)
        case Level() as promise:
            return LevelLine(commitment, promise, await levels.standing_of(sitting, terms, commitment, period))
        case Response() | FollowUps():
            return await worklists.line(sitting, terms, commitment, period, in_public=in_public)


def _running_total(days: Iterator[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    """Turn units a day into the cumulative line a picture draws."""
    total, points = 0, []
    for on, units in days:
        total += units
        points.append((on, total))
    return tuple(points)
