"""A promise about each item is judged as a share: of those due in the period, so many in time."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore.calendars import Duration
from slacore.standing import ShareStanding, share_standing, spread_of
from tests.answering import answering
from tests.company_x import OCTOBER, at

ENDED = at(1, 0, month=11)
RUNNING = at(20)
MINUTE = timedelta(minutes=1)


def judged(
    in_time: int, late: int = 0, overdue: int = 0, contested: int = 0, now: Any = RUNNING, **changes: Any
) -> ShareStanding:
    terms, commitment, promise = answering(**changes)
    names = ("in time", "late", "overdue", "contested")
    counts = {f"response {name}": n for name, n in zip(names, (in_time, late, overdue, contested), strict=True)}
    return share_standing(commitment, promise, terms, OCTOBER, counts, now)


def test_where_everything_is_promised_the_first_late_item_is_a_miss_at_once() -> None:
    assert judged(10).state == "on pace"
    missed = judged(10, late=1)
    assert (missed.state, missed.shortfall) == ("missed", 1)
    assert judged(10, now=ENDED).state == "met"


def test_where_a_share_is_promised_the_end_of_the_period_decides() -> None:
    share = Fraction(95, 100)
    assert judged(94, late=6, share=share).state == "behind"
    assert judged(95, late=5, share=share).state == "at risk", "one more would be too many"
    assert judged(99, late=1, share=share).state == "on pace"
    assert judged(95, late=5, share=share, now=ENDED).state == "met"
    missed = judged(94, late=4, overdue=2, share=share, now=ENDED)
    assert (missed.state, missed.shortfall, missed.words) == ("missed", 1, "missed")


def test_below_the_minimum_sample_each_item_is_judged_alone() -> None:
    terms: dict[str, Any] = {"share": Fraction(1, 2), "minimum_sample": 10}
    assert judged(8, late=1, now=ENDED, **terms).state == "missed"
    assert judged(8, late=1, now=ENDED, **terms).shortfall == 1
    assert judged(9, late=1, now=ENDED, **terms).state == "met"
    assert judged(8, late=1, **terms).state == "behind", "a tenth may still come"


def test_a_period_in_which_nothing_fell_due_is_not_called_met() -> None:
    assert judged(0, now=ENDED).state == "nothing due"
    assert judged(0).state == "on pace"
    assert judged(0, now=ENDED).first.share is None


def test_what_is_contested_could_still_change_the_word() -> None:
    open_ = judged(9, overdue=1, contested=1, now=ENDED)
    assert (open_.state, open_.provisional, open_.words) == ("behind", True, "behind, provisional")
    assert judged(9, overdue=2, contested=1, now=ENDED).state == "missed"
    assert judged(9, overdue=1, contested=1).words == "behind, provisional"


def test_the_worst_of_answers_updates_and_resolutions_gives_the_word() -> None:
    terms, commitment, promise = answering(resolved_within=Duration(2, "wd"), updated_every=Duration(1, "wd"))
    counts = {"response in time": 9, "update in time": 3, "resolution in time": 8, "resolution late": 1}
    standing = share_standing(commitment, promise, terms, OCTOBER, counts, RUNNING)
    assert standing.state == "missed"
    assert [each.kind for each in standing.samples] == ["response", "update", "resolution"]


@given(
    in_time=st.integers(0, 60), late=st.integers(0, 9), overdue=st.integers(0, 9), percent=st.integers(0, 100),
    minimum=st.integers(1, 30),
)  # fmt: skip
def test_the_end_s_word_is_what_counting_one_by_one_says(
    in_time: int, late: int, overdue: int, percent: int, minimum: int
) -> None:
    standing = judged(
        in_time, late, overdue, now=ENDED, share=Fraction(percent, 100), minimum_sample=minimum
    )  # fmt: skip
    items = [True] * in_time + [False] * (late + overdue)
    kept = all(items) if len(items) < minimum else sum(items) * 100 >= percent * len(items)
    assert standing.state == ("missed" if not kept else "met" if items else "nothing due")
    if not kept:
        mended = 0
        while len(items) >= minimum and sum(items) * 100 < percent * len(items):
            items[items.index(False)] = True
            mended += 1
        assert standing.shortfall == (mended if len(items) >= minimum else late + overdue)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_the_middle_and_the_slow_end_are_times_that_so_many_did_not_exceed(minutes: list[int]) -> None:
    spread = spread_of(MINUTE * each for each in minutes)
    for percent, found in ((50, spread.median), (90, spread.ninetieth)):
        within = sum(MINUTE * each <= found for each in minutes)
        below = sum(MINUTE * each < found for each in minutes)
        assert found in [MINUTE * each for each in minutes]
        assert within * 100 >= percent * len(minutes) > below * 100


def test_of_nothing_there_is_no_middle() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        spread_of([])
