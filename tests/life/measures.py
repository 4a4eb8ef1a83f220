"""What a level is by its ledger, told from raw rows alone and half-hour by half-hour.

Every moment of a life is a whole half-hour, so a stretch of time is a set of them: downtime is a union, excluded time
a difference, and what is open is asked of each half-hour's own wall clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from bot.store import tables
from slacore.agreements import Terms
from tests.life.rows import Rows
from tests.life.truths import DECIDED, WEEK, ZONE, counts

HALF_HOUR = timedelta(minutes=30)
_EPOCH = datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))
MILLION = 10**6


@dataclass(slots=True)
class Told:
    """An incident as its ledger tells it, in half-hours; `until` and `mended` are None while that is to come."""

    since: int
    until: int | None = None
    mended: int | None = None
    excluded: set[int] = field(default_factory=set)

    def hears(self, entry: RowMapping) -> None:
        """One more entry that counts."""
        at = slot(entry["occurred_at"])
        match entry["happened"]:
            case "started":
                self.since = at
            case "restored":
                self.until = at
            case "ended":
                if self.until is None or self.until == self.mended:
                    self.until = at
                self.mended = at
            case "excluded":
                self.excluded |= set(range(at, slot(entry["until_at"])))
            case "exclusions withdrawn":
                self.excluded = set()


def slot(at: datetime) -> int:
    """The half-hour that begins at a moment."""
    whole, rest = divmod(at - _EPOCH, HALF_HOUR)
    assert not rest, at
    return whole


@lru_cache(maxsize=64)
def week_of(first: date) -> range:
    """The half-hours of a week by the wall clock: one more hour of them where the clocks go back."""
    return range(
        *(slot(datetime.combine(day, time(), ZONE).astimezone(ZoneInfo("UTC"))) for day in (first, first + WEEK))
    )


@lru_cache(maxsize=16_384)
def is_office(half_hour: int) -> bool:
    """Whether the office is open then."""
    local = (_EPOCH + half_hour * HALF_HOUR).astimezone(ZONE)
    return local.weekday() < 5 and 9 <= local.hour < 17


def incidents_of(rows: Rows) -> dict[int, Told]:
    """Every incident, told anew from its entries; what only one side wants counts for nothing."""
    found: dict[int, Told] = {}
    for entry in rows.of(tables.incident_entries, "incident", "seq"):
        if entry["seq"] == 1:
            found[entry["incident"]] = Told(slot(entry["occurred_at"]))
        elif not entry["proposed_by"]:
            found[entry["incident"]].hears(entry)
    return found


def incidents_are_what_their_ledgers_tell(rows: Rows, told: dict[int, Told]) -> None:
    """The row of an incident is what reading its entries gives."""
    for row in rows.of(tables.incidents):
        own = told[row["number"]]
        kept = tuple(
            None if row[name] is None else slot(row[name]) for name in ("started_at", "restored_at", "ended_at")
        )
        assert kept == (own.since, own.until, own.mended), f"N-{row['number']}"
        assert own.until is None or own.since <= own.until, f"N-{row['number']}"


def availability(told: Iterable[Told], week: range, now: int) -> Fraction | None:
    """The share of a week in which the shop was open, without what is excluded."""
    down, excluded = set[int](), set[int]()
    for each in told:
        was = range(each.since, now if each.until is None else each.until)
        down.update(range(max(was.start, week.start), min(was.stop, week.stop)))
        excluded |= each.excluded & set(was)
    total = set(week) - excluded
    return None if not total else Fraction(len(total - down), len(total))


def time_to_restore(told: Iterable[Told], week: range, now: int) -> Fraction | None:
    """Hours of office time to restore, on average, of what was restored in a week; None where nothing was."""
    found, excluded = list[tuple[int, int, bool]](), set[int]()
    for each in sorted(told, key=lambda each: each.since):
        since, until, runs = each.since, now if each.until is None else each.until, each.until is None
        excluded |= each.excluded & set(range(since, until))
        if found and since <= found[-1][1]:
            before = found.pop()
            since, until, runs = before[0], max(before[1], until), before[2] or runs
        found.append((since, until, runs))
    times = [
        len([each for each in range(since, until) if is_office(each) and each not in excluded])
        for since, until, runs in found
        if not runs and week.start <= until < week.stop
    ]
    times = [each for each in times if each]
    return Fraction(sum(times), 2 * len(times)) if times else None


def counted_readings(rows: Rows) -> dict[tuple[str, date], list[RowMapping]]:
    """The readings of each promise's weeks that nobody has put another, or none, in the place of."""
    found: defaultdict[tuple[str, date], list[RowMapping]] = defaultdict(list)
    every = rows.of(tables.readings, "number")
    replaced = {each["corrects"] for each in every}
    for each in every:
        if each["number"] not in replaced and each["value"] is not None:
            found[each["commitment"], each["period_starts_on"]].append(each)
    return found


