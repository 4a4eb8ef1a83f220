"""What was found: friction entries that hold the words, and definitions that do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards.definitions import Defined
from bot.cards.frictions import entries_table
from bot.cards.offers import act
from bot.cards.words import count, cut, quoted, titled
from bot.chat.card import Block, Button, Card, Note, Strong, Text
from slacore.agreements import Terms
from slacore.frictions import Friction


@dataclass(frozen=True, slots=True)
class Found:
    """What holds the words: the newest entries, how many there are in all, and definitions."""

    words: str
    entries: tuple[Friction, ...]
    in_all: int
    definitions: tuple[Defined, ...]


def found(what: Found, terms: Terms | None) -> Card:
    """Answer `search`; `terms` are those that entries' names and days are read from, None where there are none."""
    title = titled(f"Search · {quoted(cut(what.words, 40))} · {_counted(what)}")
    blocks: list[Block] = [
        Text((Strong(each.definition.word), f": {cut(each.definition.means, 160)}")) for each in what.definitions
    ]
    if what.entries and terms is not None:
        blocks.append(entries_table(what.entries, terms, "Friction, newest first"))
    if what.in_all > len(what.entries):
        blocks.append(Note((f"+{what.in_all - len(what.entries):,} older; another word narrows it.",)))
    if not blocks:
        blocks.append(Note(("Every word must stand in an entry, its tags, or a definition; parts of words count.",)))
    buttons = tuple(_define(each) for each in what.definitions[:3])
    return Card(title, f"{quoted(cut(what.words, 80))}: {_counted(what)}.", tuple(blocks), buttons)


def _counted(what: Found) -> str:
    parts = [count(what.in_all, "entry", "entries")] if what.in_all else []
    parts += [count(len(what.definitions), "definition")] if what.definitions else []
    return ", ".join(parts) or "nothing found"


def _define(each: Defined) -> Button:
    return act(each.definition.word, f'define "{each.definition.word}"')
