"""An incident's ledger: stages in their order, exclusions within it, corrections with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from slacore.errors import Refusal
from slacore.incidents import Entry, Incident, Stage, apply, begun, exclude, folded, reach, touched, withdraw_exclusions


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 16, hour, minute, tzinfo=UTC)


NOW = at(18)
STARTED = begun(3, "web-shop", at(9), "payment gateway timed out", "ada", NOW)[0]
HALF_AN_HOUR = timedelta(minutes=30)


def reached(incident: Incident, stage: Stage, when: datetime, reason: str = "") -> Incident:
    return apply(incident, reach(incident, stage, when, "ada", NOW, reason))


RESTORED = reached(reached(STARTED, "acknowledged", at(9, 10)), "restored", at(11))


def test_it_is_down_until_restored_and_broken_until_ended() -> None:
    ended = reached(RESTORED, "ended", at(15))
    assert (ended.down(NOW), ended.broken(NOW)) == ((at(9), at(11)), (at(9), at(15)))


def test_one_that_never_ends_runs_to_now() -> None:
    assert STARTED.is_open
    assert STARTED.down(NOW) == (at(9), NOW)


def test_ending_it_restores_it_and_a_corrected_end_moves_both() -> None:
    ended = reached(STARTED, "ended", at(12))
    assert ended.restored_at == at(12)
    assert reached(ended, "ended", at(13), "typed the wrong hour").restored_at == at(13)
    assert reached(reached(RESTORED, "ended", at(15)), "ended", at(16), "typo").restored_at == at(11)


def test_the_ledger_folds_to_what_it_says_and_a_proposal_counts_for_nothing() -> None:
    ack, back = Entry("acknowledged", at(9, 5), "ada", NOW), Entry("restored", at(10), "ada", NOW)
    wish = Entry("restored", at(9, 30), "ada", NOW, reason="sooner", proposed_by="host")
    incident = folded(STARTED, (ack, back, wish))
    assert (incident.acknowledged_at, incident.restored_at, incident.revision) == (at(9, 5), at(10), 3)


@pytest.mark.parametrize(
    ("incident", "stage", "when", "reason", "problem"),
    [
        (STARTED, "restored", at(8), "", "restoration of N-3 cannot lie before its start"),
        (STARTED, "ended", at(19), "", "has not come yet"),
        (RESTORED, "ended", at(10), "", "end of N-3 cannot lie before its restoration"),
        (RESTORED, "restored", at(12), "", "on the record already"),
        (RESTORED, "restored", at(11), "typo", "stands there already"),
        (RESTORED, "started", at(12), "typo", "cannot lie before its start"),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    incident: Incident, stage: Stage, when: datetime, reason: str, problem: str
) -> None:
    with pytest.raises(Refusal, match=problem):
        reach(incident, stage, when, "ada", NOW, reason)


def test_exclusions_follow_one_another_unless_told_from_when() -> None:
    first = apply(RESTORED, exclude(RESTORED, HALF_AN_HOUR, None, "maintenance", "ada", NOW))
    second = apply(first, exclude(first, HALF_AN_HOUR, None, "maintenance", "ada", NOW))
    assert [(each.from_at, each.until_at) for each in second.exclusions] == [
        (at(9), at(9, 30)),
        (at(9, 30), at(10)),
    ]
    third = exclude(second, HALF_AN_HOUR, at(10, 15), "maintenance", "ada", NOW)
    assert (third.at, third.until) == (at(10, 15), at(10, 45))
    assert apply(second, withdraw_exclusions(second, "not agreed", "ada", NOW)).exclusions == ()


@pytest.mark.parametrize(
    ("within", "from_at", "reason", "problem"),
    [
        (timedelta(hours=3), None, "maintenance", "was not on for all of that time. At most 120 minutes"),
        (HALF_AN_HOUR, at(8, 45), "maintenance", "was not on"),
        (HALF_AN_HOUR, at(13), "maintenance", "was not on"),
        (timedelta(), None, "maintenance", "was not on"),
        (HALF_AN_HOUR, None, " ", "needs a reason"),
    ],
)
def test_only_its_own_time_is_excluded_and_with_a_reason(
    within: timedelta, from_at: datetime | None, reason: str, problem: str
) -> None:
    with pytest.raises(Refusal) as caught:
        exclude(RESTORED, within, from_at, reason, "ada", NOW)
    assert problem in str(caught.value)


def test_nothing_is_excluded_twice() -> None:
    once = apply(RESTORED, exclude(RESTORED, HALF_AN_HOUR, at(10), "maintenance", "ada", NOW))
    with pytest.raises(Refusal, match="excluded already"):
        exclude(once, HALF_AN_HOUR, at(9, 45), "maintenance", "ada", NOW)


def test_an_entry_tells_which_time_it_says_something_new_about() -> None:
    assert touched(STARTED, Entry("acknowledged", at(9, 5), "ada", NOW), NOW) is None
    assert touched(STARTED, Entry("restored", at(11), "ada", NOW), NOW) == (at(11), NOW)
    assert touched(RESTORED, Entry("restored", at(10), "ada", NOW), NOW) == (at(10), at(11))
    assert touched(RESTORED, Entry("started", at(8), "ada", NOW), NOW) == (at(8), at(9))
