"""What a review has before it: the period in numbers, what was missed, what each side feels, what was taken on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards.lines import Overview
from slacore.agreements import Terms
from slacore.breaches import Breach
from slacore.obligations import Obligation
from slacore.reviews import Minute, Review, Voice


@dataclass(frozen=True, slots=True)
class Past:
    """One promise over its last periods, oldest first: (what the period is called, the word for it)."""

    name: str
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A miss of the period: its record, the promise's name, and how much it fell short in words."""

    breach: Breach
    name: str


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """Everything a meeting looks at, ready to be told on any platform and on paper.

    `before` are the steps that the last review ended with, `actions` those of this one.
    """

    agreement: str
    terms: Terms
    review: Review
    invited: tuple[str, ...]
    present: tuple[str, ...]
    quorum: bool
    lacking: str
    scorecard: tuple[Overview, ...]
    past: tuple[Past, ...]
    missed: tuple[Missed, ...]
    voices: tuple[Voice, ...]
    before: tuple[Obligation, ...]
    minutes: tuple[Minute, ...]
    actions: tuple[Obligation, ...]
    lessons: tuple[tuple[str, Minute], ...]
