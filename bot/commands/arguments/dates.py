"""Arguments that are a day, or a stretch of days."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from bot.chat.card import Option
from bot.commands.arguments.days import (
    DASHES,
    MONTHS,
    Day,
    ExactDay,
    Toward,
    YearlyDay,
    choose,
    day_of,
    take_day,
    written,
)
from bot.commands.arguments.kind import FieldKind, Impossible, KeysAtHand, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown

_WHOLE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}-[a-z]{3,9}-[0-9]{4}")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"[0-9]{4}")
_UNTIL = frozenset({"to", "until", "till", "til", "thru", "through", "-"})
_WEEKS = {"wk": "week"}
_SINCE = frozenset({"from", "since"})
_LONGEST_WITHIN = timedelta(days=366)
_SURE_WITHIN = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class DateArg(Kind[date]):
    """A day, in the zone of the vocabulary.

    "Fri" and "16 Oct" are the latest such day up to today, or, `toward` the future, the earliest
    from today on. Today itself counts both ways: what happened today is logged today.
    """

    toward: Toward = "past"
    field: ClassVar[FieldKind] = "date"
    wording: ClassVar[str] = "a day"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[date, int]:
        """Read today, yesterday, Fri, last Friday, 16 Oct, Oct 16, 16 October 2026 or 2026-10-16."""
        words = [word.translate(DASHES) for word in stretch.bare(5)]
        if not words:
            raise Misread(f"{shown(stretch.first.text)} is in quotes, so it is no day.", f"Write {self.hint()}.")
        day, used = take_day(words, vocabulary.today)
        try:
            return choose(day, vocabulary.today, self.toward), used
        except Misread as misread:
            misread.span = used
            raise

    def say(self, value: date, vocabulary: Vocabulary) -> str:
        """As `2026-10-16`, which means the same tomorrow."""
        return value.isoformat()

    def hint(self) -> str:
        """The ways to write it."""
        return "a day, such as today, Fri, 16 Oct or 2026-10-16"

    def makes(self) -> type:
        """A date."""
        return date

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """Today, the days beside it, and the last or next few weekdays."""
        near = ("today", "yesterday") if self.toward == "past" else ("today", "tomorrow")
        step = -1 if self.toward == "past" else 1
        days = [vocabulary.today + timedelta(days=step * away) for away in range(7)]
        return tuple(
            Option(written(day), near[away] if away < 2 else f"{day.day} {written(day).split()[2]}")
            for away, day in enumerate(days)
        )


@dataclass(frozen=True, slots=True)
class DateRange:
    """A stretch of whole days, the first and the last included."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class DateRangeArg(Kind[DateRange]):
    """A stretch of days that has not ended: 12-16 Oct, 12 Oct - 3 Nov, today to Friday, until Fri.

    Without a year it is the one that ends next, so "12-16 Oct" said on the 13th has begun.
    """

    wording: ClassVar[str] = "days"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[DateRange, int]:
        """Read one day, or two with a dash, "to" or "until" between; or "until" and the last."""
        pieces, words_up_to = _pieces(stretch.bare(12))
        if not pieces:
            raise Misread(f"{shown(stretch.first.text)} is in quotes, so it is no day.", f"Write {self.hint()}.")
        span = 1
        try:
            first, last, used = _two_days(pieces, vocabulary.today)
            if used not in words_up_to:
                raise Misread(f"I did not understand {shown(stretch.first.text)} as days.", f"Write {self.hint()}.")
            span = words_up_to[used]
            chosen = _chosen(first, last, vocabulary.today)
            return _checked(chosen, years_named=isinstance(first, ExactDay) or isinstance(last, ExactDay)), span
        except Misread as misread:
            # A guess at one of the days cannot stand in place of both, but it shows that days are meant.
            sort = Impossible if misread.instead or isinstance(misread, Impossible) else Misread
            raise sort(misread.problem, misread.next_step, span=span) from misread

    def say(self, value: DateRange, vocabulary: Vocabulary) -> str:
        """Both days in full, even if they are one, so that a following "to" is not taken for the range's."""
        return f"{value.first_on.isoformat()} to {value.last_on.isoformat()}"

    def fill(self, value: DateRange, vocabulary: Vocabulary) -> str:
        """With weekdays, since whoever looks at it knows those: Mon 5 Oct 2026 to Fri 9 Oct 2026."""
        return f"{written(value.first_on)} to {written(value.last_on)}"

    def hint(self) -> str:
        """The ways to write it."""
        return "days, such as 12-16 Oct, today to Friday or until Fri"

    def makes(self) -> type:
        """A stretch of days."""
        return DateRange

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """The commonest absences."""
        return tuple(Option(said, said) for said in ("today", "tomorrow", "until Fri"))


