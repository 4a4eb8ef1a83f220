"""What was answered to one person, said where everybody reads it."""

from __future__ import annotations

from dataclasses import replace

from bot.cards.offers import act
from bot.cards.words import cut, person, quoted, run
from bot.chat.card import Button, Card, Note
from slacore.agreements import Terms


def shared(card: Card, terms: Terms, by: str, words: str) -> Card:
    """An answer for a channel: who shared it, and what was asked. It has no buttons, which were the asker's own."""
    note = Note(run("Shared by ", person(terms, by), f", who asked {quoted(cut(words, 80))}."))
    return replace(card, blocks=(*card.blocks, note), buttons=())


def offer(channel: str, words: str) -> Button:
    """The button under a private answer that says it again in a channel."""
    return act(f"Share in {channel}", words_in(channel, words))


def words_in(channel: str, words: str) -> str:
    """What a button says that shares the answer to `words` in a channel."""
    named = f'"{channel}"' if " " in channel else channel
    return f"share in {named} {words}"


def told(channel: str) -> Card:
    """The answer to whoever shared something that he cannot see from where he is."""
    said = f"Shared in {channel}."
    return Card(said, said, tone="good")
