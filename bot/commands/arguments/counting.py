"""Whole numbers in English words: twenty-five, a hundred and ten, two dozen, three thousand."""

from __future__ import annotations

from collections.abc import Sequence

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = {
    word: tens * 10
    for tens, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2)
}
_SMALL = {word: count for count, word in enumerate((*_ONES, *_TEENS), start=1)}
_A = frozenset({"a", "an"})
_LARGE = (("million", 1_000_000), ("thousand", 1_000))
_MOST_WORDS = 9
NUMBER_WORDS = frozenset({*_A, *_SMALL, *_TENS, "dozen", "hundred", "thousand", "million", "half"})
"""Words that a number can begin with; "half" only before a dozen."""
VAGUE = frozenset({"few", "couple", "lot", "bunch", "handful", "pair", "number", "ton", "load"})
"""Words behind "a" that make it no one."""


def spelled(words: Sequence[str]) -> tuple[int, int] | None:
    """The number that some small-letter words begin with, and how many of them it takes; None for none."""
    if not words or words[0].split("-")[0] not in NUMBER_WORDS:
        return None
    for span in range(min(_MOST_WORDS, len(words)), 0, -1):
        value = _value(" ".join(words[:span]).replace("-", " ").split())
        if value is not None:
            return value, span
    return None


def _value(parts: list[str]) -> int | None:
    for word, size in _LARGE:
        if word in parts:
            at = parts.index(word)
            many, rest = _below_thousand(parts[:at]) if at else 1, _rest(parts[at + 1 :])
            return None if many is None or rest is None or rest >= size else many * size + rest
    return _below_thousand(parts)


def _rest(parts: list[str]) -> int | None:
    if not parts:
        return 0
    return _value(parts[1:] if parts[0] == "and" else parts)


def _below_thousand(parts: list[str]) -> int | None:
    if parts[-1:] == ["dozen"]:
        before = parts[:-1]
        if before == ["half", "a"]:
            return 6
        many = _below_hundred(before) if before else 1
        return None if many is None else many * 12
    if "hundred" in parts:
        at = parts.index("hundred")
        many, rest = _below_hundred(parts[:at]) if at else 1, parts[at + 1 :]
        below = 0 if not rest else _below_hundred(rest[1:] if rest[0] == "and" else rest)
        return None if many is None or below is None else many * 100 + below
    return _below_hundred(parts)


def _below_hundred(parts: list[str]) -> int | None:
    match parts:
        case [word] if word in _A:
            return 1
        case [word]:
            return _SMALL.get(word) or _TENS.get(word)
        case [tens, ones] if tens in _TENS and ones in _ONES:
            return _TENS[tens] + _SMALL[ones]
        case _:
            return None
