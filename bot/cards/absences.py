"""Who is away, until when, and who stands in: what people ask before they wait for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.cards.offers import ask
from bot.cards.words import listed, titled
from bot.chat.card import Card, Note, Strong, Text
from slacore.periods import print_dates


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away from one day to another, both included; `instead` names whoever stands in, if anybody."""

    name: str
    first_on: date
    last_on: date
    instead: str = ""


def absences(found: Sequence[Away], today: date, *, about: str = "") -> Card:
    """Tell who is away or will be; `about` one person, where only that was asked."""
    now = [each for each in found if each.first_on <= today]
    if about:
        title = f"{about} is away" if now else f"{about} is not away"
    elif now:
        title = f"{listed([each.name for each in now])} {'is' if len(now) == 1 else 'are'} away"
    else:
        title = "Nobody is away today"
    blocks = tuple(Text((Strong(each.name), f": {_in_words(each)}")) for each in found)
    note = Note(("That is what people have told me.",))
    return Card(titled(title), f"{title}.", (*blocks, note), (ask("I am away", "away"),))


def _in_words(away: Away) -> str:
    instead = f"{away.instead} stands in." if away.instead else "Nobody stands in."
    return f"{print_dates(away.first_on, away.last_on, year=False)}. {instead}"


def last_day(until_at: datetime) -> date:
    """The last whole day of an absence that ends at the midnight behind it, on the wall of its zone."""
    return date.fromordinal(until_at.date().toordinal() - 1)
