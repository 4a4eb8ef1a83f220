"""What is said of a list of things: what is wrong with it row by row, and how far it is written down."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.offers import act
from bot.cards.words import count, cut, run, titled
from bot.chat.card import Button, Card, Note, Strong, Table, Text

_SHOWN = 20
"""Rows whose faults are told; how many more there are is said."""


def faulty(good: int, faults: Sequence[tuple[int, str]], only_good: str) -> Card:
    """Tell what is wrong, row by row; `only_good` says the handoff with the good rows alone, "" for none."""
    bad = len({row for row, _ in faults})
    title = f"{count(bad, 'row')} of {good + bad:,} cannot be read; nothing was logged"
    rows = tuple(((f"{row:,}",), (cut(what, 160),)) for row, what in faults[:_SHOWN])
    more = len(faults) - len(rows)
    notes = [Note((f"And {more:,} more.",))] if more > 0 else []
    offer: tuple[Button, ...] = (act(f"Only the {good:,} good", only_good, style="primary"),) if only_good else ()
    mend = "Mend the rows and send the list again" + (", or take the good ones alone." if offer else ".")
    table = Table(("Row", "What is wrong"), rows, "", (0,))
    return Card(titled(title), f"{title}.", (table, *notes, Note((mend,))), offer, "warning")


def miscounted(said: int, listed: int, with_right_number: str) -> Card:
    """Another number was said than is listed; nothing was logged."""
    title = f"You said {said:,}, and the list has {listed:,}; nothing was logged"
    right = act(f"Log all {listed:,}", with_right_number, style="primary")
    return Card(titled(title), f"{title}.", (Text(("Check whether the list is whole.",)),), (right,), "warning")


def progress(handoff: str, done: int, total: int, unit: str) -> Card:
    """How far a long list is written down; edited in place until it is all there."""
    title = f"{handoff} · {done:,} of {total:,} {unit} written down"
    if done < total:
        text = Text(run(Strong(f"{done * 100 // total} %"), ". It goes on by itself."))
        return Card(titled(title), f"{title}.", (text,), ref=handoff)
    whole = f"{handoff} · all {total:,} {unit} written down"
    return Card(titled(whole), f"{whole}.", (), (act("History", f"history {handoff}"),), "good", handoff)
