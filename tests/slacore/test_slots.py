"""The dates of a period on which something is due."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Calendar, HolidayRegion
from slacore.errors import Refusal
from slacore.periods import Period, PeriodRule, SlotRule
from slacore.periods.wording import Each, Moved
from tests.examples import examples

OFFICE = Calendar("America/New_York", {"Mon-Fri": "09:00-17:00"}, HolidayRegion("US"))
ONE_DAY = timedelta(days=1)


def month(text: str) -> Period:
    return PeriodRule("month").containing(date.fromisoformat(f"{text}-01"))


def days(rule: str, period: Period, calendar: Calendar = OFFICE) -> list[int]:
    return [slot.on.day for slot in SlotRule.parse(rule).slots(period, calendar)]


def test_the_last_four_fridays_are_four_reports_in_a_month_of_five_too() -> None:
    assert days("last four Fridays 16:00", month("2026-10")) == [9, 16, 23, 30]
    assert days("last four Fridays 16:00", month("2026-11")) == [6, 13, 20, 27]


def test_a_slot_knows_its_place_its_date_and_its_moment() -> None:
    slots = SlotRule.parse("last four Fridays 16:00").slots(month("2026-12"), OFFICE)
    assert [(slot.index, slot.of) for slot in slots] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    christmas = slots[-1]
    assert (christmas.nominal_on, christmas.on) == (date(2026, 12, 25), date(2026, 12, 24))
    assert [slot.nominal_on == slot.on for slot in slots] == [True, True, True, False]
    assert christmas.at == datetime(2026, 12, 24, 21, 0, tzinfo=UTC)


def test_a_slots_time_is_local_to_the_agreement_and_not_to_the_calendar() -> None:
    rule = SlotRule.parse("last Friday 16:00")
    assert rule.slots(month("2026-10"), OFFICE, "Europe/Berlin")[0].at == datetime(2026, 10, 30, 15, 0, tzinfo=UTC)
    assert rule.slots(month("2026-10"), OFFICE)[0].at == datetime(2026, 10, 30, 20, 0, tzinfo=UTC)


def test_a_slot_at_a_time_that_the_night_skips_is_due_when_the_clock_jumps() -> None:
    always = Calendar("America/New_York", {"daily": "24h"})
    (slot,) = SlotRule.parse("8th 02:30").slots(month("2026-03"), always)
    assert slot.at == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def test_a_slot_on_a_holiday_moves_to_the_working_day_before_or_after_or_stays() -> None:
    assert days("25th 17:00", month("2026-12")) == [24]
    assert days("25th 17:00, or the working day before", month("2026-12")) == [24]
    assert days("25th 17:00, or the working day after", month("2026-12")) == [28]
    assert days("25th 17:00, not moved", month("2026-12")) == [25]


def test_a_slot_never_moves_into_another_period() -> None:
    assert days("1st 09:00", month("2026-08")) == [3]  # Saturday the 1st: before it lies July
    assert days("last day 09:00, or the working day after", month("2026-10")) == [30]  # Saturday the 31st


def test_a_slot_of_a_longer_period_never_moves_into_another_month() -> None:
    quarter = PeriodRule("quarter").containing(date(2026, 10, 1))
    found = [slot.on for slot in SlotRule.parse("1st of each month 12:00").slots(quarter, OFFICE)]
    assert found == [date(2026, 10, 1), date(2026, 11, 2), date(2026, 12, 1)]  # Sunday the 1st of November
    week = PeriodRule("week").containing(date(2026, 11, 1))
    assert days("Sunday 12:00", week) == [30], "a week of two months is one sheet"


def test_a_slot_stays_where_nobody_works_all_period_long() -> None:
    sunday = Period(date(2026, 10, 18), date(2026, 10, 18), "a Sunday")
    assert days("every day 09:00", sunday) == [18]
    assert days("last working day 09:00", sunday) == []


def test_the_31st_of_a_short_month_is_its_last_day() -> None:
    assert days("31st 17:00, not moved", month("2026-11")) == [30]
    assert days("30th 17:00, not moved", month("2028-02")) == [29]
    assert days("fifth Friday 17:00", month("2026-11")) == [27]


def test_working_days_are_counted_without_holidays() -> None:
    assert days("3rd working day 12:00", month("2026-07")) == [6]  # the 3rd is a holiday, observed
    assert days("last working day 17:00", month("2026-05")) == [29]
    assert days("first two working days 09:00", month("2027-01")) == [4, 5]
    assert days("every working day 17:00", month("2026-12"))[-6:] == [23, 24, 28, 29, 30, 31]


def test_positions_can_count_within_each_week_or_month_of_a_longer_period() -> None:
    assert days("day 5 of each week 17:00", month("2026-10")) == [2, 9, 16, 23, 30]
    quarter = PeriodRule("quarter").containing(date(2026, 10, 1))
    slots = SlotRule.parse("last working day of each month 17:00").slots(quarter, OFFICE)
    assert [slot.on for slot in slots] == [date(2026, 10, 30), date(2026, 11, 30), date(2026, 12, 31)]
    assert [slot.on for slot in SlotRule.parse("last day 17:00").slots(quarter, OFFICE)] == [date(2026, 12, 31)]


def test_a_week_that_the_period_cuts_keeps_its_own_positions() -> None:
    assert days("first day of each week 17:00", month("2026-10")) == [5, 9, 19, 26]  # Monday the 12th is a holiday


def test_slots_that_come_to_lie_on_one_date_are_one() -> None:
    assert days("every day 17:00", PeriodRule("week").containing(date(2026, 10, 20))) == [19, 20, 21, 22, 23]
    (*_, friday) = SlotRule.parse("every day 17:00").slots(PeriodRule("week").containing(date(2026, 10, 20)), OFFICE)
    assert (friday.index, friday.of, friday.on) == (5, 5, friday.nominal_on)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("last four Fridays 16:00", "last four Fridays 16:00"),
        ("the last 4 fridays at 4pm", "last four Fridays 16:00"),
        ("Friday 16:00", "every Friday 16:00"),
        ("each Friday 16:00", "every Friday 16:00"),
        ("Monday, Wednesday and Friday 9:30", "every Monday, Wednesday and Friday 09:30"),
        ("on the 25th at 17:00", "25th 17:00"),
        ("day 25 17:00", "25th 17:00"),
        ("1st and 15th 17:00", "1st and 15th 17:00"),
        ("last working day 17:00", "last working day 17:00"),
        ("last business day 17:00", "last working day 17:00"),
        ("first Monday 09:00", "first Monday 09:00"),
        ("second and fourth Tuesday 09:00", "2nd and 4th Tuesday 09:00"),
        ("3rd working day 12:00", "3rd working day 12:00"),
        ("every weekday 8:00 am", "every weekday 08:00"),
        ("last 12 days 17:00", "last 12 days 17:00"),
        ("22nd 17:00, or the working day after", "22nd 17:00, or the working day after"),
        ("13th 17:00, not moved", "13th 17:00, not moved"),
        ("last Friday of each month 16:00", "last Friday of each month 16:00"),
    ],
)
def test_a_rule_is_read_and_says_itself(text: str, said: str) -> None:
    assert str(SlotRule.parse(text)) == said


@pytest.mark.parametrize(
    "text",
    ["", "Friday", "16:00", "every 16:00", "every other Friday 16:00", "last 0 Fridays 16:00", "0th 17:00",
     "400th 17:00", "٢nd 17:00", "Friday 24:00", "Friday 25:00", "Friday 13pm", "Fryday 16:00",
     "last four 16:00", "day 17:00", "x" * 9999],
)  # fmt: skip
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        SlotRule.parse(text)
    assert "last four Fridays 16:00" in caught.value.next_step
    assert caught.value.field == "slots"


@given(st.text("last four fridays1532ndof each:0,working day at", max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with suppress(Refusal):
        SlotRule.parse(text)


@st.composite
def slot_rules(draw: st.DrawFn) -> SlotRule:
    pick = draw(st.sampled_from(["every", "first", "last", "nth"]))
    working = draw(st.booleans())
    weekdays = set(range(7)) if working else draw(st.sets(st.integers(0, 6), min_size=1))
    counts = {"every": 0, "first": 1, "last": 1}.get(pick)
    numbers = draw(
        st.sets(
            st.integers(1, 35),
            min_size=counts or (1 if counts is None else 0),
            max_size=counts or (3 if counts is None else 0),
        )
    )
    at = time(draw(st.integers(0, 23)), draw(st.integers(0, 59)))
    each, moved = draw(st.sampled_from(get_args(Each))), draw(st.sampled_from(get_args(Moved)))
    return SlotRule(at, pick, tuple(numbers), tuple(weekdays), working, each, moved)  # type: ignore[arg-type]


@examples(100)
@given(slot_rules())
def test_what_is_printed_is_read_back(rule: SlotRule) -> None:
    assert SlotRule.parse(str(rule)) == rule


@examples(100)
@given(
    slot_rules(),
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    st.sampled_from(["day", "week", "month", "quarter", "every 10 days from 2026-10-01"]),
)
def test_slots_are_those_that_somebody_ticks_off_on_a_paper_calendar(rule: SlotRule, on: date, kind: str) -> None:
    period = PeriodRule.parse(kind).containing(on)
    paper = [period.first_on + ONE_DAY * step for step in range(-400, period.days + 400)]

    def group(day: date) -> object:
        return {
            "period": day in period,
            "week": day.isocalendar()[:2],
            "month": (day.year, day.month),
            "quarter": (day.year, (day.month - 1) // 3),
            "year": day.year,
        }[rule.each]

    expected: dict[date, set[date]] = {}
    for name in {group(day) for day in paper if day in period}:
        fitting = [
            day
            for day in paper
            if group(day) == name
            and day.weekday() in rule.weekdays
            and (OFFICE.is_working_day(day) or not rule.working)
        ]
        picked = []
        for place, day in enumerate(fitting, start=1):
            left = len(fitting) - place
            if (
                rule.pick == "every"
                or (rule.pick == "first" and place <= rule.numbers[0])
                or (rule.pick == "last" and left < rule.numbers[0])
                or (rule.pick == "nth" and (place in rule.numbers or (left == 0 and max(rule.numbers) > place)))
            ):
                picked.append(day)
        for nominal in (day for day in picked if day in period):
            on_day = nominal
            if rule.moved != "no":
                step = -ONE_DAY if rule.moved == "before" else ONE_DAY
                for way in (step, -step):
                    candidate = nominal
                    sheet = [
                        day for day in paper if day in period and (kind != "quarter" or day.month == nominal.month)
                    ]
                    while candidate in sheet and not OFFICE.is_working_day(candidate):
                        candidate += way
                    if candidate in sheet:
                        on_day = candidate
                        break
            expected.setdefault(on_day, set()).add(nominal)
    slots = rule.slots(period, OFFICE)
    assert [slot.on for slot in slots] == sorted(expected)
    assert [slot.index for slot in slots] == list(range(1, len(slots) + 1))
    for slot in slots:
        assert slot.of == len(slots)
        assert slot.nominal_on in expected[slot.on]
        assert slot.nominal_on == slot.on or slot.on not in expected[slot.on]


def test_a_slot_rule_is_of_whole_minutes_and_some_days() -> None:
    with pytest.raises(ValueError, match="whole minutes"):
        SlotRule(time(9, 0, 30))
    for wrong in ({"weekdays": ()}, {"weekdays": (7,)}, {"pick": "nth"}, {"pick": "last", "numbers": (1, 2)}):
        with pytest.raises(Refusal):
            SlotRule(time(9), **wrong)
