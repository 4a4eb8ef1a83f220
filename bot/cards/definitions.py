"""Words that both sides measure by: what one means, what must be true for it, and in which version that was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.offers import act
from bot.cards.words import capital, count, cut, day_text, listed, sentence, titled
from bot.chat.card import Block, Card, Note, Strong, Text
from slacore.agreements import Definition, Terms


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition with the agreement that has it: its key (`A-1`), the version's number, and the terms."""

    key: str
    version: int
    terms: Terms
    definition: Definition


def definition(defined: Defined, now: datetime) -> Card:
    """Show one word, with its criteria as a list and the version that says so."""
    meant, terms = defined.definition, defined.terms
    blocks: list[Block] = [Text((sentence(capital(meant.means)),))]
    blocks += [Text((f"{number}. {sentence(each)}",)) for number, each in enumerate(meant.criteria, start=1)]
    since = day_text(terms.effective_on, now, terms.zone)
    blocks.append(Note((f"As {terms.name} ({defined.key}) has it in version {defined.version}, from {since} on.",)))
    summary = f"{capital(meant.word)}: {sentence(meant.means)}"
    return Card(titled(f"Definition · {meant.word}"), summary, tuple(blocks), ref=defined.key)


def known(words: Sequence[Defined]) -> Card:
    """List the words there are."""
    title = f"{count(len(words), 'word is', 'words are')} defined here"
    blocks = tuple(Text((Strong(each.definition.word), f": {cut(each.definition.means, 160)}")) for each in words)
    said = f"{title}: {listed([each.definition.word for each in words])}."
    buttons = tuple(act(each.definition.word, f'define "{each.definition.word}"') for each in words[:5])
    return Card(titled(title), said, blocks, buttons)
