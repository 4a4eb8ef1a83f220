"""Which version a day, a period and a promise are lived under, and where it ends before its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from slacore.agreements import Agreement, Terms, Version, cut_short
from slacore.owers import slots_owed
from tests.company_x import OCTOBER, TERMS, at

MONTH = OCTOBER.first_on, OCTOBER.last_on


def _agreement(*terms: Terms) -> Agreement:
    versions = tuple(Version(number, each) for number, each in enumerate(terms, start=1))
    return Agreement("A-1", "company-x", cut_short(versions))


def _from(day: int, month: int = 10, **changes: object) -> Terms:
    return replace(TERMS, effective_on=date(2026, month, day), **changes)  # type: ignore[arg-type]


def _number(version: Version | None) -> int:
    return version.number if version is not None else 0


def test_the_newest_that_is_signed_and_has_begun_is_in_force() -> None:
    agreement = _agreement(TERMS, _from(15), _from(20, signatures=()))
    assert [_number(agreement.in_force(date(2026, 10, day))) for day in (1, 14, 15, 31)] == [1, 1, 2, 2]
    assert _number(agreement.in_force(date(2026, 9, 30))) == 0


def test_where_the_newest_has_ended_no_version_before_comes_back() -> None:
    agreement = _agreement(TERMS, _from(15, ends_on=date(2026, 10, 20)))
    assert [_number(agreement.in_force(date(2026, 10, day))) for day in (14, 20, 21)] == [1, 2, 0]


def test_a_period_keeps_the_version_it_began_under_and_a_promise_begins_with_the_first_that_makes_it() -> None:
    without = replace(TERMS, commitments=tuple(each for each in TERMS.commitments if each.slug != "leads"))
    agreement = _agreement(without, _from(15))
    assert _number(agreement.governing(*MONTH)) == 1
    assert _number(agreement.governing(*MONTH, "status-reports")) == 1
    assert _number(agreement.governing(*MONTH, "leads")) == 2
    assert _number(agreement.governing(*MONTH, "no-such-promise")) == 0
    assert _number(_agreement(_from(15)).governing(*MONTH)) == 1
    running = _agreement(TERMS, _from(15, 11))
    assert _number(running.governing(date(2026, 11, 1), date(2026, 11, 30), "leads")) == 1
    assert _number(running.governing(date(2026, 12, 1), date(2026, 12, 31), "leads")) == 2


def test_an_amendment_does_not_begin_a_promise_anew_and_a_gap_does() -> None:
    kept = _agreement(TERMS, _from(15, 11), _from(1, 12))
    assert kept.promised_since(kept.latest.terms, "leads") == date(2026, 10, 1)
    gap = _agreement(replace(TERMS, ends_on=date(2026, 11, 10)), _from(1, 12))
    assert gap.promised_since(gap.latest.terms, "leads") == date(2026, 12, 1)


def test_a_later_end_or_a_promise_left_out_ends_what_runs_and_a_renewal_gives_it_back() -> None:
    ended = _from(20, ends_on=date(2026, 10, 25))
    assert _agreement(TERMS, ended).version(1).terms.last_on == date(2026, 10, 25)
    assert _agreement(TERMS, ended, _from(22)).version(1).terms.last_on is None
    unsigned = replace(ended, signatures=())
    assert _agreement(TERMS, unsigned).version(1).terms.last_on is None
    less = _from(20, commitments=tuple(each for each in TERMS.commitments if each.slug != "leads"))
    first = _agreement(TERMS, less).version(1).terms
    assert first.last_on_of("leads") == date(2026, 10, 19)
    assert first.last_on_of("status-reports") is None


def test_nothing_is_owed_by_a_moment_before_the_last_signature_or_after_the_last_day() -> None:
    reports = TERMS.commitment("status-reports")

    def owed(terms: Terms) -> list[int]:
        return [slot.on.day for slot in slots_owed(reports, terms, OCTOBER)]

    last = replace(TERMS.signatures[-1], signed_at=at(16, 17))
    assert owed(TERMS) == [9, 16, 23, 30]
    assert owed(replace(TERMS, signatures=(*TERMS.signatures[:-1], last))) == [23, 30]
    assert owed(replace(TERMS, ends_on=date(2026, 10, 16))) == [9, 16]
    assert owed(replace(TERMS, cut_on=date(2026, 10, 22))) == [9, 16]
    assert owed(replace(TERMS, dropped={"status-reports": date(2026, 10, 15)})) == [9]
