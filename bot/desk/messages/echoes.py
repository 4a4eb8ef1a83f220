"""The same person, place and words within two minutes: a slip more often than not, so it is asked about."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.chat.talk import Place, Utterance
from bot.desk.sitting import Sitting
from bot.store import echoes
from bot.store.transaction import Need

WITHIN = timedelta(minutes=2)
_AGAIN = re.compile(r"again:(?P<after>[A-Z]-[0-9]+):")
"""Put before the words by the "Log again" button, so that a second saying is meant; but once, not at each press."""


@dataclass(frozen=True, slots=True)
class Echo:
    """The earlier saying of the same words: what came of it, and when."""

    subject: str
    said_at: datetime


async def heard_before(sitting: Sitting, utterance: Utterance) -> Echo | None:
    """The same words of the same person in the same place, less than two minutes ago."""
    found = await echoes.find(sitting.tx, *key(utterance))
    if found is None or sitting.now - found.said_at >= WITHIN:
        return None
    meant = _AGAIN.match(utterance.text)
    if meant is not None and meant["after"] == found.subject:
        return None
    return Echo(found.subject, found.said_at)


def again(subject: str, words: str) -> str:
    """What the button says that repeats words which led to `subject`."""
    return f"again:{subject}:{words}"


def words_of(text: str) -> str:
    """The words themselves, without the button's mark."""
    return _AGAIN.sub("", text, count=1) if _AGAIN.match(text) else text


async def remember(sitting: Sitting, utterance: Utterance, subject: str) -> None:
    """Note what these words led to."""
    await echoes.put(sitting.tx, *key(utterance), said_at=sitting.now, subject=subject)


def need(utterance: Utterance) -> Need:
    """The row that `heard_before` will ask for."""
    return echoes.need(*key(utterance))


def key(utterance: Utterance) -> tuple[str, str, str]:
    """Who (as the platform knows him), where, and a fingerprint of what."""
    person = f"{utterance.person.platform}:{utterance.person.user}"
    return person, place_key(utterance.place), fingerprint(utterance)


def said(utterance: Utterance) -> str:
    """The words of a request, for a form with its fields in order."""
    if utterance.verb:
        return " ".join((utterance.verb, *(f"{name}={value}" for name, value in sorted(utterance.arguments.items()))))
    return words_of(utterance.text)


def fingerprint(utterance: Utterance) -> str:
    """What tells the same words apart from others: case and blanks do not."""
    return _fingerprint(said(utterance))


@lru_cache(maxsize=256)  # asked for three times a request
def _fingerprint(text: str) -> str:
    words = " ".join(text.casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()


def place_key(place: Place) -> str:
    """The place as one text."""
    return f"{place.platform}:{place.kind}:{place.id}"
