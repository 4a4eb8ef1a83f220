"""What the channel hears of a miss and of a number that is in early."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.cards.breaches import benchmark_met, missed
from bot.cards.duties import Duty
from slacore.breaches import Breach
from slacore.handoffs import Piles
from tests.bot.cards.printing import lines, printed, says
from tests.company_x import TERMS, at, month_of_leads, report_of, standing

NOW = at(3, 9, month=11)
BREACH = Breach(3, 12, "A-1", 1, "leads", "marketing", 9, provisional=False, recorded_at=at(30, 17))


def leads(on_time: Piles, late: Piles | None = None) -> Duty:
    return Duty(replace(month_of_leads(), state="missed"), TERMS, standing(NOW, on_time=on_time, late=late))


def test_a_miss_says_the_numbers_what_it_costs_what_was_agreed_and_whose_turn_it_is() -> None:
    card = missed(leads(Piles(91)), BREACH, NOW)
    assert printed(card) == lines(
        """
        Missed: Qualified leads, October
        91 of 100 accepted by Fri 30 Oct 17:00.
        Lost revenue: 9 × 50 % × $100 = $450
        Agreed consequence: recovery plan within 3 working days, or 9 qualified leads carried over
        Morgan, Revenue officer, chooses one of them.
        [Recovery plan] [What follows] [History]
        """
    )
    assert says(card) == ["recovery B-3", "choose B-3", "history B-3"]
    assert (card.ref, card.tone) == ("B-3", "bad")
    assert card.summary == "Missed: Qualified leads, October. 91 of 100 qualified leads came in time."


def test_while_units_are_open_it_is_provisional_and_never_called_a_miss() -> None:
    card = missed(leads(Piles(80, 5, 1)), replace(BREACH, shortfall=15, provisional=True), NOW)
    assert printed(card) == lines(
        """
        Provisional: Qualified leads, October
        85 of 100 counted by Fri 30 Oct 17:00. 5 qualified leads await acceptance and 1 is disputed. Short by
            15 so far. It is no miss, and nothing follows, before these are settled.
        [History]
        """
    )
    assert "Missed" not in f"{card.title} {card.summary}"


def test_what_turns_out_to_be_no_miss_is_taken_back_in_the_same_place() -> None:
    card = missed(leads(Piles(100)), replace(BREACH, shortfall=0), NOW)
    assert printed(card) == lines(
        """
        No miss: Qualified leads, October
        100 of 100 accepted by Fri 30 Oct 17:00. What was still open has been settled: B-3 is closed without a miss.
        [History]
        """
    )


def test_a_gap_that_late_units_filled_is_met_late_and_the_breach_stands() -> None:
    made_good = replace(BREACH, made_good_at=at(4, 12, month=11))
    card = missed(leads(Piles(91), Piles(9)), made_good, at(4, 12, month=11))
    assert printed(card) == lines(
        """
        Met late: Qualified leads, October
        91 of 100 by Fri 30 Oct 17:00, 9 after it. Met late; the breach stands.
        [History]
        """
    )


def test_a_missing_report_is_named_with_its_moment_and_words_said_late_are_marked() -> None:
    duty = Duty(replace(report_of(23), state="missed"), TERMS)
    card = missed(duty, replace(BREACH, shortfall=1), at(27, 9), late=True)
    assert printed(card) == lines(
        """
        Missed: Lead status report, Fri 23 Oct
        Lead status report was due Fri 23 Oct 16:00 and is not there.
        Late: this should have been said earlier.
        [History]
        """
    )


def test_a_report_that_came_late_says_when() -> None:
    duty = Duty(replace(report_of(23), state="missed", done_at=at(26, 10)), TERMS)
    card = missed(duty, replace(BREACH, shortfall=1, made_good_at=at(26, 10)), at(26, 10))
    assert printed(card).splitlines()[:2] == [
        "Met late: Lead status report, Fri 23 Oct",
        "Lead status report was due Fri 23 Oct 16:00 and came Mon 26 Oct 10:00. The breach stands.",
    ]


def test_a_promise_without_an_agreed_consequence_says_none() -> None:
    leads_without = replace(TERMS.commitment("leads"), consequence="")
    terms = replace(TERMS, commitments=(leads_without,))
    duty = Duty(month_of_leads(), terms, standing(NOW, on_time=Piles(91), terms=terms))
    assert printed(missed(duty, BREACH, NOW)) == lines(
        """
        Missed: Qualified leads, October
        91 of 100 accepted by Fri 30 Oct 17:00.
        Lost revenue: 9 × 50 % × $100 = $450
        [History]
        """
    )


@pytest.mark.parametrize(
    ("now", "title"),
    [
        (at(28, 15), "October's 100 qualified leads are in, two days early."),
        (at(29, 18), "October's 100 qualified leads are in, one day early."),
        (at(30, 14), "October's 100 qualified leads are in, three hours early."),
        (at(30, 16, 30), "October's 100 qualified leads are in, on time."),
        (at(3, 9, month=11), "October's 100 qualified leads are in, on time."),
    ],
)
def test_good_progress_is_shared_with_how_early_it_is(now: datetime, title: str) -> None:
    duty = Duty(month_of_leads(), TERMS, standing(now, on_time=Piles(100)))
    card = benchmark_met(duty, duty.obligation.due_at - now, now)
    assert printed(card) == f"{title}\nHanded over by Marketing, accepted by Sales."
    assert card.tone == "good"


def test_a_year_that_has_gone_is_named() -> None:
    now = at(5, 9, month=1, year=2027)
    duty = Duty(replace(month_of_leads(), state="missed"), TERMS, standing(now, on_time=Piles(91)))
    assert missed(duty, BREACH, now).title == "Missed: Qualified leads, October 2026"
    assert benchmark_met(duty, timedelta(days=-60), now).title == (
        "The 100 qualified leads of October 2026 are in, on time."
    )
