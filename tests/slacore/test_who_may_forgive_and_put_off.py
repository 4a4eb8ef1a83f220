"""Who forgives a miss, on what ground; and how long an owner may put his own reminder off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from slacore.errors import Refusal
from slacore.excusals import may_excuse, require_ground
from slacore.items import counter_of
from slacore.misses import Misses
from slacore.obligations import snooze
from slacore.presence import Absence, Presence
from tests.company_x import TERMS, at, report_of


def _agreed(*names: str) -> tuple[str, ...]:
    return may_excuse(replace(TERMS, misses=Misses(excused_by=names)), "marketing", "sales")


def test_the_side_that_it_is_owed_to_forgives_unless_others_are_named_and_the_sponsor_always_may() -> None:
    assert _agreed() == ("amy", "priya", "morgan")
    assert _agreed("joan") == ("joan", "morgan")
    assert _agreed("service", "amy")[:2] == ("joan", "amy")


def test_nobody_forgives_for_the_side_that_missed_whatever_the_terms_say() -> None:
    assert _agreed("marketing") == ("amy", "priya", "morgan")
    assert _agreed("josh", "joan") == ("joan", "morgan")


@pytest.mark.parametrize(
    ("said", "holds"),
    [("a storm", True), ("A  Storm, the line was down", True), ("a stormy week", False), ("because of a storm", False)],
)
def test_where_grounds_are_agreed_the_reason_begins_with_one_of_them(said: str, holds: bool) -> None:
    if holds:
        require_ground(said, ("a storm", "a strike"))
    else:
        with pytest.raises(Refusal, match="on these grounds alone: a storm; a strike"):
            require_ground(said, ("a storm", "a strike"))
    require_ground(said, ())


def test_a_reminder_is_put_off_twice_and_never_past_the_next_step() -> None:
    owed, step = report_of(16), at(20, 9)
    once = snooze(owed, step, step, 2, at(16, 12), "Tue 20 Oct 09:00")
    twice = snooze(once, at(19, 9), step, 2, at(16, 13), "Tue 20 Oct 09:00")
    assert (twice.snoozes, twice.snoozed_until) == (2, at(19, 9))
    for known, until, why in (
        (twice, at(19, 10), "already snoozed 2 times"),
        (once, at(20, 9, 1), "cannot reach past the next step"),
        (once, at(16, 13), "has passed"),
    ):
        with pytest.raises(Refusal, match=why):
            snooze(known, until, step, 2, at(16, 13), "Tue 20 Oct 09:00")
    with pytest.raises(Refusal, match="nothing is left to put off"):
        snooze(once, at(19, 9), None, 2, at(16, 13), "")


def test_a_deputy_who_is_away_himself_stands_in_for_nobody() -> None:
    away = {each: (Absence(at(1), at(20), deputy),) for each, deputy in (("amy", "tom"), ("tom", ""), ("priya", ""))}
    presence = Presence(absences=away)
    assert presence.stands_in("amy", ("priya", "josh"), at(10)) == "josh"
    assert presence.stands_in("amy", ("priya",), at(10)) == ""
    assert presence.stands_in("amy", ("priya",), at(20)) == "amy", "an absence ends with its last moment"
    assert replace(presence, gone=frozenset({"josh"})).stands_in("amy", ("priya", "josh"), at(10)) == ""


def test_what_was_forgiven_or_withdrawn_counts_neither_way() -> None:
    late = replace(report_of(16), kind="response", subject="L-3", state="missed", missed_at=at(16, 16))
    assert counter_of(late) == "response overdue"
    assert counter_of(replace(late, done_at=at(17))) == "response late"
    assert counter_of(replace(late, state="open")) == "response overdue", "one moment missed, another still to come"
    assert [counter_of(replace(late, state=each)) for each in ("excused", "withdrawn")] == [None, None]
