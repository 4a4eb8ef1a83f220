"""A line for whoever greets or thanks: friendly, short, and never as if something had been done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.offers import act
from bot.cards.words import cut, listed, said, titled
from bot.chat.card import Button, Card, Text

_TO_BEGIN = (act("My part", "mine"), act("Status", "status"), act("Help", "help"))
_LONGEST_NAME = 80


def hello(agreements: Sequence[str], *, english_only: str = "") -> Card:
    """What this is, for somebody who has never heard of it, and three ways to begin.

    `english_only` says in the reader's language that only English is read here.
    """
    kept = [cut(name, _LONGEST_NAME) for name in agreements[:3]]
    about = f" Here that is {listed(kept)}." if kept else ""
    what = f"I keep track of what teams have promised each other, and tell whoever it concerns in time.{about}"
    return _line("Hello", f"{_english(english_only)} {what}".strip(), _TO_BEGIN)


def welcome(*, english_only: str = "") -> Card:
    """An answer to thanks."""
    return _line("You are welcome", _english(english_only))


def _english(said: str) -> str:
    return f"{said} I read English." if said else ""


def nothing_changed() -> Card:
    """An answer to words that may be meant for any message, or for none."""
    what = "I cannot tell to what you say that, so nothing is changed. Press a button on the message that you mean."
    return _line("Nothing changed", what, _TO_BEGIN[:1])


def not_yet() -> Card:
    """An answer to what somebody is going to hand over."""
    what = "I count what was handed over, on the day it was: say it again then, such as “25 leads to sales”."
    return _line("Nothing is logged yet", what, (act("Status", "status"), act("If we miss it", "stakes")))


def goodbye() -> Card:
    """An answer to whoever leaves."""
    return _line("See you", "")


def _line(title: str, what: str, buttons: tuple[Button, ...] = ()) -> Card:
    blocks = (Text(said(what)),) if what else ()
    return Card(titled(title), f"{title}. {what}".strip(), blocks, buttons)
