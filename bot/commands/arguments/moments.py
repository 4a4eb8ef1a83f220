"""Arguments that are an instant: 15:00, tomorrow 09:00, Fri 15:00, in 2 hours."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.chat.card import Option
from bot.commands.arguments.counting import spelled
from bot.commands.arguments.days import DASHES, Day, ExactDay, Toward, WeeklyDay, choose, take_day, written
from bot.commands.arguments.hours import clock_face, take_time
from bot.commands.arguments.kind import FieldKind, Impossible, KeysAtHand, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown

_SPANS = {
    name: timedelta(**{unit: 1})
    for unit, names in {
        "minutes": "minute minutes min mins",
        "hours": "hour hours h hrs hr",
        "days": "day days",
        "weeks": "week weeks",
    }.items()
    for name in names.split()
}
_FURTHEST_WITHIN = timedelta(days=366)
_EXACT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(z?)")
_JOINED = re.compile(r"([0-9]{1,6})([a-z]+)")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class MomentArg(Kind[datetime]):
    """An instant, to the minute, as aware UTC; bare hours are those of the vocabulary's zone.

    `toward` the future, what is named without its day or week is the next one after now; toward
    the past, the latest that has been. `opens` is the hour that a day alone stands for ("Mon" is
    Monday 09:00); None asks for the hour. An instant on the wrong side of now is refused.
    """

    toward: Toward = "future"
    opens: time | None = time(9)
    field: ClassVar[FieldKind] = "moment"
    wording: ClassVar[str] = "a moment"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[datetime, int]:
        """Read a time, a day, both in either order, a span from now, or an exact instant."""
        words = [word.translate(DASHES) for word in stretch.bare(8)]
        if not words:
            raise Misread(f"{shown(stretch.first.text)} is in quotes, so it is no moment.", f"Write {self.hint()}.")
        if exact := _EXACT.fullmatch(words[0]):
            moment, used = _exact(exact, vocabulary), 1
        elif words[0] == "in":
            moment, used = self._from_now(words, vocabulary)
        else:
            moment, used = self._on_a_day(words, vocabulary)
        now = vocabulary.now
        if (moment <= now) if self.toward == "future" else (moment > now):
            local, here = moment.astimezone(vocabulary.zone), vocabulary.here
            side = "has already passed" if self.toward == "future" else "is still to come"
            raise Impossible(
                f"{written(local.date())} {clock_face(local.time())} {side}; now it is {clock_face(here.time())}.",
                f"Write {self.hint()}.",
                span=used,
            )
        return moment, used

    def say(self, value: datetime, vocabulary: Vocabulary) -> str:
        """As `2026-10-16T13:00Z`: the same instant, whoever says it and whenever."""
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")

    def fill(self, value: datetime, vocabulary: Vocabulary) -> str:
        """As a form's field shows it, on the wall of the zone; the exact instant in a repeated hour."""
        local = value.astimezone(vocabulary.zone)
        return self.say(value, vocabulary) if local.fold else local.strftime("%Y-%m-%dT%H:%M")

    def hint(self) -> str:
        """The ways to write it."""
        if self.toward == "past":
            return "a moment that has been, such as 08:30, yesterday 15:00 or 16 Oct 15:00"
        return "a moment to come, such as 15:00, tomorrow 09:00, Fri 15:00 or in 2 hours"

    def makes(self) -> type:
        """An aware instant."""
        return datetime

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """What people put off until."""
        said = ("in 2 hours", "tomorrow 09:00", "Mon 09:00") if self.toward == "future" else ("yesterday 09:00",)
        return tuple(Option(moment, moment) for moment in said)

    def _from_now(self, words: list[str], vocabulary: Vocabulary) -> tuple[datetime, int]:
        if len(words) > 1 and (joined := _JOINED.fullmatch(words[1])):
            count, unit, used = joined[1], joined[2], 2
        else:
            count, unit, used = words[1] if len(words) > 1 else "", words[2] if len(words) > 2 else "", 3
        in_words = spelled([count])
        amount = int(count) if count.isascii() and count.isdigit() and len(count) < 7 else in_words and in_words[0]
        if amount is None or unit not in _SPANS:
            raise Impossible(f"{shown(' '.join(words[:3]))} is no time from now.", "Write, for example, in 2 hours.")
        within = amount * _SPANS[unit]
        if within > _FURTHEST_WITHIN:
            raise Impossible("That is more than a year away.", "Write a moment within a year.", span=used)
        # Up to the next whole minute, so that "in 1 minute" is never sooner than that.
        moment = vocabulary.now + within
        short_of_a_minute = timedelta(seconds=moment.second, microseconds=moment.microsecond)
        return (moment - short_of_a_minute + _MINUTE if short_of_a_minute else moment), used

    def _on_a_day(self, words: list[str], vocabulary: Vocabulary) -> tuple[datetime, int]:
        skipped = 1 if words[0] == "at" else 0
        timed = take_time(words[skipped:])
        if timed is not None:
            at, used = timed[0], timed[1] + skipped
            day, more = _day_behind(words[used:], vocabulary.today)
            return self._moment(day, at, vocabulary, used + more), used + more
        try:
            day, used = take_day(words, vocabulary.today)
        except Impossible:
            raise
        except Misread as misread:
            meant = f"; did you mean {' or '.join(misread.instead)}?" if misread.instead else "."
            raise Misread(
                f"{shown(words[0])} is no moment that I know{meant}",
                f"Write {self.hint()}.",
                instead=misread.instead,
                span=misread.span,
            ) from misread
        skipped = 1 if words[used : used + 1] == ["at"] else 0
        timed = take_time(words[used + skipped :])
        if timed is not None:
            used += skipped + timed[1]
            return self._moment(day, timed[0], vocabulary, used), used
        if self.opens is None:
            raise Impossible("The hour is missing.", "Write it behind the day, such as Fri 15:00.", span=used)
        return self._moment(day, self.opens, vocabulary, used), used

    def _moment(self, day: Day | None, at: time, vocabulary: Vocabulary, span: int) -> datetime:
        # Without a day it is any day, with a weekday any week: the nearest on the right side of now.
        today = vocabulary.today
        step = timedelta(days=1 if day is None else 7) * (1 if self.toward == "future" else -1)
        try:
            on = today if day is None else choose(day, today, self.toward)
            moment = _at(on, at, vocabulary.zone)
            if day is None or isinstance(day, WeeklyDay):
                too_soon = moment <= vocabulary.now if self.toward == "future" else moment > vocabulary.now
                return _at(on + step, at, vocabulary.zone) if too_soon else moment
        except Misread as misread:
            misread.span = span
            raise
        return moment


def _day_behind(words: list[str], today: date) -> tuple[Day | None, int]:
    skipped = 1 if words[:1] == ["on"] else 0
    try:
        day, used = take_day(words[skipped:], today)
    except Misread:
        return None, 0
    return day, used + skipped


def _exact(found: re.Match[str], vocabulary: Vocabulary) -> datetime:
    day, _ = take_day([found[1]], vocabulary.today)
    timed = take_time([found[2]])
    if not isinstance(day, ExactDay) or timed is None:
        raise Impossible(f"{shown(found[0])} is no moment.", "Write it as 2026-10-16T15:00.")
    if found[3]:
        return datetime.combine(day.on, timed[0], UTC)
    return _at(day.on, timed[0], vocabulary.zone)


def _at(on: date, at: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(on, at, zone)
    moment = local.astimezone(UTC)
    back = moment.astimezone(zone)
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Impossible(
            f"There is no {clock_face(at)} on {written(on)} in {zone.key}: clocks go forward then.",
            f"Write a time that there is, such as {clock_face(back.time())}.",
            instead=(f"{on.isoformat()}T{clock_face(back.time())}",),
        )
    return moment
