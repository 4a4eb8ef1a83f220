"""A level promise in its period: what it is judged by, when, in which word, and what it takes from here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from slacore.calendars import Calendar
from slacore.commitments import Level
from slacore.incidents import Excluded, Incident
from slacore.outages import Service
from slacore.periods import PeriodRule
from slacore.readings import SCALE, Reading
from slacore.standing import LevelStanding, Reach, Span, standing_of_incidents, standing_of_readings

OCTOBER = PeriodRule("month").containing(date(2026, 10, 1))
STARTS, ENDS = OCTOBER.starts_at("UTC"), OCTOBER.ends_at("UTC")
JUDGED = ENDS + timedelta(days=2)
ALWAYS = Calendar("UTC", {"Mon-Sun": "00:00-24:00"})  # 744 hours of October; 99 % allows 446 minutes and 24 seconds
UPTIME = Level("availability", Fraction(99), "at least", unit="%", metric="availability", service="shop")
RESTORE = Level("time to restore", Fraction(4), "at most", unit="hours", metric="time to restore", service="shop")
SCORE = Level("score", Fraction(90), "at least", "mean", "%")


def on(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def incident(number: int, start: datetime, back: datetime | None, *excluded: tuple[datetime, datetime]) -> Incident:
    agreed = tuple(Excluded(a, b, "maintenance") for a, b in excluded)
    return Incident(number, "shop", start, "ada", restored_at=back, ended_at=back, exclusions=agreed)


def of_incidents(level: Level, now: datetime, *found: Incident) -> LevelStanding:
    span = Span(OCTOBER, STARTS, ENDS, ENDS)
    return standing_of_incidents(level, span, Service(ALWAYS, found, STARTS, now, level.excluded_counts), now)


def of_readings(level: Level, now: datetime, *values: str, out_of: int | None = None) -> LevelStanding:
    found = tuple(
        Reading(
            number, "acme", 1, "score", OCTOBER.first_on, date(2026, 10, number), int(Fraction(value) * SCALE), "ada",
            now, None if out_of is None else out_of * SCALE,
        )
        for number, value in enumerate(values, 1)
    )  # fmt: skip
    return standing_of_readings(level, Span(OCTOBER, STARTS, ENDS, JUDGED), found, ALWAYS, now)


@pytest.mark.parametrize(
    ("now", "values", "state"),
    [
        (on(15), (), "none yet"),
        (on(15), ("95",), "on pace"),
        (on(15), ("95", "89"), "at risk"),
        (on(15), ("80",), "behind"),
        (ENDS, ("80",), "behind"),
        (JUDGED, ("90",), "met"),
        (JUDGED, ("89.999999",), "missed"),
        (JUDGED, (), "no reading"),
    ],
)
def test_readings_may_come_until_it_is_judged_and_none_is_neither_kept_nor_missed(
    now: datetime, values: tuple[str, ...], state: str
) -> None:
    standing = of_readings(SCORE, now, *values)
    assert (standing.state, standing.provisional, standing.due_at) == (state, False, JUDGED)
    assert standing.shortfall == (state == "missed")


def test_a_figure_that_can_only_get_worse_is_missed_at_once_and_provisionally() -> None:
    jitter = replace(SCORE, comparison="at most", aggregation="max", threshold=Fraction(30))
    standing = of_readings(jitter, on(15), "31")
    assert (standing.words, standing.reach) == ("missed, provisional", Reach("nothing", Fraction()))
    assert of_readings(jitter, JUDGED, "31").words == "missed"


@pytest.mark.parametrize(
    ("comparison", "value", "state"),
    [
        # Of 3,100 in the month, 1,400 are expected after fourteen days of thirty-one.
        ("at least", "1400", "on pace"),
        ("at least", "1399", "behind"),
        ("at least", "3200", "on pace"),
        ("at most", "1400", "on pace"),
        ("at most", "1401", "at risk"),
        ("at most", "3101", "behind"),
    ],
)
def test_a_sum_is_held_against_the_open_time_that_has_passed(comparison: str, value: str, state: str) -> None:
    revenue = replace(SCORE, aggregation="sum", threshold=Fraction(3100), comparison=comparison)  # type: ignore[arg-type]
    assert of_readings(revenue, on(15), value).state == state


def test_what_it_takes_from_here() -> None:
    assert of_readings(SCORE, on(15), "80", "90").reach == Reach("next", Fraction(100))
    revenue = replace(SCORE, aggregation="sum", threshold=Fraction(3100))
    assert of_readings(revenue, on(15), "1000").reach == Reach("more", Fraction(2100))
    # 40 of 50 is 80 %; with fifty more good ones it is 90 of 100.
    satisfied = replace(SCORE, aggregation="good/total")
    assert of_readings(satisfied, on(15), "40", out_of=50).reach == Reach("in a row", Fraction(50))
    repaired = incident(1, on(3), on(3, 5))
    assert of_incidents(RESTORE, on(15), repaired).reach == Reach("next", Fraction(3))
    assert of_incidents(RESTORE, on(15), incident(1, on(3), on(4))).reach == Reach("nothing", Fraction())


def test_a_repair_over_the_months_end_counts_once_in_the_month_in_which_it_was_back() -> None:
    """Ten hours, two of them in September; five of another, which is still down as October ends, are in none."""
    over = incident(1, on(1) - timedelta(hours=2), on(1, 8))
    assert of_incidents(RESTORE, ENDS, over).figure == 10
    assert of_incidents(RESTORE, ENDS, replace(over, restored_at=STARTS, ended_at=STARTS)).figure == 2
    before = replace(over, restored_at=STARTS - timedelta(minutes=1))
    assert of_incidents(RESTORE, ENDS, before).figure is None
    down = incident(2, ENDS - timedelta(hours=5), ENDS + timedelta(hours=1))
    assert of_incidents(RESTORE, ENDS + timedelta(hours=2), down).figure is None
    assert of_incidents(UPTIME, ENDS + timedelta(hours=2), down).figure == 100 * (1 - Fraction(5, 744))


def test_what_any_figure_keeps_or_none_can_asks_for_nothing() -> None:
    """After 48 hours without a failure, with a mean of ten promised, the next one may come at once."""
    uptime = replace(RESTORE, metric="MTBF", comparison="at least", threshold=Fraction(10))
    failed = incident(1, on(3), on(3, 1))
    assert of_incidents(uptime, on(15), failed).reach is None
    assert of_incidents(replace(uptime, threshold=Fraction(40)), on(15), failed).reach == Reach("next", Fraction(32))
    bounded = replace(SCORE, lowest=Fraction(0), highest=Fraction(100))
    assert of_readings(bounded, on(15), "80", "90").reach == Reach("next", Fraction(100))
    assert of_readings(bounded, on(15), "80", "89").reach is None
    assert of_readings(replace(bounded, threshold=Fraction(40)), on(15), "80", "90").reach is None


@pytest.mark.parametrize(
    ("down_minutes", "state", "reach"),
    [
        (0, "on pace", Reach("downtime", Fraction(446))),
        (330, "on pace", Reach("downtime", Fraction(116))),
        (340, "at risk", Reach("downtime", Fraction(106))),
        (446, "at risk", Reach("downtime", Fraction(0))),
        (447, "missed", Reach("nothing", Fraction())),
    ],
)
def test_an_availability_has_so_much_downtime_to_spend_in_a_month(down_minutes: int, state: str, reach: Reach) -> None:
    found = incident(1, on(3), on(3) + timedelta(minutes=down_minutes))
    standing = of_incidents(UPTIME, on(15), found)
    assert (standing.state, standing.provisional, standing.reach) == (state, state == "missed", reach)
    judged = of_incidents(UPTIME, ENDS, found)
    assert (judged.words, judged.reach) == ("missed" if state == "missed" else "met", None)


def test_while_the_service_is_down_it_is_looked_at_again_when_its_downtime_runs_out() -> None:
    standing = of_incidents(UPTIME, on(15), incident(1, on(15) - timedelta(minutes=46), None))
    assert (standing.state, standing.is_down, standing.next_at) == ("at risk", True, on(15) + timedelta(minutes=401))
    then = of_incidents(UPTIME, standing.next_at, incident(1, on(15) - timedelta(minutes=46), None))
    assert then.words == "missed, provisional"


def test_what_is_excluded_is_neither_downtime_nor_service_time_unless_the_agreement_says_so() -> None:
    night = incident(1, on(3), on(3, 10), (on(3), on(3, 4)))
    assert of_incidents(UPTIME, ENDS, night).figure == 100 * (1 - Fraction(6, 740))
    counted = replace(UPTIME, excluded_counts=True)
    assert of_incidents(counted, ENDS, night).figure == 100 * (1 - Fraction(10, 744))


def test_no_failure_is_none_and_the_promise_is_met() -> None:
    running, over = of_incidents(RESTORE, on(15)), of_incidents(RESTORE, ENDS)
    assert (running.figure, running.state, over.figure, over.state) == (None, "on pace", None, "met")
    between = replace(RESTORE, metric="MTBF", comparison="at least", threshold=Fraction(200))
    assert (of_incidents(between, ENDS).figure, of_incidents(between, ENDS).state) == (None, "met")


def test_an_incident_that_is_open_at_the_end_counts_to_it_and_is_repaired_in_the_next_period() -> None:
    last_hours = incident(1, on(31, 14), None)
    november = ENDS + timedelta(hours=2)
    assert of_incidents(UPTIME, november, last_hours).figure == 100 * (1 - Fraction(10, 744))
    assert of_incidents(RESTORE, november, last_hours).figure is None
