"""What a panel says, read from its numbers once, for the picture and for the words alike."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.charts.lettering import clean
from bot.chat.card import GoalPoint, VolumePanel
from bot.chat.plain import day_of

_HIGHEST = 10**15 - 1
_SCALES = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k"))


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a promise of quantity stands at the panel's `now`.

    `attained` counts accepted and awaiting; `awaiting` is the part that no one has accepted yet.
    `goals` are the checkpoints in order, the due moment's own last. `projected` is None where
    there is nothing left to project: after the due moment, or too early.
    """

    accepted: int
    awaiting: int
    attained: int
    target: int
    goals: tuple[GoalPoint, ...]
    next_goal: GoalPoint
    is_due: bool
    has_begun: bool
    projected: tuple[int, int] | None

    @property
    def gap(self) -> str:
        """What is missing or over, in words: "57 to go", "9 short", "2 over", "target met"."""
        missing = self.target - self.attained
        if missing > 0:
            return f"{number(missing)} {'short' if self.is_due else 'to go'}"
        return "target met" if missing == 0 else f"{number(-missing)} over target"


def read(panel: VolumePanel) -> Reading:
    """Read a panel: the newest totals, the goals in order, and whether its due moment has passed."""
    accepted, attained = _newest(panel.accepted), _newest(panel.counted)
    attained = max(accepted, attained)
    goals = tuple(sorted(panel.goal, key=lambda goal: goal.at))
    if not goals or goals[-1].at < panel.due_at:
        goals = (*goals, GoalPoint(panel.due_at, panel.target))
    following = bisect_right([goal.at for goal in goals], panel.now)
    is_due = panel.now >= panel.due_at
    low, high = panel.projected or (0, 0)
    return Reading(
        accepted=accepted,
        awaiting=attained - accepted,
        attained=attained,
        target=panel.target,
        goals=goals,
        next_goal=goals[min(following, len(goals) - 1)],
        is_due=is_due,
        has_begun=panel.now >= panel.starts_at,
        projected=None if panel.projected is None or is_due else (max(0, min(low, high)), max(0, low, high)),
    )


def cumulated(panel: VolumePanel, totals: tuple[tuple[date, int], ...]) -> list[tuple[datetime, int]]:
    """A panel's daily totals as a line in time: from nothing at the start to the total now.

    A day's total is reached by the day's end in the agreement's zone, or by now if the day still
    runs, and the line rises within that day alone: a batch does not look like a steady trickle.
    """
    zone = zone_of(panel.zone)
    line = [(panel.starts_at, 0)]
    for on, total in sorted(totals):
        dawn, night = (max(panel.starts_at, min(at, panel.now)) for at in _ends_of(on, zone))
        if dawn > line[-1][0]:
            line.append((dawn, line[-1][1]))
        line.append((max(night, line[-1][0]), max(0, total)))
    if line[-1][0] < panel.now:
        line.append((panel.now, line[-1][1]))
    return line


def number(quantity: int) -> str:
    """A quantity in full, with its thousands parted: "1,000,000"."""
    bounded = max(-_HIGHEST, min(quantity, _HIGHEST))
    return f"{bounded:,}" if bounded == quantity else f"over {bounded:,}"


def short_number(quantity: int) -> str:
    """A quantity briefly, rounded down so that nothing looks attained before it is: "9,999", then "999k"."""
    bounded = max(0, min(quantity, _HIGHEST))
    if bounded < 10_000:
        return f"{bounded:,}"
    scale, letter = next(step for step in _SCALES if bounded >= step[0])
    whole, rest = divmod(bounded, scale)
    digits = 3 - len(str(whole))
    part = f"{rest * 10**digits // scale:0{digits}d}".rstrip("0") if digits else ""
    return f"{whole}.{part}{letter}" if part else f"{whole}{letter}"


def zone_of(name: str) -> ZoneInfo:
    """The named time zone, or UTC where the name means none: a picture is drawn in any case."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def local(at: datetime, zone: str) -> datetime:
    """An instant on the wall clock of a zone; at the calendar's very ends, in UTC."""
    try:
        return at.astimezone(zone_of(zone))
    except (OverflowError, ValueError):
        return at.astimezone(UTC)


def day(at: datetime, zone: str) -> str:
    """An instant's day: "Fri 16 Oct"."""
    return day_of(local(at, zone).date())


def day_of_month(at: datetime, zone: str) -> str:
    """An instant's day without its weekday: "16 Oct"."""
    return day(at, zone).partition(" ")[2]


def hour(at: datetime, zone: str) -> str:
    """An instant's time of day: "17:00"."""
    return f"{local(at, zone):%H:%M}"


def moment(at: datetime, zone: str) -> str:
    """An instant as people say it: "Fri 16 Oct 17:00"."""
    return f"{day(at, zone)} {hour(at, zone)}"


def clock_of(zone: str) -> str:
    """Whose time of day is meant, as people say it: "New York time"; "UTC" stays as it is."""
    city = clean(zone_of(zone).key.rsplit("/", 1)[-1].replace("_", " "))
    return city if city == "UTC" else f"{city} time"


def _newest(totals: tuple[tuple[date, int], ...]) -> int:
    return max(0, max(totals)[1]) if totals else 0


def _ends_of(on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a date begins and ends in a zone; at the calendar's very ends, in UTC and at once."""
    try:
        dawn = datetime(on.year, on.month, on.day, tzinfo=zone)
        return dawn.astimezone(UTC), (dawn + timedelta(days=1)).astimezone(UTC)
    except (OverflowError, ValueError):
        dawn = datetime(on.year, on.month, on.day, tzinfo=UTC)
        return dawn, dawn
