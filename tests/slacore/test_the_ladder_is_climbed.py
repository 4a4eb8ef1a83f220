"""Who hears of what is owed, at which moment: held against a table of hours for each rung."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from fractions import Fraction

import pytest

from slacore.agreements import Terms
from slacore.handoffs import Piles
from slacore.obligations import Obligation, acknowledge, snooze
from slacore.presence import Absence, Presence, QuietHours
from slacore.standing import Sample, ShareStanding
from slacore.sweep import Decision, Reminded, Sight, StepReached, decide
from tests.company_x import MANAGED, OCTOBER, TERMS, at, month_of_leads, report_of, standing

PEOPLE = ("josh", "nina", "amy", "priya", "morgan", "carol")
NOBODY_AWAY = Presence(zones=dict.fromkeys(PEOPLE, "America/New_York"))
FORTY = Piles(accepted=40)
"""Of a hundred: behind from the first checkpoint that asks for more."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _look(owed: Obligation, now: datetime, terms: Terms, presence: Presence) -> Decision:
    where = standing(now, on_time=FORTY, terms=terms) if owed.kind == "period" else None
    return decide(owed, Sight(terms, presence, where, breach_provisional=False, breach_shortfall=60), now)


def told(
    owed: Obligation, until: datetime, terms: Terms = MANAGED, presence: Presence = NOBODY_AWAY
) -> list[tuple[datetime, int, tuple[str, ...], bool]]:
    """Everything that is said from its opening on: when, at which level, to whom, and whether in the channel."""
    current = replace(owed, look_again_at=owed.opens_at)
    found = []
    while current.look_again_at is not None and current.look_again_at <= until:
        now = current.look_again_at
        decision = _look(current, now, terms, presence)
        again = _look(decision.obligation, now, terms, presence)
        assert not again.facts, "deciding twice at one instant says nothing twice"
        current = again.obligation
        for fact in decision.facts:
            if isinstance(fact, StepReached):
                found.append((now, fact.level, tuple(each.member for each in fact.recipients), fact.channel))
            if isinstance(fact, Reminded):
                found.append((now, 0, ("reminded",), False))
    return found


def test_a_periods_miss_goes_from_its_owner_to_the_sponsor_and_the_channel_last() -> None:
    """Monday is a working day: the other side and the sponsor hear as it is over, and the manager a day later."""
    assert told(month_of_leads(), at(30, 0, month=11)) == [
        (at(28, 17), 0, ("josh",), False),
        (at(30, 17), 0, ("josh",), False),
        (at(3, 9, month=11), 1, ("josh", "amy", "morgan"), True),
        (at(4, 9, month=11), 2, ("carol",), False),
    ]


def test_of_what_goes_well_nobody_hears_before_it_is_due() -> None:
    report = report_of(30)
    assert [when for when, *_ in told(report, at(30, 15))] == []
    assert told(replace(report, state="at risk"), at(30, 15)) == [(at(28, 16), 0, ("amy",), False)]


def test_a_miss_that_is_certain_before_its_period_is_over_climbs_from_then() -> None:
    """A lead that nobody answered in time is a miss on the twelfth: nobody waits for the end of October."""
    lost = ShareStanding(
        "missed", False, 1, at(30, 17), at(30, 17), OCTOBER, (Sample("response", overdue=1),), Fraction(1), 1
    )
    sight = Sight(TERMS, NOBODY_AWAY, lost)
    current = replace(month_of_leads(), rung=0, look_again_at=at(13, 10))
    heard = []
    while current.look_again_at is not None and current.look_again_at < at(26, 0):
        now = current.look_again_at
        decision = decide(current, sight, now)
        current = decision.obligation
        heard += [
            (now, tuple(each.member for each in fact.recipients), fact.channel)
            for fact in decision.facts
            if isinstance(fact, StepReached)
        ]
    assert heard == [
        (at(13, 10), ("josh",), False), (at(15, 9), ("josh", "amy", "morgan"), True),
    ]  # fmt: skip


def test_what_is_missed_anew_after_a_correction_is_told_to_its_owner_first() -> None:
    climbed = replace(report_of(16), rung=4, opens_at=at(16, 16))
    assert told(climbed, at(16, 17), TERMS) == [(at(16, 16), 0, ("amy",), False)]


def test_a_missed_report_climbs_to_the_sponsor_five_working_days_later() -> None:
    assert told(report_of(16), at(30, 0, month=11), TERMS)[-2:] == [
        (at(20, 9), 1, ("amy", "josh"), True),
        (at(26, 9), 3, ("morgan",), False),
    ]


