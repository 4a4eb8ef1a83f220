"""An answer is due when so much open time has passed that was not paused, by the calendar it arrived in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacore import items
from slacore.calendars import Duration
from slacore.items import Item, ItemDuty, counter_of, delay_of
from slacore.obligations import Obligation
from slacore.owing import duties_of
from tests.answering import MONDAY, after, answering, lead
from tests.company_x import OCTOBER, at
from tests.examples import examples
from tests.slacore.walk import MINUTE, Roster, Walk

OFFICE = Roster("America/New_York", (((540, 1020),),) * 5 + ((), ()))
WALK = Walk(OFFICE, MONDAY, 5)


def duty(item: Item, kind: str = "response", hours: float = 8, **changes: Any) -> ItemDuty:
    terms, _, _ = answering(**changes)
    return next(each for _, each in duties_of(item, terms, after(hours)) if each.kind == kind)


def owed(it: ItemDuty) -> Obligation:
    return Obligation(1, "company-x", 1, "answers", it.kind, it.subject, "sales", it.owner, OCTOBER.first_on,
                      it.opens_at, it.due_at, look_again_at=it.due_at)  # fmt: skip


def test_four_working_hours_from_the_handing_over() -> None:
    assert duty(lead(at(5, 15))).due_at == at(6, 11)
    assert duty(lead(at(5, 13))).due_at == at(5, 17)


def test_the_owner_answers_for_it_and_before_there_is_one_whoever_answers_for_the_promise() -> None:
    assert duty(lead()).owner == "amy"
    assert duty(items.assign(lead(), "tom", "amy", after(1))[0]).owner == "tom"


def test_what_arrives_outside_has_the_non_prime_target_in_the_non_prime_calendar() -> None:
    prime, evening = lead(at(5, 16, 59)), lead(at(5, 17))
    outside: dict[str, Any] = {"outside_hours": Duration(2, "wh"), "outside_calendar": "evening"}
    assert duty(prime, **outside).due_at == at(6, 12, 59)
    assert duty(evening, **outside).due_at == at(5, 19)
    assert duty(evening, outside_hours=Duration(2, "wh")).due_at == at(6, 11)
    assert duty(lead(at(10, 6)), **outside).due_at == at(10, 11), "Saturday's evening shift opens before Monday"
    assert duty(lead(at(6, 6)), **outside).due_at == at(6, 13), "before Tuesday's opening it arrives in prime time"


def test_a_priority_has_its_own_time_in_prime_time() -> None:
    by_priority = (("critical", Duration(30, "wm")),)
    assert duty(lead(priority="critical"), by_priority=by_priority).due_at == after(0.5)
    assert duty(lead(priority="low"), by_priority=by_priority).due_at == after(4)


def test_a_priority_has_its_own_time_to_be_settled_too() -> None:
    soon: dict[str, Any] = {"resolved_by_priority": (("critical", Duration(2, "wh")),)}
    assert duty(lead(priority="critical"), "resolution", **soon).due_at == after(2)
    with pytest.raises(StopIteration):
        duty(lead(priority="low"), "resolution", **soon)
    assert duty(lead(priority="low"), "resolution", resolved_within=Duration(3, "wh"), **soon).due_at == after(3)


def test_a_paused_duty_is_held_and_due_later_by_what_was_open_meanwhile() -> None:
    paused, _ = items.pause(lead(), "waiting for customer", "tom", after(3))
    assert duty(paused, hours=3).held
    resumed, _ = items.resume(paused, "tom", at(6, 10))
    assert duty(resumed, hours=25).due_at == at(6, 11), "one hour was left"


def test_a_pause_that_began_after_the_due_moment_stops_nothing() -> None:
    paused, _ = items.pause(lead(), "waiting for customer", "tom", after(5))
    late = duty(paused, hours=6)
    assert not late.held
    assert late.due_at == after(4)


def test_a_disputed_item_is_held_and_its_time_runs_on() -> None:
    disputed, _ = items.dispute(lead(), "duplicate", "amy", after(1))
    assert duty(disputed, hours=2).held
    readmitted, _ = items.readmit(disputed, "amy", after(6))
    assert duty(readmitted, hours=6).due_at == after(4)


def test_updates_are_due_one_after_the_other_until_it_is_resolved() -> None:
    item, _ = items.respond(lead(), "tom", after(1))
    terms, _, _ = answering(updated_every=Duration(2, "wh"), resolved_within=Duration(1, "wd"))

    def updates(hours: float) -> list[ItemDuty]:
        return [each for _, each in duties_of(item, terms, after(hours)) if each.kind == "update"]

    assert [(each.subject, each.due_at, each.done_at) for each in updates(1)] == [("L-3/1", after(3), None)]
    item, _ = items.update(item, "tom", after(4))
    assert [(each.subject, each.due_at, each.done_at) for each in updates(4)] == [
        ("L-3/1", after(3), after(4)),
        ("L-3/2", after(6), None),
    ]
    item, _ = items.resolve(item, "tom", after(5))
    assert [(each.subject, each.due_at, each.done_at) for each in updates(5)] == [
        ("L-3/1", after(3), after(4)),
        ("L-3/2", after(6), after(5)),
    ]
    resolution = duty(item, "resolution", resolved_within=Duration(1, "wd"))
    assert (resolution.due_at, resolution.done_at) == (at(6, 17), after(5))


def test_an_obligation_follows_its_items_ledger() -> None:
    item = lead()
    first = owed(duty(item))
    answered, _ = items.respond(item, "tom", after(3))
    kept = items.applied(first, duty(answered), OCTOBER.first_on, after(3))
    assert (kept.state, kept.done_by, counter_of(kept)) == ("kept", "tom", "response in time")
    assert items.applied(kept, duty(answered), OCTOBER.first_on, after(3)) == kept

    contested, _ = items.contest(answered, "response", "hollow", "josh", after(3.5))
    again = items.applied(kept, duty(contested), OCTOBER.first_on, after(3.5))
    assert (again.state, again.look_again_at, counter_of(again)) == ("open", after(4), None)

    late, _ = items.respond(item, "tom", after(5))
    missed = items.applied(first, duty(late), OCTOBER.first_on, after(5))
    assert (missed.state, missed.settled, counter_of(missed)) == ("missed", True, "response late")

    earlier, _ = items.respond(late, "tom", after(6), at=after(2))
    restated = items.applied(missed, duty(earlier), OCTOBER.first_on, after(6))
    assert (restated.state, counter_of(restated)) == ("kept", "response in time")

    gone, _ = items.withdraw(item, "undone", "josh", after(1))
    assert items.applied(first, duty(gone), OCTOBER.first_on, after(1)).state == "withdrawn"


def test_a_pause_said_afterwards_opens_a_missed_duty_again() -> None:
    overdue = replace(owed(duty(lead())), state="missed", missed_at=after(4), look_again_at=None)
    assert counter_of(overdue) == "response overdue"
    paused, _ = items.pause(lead(), "waiting for customer", "tom", after(5), at=after(1), until=after(3))
    again = items.applied(overdue, duty(paused, hours=5), OCTOBER.first_on, after(5))
    assert (again.state, again.due_at, again.look_again_at) == ("open", after(6), after(6))


def test_a_slow_router_is_not_a_slow_rep() -> None:
    terms, commitment, promise = answering()
    item, _ = items.assign(lead(), "tom", "amy", after(3))
    assert delay_of(item, commitment, promise, terms) is None
    item, _ = items.respond(item, "tom", after(4))
    delay = delay_of(item, commitment, promise, terms)
    assert delay is not None
    assert (delay.routing, delay.human, delay.whole) == (timedelta(hours=3), timedelta(hours=1), timedelta(hours=4))


stretches = st.lists(st.integers(1, 2_000), min_size=0, max_size=8)


@examples(30)
@given(gaps=stretches, within=st.integers(1, 600), answer=st.integers(0, 4_000))
def test_due_moments_and_delays_are_what_a_walk_over_every_minute_counts(
    gaps: list[int], within: int, answer: int
) -> None:
    """Pauses and resumptions at random minutes of a week; due and delay as a person counts them on the wall."""
    terms, commitment, promise = answering(first_within=Duration(within, "wm"))
    item, now, pauses = lead(), MONDAY, []
    for place, gap in enumerate(gaps):
        now += MINUTE * gap
        if place % 2 == 0:
            item, _ = items.pause(item, "waiting", "tom", now)
            pauses.append((now, now))
        else:
            item, _ = items.resume(item, "tom", now)
            pauses[-1] = (pauses[-1][0], now)
    answered_at = now + MINUTE * answer
    if item.paused:
        pauses[-1] = (pauses[-1][0], answered_at)
    due_at = WALK.due(MONDAY, within, tuple(pauses)) if answered_at < WALK.end else None
    found = next(each for _, each in duties_of(item, terms, answered_at))
    if due_at is not None and not found.held:
        assert found.due_at == due_at
    answered, _ = items.respond(item, "tom", answered_at)
    delay = delay_of(answered, commitment, promise, terms)
    if answered_at < WALK.end:
        assert delay is not None
        assert delay.whole == WALK.elapsed(MONDAY, answered_at, tuple(pauses))
        judged = next(each for _, each in duties_of(answered, terms, answered_at))
        in_time = WALK.due(MONDAY, within, tuple(pauses))
        if in_time is not None:
            assert (judged.due_at, judged.missed_at is None) == (in_time, answered_at <= in_time)
        assert judged.missed_at is not None or delay.whole <= MINUTE * within
