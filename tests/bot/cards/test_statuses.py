"""Where promises stand, for whoever asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards.lines import Overview
from bot.cards.statuses import status
from slacore.handoffs import Piles
from slacore.periods import PeriodRule
from slacore.reports import volume_line
from slacore.standing import SlotCount
from tests.bot.cards.october import FRIDAY, friction, leads, reports
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import OCTOBER, TERMS, at, standing

LEADS = Overview("C-1", TERMS, OCTOBER, leads())
REPORTS = Overview("C-2", TERMS, OCTOBER, reports())
FRICTION = Overview("C-3", TERMS, OCTOBER, friction())


def test_one_promise_is_told_in_full() -> None:
    card = status([LEADS], FRIDAY)
    assert printed(card) == lines(
        """
        Qualified leads (C-1) · October · ▲ at risk
        (Qualified leads, October)
        Qualified leads. October: 40 accepted + 25 awaiting acceptance = 65 of 75 due today.
            3 are disputed and held apart. At the pace so far: 85 to 95 by Fri 30 Oct.
            It takes 35 more qualified leads in 6 working days: 6 a day.
        Qualified leads in money: 65 × 50 % × $100 = $3,250 of $5,000 planned
        Marketing owes it to Sales; Josh answers for it.
        What it is for: “Enough people to talk to, early enough in the month, that sales can close 50 of them.”
        [History]
        """
    )
    assert says(card) == ["history C-1"]
    assert card.summary == "Qualified leads 65 of 75 due today, at risk."


def test_several_promises_are_a_table_and_a_button_each() -> None:
    card = status([LEADS, REPORTS, FRICTION], FRIDAY)
    assert printed(card) == lines(
        """
        October: 1 at risk of 3
        (Where the promises stand)
        Company X, marketing to sales to service, October
        Promise                         Due by now  Actual  State
        Qualified leads (C-1)             75 today      65  ▲ at risk
        Lead status reports (C-2)                2       2  ● on pace
        Customer friction report (C-3)           0       0  ● on pace
        [Qualified leads] [Lead status reports] [Customer friction report]
        """
    )
    assert says(card) == ["status C-1", "status C-2", "status C-3"]


def test_promises_of_different_periods_stand_in_tables_of_their_own() -> None:
    week = PeriodRule("week").containing(date(2026, 10, 23))
    text = printed(status([LEADS, replace(REPORTS, period=week)], FRIDAY))
    assert text.splitlines()[0] == "Where the promises stand: 1 at risk of 2"
    assert "Company X, marketing to sales to service, week 43 (19–25 Oct)" in text


def test_a_deliverable_says_what_was_kept_missed_and_excused_and_what_is_next() -> None:
    line = replace(reports(), count=SlotCount(kept=1, missed=1, to_come=1, excused=1), next_at=at(30, 16))
    card = status([replace(REPORTS, line=line)], FRIDAY)
    assert "Lead status reports. October: 1 of 3 kept, 1 missed, 1 excused; next Fri 30 Oct 16:00." in printed(card)
    assert card.title == "Lead status reports (C-2) · October · ▼ behind"


def test_what_open_units_could_still_change_is_marked_as_provisional() -> None:
    now = at(30, 17)
    line = leads()
    after = volume_line(
        line.commitment, line.promise, standing(now, on_time=Piles(80, 5, 6)), TERMS.calendar_of(line.commitment), now
    )
    card = status([replace(LEADS, line=after)], now)
    assert card.title == "Qualified leads (C-1) · October · ▼ short, provisional"
    assert "miss" not in f"{printed(card)} {card.summary}"


def test_an_earlier_year_is_named() -> None:
    now = at(5, 9, month=1, year=2027)
    assert status([FRICTION], now).title == "Customer friction report (C-3) · October 2026 · ● on pace"


def test_a_title_says_how_many_stand_badly_the_worst_first() -> None:
    behind = replace(REPORTS, line=replace(reports(), count=SlotCount(kept=1, missed=1, to_come=2)))

    assert status([LEADS, FRICTION, behind, behind], FRIDAY).title == "October: 2 behind, 1 at risk of 4"
    assert status([REPORTS, FRICTION], FRIDAY).title == "October: nothing late or at risk"


def test_a_checkpoint_of_today_is_named_beside_the_count_it_is_held_against() -> None:
    the_day_before = at(22, 16)
    assert status([LEADS], the_day_before).summary == "Qualified leads 65 of 50 due by now, at risk."
    assert status([LEADS], FRIDAY).summary == "Qualified leads 65 of 75 due today, at risk."
