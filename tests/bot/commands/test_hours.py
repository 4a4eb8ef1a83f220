"""Times of day: quiet hours, and when the digest comes."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.commands.arguments import TimeOrOffArg, TimeRange, TimeRangeArg
from tests.bot.commands.company import WORDS, asked, refused

MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(MINUTES)
def test_every_minute_of_the_day_is_read_in_both_ways_of_counting_hours(at: time) -> None:
    for said in (f"{at:%H:%M}", f"{at.hour}:{at:%M}", f"{at:%I:%M%p}", f"{at:%I:%M %p}"):
        assert TimeOrOffArg().parse(said, WORDS) == at


@given(MINUTES, MINUTES, st.sampled_from(("-", "–", " - ", " to ", " until ")))
def test_hours_are_read_however_they_are_joined_and_said_back_the_same(starts: time, ends: time, joint: str) -> None:
    assume(starts != ends)
    hours = TimeRange(starts, ends)

    assert TimeRangeArg().parse(f"{starts:%H:%M}{joint}{ends:%H:%M}", WORDS) == hours
    assert TimeRangeArg().parse(TimeRangeArg().say(hours, WORDS), WORDS) == hours


def test_hours_may_run_past_midnight() -> None:
    assert asked("quiet 18:00-08:00")[1] == asked("quiet from 6pm to 8am")[1] == {"hours": TimeRange(time(18), time(8))}


def test_the_digest_comes_at_a_time_or_not_at_all() -> None:
    assert asked("digest 9am")[1] == {"at": time(9)}
    assert asked("digest OFF")[1] == {"at": "off"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("quiet 18:00", "“18:00” is not a stretch of hours."),
        ("quiet 18:00-18:00", "That begins and ends at the same time."),
        ("quiet 18:00-24:00", "“24:00” is no time of day."),
        ("quiet nights", "“nights” is not a stretch of hours."),
        ("digest never", "“never” is neither a time of day nor “off”."),
        ("digest 9", "“9” is neither a time of day nor “off”."),
    ],
)
def test_what_is_no_time_of_day_is_refused_with_the_sentence_that_fits_it(text: str, problem: str) -> None:
    assert refused(text).problem == problem
