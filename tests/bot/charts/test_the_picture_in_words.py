"""Who cannot see the picture hears the same: every promise, every number, every day."""

from __future__ import annotations

from hypothesis import given, settings

from bot.charts.alt import describe
from bot.charts.facts import moment, number, read
from bot.charts.layout import MOST_BARS, MOST_VOLUMES
from bot.charts.lettering import clean
from bot.chat.card import Chart
from tests.bot.charts import charts
from tests.bot.charts.october import EARLY, MIDMONTH, MISSED, october
from tests.bot.charts.oddities import ODD


def test_october_at_half_time() -> None:
    assert describe(october(MIDMONTH)) == (
        "Leads: Marketing → Sales (at risk): 43 of 100 qualified leads as of Fri 16 Oct 15:00, 18 accepted and "
        "25 awaiting acceptance; 57 to go. Period Thu 1 Oct to Sun 1 Nov 00:00, due Fri 30 Oct 17:00 New York time. "
        "Goals: 25 by Fri 9 Oct 17:00, 50 by Fri 16 Oct 17:00, 75 by Fri 23 Oct 17:00, 100 by Fri 30 Oct 17:00. "
        "Projected by the due moment: 84 to 102. "
        "Lead reports: Sales → Marketing (on pace): 3 kept, 0 missed, 1 to come."
    )


def test_a_missed_month_says_how_much_is_short_and_projects_nothing() -> None:
    words = describe(october(MISSED))
    assert "(missed): 91 of 100 qualified leads" in words
    assert "9 short" in words
    assert "was due Fri 30 Oct 17:00" in words
    assert "Projected" not in words


def test_a_month_that_is_met_early_says_so_and_that_it_may_still_change() -> None:
    words = describe(october(EARLY))
    assert "(met, provisional): 100 of 100" in words
    assert "target met" in words


def test_the_charts_own_sentence_comes_first() -> None:
    assert describe(ODD["six"]).startswith("Six promises of quantity and nine of things done. Leads")


def test_an_empty_chart_is_described_too() -> None:
    assert describe(ODD["nothing at all"]) == "Promises: no promise falls in this period."


def test_promises_that_the_picture_has_no_room_for_are_in_its_words() -> None:
    chart = ODD["six"]
    assert len(chart.volumes) > MOST_VOLUMES
    assert len(chart.bars) > MOST_BARS
    titles = [volume.title for volume in chart.volumes] + [bar.title for bar in chart.bars]
    assert all(title in describe(chart) for title in titles)


@settings(max_examples=50, deadline=None)
@given(charts.plausible)
def test_every_number_and_every_day_is_said(chart: Chart) -> None:
    words = describe(chart)
    assert words
    for panel in chart.volumes:
        reading = read(panel)
        for quantity in (reading.accepted, reading.awaiting, reading.attained, reading.target):
            assert number(quantity) in words
        for goal in panel.goal:
            assert f"{number(goal.quantity)} by {moment(goal.at, panel.zone)}" in words
        for end in reading.projected or ():
            assert number(end) in words
        assert clean(panel.title) in words
        assert clean(panel.state) in words
    for bar in chart.bars:
        for count, kind in ((bar.kept, "kept"), (bar.missed, "missed"), (bar.to_come, "to come")):
            assert f"{number(max(0, count))} {kind}" in words
