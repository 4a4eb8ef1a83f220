"""What a plan says beside the sum itself: what is agreed, what would follow, what could be kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.cards.capacities import capacity
from bot.cards.plans import Basis, target
from slacore.calendars import Duration
from slacore.commitments import FollowUps, Volume
from slacore.money import Money
from slacore.planner import CapacityInputs, Revision, TargetInputs, plan_capacity, plan_target, rerun
from tests.bot.cards.printing import printed, says
from tests.company_x import TERMS, at

LEADS = TERMS.commitment("leads")
assert isinstance(LEADS.promise, Volume)
PROMISE: Volume = LEADS.promise
NOT_BEGUN = Basis("C-1", TERMS, LEADS, PROMISE, None)
MONTH = CapacityInputs(reps=2, hours=Fraction(40), minutes=Fraction(15), leads=100)


def planned(close: str, basis: Basis = NOT_BEGUN, quota: str = "") -> str:
    assert basis.promise.worth is not None
    given = Money.parse(quota) if quota else None
    revision = rerun(basis.promise.target, basis.promise.worth, close_rate=Fraction(close), quota=given)
    return printed(target(revision, basis, "plan C-1", at(1)))


def test_a_period_that_has_not_begun_stands_nowhere_yet() -> None:
    assert "so far" not in planned("1/2")


def test_fewer_leads_are_said_as_fewer_and_what_the_agreed_ones_would_bring_as_over() -> None:
    said = planned("62/100")
    assert "19 qualified leads fewer than the 100 that are agreed, since 62 % close (not 50 %)." in said
    assert "100 × 62 % × $100 = $6,200, $1,200 over $5,000" in said


def test_one_lead_is_one_lead() -> None:
    assert "1 qualified lead more than the 100 that are agreed." in planned("1/2", quota="$5,050")


def test_a_share_that_no_percentage_writes_is_written_as_the_file_has_it() -> None:
    said = planned("1/3")
    assert "50 customers ÷ 1/3 that close = 150" in said
    assert "worth: close_rate        50 %               1/3" in said


def test_a_result_just_above_a_whole_number_shows_why_it_was_rounded_up() -> None:
    assert "≈ 100.00, rounded up to 101" in planned("1/2", quota="$5,000.01")


def test_checkpoints_that_can_no_longer_rise_are_not_offered_as_a_line() -> None:
    said = planned("1/2", quota="$100")
    assert "By the checkpoints: 1, 1, 2, 2" in said
    assert "fewer dates: the quantities must rise" in said


def test_a_promise_without_checkpoints_and_campaigns_has_no_such_lines() -> None:
    bare = replace(PROMISE, checkpoints=None, campaigns=())
    said = planned("48/100", replace(NOT_BEGUN, commitment=replace(LEADS, promise=bare), promise=bare))
    assert "checkpoints: quantities" not in said
    assert "campaigns" not in said
    assert ["target", "100", "105"] in [line.split() for line in said.splitlines()]
    assert "In four checkpoints: 27, 53, 79, 105" in said


def test_without_an_agreed_worth_only_the_target_is_compared() -> None:
    bare = replace(PROMISE, worth=None)
    found = plan_target(TargetInputs(Money.parse("$6,000"), Money.parse("$100"), Fraction(1, 2)))
    said = printed(target(Revision(100, found), replace(NOT_BEGUN, promise=bare), "plan C-1", at(1)))
    assert "20 qualified leads more than the 100 that are agreed." in said
    assert "worth:" not in said


@pytest.mark.parametrize(("agreed", "shown"), [(6, True), (4, False)])
def test_the_agreed_follow_ups_that_cannot_be_kept_name_the_line_to_change(agreed: int, shown: bool) -> None:
    calls = FollowUps(agreed, Duration.parse("10wd"), PROMISE.unit, ())
    card = capacity(plan_capacity(MONTH), [(replace(LEADS, slug="calls", promise=calls), calls)], "plan capacity")
    assert ("Or in the file, under calls: attempts: 3." in printed(card)) is shown
    assert card.tone == "warning"


def test_where_not_every_lead_gets_one_that_is_what_it_says() -> None:
    said = printed(capacity(plan_capacity(replace(MONTH, leads=400)), [], "plan capacity"))
    assert said.startswith("Capacity · no time to follow up every lead\n")
    assert "Not every lead would get one." in said
    assert "15 reps (13 more); or at most 53 leads a month." in said


def test_hours_that_are_all_gone_are_kept_by_no_number_of_reps() -> None:
    said = printed(capacity(plan_capacity(replace(MONTH, prospecting=Fraction(40))), [], "plan capacity"))
    assert "No number of reps keeps it, since no hour of theirs is left for follow-ups." in said


def test_what_is_kept_only_on_average_says_so() -> None:
    card = capacity(plan_capacity(replace(MONTH, expected=Fraction(5, 2))), [], "plan capacity reps 2")
    assert "It holds while a lead takes 2.5 on average." in printed(card)
    assert card.tone == "good"
    assert says(card) == ["plan capacity reps 2 …"]