class Measures:
    """Every figure there is at a moment, and whether it is what was promised."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        """Read the ledgers."""
        self.now, self.told, self.readings = now, incidents_of(rows), counted_readings(rows)

    def figure(self, commitment: str, first: date) -> Fraction | None:
        """The figure of a promise's week; None where nothing was reported, or nothing happened."""
        week, now, logged = week_of(first), slot(self.now), self.readings.get((commitment, first), [])
        match commitment:
            case "open":
                return availability(self.told.values(), week, now)
            case "restore":
                return time_to_restore(self.told.values(), week, now)
            case "content":
                total = sum(each["out_of"] for each in logged)
                return Fraction(sum(each["value"] for each in logged), total) if total else None
            case "slowest":
                return Fraction(max(each["value"] for each in logged), MILLION) if logged else None
        raise ValueError(commitment)

    def holds(self, commitment: str, figure: Fraction) -> bool:
        """Whether that is as good as was promised."""
        at_least = {"open": Fraction(97, 100), "content": Fraction(4, 5)}
        at_most = {"restore": 4, "slowest": 500}
        return figure >= at_least[commitment] if commitment in at_least else figure <= at_most[commitment]


def levels_are_judged_by_their_ledgers(rows: Rows, measures: Measures) -> None:
    """A week whose figures are complete is kept or missed as they say; one without a reading is neither."""
    breaches = {each["obligation"]: each for each in rows.of(tables.breaches)}
    for owed in rows.of(tables.obligations):
        number, state, due = owed["number"], owed["state"], owed["due_at"]
        look = owed["look_again_at"]
        assert look is None or look > measures.now, f"O-{number} was to be looked at by {look}"
        if state in DECIDED:
            continue
        breach, told = breaches.get(number), f"O-{number}, {owed['commitment']} of {owed['subject']}, is {state}"
        if owed["kind"] == "reading":
            a_reading_is_reported_or_missed(owed, breach, measures, told)
        if owed["kind"] != "period":
            continue
        if due > measures.now:
            assert state in ("open", "at risk", "missed"), told
            assert state != "missed" or (breach is not None and breach["provisional"]), told
            continue
        figure = measures.figure(owed["commitment"], owed["period_starts_on"])
        told = f"{told}, and its figure {figure}"
        if figure is None and owed["commitment"] in ("content", "slowest"):
            assert state in ("open", "at risk"), told
            assert breach is None or not counts(breach), told
        elif figure is None or measures.holds(owed["commitment"], figure):
            assert state == "kept", told
            assert breach is None or not counts(breach), told
        else:
            assert state == "missed", told
            assert breach is not None, told
            assert (breach["provisional"], breach["shortfall"]) == (False, 1), told


def a_reading_is_reported_or_missed(owed: RowMapping, breach: RowMapping | None, measures: Measures, told: str) -> None:
    """Whoever reports owes a figure of each week by its moment; one that comes late makes its miss good."""
    logged = measures.readings.get((owed["commitment"], owed["period_starts_on"]), [])
    if logged:
        assert owed["done_at"] is not None, told
        assert breach is None or breach["made_good_at"] is not None, told
    elif owed["due_at"] <= measures.now:
        assert owed["state"] == "missed", told
        assert breach is not None, told
        assert breach["made_good_at"] is None, told
    else:
        assert owed["state"] in ("open", "at risk"), told


def every_week_in_force_owes_every_level_once(rows: Rows, terms: dict[int, Terms], today: date) -> None:
    """Each week owes every level if a day of it that has come was in force: begun, and not after its last day."""

    def in_force(day: date) -> bool:
        newest = max((number for number, each in terms.items() if each.effective_on <= day), default=None)
        last_on = None if newest is None else terms[newest].ends_on
        return last_on is not None and day <= last_on

    every = rows.of(tables.obligations)
    owed = [(each["commitment"], each["period_starts_on"]) for each in every if each["kind"] == "period"]
    first, wanted = date(2026, 10, 5), list[tuple[str, date]]()
    while first <= today:
        if any(in_force(first + timedelta(days=day)) for day in range(7) if first + timedelta(days=day) <= today):
            wanted += [(name, first) for name in ("open", "restore", "content", "slowest")]
        first += WEEK
    assert sorted(owed) == sorted(wanted)


def an_end_is_told_once(rows: Rows) -> None:
    """The channel hears once that an agreement is over, and only once that day is."""
    ended = [each for each in rows.of(tables.audit, "seq") if each["what"] == "AgreementEnded"]
    days = [str(each["after"]) for each in ended]
    assert len(days) == len(set(days)), days