def test_what_the_owner_puts_off_he_hears_when_it_is_over_and_nobody_else_hears_sooner_or_later() -> None:
    looked = replace(report_of(16), opens_at=at(16, 12))
    put_off = snooze(looked, at(16, 18), at(20, 9), 2, at(16, 13), "Tue 20 Oct 09:00")
    heard = told(put_off, at(26, 10), TERMS)
    assert [(when, who) for when, _, who, _ in heard] == [
        (at(16, 18), ("reminded",)), (at(20, 9), ("amy", "josh")), (at(26, 9), ("morgan",)),
    ]  # fmt: skip


def test_whoever_has_it_holds_the_others_back_for_a_whole_working_day() -> None:
    missed = _look(replace(report_of(16), look_again_at=at(16, 16)), at(16, 16), TERMS, NOBODY_AWAY).obligation
    held = acknowledge(missed, TERMS.calendar_of(TERMS.commitment("status-reports")), "amy", at(19, 15))
    heard = told(replace(held, opens_at=at(19, 15)), at(26, 10), TERMS)
    assert [(when, who) for when, _, who, _ in heard] == [(at(21, 9), ("amy", "josh")), (at(26, 9), ("morgan",))]


@pytest.mark.parametrize(("minutes", "late"), [(30, False), (31, True)])
def test_what_is_said_half_an_hour_after_its_moment_is_marked_late(minutes: int, late: bool) -> None:
    decision = _look(report_of(16), at(16, 16) + timedelta(minutes=minutes), TERMS, NOBODY_AWAY)
    (step,) = (fact for fact in decision.facts if isinstance(fact, StepReached))
    assert (step.late, step.meant_at) == (late, at(16, 16))


def test_a_late_item_rises_to_the_manager_and_no_further_and_never_into_the_channel() -> None:
    about_a_lead = replace(report_of(16), kind="response", subject="L-3", party="marketing", owner="josh")
    about_a_lead = replace(about_a_lead, commitment="leads")
    heard = told(about_a_lead, at(30, 0, month=11))
    assert [(level, who, channel) for _, level, who, channel in heard] == [
        (0, ("josh",), False), (1, ("josh", "amy"), False), (2, ("carol",), False),
    ]  # fmt: skip


def test_an_absent_owners_deputy_hears_and_where_nobody_is_there_the_next_rung_at_once() -> None:
    away = {each: (Absence(at(1), at(30, month=11)),) for each in ("amy", "priya")}
    one = replace(NOBODY_AWAY, absences={"amy": away["amy"]})
    assert told(report_of(16), at(16, 17), TERMS, one) == [(at(16, 16), 0, ("priya",), False)]
    both = replace(NOBODY_AWAY, absences=away)
    (first, *_) = told(report_of(16), at(16, 17), TERMS, both)
    assert first == (at(16, 16), 1, ("josh",), False), "the other side at once, and the channel not before its day"


def test_the_channel_waits_until_the_other_sides_quiet_hours_are_over_and_it_could_read() -> None:
    quiet = replace(NOBODY_AWAY, quiet={"josh": QuietHours(time(18), time(10))})
    heard = told(report_of(16), at(21, 0), TERMS, quiet)
    assert [(when, who, channel) for when, _, who, channel in heard][-2:] == [
        (at(20, 9), ("amy", "josh"), False), (at(20, 10, 15), (), True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("from_", "until", "now", "hears"),
    [
        (time(18), time(8), at(5, 17, 59), at(5, 17, 59)),
        (time(18), time(8), at(5, 18), at(6, 8)),
        (time(18), time(8), at(6, 7, 59), at(6, 8)),
        (time(18), time(8), at(6, 8), at(6, 8)),
        (time(12), time(13), at(5, 12, 30), at(5, 13)),
        # The clock goes back on the first of November: what is quiet until half past one is so the second time too.
        (time(22), time(1, 30), utc("2026-11-01T05:15Z"), utc("2026-11-01T05:30Z")),
        (time(22), time(1, 30), utc("2026-11-01T06:15Z"), utc("2026-11-01T06:30Z")),
        # In March half past two is no time of day: the clock has passed it at three.
        (time(22), time(2, 30), utc("2026-03-08T06:15Z"), utc("2026-03-08T07:00Z")),
    ],
)  # fmt: skip
def test_quiet_hours_end_when_the_clock_on_the_wall_says_so(
    from_: time, until: time, now: datetime, hears: datetime
) -> None:
    presence = Presence(quiet={"amy": QuietHours(from_, until)}, zones={"amy": "America/New_York"})
    assert presence.hears_at("amy", now) == hears
