"""Finding again: definitions by their word, and whatever holds some words."""

from __future__ import annotations

import difflib

from bot.cards.definitions import Defined
from bot.cards.searches import Found
from bot.desk.sitting import Sitting
from bot.store import frictions
from slacore.agreements import Agreement
from slacore.errors import Refusal

MOST = 20
"""Entries that a search shows; the rest is counted."""


def definitions(sitting: Sitting, agreements: tuple[Agreement, ...]) -> tuple[Defined, ...]:
    """Every word that the agreements define, as the version in force has it (the newest, before one is)."""
    found = []
    for agreement in agreements:
        version = agreement.in_force(sitting.today(agreement.latest.terms.zone)) or agreement.latest
        found += [Defined(agreement.key, version.number, version.terms, each) for each in version.terms.definitions]
    return tuple(found)


def define(sitting: Sitting, agreements: tuple[Agreement, ...], word: str) -> Defined:
    """Find what a word means here. Refuses an unknown one with the nearest that there is."""
    known = definitions(sitting, agreements)
    wanted = _plain(word)
    exact = [each for each in known if wanted == _plain(each.definition.word)]
    if exact:
        return exact[0]
    near = difflib.get_close_matches(wanted, [_plain(each.definition.word) for each in known], n=3)
    near += [known for known in map(_plain, (each.definition.word for each in known)) if wanted in known.split()]
    raise Refusal(
        f"“{word}” is not defined here.",
        "Say `define` to see the words that are." if known else "Definitions stand in the agreement's file.",
        offers=tuple((each.definition.word, f'define "{each.definition.word}"') for each in _named(known, near)),
        field="word",
    )


async def search(
    sitting: Sitting, agreements: tuple[Agreement, ...], words: str, *, friction: bool = True, defined: bool = True
) -> Found:
    """Find entries and definitions in which every word stands, parts of words and any capitals included."""
    slugs = tuple(each.slug for each in agreements)
    entries, in_all = await frictions.search(sitting.tx, slugs, words, MOST) if friction else ((), 0)
    wanted = words.casefold().split()
    hits = tuple(each for each in definitions(sitting, agreements) if all(word in _text(each) for word in wanted))
    return Found(words, entries, in_all, hits if defined else ())


def _text(defined: Defined) -> str:
    meant = defined.definition
    return " ".join((meant.word, meant.means, *meant.criteria)).casefold()


def _plain(word: str) -> str:
    """A word to compare: small letters, one blank, and the plural that people say of a singular."""
    return " ".join(word.casefold().split()).removesuffix("s")


def _named(known: tuple[Defined, ...], words: list[str]) -> tuple[Defined, ...]:
    return tuple(each for each in known if _plain(each.definition.word) in words)[:3]