def _pieces(words: list[str]) -> tuple[list[str], dict[int, int]]:
    # "12-16 Oct" and "12 Oct-3 Nov" are cut at their dashes, "2026-10-12" is not. The second value
    # says how many words so many pieces are, where they end with a word.
    pieces: list[str] = []
    words_up_to: dict[int, int] = {}
    for count, word in enumerate((word.translate(DASHES) for word in words), start=1):
        pieces += [word] if _WHOLE.fullmatch(word) else [piece for piece in re.split("(-)", word) if piece]
        words_up_to[len(pieces)] = count
    return pieces, words_up_to


def _two_days(pieces: list[str], today: date) -> tuple[Day, Day, int]:
    if pieces[0] in {"until", "till", "til", "to"}:
        last, used = take_day(pieces[1:], today)
        return ExactDay(today), last, used + 1
    if (week := _week(pieces, today)) is not None:
        return week
    skipped = 1 if pieces[0] in _SINCE else 0
    pieces = pieces[skipped:]
    if not pieces:
        raise Impossible("No day is named.", "Write days such as 12-16 Oct, today to Friday or until Fri.")
    shared = _in_one_month(pieces)
    if shared is not None:
        first, last, used = shared
        return first, last, used + skipped
    if _DAY.fullmatch(pieces[0]) and len(pieces) > 2 and pieces[1] in _UNTIL:
        take_day(pieces[2:], today)  # "12-16 Okt": what is wrong is said of the day that has a month
    first, used = take_day(pieces, today)
    if len(pieces) > used and pieces[used] in _UNTIL:
        try:
            last, more = take_day(pieces[used + 1 :], today)
        except Misread:
            if pieces[used] == "-":
                raise
        else:
            return first, last, skipped + used + 1 + more
    if skipped:
        raise Impossible("The last day is missing.", "Write both days, such as 12-16 Oct or Mon to Fri.")
    return first, first, used + skipped


def _week(pieces: list[str], today: date) -> tuple[Day, Day, int] | None:
    # From Monday to Friday, since people are away from work; what is left of it, where it has begun.
    match [*(_WEEKS.get(each, each) for each in pieces[:2]), *pieces[2:]]:
        case ["next", "week", *_]:
            monday, used = today + timedelta(days=7 - today.weekday()), 2
        case ["this", "week", *_]:
            monday, used = today - timedelta(days=today.weekday()), 2
        case ["all", "week", *_] | ["the", "week", *_]:
            monday, used = today - timedelta(days=today.weekday()), 2
        case ["the", "rest", "of", "the", "week", *_]:
            monday, used = today - timedelta(days=today.weekday()), 5
        case _:
            return None
    friday = monday + timedelta(days=4)
    if friday < today:
        raise Impossible("This week's working days are over.", "Write days such as next week or 12-16 Oct.")
    return ExactDay(max(monday, today)), ExactDay(friday), used


def _in_one_month(pieces: list[str]) -> tuple[Day, Day, int] | None:
    # "12 - 16 Oct [2026]" or "Oct 12 - 16 [2026]": the month is said once.
    match pieces:
        case [one, until, two, month, *rest] if until in _UNTIL and month in MONTHS:
            pass
        case [month, one, until, two, *rest] if (
            until in _UNTIL and month in MONTHS and not (rest and rest[0] in MONTHS)
        ):
            pass
        case _:
            return None
    first, last = _DAY.fullmatch(one), _DAY.fullmatch(two)
    if first is None or last is None:
        return None
    year = rest[0] if rest and _YEAR.fullmatch(rest[0]) else None
    number = MONTHS[month]
    return day_of(int(first[1]), number, year), day_of(int(last[1]), number, year), 4 + (year is not None)


def _chosen(first: Day, last: Day, today: date) -> DateRange:
    if first == last:
        day = first.on_or_after(today)
        return DateRange(day, day)
    if isinstance(first, YearlyDay) and isinstance(last, ExactDay | YearlyDay):
        ends_on = last.on_or_after(today)
        return DateRange(first.on_or_before(ends_on), ends_on)
    starts_on = first.on_or_after(today)
    return DateRange(starts_on, last.on_or_after(starts_on))


def _checked(chosen: DateRange, *, years_named: bool) -> DateRange:
    length = chosen.last_on - chosen.first_on
    stretch = f"from {written(chosen.first_on)} to {written(chosen.last_on)}"
    if length < timedelta(0):
        raise Impossible(
            f"{written(chosen.last_on)} is before {written(chosen.first_on)}.", "Write the first day first."
        )
    if length > _LONGEST_WITHIN:
        raise Impossible(f"That is longer than a year, {stretch}.", "Write a shorter stretch.")
    if length > _SURE_WITHIN and not years_named:
        raise Impossible(f"That would be {stretch}.", "Write the first day first, or name the years.")
    return chosen
