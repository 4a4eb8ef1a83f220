"""Whatever a chart holds, its picture stays on its canvas and no word stands on another."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.facts import cumulated, read
from bot.charts.frame import SMALL, WIDTH
from bot.charts.layout import lay_out
from bot.charts.lettering import width_of
from bot.charts.scales import scale_of
from bot.charts.shapes import Bounds, Picture, Words
from bot.chat.card import Chart, VolumePanel
from tests.bot.charts import charts
from tests.bot.charts.october import EARLY, MIDMONTH, MISSED, october
from tests.bot.charts.oddities import ODD
from tests.examples import examples

PHONE = 320


def words_of(picture: Picture) -> list[Words]:
    return [shape for shape in picture.shapes if isinstance(shape, Words) and shape.text]


def check(picture: Picture) -> None:
    canvas = Bounds(-0.5, -0.5, picture.width + 0.5, picture.height + 0.5)
    for shape in picture.shapes:
        left, top, right, bottom = shape.bounds()
        assert canvas.left <= left <= right <= canvas.right, shape
        assert canvas.top <= top <= bottom <= canvas.bottom, shape
    bounded = [(words, words.bounds()) for words in words_of(picture)]
    for (one, there), (other, elsewhere) in combinations(bounded, 2):
        assert not there.overlaps(elsewhere), (one, other)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_chart_keeps_to_its_canvas_and_its_words_apart(name: str) -> None:
    check(lay_out(ODD[name]))


@pytest.mark.parametrize("panel", [MIDMONTH, EARLY, MISSED])
def test_october_keeps_to_its_canvas_and_its_words_apart(panel: VolumePanel) -> None:
    check(lay_out(october(panel)))


@examples(30)
@given(charts.plausible)
def test_any_plausible_chart_keeps_to_its_canvas_and_its_words_apart(chart: Chart) -> None:
    check(lay_out(chart))


@examples(15)
@given(charts.anything)
def test_a_chart_that_no_report_would_make_still_keeps_to_its_canvas(chart: Chart) -> None:
    check(lay_out(chart))


@examples(15)
@given(charts.plausible)
def test_the_smallest_letters_are_ten_pixels_high_on_the_narrowest_phone(chart: Chart) -> None:
    for words in words_of(lay_out(chart)):
        assert words.size * PHONE / WIDTH >= 10, words
        assert words.size >= SMALL


@examples(15)
@given(charts.plausible)
def test_words_are_given_the_width_that_their_letters_have(chart: Chart) -> None:
    for words in words_of(lay_out(chart)):
        assert words.width == pytest.approx(width_of(words.text, words.size, words.bold))


@examples(50)
@given(charts.volumes(), st.lists(st.floats(-1, 3), min_size=2, max_size=2), st.lists(st.integers(), max_size=9))
def test_later_is_further_right_and_more_is_further_up(
    panel: VolumePanel, parts: list[float], quantities: list[int]
) -> None:
    scale = scale_of(panel, read(panel), cumulated(panel, panel.counted), top=0, bottom=400)
    before, after = sorted(panel.starts_at + timedelta(hours=200) * part for part in parts)
    assert scale.left <= scale.x(before) <= scale.x(after) <= scale.right
    heights = [scale.y(quantity) for quantity in sorted(quantities)]
    assert heights == sorted(heights, reverse=True)
    assert all(scale.top <= height <= scale.bottom for height in heights)


@examples(50)
@given(charts.volumes())
def test_the_line_of_what_came_in_never_runs_back_in_time_and_ends_at_what_counts_now(panel: VolumePanel) -> None:
    course = cumulated(panel, panel.counted)
    moments = [at for at, _ in course]
    assert moments == sorted(moments)
    assert moments[0] == panel.starts_at
    assert moments[-1] == max(panel.starts_at, panel.now)
    assert course[-1][1] == (panel.counted[-1][1] if panel.counted else 0)


def test_a_batch_rises_on_its_own_day_and_not_over_the_days_before_it() -> None:
    course = cumulated(MISSED, MISSED.counted)
    rises = [(before, after) for before, after in pairwise(course) if before[1] != after[1]]
    assert rises
    assert all(after[0] - before[0] == timedelta(days=1) for before, after in rises)


def test_promises_beyond_the_first_six_of_a_kind_are_counted() -> None:
    said = [words.text for words in words_of(lay_out(ODD["six"]))]
    assert "+4 more, named in the text" in said
