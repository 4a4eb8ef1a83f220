"""Who cannot see the picture hears the same: every promise, every number, every day."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from bot.cards.alt import describe
from bot.cards.words import deadline_text
from bot.chat.card import Chart
from tests.bot.charts import charts
from tests.bot.charts.october import EARLY, MIDMONTH, MISSED, REPORTS
from tests.examples import examples


def test_october_at_half_time() -> None:
    assert describe([MIDMONTH], [REPORTS]) == (
        "Leads: Marketing → Sales (at risk): 43 of 100 qualified leads as of Fri 16 Oct 15:00; "
        "18 accepted and 25 awaiting acceptance; 57 to go. Due Fri 30 Oct 17:00 New York time. "
        "Goals: 25 by Fri 9 Oct 17:00, 50 by Fri 16 Oct 17:00, 75 by Fri 23 Oct 17:00, 100 by Fri 30 Oct 17:00. "
        "At the pace so far 84 to 102 by then. "
        "Lead reports: Sales → Marketing (on pace): 3 kept, 0 missed, 1 to come."
    )


def test_a_missed_month_says_how_much_is_short_and_projects_nothing() -> None:
    words = describe([replace(MISSED, projected=(91, 91))], [])
    assert "(missed): 91 of 100 qualified leads" in words
    assert "9 short. Was due Fri 30 Oct 17:00" in words
    assert "At the pace" not in words


def test_a_month_that_is_met_early_says_so_and_that_it_may_still_change() -> None:
    words = describe([EARLY], [])
    assert "(met, provisional): 100 of 100" in words
    assert "target met." in words


def test_more_than_was_asked_and_a_sure_pace_are_said_as_such() -> None:
    words = describe([replace(EARLY, target=90, projected=(104, 104))], [])
    assert "10 over the target." in words
    assert "At the pace so far 104 by then." in words


def test_a_month_without_promises_has_words_too() -> None:
    assert describe([], []) == "No promise falls in this period."


@examples(20)
@given(charts.plausible)
def test_every_number_and_every_day_is_said(chart: Chart) -> None:
    words = describe(chart.volumes, chart.bars)
    assert words
    for panel in chart.volumes:
        for totals in (panel.accepted, panel.counted):
            assert f"{totals[-1][1] if totals else 0:,}" in words
        assert f"{panel.target:,}" in words
        for goal in panel.goal:
            assert f"{goal.quantity:,} by {deadline_text(goal.at, panel.zone)}" in words
        for end in (panel.projected or ()) if panel.now < panel.due_at else ():
            assert f"{end:,}" in words
        assert panel.title in words
        assert panel.state in words
    for bar in chart.bars:
        for count, kind in ((bar.kept, "kept"), (bar.missed, "missed"), (bar.to_come, "to come")):
            assert f"{count:,} {kind}" in words
