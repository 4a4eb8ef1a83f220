"""Finding a known name at the head of some words, and the likeliest one where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.commands.arguments.kind import Misread, Stretch
from bot.commands.vocabulary import Named, Names
from bot.commands.words import shown

_FEW = 6

N = TypeVar("N", bound=Named)


def look_up(names: Names[N], stretch: Stretch, what: str) -> tuple[N, int]:
    """Find the longest known name that the words begin with.

    A name that runs on past a keyword ("Sales to Go") is considered only where the words before
    the keyword mean nothing by themselves.
    """
    for skipped in _articles(stretch):
        for length in _lengths(names, stretch, skipped):
            said = " ".join(word.plain for word in stretch.words[skipped : skipped + length])
            found = names.find(said) or names.find(said.lstrip("@#"))
            if len(found) == 1:
                return found[0], skipped + length
            if found:
                spelled = tuple(names.spell(entry) for entry in found)
                raise Misread(
                    f"{shown(said)} can be {listed(spelled)}.",
                    "Say which one.",
                    instead=spelled,
                    span=skipped + length,
                )
    raise _unknown(names, stretch, what)


def _articles(stretch: Stretch) -> tuple[int, ...]:
    # "to the sales team" where there is a "sales team", but no "the sales team".
    return (0, 1) if not stretch.first.quoted and stretch.first.plain.lower() == "the" else (0,)


def _lengths(names: Names[N], stretch: Stretch, skipped: int) -> tuple[int, ...]:
    if stretch.first.quoted:
        return (1,)
    known = len(stretch.bare(names.longest + skipped)) - skipped
    before_keyword = min(known, stretch.free - skipped)
    return (*range(before_keyword, 0, -1), *range(known, max(before_keyword, 0), -1))


def _unknown(names: Names[N], stretch: Stretch, what: str) -> Misread:
    most = 1 if stretch.first.quoted else max(1, min(names.longest, stretch.free, len(stretch.bare(names.longest))))
    guesses = [
        (likeness, -span, names.spell(entry, "" if word == entry.key or "-" in word else word), entry, span)
        for span in range(1, most + 1)
        for entry, word, likeness in names.nearest(stretch.said(span))
    ]
    guesses.sort(key=lambda guess: guess[:3], reverse=True)
    said = stretch.first.text if most == 1 else stretch.said(most)
    if guesses:
        best_span = guesses[0][4]
        said = stretch.first.text if best_span == 1 else stretch.said(best_span)
        instead = tuple(dict.fromkeys(spelled for _, _, spelled, _, span in guesses if span == best_span))[:3]
        return Misread(
            f"I know no {what} {shown(said)}; did you mean {listed(instead)}?",
            "Say it again with the right name.",
            instead=instead,
            span=best_span,
        )
    if not names.entries:
        return Misread(f"I know no {what} {shown(said)}.", f"There is no {what} here yet.", span=most)
    few = [names.spell(entry) for entry in names.entries[:_FEW]]
    more = len(names.entries) - len(few)
    known = f"{', '.join(few)} and {more} more" if more else listed(few, joined="and")
    return Misread(f"I know no {what} {shown(said)}.", f"I know {known}.", span=most)


def listed(names: Sequence[str], *, joined: str = "or") -> str:
    """Give "Sales, Marketing or Service"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joined} {names[-1]}"
