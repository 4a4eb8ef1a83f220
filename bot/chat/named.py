"""Whom a card names: those alone have to be looked up to draw it, however many a company has."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.card import Card, Fact, Mention, Note, Spans, Table, Text


def named_in(card: Card) -> frozenset[str]:
    """The member ids of those whom a card mentions, or has buttons for."""
    mentioned = {span.member for spans in _said(card) for span in spans if isinstance(span, Mention)}
    return frozenset(mentioned.union(*(button.may for button in card.buttons)))


def _said(card: Card) -> Iterator[Spans]:
    for block in card.blocks:
        match block:
            case Text() | Note():
                yield block.spans
            case Fact():
                yield block.value
            case Table():
                for row in block.rows:
                    yield from row
