"""What could not be given to anybody, told to whoever answers for the party."""

from __future__ import annotations

from bot.cards.offers import act
from bot.cards.words import called, listed, sentence, titled
from bot.chat.card import Card, Note, Text
from slacore.agreements import Terms
from slacore.commitments import Unit
from slacore.routings import Choice, Routing


def left(handoff: str, number: int, unit: Unit, choice: Choice, routing: Routing, terms: Terms) -> Card:
    """Say how many things of a handoff nobody could be given, and why nobody could."""
    title = f"{handoff} · {unit.counted(number)} without an owner"
    full = [f"{called(terms, each)} has the agreed {routing.capacity_of(each)} already" for each in choice.full]
    away = [f"{called(terms, each)} is away" for each in choice.away]
    why = listed([*full, *away]) if full or away else "nobody is on the rota today"
    text = Text((sentence(why[:1].upper() + why[1:]),))
    note = Note(("They are yours until you give them to somebody: say assign, with the item and the person.",))
    return Card(titled(title), f"{title}.", (text, note), (act("Mine", "mine"),), "warning", handoff)
