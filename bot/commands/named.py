"""Things called by their names instead of their keys: "Ann Lee said no" is about L-12, "the report" about O-9."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.commands.words import fold
from bot.desk.duties import duties
from bot.desk.sitting import Sitting
from bot.store import items

_NEWEST = 1_000
"""So many of the newest things are known by name; older ones go by their keys."""
_LEAST, _TELLING = 3, 4
"""Letters of a part of a name that stands for the whole, and of a word that may tell one duty from another."""
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_OF = re.compile(r"['’]s$")
_LITTLE = frozenset(
    word
    for line in (
        "the and for not are was has had can could with from this that they them you your our his her its who how what",
        "why when where all any one two but out off new now too is it no on at to in of or",
        "by fail fails slow page down search lead leads case cases call called home order",
    )
    for word in line.split()
)
"""Words that tell nothing of whom one speaks, though a name may have them."""

Spoken = Mapping[tuple[str, ...], Sequence[str]]
"""Keys by the words that people say for them."""


async def spoken_of(sitting: Sitting, agreements: Collection[str], people: Iterable[str]) -> Spoken:
    """The newest things of these agreements by name, and by each word of it that no other thing and no person has."""
    whole: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for number, name in await items.named(sitting.tx, agreements, _NEWEST):
        words = tuple(_plain(found[0]) for found in _WORD.finditer(name))
        if words:
            whole[words].append(f"L-{number}")
            for word in words:
                parts[word].add(f"L-{number}")
    taken = _LITTLE.union(_plain(found[0]) for person in people for found in _WORD.finditer(person))
    for word, keys in parts.items():
        if len(keys) == 1 and len(word) >= _LEAST and word not in taken:
            whole.setdefault((word,), sorted(keys))
    return whole


def by_keys(text: str, spoken: Spoken) -> tuple[str, ...]:
    """The text with keys in the place of names, longest names first; once for each thing where several share a name.

    Empty where no name stands in it.
    """
    found = list(_WORD.finditer(text))
    plain = [_plain(each[0]) for each in found]
    longest = max(map(len, spoken), default=0)
    readings, at, behind = [""], 0, 0
    while at < len(found):
        length, keys = _longest_at(plain, at, spoken, longest)
        if keys:
            before = text[behind : found[at].start()]
            # Of a second name that several share, the newest is meant: two guesses at once would be too many buttons.
            readings = [
                f"{each}{before}{key}" for each in readings for key in (keys if len(readings) == 1 else keys[:1])
            ]
            behind = found[at + length - 1].end()
        at += length
    return tuple(f"{each}{text[behind:]}" for each in readings) if behind else ()


def _longest_at(plain: list[str], at: int, spoken: Spoken, longest: int) -> tuple[int, Sequence[str]]:
    for length in range(min(longest, len(plain) - at), 0, -1):
        if keys := spoken.get(tuple(plain[at : at + length])):
            return length, keys
    return 1, ()


async def duty_meant(sitting: Sitting, text: str) -> str:
    """The key of the one thing that the speaker owes whose name has most words of what he said; "" where none has."""
    said = _telling(text)
    shared = {
        duty.obligation.key: len(said & _telling(f"{duty.commitment.name} {duty.thing}"))
        for duty in await duties.owed_by(sitting, sitting.actor)
        if duty.obligation.kind == "slot"
    }
    best = max(shared.values(), default=0)
    return next((key for key, many in shared.items() if many == best), "") if best else ""


def _telling(text: str) -> set[str]:
    return {word for found in _WORD.finditer(text) if len(word := _plain(found[0])) >= _TELLING}


def _plain(word: str) -> str:
    return fold(_OF.sub("", word))
