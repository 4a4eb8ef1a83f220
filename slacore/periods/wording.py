"""The words of a slot rule: "last four Fridays 16:00", "1st and 15th 17:00, or the working day after"."""

from __future__ import annotations

import re
from datetime import time
from typing import Literal, NamedTuple, cast

from slacore.calendars import WEEKDAYS, minute_of_day, weekday_named
from slacore.errors import Refusal

Pick = Literal["every", "first", "last", "nth"]
Each = Literal["period", "week", "month", "quarter", "year"]
Moved = Literal["before", "after", "no"]

_ACCEPTED = (
    'Write "last four Fridays 16:00", "every Friday 16:00", "25th 17:00", "last working day 17:00", '
    '"3rd working day 12:00", "first Monday 09:00" or "day 5 of each week 17:00".'
)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDERED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTS = {word: number for number, word in enumerate(_COUNTED, start=1)}
_POSITIONS = {word: number for number, word in enumerate(_ORDERED, start=1)}
_ALL_WEEK = tuple(range(7))
_NOUNS: dict[str, tuple[tuple[int, ...], bool]] = {
    "day": (_ALL_WEEK, False),
    "working day": (_ALL_WEEK, True),
    "business day": (_ALL_WEEK, True),
    "weekday": (_ALL_WEEK[:5], False),
}
_MOVES: dict[Moved, str] = {
    "before": ", or the working day before",
    "after": ", or the working day after",
    "no": ", not moved",
}
_MOVE = re.compile(r",?\s*(?:or (?:on )?the (?:working|business) day (before|after)|(not) moved)$")
_TIME = re.compile(r"\s*(?:\bat\s+)?\b(?P<time>\d{1,2}(?::\d\d)?\s*[ap]m|\d{1,2}:\d\d)$", re.ASCII)
_EACH = re.compile(r"\s+(?:of|in)\s+(?:each|every|the)\s+(period|week|month|quarter|year)$")
_POSITION = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.ASCII)


class SlotWords(NamedTuple):
    """What the words say, in the order of a slot rule's fields."""

    at: time
    pick: Pick
    numbers: tuple[int, ...]
    weekdays: tuple[int, ...]
    working: bool
    each: Each
    moved: Moved


def refused(problem: str) -> Refusal:
    """The answer to words that name no slot: what is wrong, and what can be written."""
    return Refusal(problem, _ACCEPTED, field="slots")


def read_slots(text: str) -> SlotWords:
    """Take a slot rule's words apart. Raises Refusal that shows what is accepted."""
    words = " ".join(text.casefold().split()) if len(text) <= 200 else ""
    moved: Moved = "before"
    if found := _MOVE.search(words):
        moved, words = cast("Moved", "no" if found[2] else found[1]), words[: found.start()]
    clock = _TIME.search(words)
    minutes = minute_of_day(clock["time"]) if clock else None
    if clock is None or minutes is None or minutes == 24 * 60:
        raise refused(f"{text[:60]!r} names no time of day.")
    words = words[: clock.start()].rstrip(" ,")
    each: Each = "period"
    if found := _EACH.search(words):
        each, words = cast("Each", found[1]), words[: found.start()]
    try:
        pick, numbers, weekdays, working = _read_days(words.removeprefix("on ").removeprefix("the ").split())
    except LookupError:
        raise refused(f"{text[:60]!r} names no date.") from None
    return SlotWords(time(minutes // 60, minutes % 60), pick, numbers, weekdays, working, each, moved)


def print_slots(words: SlotWords) -> str:
    """Say a slot rule: the reverse of `read_slots`."""
    many = words.pick in {"first", "last"} and words.numbers[0] > 1
    noun = _print_noun(words.weekdays, working=words.working, many=many)
    match words.pick:
        case "every":
            days = f"every {noun}"
        case "nth":
            days = _listed([_print_position(number) for number in words.numbers])
            days += "" if noun == "day" else f" {noun}"
        case _:
            count = words.numbers[0]
            said = _COUNTED[count - 1] if count <= len(_COUNTED) else str(count)
            days = f"{words.pick} {said} {noun}" if many else f"{words.pick} {noun}"
    each = "" if words.each == "period" else f" of each {words.each}"
    return f"{days}{each} {words.at:%H:%M}{'' if words.moved == 'before' else _MOVES[words.moved]}"


def _read_days(words: list[str]) -> tuple[Pick, tuple[int, ...], tuple[int, ...], bool]:
    """The dates' words, without time and move. Raises LookupError for words that name none."""
    match words:
        case ["every" | "each", *noun]:
            return "every", (), *_read_noun(noun)
        case ["last" | "first" as pick, count, *noun] if (number := _count(count)) and noun:
            return cast("Pick", pick), (number,), *_read_noun(noun)
        case ["last" | "first" as pick, *noun] if noun and noun[0] not in {"and", ","}:
            return cast("Pick", pick), (1,), *_read_noun(noun)
        case ["day", number] if _count(number):
            return "nth", (_count(number),), _ALL_WEEK, False
    positions, noun = _read_positions(words)
    if positions:
        return "nth", positions, *(_read_noun(noun) if noun else _NOUNS["day"])
    return "every", (), *_read_weekdays(words)


def _read_positions(words: list[str]) -> tuple[tuple[int, ...], list[str]]:
    positions: list[int] = []
    for place, word in enumerate(words):
        bare = word.rstrip(",")
        found = _POSITION.fullmatch(bare)
        if found is None and bare not in _POSITIONS and bare != "and":
            return tuple(positions), words[place:]
        if bare != "and":
            positions.append(int(found[1]) if found else _POSITIONS[bare])
    return tuple(positions), []


def _read_noun(words: list[str]) -> tuple[tuple[int, ...], bool]:
    noun = " ".join(words)
    return _NOUNS.get(noun) or _NOUNS.get(noun.removesuffix("s")) or _read_weekdays(words)


def _read_weekdays(words: list[str]) -> tuple[tuple[int, ...], bool]:
    named = [weekday_named(word.rstrip(",")) for word in words if word != "and"]
    if not named or None in named:
        raise LookupError(words)
    return tuple(weekday for weekday in named if weekday is not None), False


def _count(word: str) -> int:
    return _COUNTS.get(word, int(word) if word.isdecimal() and word.isascii() and len(word) <= 3 else 0)


def _print_noun(weekdays: tuple[int, ...], *, working: bool, many: bool) -> str:
    plural = "s" if many else ""
    for noun, meant in _NOUNS.items():
        if meant == (weekdays, working):
            return noun + plural
    return _listed([WEEKDAYS[weekday] + plural for weekday in weekdays])


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _print_position(number: int) -> str:
    suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
