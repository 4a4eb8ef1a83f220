"""When attempts on an item are due and late, held against a walk that looks at every close in turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, reject
from hypothesis import strategies as st

from slacore.calendars import Calendar, Duration, HolidayRegion
from slacore.commitments import FollowUps, Unit
from slacore.followups import Course, course_of, dues_of
from tests.examples import examples
from tests.slacore.walk import MINUTE, Walk, walk_through

LEAD = Unit("lead", "leads")
OFFICE = Calendar("America/New_York", {"Mon-Fri": "09:00-17:00"}, HolidayRegion("US"))
NIGHTS = ("New York falls back", "Berlin springs forward", "Samoa skips a whole date")
SHIFTS = ("office with a lunch break", "night shift")
Stretch = tuple[datetime, datetime]


def promise(attempts: int, within: int, cadence: tuple[int, ...] = ()) -> FollowUps:
    return FollowUps(attempts, Duration(within, "wd"), LEAD, (), cadence)


def october(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC) + timedelta(hours=4)  # New York is four hours behind


def shown(moments: tuple[datetime, ...]) -> list[str]:
    return [(each - timedelta(hours=4)).strftime("%a %d %H:%M") for each in moments]


def test_attempts_are_due_at_the_close_of_their_working_days_and_holidays_are_none() -> None:
    six = promise(6, 10, (1, 2, 4, 7, 10))
    started = october(8, 11)  # Thursday; Monday the 12th is Columbus Day
    assert shown(dues_of(six, OFFICE, started)) == [
        "Fri 09 17:00", "Tue 13 17:00", "Thu 15 17:00", "Tue 20 17:00", "Fri 23 17:00", "Fri 23 17:00",
    ]  # fmt: skip


def test_without_a_cadence_all_attempts_are_due_with_the_window() -> None:
    assert shown(dues_of(promise(3, 2), OFFICE, october(14, 11))) == ["Fri 16 17:00"] * 3


def test_a_day_on_which_the_item_was_paused_at_the_close_is_no_day_of_the_cadence() -> None:
    paused = ((october(15, 12), october(16, 12)),)
    assert shown(dues_of(promise(2, 2, (1, 2)), OFFICE, october(14, 11), pauses=paused)) == [
        "Fri 16 17:00", "Mon 19 17:00",
    ]  # fmt: skip


def test_an_attempt_at_its_due_moment_is_in_time_and_two_on_one_day_keep_two_days() -> None:
    dues = dues_of(promise(3, 5, (1, 2, 5)), OFFICE, october(14, 11))
    at_the_close = course_of(dues, (dues[0],), None, dues[0])
    assert (at_the_close.late_at, at_the_close.next_at) == (None, dues[1])
    two = course_of(dues, (dues[0] - MINUTE, dues[0]), None, dues[1])
    assert (two.late_at, two.next_number, two.next_at) == (None, 3, dues[2])


def test_a_final_outcome_ends_the_duty_and_attempts_beyond_the_promised_are_counted() -> None:
    dues = dues_of(promise(2, 5, (1, 2)), OFFICE, october(14, 11))
    won = course_of(dues, (), october(15, 10), october(30, 9))
    assert (won.in_time, won.ended_at, won.next_at) == (True, october(15, 10), None)
    busy = course_of(dues, (october(14, 12), october(14, 13), october(16, 9)), None, october(30, 9))
    assert (busy.in_time, busy.made, busy.ended_at) == (True, 3, october(14, 13))


def test_an_outcome_after_a_missed_attempt_ends_a_duty_that_stays_late() -> None:
    dues = dues_of(promise(2, 5, (1, 2)), OFFICE, october(14, 11))
    course = course_of(dues, (), october(16, 9), october(30, 9))
    assert (course.in_time, course.late_at, course.ended_at) == (False, dues[0], october(16, 9))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Walk, Calendar, FollowUps, datetime, tuple[Stretch, ...]]:
    walk, calendar = walk_through(draw(st.sampled_from(NIGHTS)), draw(st.sampled_from(SHIFTS)))
    attempts = draw(st.integers(1, 4))
    within = draw(st.integers(1, 3))
    days = draw(st.lists(st.integers(0, within), unique=True, max_size=attempts).map(sorted))
    started = walk.start + timedelta(days=1) + MINUTE * draw(st.integers(0, 3 * 1440))
    pauses = draw(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 1500)), max_size=2))
    stretches = tuple((started + MINUTE * a, started + MINUTE * (a + length)) for a, length in pauses)
    return walk, calendar, promise(attempts, within, tuple(days)), started, stretches


def walked_dues(walk: Walk, promised: FollowUps, started: datetime, pauses: tuple[Stretch, ...]) -> list[datetime]:
    """Close by close: the day an item comes on is day nought, and a close within a pause is passed over."""
    today = walk.date_of(started)

    def close_of(day: int) -> datetime:
        left = day
        for on, (_, closes) in walk.shifts.items():
            counts = on > today if day else closes >= started
            if not counts or any(a < closes <= b for a, b in pauses):
                continue
            left -= 1
            if left <= 0:
                return closes
        raise LookupError

    end = close_of(promised.within.amount)
    days = [*promised.cadence, *[promised.within.amount] * promised.attempts][: promised.attempts]
    return [min(end, close_of(day)) for day in days]


@given(history=histories())
@examples(60)
def test_dues_are_those_of_a_walk_over_the_closes(
    history: tuple[Walk, Calendar, FollowUps, datetime, tuple[Stretch, ...]],
) -> None:
    walk, calendar, promised, started, pauses = history
    try:
        expected = walked_dues(walk, promised, started, pauses)
    except LookupError:
        reject()  # the walk ends before the window does
    assert list(dues_of(promised, calendar, started, pauses=pauses)) == expected


MOMENTS = st.integers(0, 40).map(lambda n: october(1, 0) + timedelta(hours=n))


def told(dues: tuple[datetime, ...], attempts: list[datetime], final_at: datetime | None, now: datetime) -> Course:
    """The same, hour by hour: what a person would tick off a list on the wall."""
    made, until_the_end, late_at, ended_at = 0, 0, None, None
    hour = october(1, 0)
    while hour <= now:
        made += attempts.count(hour)
        if ended_at is None and (made >= len(dues) or (final_at is not None and final_at <= hour)):
            ended_at = hour
        asked = sum(due <= hour for due in dues)
        if ended_at is None and late_at is None and made < asked:
            late_at = hour
        if ended_at is None:
            until_the_end = made
        elif ended_at == hour:
            before = made - attempts.count(hour)
            until_the_end = before
        hour += timedelta(hours=1)
    return Course(dues, made, until_the_end, late_at, ended_at)


@given(
    dues=st.lists(MOMENTS, min_size=1, max_size=5).map(lambda found: tuple(sorted(found))),
    attempts=st.lists(MOMENTS, max_size=7),
    final_at=st.none() | MOMENTS,
    now=MOMENTS,
)
@examples(300)
def test_a_course_is_what_ticking_off_a_list_hour_by_hour_gives(
    dues: tuple[datetime, ...], attempts: list[datetime], final_at: datetime | None, now: datetime
) -> None:
    assert course_of(dues, attempts, final_at, now) == told(dues, attempts, final_at, now)


@given(
    dues=st.lists(MOMENTS, min_size=1, max_size=5).map(lambda found: tuple(sorted(found))),
    attempts=st.lists(MOMENTS, max_size=7),
    now=MOMENTS,
)
@examples(100)
def test_what_is_owed_next_is_late_exactly_where_its_moment_has_passed(
    dues: tuple[datetime, ...], attempts: list[datetime], now: datetime
) -> None:
    course = course_of(dues, attempts, None, now)
    if course.next_at is not None and course.next_at <= now:
        assert course.late_at is not None
