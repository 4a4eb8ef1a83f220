"""A guided walk through the story: what each step does, and how far somebody has got.

How far is kept in the page's address (`?tour=k3f9.4`), so that the back button, a reload and a
second window all work, and the server remembers nothing. The first part names the run: every
command of a run carries an id made of run and step, so a step done twice is done once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

DIRECT = "@kept"
"""The place of one's own conversation with the bot, in a step and in an address."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else does while a step's time passes: at an aware moment, as a person, in a place."""

    at: datetime
    as_person: str
    place: str
    says: str


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step of the tour: time passes, somebody does something somewhere, or both, in that order.

    `narration` says, once the step is done, what is to be seen. `travel_to` is an aware moment,
    `meanwhile` what happens on the way there; `says` is a command typed by `as_person` in `place`
    (a channel's id, or DIRECT). A step of none of these only looks. `expects` are words that stand
    on the page afterwards; `is_refused` says that the answer is meant to be a no.
    """

    as_person: str
    place: str
    title: str
    narration: str
    says: str = ""
    travel_to: datetime | None = None
    meanwhile: tuple[Meanwhile, ...] = ()
    expects: tuple[str, ...] = ()
    is_refused: bool = False

    @property
    def only_looks(self) -> bool:
        """Whether nothing happens in it."""
        return not self.says and self.travel_to is None and not self.meanwhile


@dataclass(frozen=True, slots=True)
class TourPart:
    """A stretch of the story with a name of its own, at which a visitor may begin."""

    name: str
    steps: tuple[TourStep, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run of the tour has got: `done` counts the steps whose outcome is on show."""

    run: str
    done: int

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.run}.{self.done}"

    @property
    def onward(self) -> Progress:
        """One step further."""
        return Progress(self.run, self.done + 1)

    @property
    def delivery(self) -> str:
        """The id that this step's command carries, the same however often it is sent."""
        return f"tour-{self.run}-{self.done}"


_WORDS_A_MINUTE, _LOOKS_FOR = 260, 4
"""How fast a calm reader reads, and for how many seconds he looks at what a step shows."""
_WRITTEN = re.compile(r"([a-z0-9]{4,12})\.(\d{1,3})")


def steps_of(parts: Sequence[TourPart]) -> tuple[TourStep, ...]:
    """All steps of a tour, in the order in which they are told."""
    return tuple(step for part in parts for step in part.steps)


def beginnings(parts: Sequence[TourPart]) -> tuple[tuple[int, str], ...]:
    """The number of the step that each part begins with, counted from 1, and what it is called."""
    firsts = accumulate((len(part.steps) for part in parts), initial=1)
    return tuple(zip(firsts, (part.name for part in parts), strict=False))


def minutes_of(script: Sequence[TourStep]) -> int:
    """How long a script takes a calm reader who also looks, in whole minutes, one at least."""
    words = sum(len(f"{step.title} {step.narration}".split()) for step in script)
    return max(1, round(words / _WORDS_A_MINUTE + len(script) * _LOOKS_FOR / 60))


def begin() -> Progress:
    """A new run, before its first step."""
    return Progress(secrets.token_hex(4), 0)


def read(written: str, script: Sequence[TourStep]) -> Progress | None:
    """The progress an address speaks of, or None where it makes no sense for this script."""
    match = _WRITTEN.fullmatch(written)
    if match is None or not 1 <= int(match[2]) <= len(script):
        return None
    return Progress(match[1], int(match[2]))
