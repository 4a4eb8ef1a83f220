"""What a follow-up promise asks about one lead, told from its ledger: the next attempt, the period, the lateness."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from slacore import items
from slacore.agreements import Terms
from slacore.calendars import Duration
from slacore.commitments import Commitment, FollowUps, Outcome, Volume
from slacore.followups import follow_up_duty
from slacore.items import Item, ItemDuty, applied, counter_of
from slacore.obligations import Obligation
from slacore.owing import duties_of
from tests.answering import lead
from tests.company_x import OCTOBER, TERMS, at

LEADS = TERMS.commitment("leads")
assert isinstance(LEADS.promise, Volume)
CALLS = FollowUps(
    attempts=3,
    within=Duration(5, "wd"),
    unit=LEADS.promise.unit,
    outcomes=(
        Outcome("won", "Won", final=True, counts_as="won"),
        Outcome("qualified", "Qualified", final=False),
    ),
    cadence=(1, 2, 5),
    by_class=(("hot", (0, 1, 2)),),
)


def calling(**changes: Any) -> tuple[Terms, Commitment, FollowUps]:
    promise = replace(CALLS, **changes)
    commitment = replace(
        LEADS, slug="calls", name="Follow-ups", giver="sales", receiver="marketing", owner="amy", due=None,
        promise=promise, consequence="",
    )  # fmt: skip
    return replace(TERMS, commitments=(*TERMS.commitments, commitment)), commitment, promise


def duty(item: Item, now: datetime, **changes: Any) -> ItemDuty:
    terms, commitment, promise = calling(**changes)
    return follow_up_duty(item, commitment, promise, terms, now)


def called(item: Item, when: datetime) -> Item:
    return items.attempt(item, "tom", when)[0]


def test_the_next_attempt_is_owed_at_the_close_of_its_day() -> None:
    item = lead(at(5, 11))  # Monday
    assert duty(item, at(5, 12)).due_at == at(6, 17)
    assert duty(called(item, at(5, 12)), at(5, 12)).due_at == at(7, 17)
    assert duty(called(called(item, at(5, 12)), at(5, 13)), at(5, 13)).due_at == at(13, 17)  # the 12th is a holiday


def test_it_is_owed_by_whom_the_lead_was_given_to_else_by_the_promise_s_owner() -> None:
    item = lead()
    assert duty(item, at(5, 12)).owner == "amy"
    assert duty(items.assign(item, "tom", "amy", at(5, 12))[0], at(5, 12)).owner == "tom"


def test_a_lead_that_came_hot_has_a_cadence_of_its_own_and_keeps_it() -> None:
    handed = lead(at(5, 11)).handed
    hot = items.handed_over(handed, "josh", handed.handed_at, stage="Hot")[0]
    assert duty(hot, at(5, 12)).due_at == at(5, 17)
    cooled = items.stage(hot, "cold", "tom", at(5, 12))[0]
    assert duty(cooled, at(5, 12)).due_at == at(5, 17)


def test_a_missed_attempt_is_late_for_good_and_the_next_is_owed_all_the_same() -> None:
    item = called(lead(at(5, 11)), at(7, 10))
    owed = duty(item, at(7, 10))
    assert (owed.late_at, owed.due_at, owed.counts_at) == (at(6, 17), at(7, 17), at(6, 17))
    won = items.end(item, "won", "tom", at(7, 11), final=True)[0]
    ended = duty(won, at(7, 12))
    assert (ended.done_at, ended.done_by, ended.missed_at) == (at(7, 11), "tom", at(6, 17))


def test_an_outcome_that_is_not_final_ends_nothing() -> None:
    item = items.end(lead(at(5, 11)), "qualified", "tom", at(5, 12), final=False)[0]
    assert duty(item, at(5, 13)).done_at is None


def test_an_outcome_taken_back_opens_the_duty_again() -> None:
    won = items.end(lead(at(5, 11)), "won", "tom", at(5, 12), final=True)[0]
    assert duty(won, at(5, 13)).done_at == at(5, 12)
    back = items.reverse(won, won.revision, "it was another lead", "tom", at(5, 14))[0]
    assert (duty(back, at(5, 14)).done_at, duty(back, at(5, 14)).due_at) == (None, at(6, 17))


def test_while_a_lead_is_paused_nothing_falls_due_and_its_days_come_later() -> None:
    paused = items.pause(lead(at(5, 11)), "on holiday until Friday", "tom", at(6, 9))[0]
    assert duty(paused, at(7, 12)).held
    resumed = items.resume(paused, "tom", at(8, 9))[0]
    assert (duty(resumed, at(8, 9)).held, duty(resumed, at(8, 9)).due_at) == (False, at(8, 17))


def test_a_pause_does_not_undo_what_was_missed_before_it() -> None:
    paused = items.pause(lead(at(5, 11)), "no answer", "tom", at(7, 9))[0]
    owed = duty(paused, at(7, 12))
    assert (owed.held, owed.late_at, owed.due_at) == (False, at(6, 17), at(6, 17))


def test_it_counts_in_the_period_of_the_attempt_that_decided_it() -> None:
    item = lead(at(29, 11))
    won = items.end(item, "won", "tom", at(29, 12), final=True)[0]
    assert duty(won, at(29, 12)).counts_at == at(30, 17)  # the first attempt was owed in October
    twice = called(called(item, at(29, 12)), at(29, 13))
    later = items.end(twice, "won", "tom", at(29, 14), final=True)[0]
    assert duty(later, at(29, 14)).counts_at == at(5, 17, month=11)


def test_an_agreement_s_follow_ups_are_owed_about_what_its_giver_is_handed() -> None:
    terms, commitment, _ = calling()
    item = lead(at(5, 11))
    assert [(each.slug, owed.kind) for each, owed in duties_of(item, terms, at(5, 12))] == [("calls", "follow-up")]
    other = replace(item, handed=replace(item.handed, receiver="service"))
    assert list(duties_of(other, terms, at(5, 12))) == []
    assert commitment.kind == "follow-up"


def kept_in_step(item: Item, obligation: Obligation, now: datetime) -> Obligation:
    return applied(obligation, duty(item, now), OCTOBER.first_on, now)


def test_a_lead_counts_as_overdue_from_its_first_miss_until_it_ends_late() -> None:
    item = lead(at(5, 11))
    begun = Obligation(7, "company-x", 1, "calls", "follow-up", "L-3", "sales", "amy", OCTOBER.first_on,
                       at(5, 11), at(6, 17))  # fmt: skip
    missed = replace(begun, state="missed", missed_at=at(6, 17))
    assert [counter_of(each) for each in (begun, missed)] == [None, "follow-up overdue"]
    next_one = kept_in_step(called(item, at(7, 10)), missed, at(7, 10))
    assert (next_one.state, next_one.due_at, next_one.look_again_at) == ("open", at(7, 17), at(7, 17))
    assert counter_of(next_one) == "follow-up overdue"
    won = items.end(called(item, at(7, 10)), "won", "tom", at(7, 11), final=True)[0]
    ended = kept_in_step(won, next_one, at(7, 11))
    assert (ended.state, ended.settled, counter_of(ended)) == ("missed", True, "follow-up late")
