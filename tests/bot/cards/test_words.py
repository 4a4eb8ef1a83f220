"""Wording that all cards share."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import words
from bot.cards.standings import takes_in_words
from bot.chat.card import Strong
from bot.chat.plain import spans_of
from slacore.commitments import Unit
from slacore.periods import Period, PeriodRule
from slacore.reports import Takes
from tests.company_x import NEW_YORK, TERMS, at


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_are_said_with_one_and(parts: list[str], said: str) -> None:
    assert words.listed(parts) == said


def test_counts_agree_with_their_nouns() -> None:
    assert [words.count(number, "dispute") for number in (0, 1, 2, 1_200)] == [
        "0 disputes",
        "1 dispute",
        "2 disputes",
        "1,200 disputes",
    ]
    assert words.count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(1, 2), "50 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(2, 3), "66.7 %"),
        (Fraction(48, 100), "48 %"),
        (Fraction(1, 2000), "0.1 %"),
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_shares_are_rounded_to_a_tenth_and_say_no_needless_nought(share: Fraction, said: str) -> None:
    assert words.percent(share) == said


@given(st.fractions(0, 10))
def test_a_share_is_never_more_than_half_a_tenth_of_a_per_cent_off(share: Fraction) -> None:
    said = Fraction(words.percent(share).removesuffix(" %").replace(",", ""))
    assert abs(said - share * 100) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "just now"), (1, "1 second ago"), (40, "40 seconds ago"), (60, "1 minute ago"), (7_200, "2 hours ago")],
)
def test_how_long_ago_is_said_in_the_largest_whole_unit(seconds: int, said: str) -> None:
    now = at(16, 9)
    assert words.ago(now - timedelta(seconds=seconds), now) == said


def test_days_are_told_by_the_calendar_and_not_by_counting_hours() -> None:
    late_evening = at(16, 23, 30)
    assert words.relative_day(at(17, 0, 30), late_evening, NEW_YORK) == "tomorrow"
    assert words.relative_day(at(16, 0, 30), late_evening, NEW_YORK) == "today"
    assert words.relative_day(at(15, 23), late_evening, NEW_YORK) == "yesterday"
    assert words.relative_day(at(18, 1), late_evening, NEW_YORK) == "in 2 days"
    assert words.relative_day(at(12, 1), late_evening, NEW_YORK) == "4 days ago"


def test_a_year_is_said_only_where_it_is_not_this_one() -> None:
    now = at(16, 9)
    assert words.day_text(date(2026, 10, 16), now, NEW_YORK) == "Fri 16 Oct"
    assert words.day_text(date(2025, 12, 31), now, NEW_YORK) == "Wed 31 Dec 2025"
    assert words.moment_text(at(19, 9), now, "Europe/London") == "Mon 19 Oct 14:00"


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("day", "16 October"),
        ("week", "week 42 (12–18 Oct)"),
        ("month", "October"),
        ("quarter", "Q4"),
        ("year", "2026"),
    ],
)
def test_a_period_of_this_year_is_called_without_it(unit: str, said: str) -> None:
    period = PeriodRule.parse(unit).containing(date(2026, 10, 16))
    assert words.period_name(period, at(16, 9), NEW_YORK) == said
    assert words.period_name(period, at(16, 9, year=2027), NEW_YORK) == period.label


def test_a_stretch_of_days_over_new_year_keeps_its_years() -> None:
    period = Period(date(2025, 12, 29), date(2026, 1, 7), "29 Dec 2025 – 7 Jan 2026")
    assert words.period_name(period, at(16, 9, year=2025), NEW_YORK) == period.label


@given(st.text(max_size=300))
def test_a_title_is_one_line_that_fits(text: str) -> None:
    titled = words.titled(text)
    assert len(titled) <= words.TITLE
    assert len(titled.splitlines()) <= 1


def test_somebody_s_words_are_marked_as_theirs_and_cut() -> None:
    assert words.quoted("from\nthe  list") == "“from the list”"
    assert len(words.quoted("a" * 1_000)) == 302
    assert words.sentence("It is late…") == "It is late."


def test_neighbouring_text_becomes_one_piece_and_nothing_empty_stays() -> None:
    assert words.run("a", "", ("b", Strong("c")), "d") == ("ab", Strong("c"), "d")
    assert spans_of(words.joined([("a.",), (), ("b.",)]), NEW_YORK) == "a. b."


def test_nothing_provisional_is_called_a_miss_or_looks_final() -> None:
    assert words.marked("missed") == "✕ missed"
    assert words.marked("missed", provisional=True) == "▼ short, provisional"
    assert words.marked("met", provisional=True) == "✓ met, provisional"
    assert words.tone_of("missed", provisional=True) == "warning"
    assert words.tone_of("met", provisional=True) == "plain"


def test_every_state_has_a_sign_of_its_own_kind() -> None:
    signs = {state: words.marked(state)[0] for state in ("on pace", "at risk", "behind", "met", "met late", "missed")}
    assert len(set(signs.values())) == len(signs)


def test_speakers_come_in_a_steady_order_without_repeats() -> None:
    assert words.speakers(TERMS, "sales", "marketing") == ("amy", "priya", "tom", "josh", "nina", "omar")


@pytest.mark.parametrize(
    ("takes", "said"),
    [
        (Takes(35, 6), "35 more leads in 6 working days: 6 a day."),
        (Takes(1, 2), "1 more lead in 2 working days: 1 a day."),
        (Takes(9, 1), "9 more leads on the one working day that is left."),
        (Takes(9, 0), "9 more leads, and no working day is left."),
    ],
)
def test_what_it_takes_is_said_for_the_days_that_are_left(takes: Takes, said: str) -> None:
    assert takes_in_words(takes, Unit("lead", "leads")) == said


@pytest.mark.parametrize(
    ("taken", "said"),
    [(1, "1 byte"), (999, "999 bytes"), (182_004, "182 KB"), (999_600, "1.0 MB"), (1_849_000, "1.8 MB")],
)
def test_a_file_is_as_large_as_people_say(taken: int, said: str) -> None:
    assert words.size(taken) == said
