"""The words that mean something here and now: parties, units, people, commitments, campaigns, outcomes.

Made by the caller for one workspace (or one channel of it) and one speaker at one moment. The
grammar reads against it and never looks anything up itself.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.commands.words import fold

_CLOSE_ENOUGH = 0.6
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: `key` is what the house knows it by, `name` what people call it.

    `aliases` are other words for it; `ids` are a platform's own ids (a usergroup, a user), which
    arrive inside a mention.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What it is properly called, as against its aliases."""
        return (self.name,)


@dataclass(frozen=True, slots=True)
class PartyName(Named):
    """A party: its slug, its name, other words for it, and the usergroups that stand for it."""


@dataclass(frozen=True, slots=True)
class PersonName(Named):
    """A person: the member id, the name shown, other names, and the user ids on the platforms.

    `parties` are the names of those that the person speaks for.
    """

    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentName(Named):
    """A commitment: its key (`C-1`), its name, and its slug as an alias."""


@dataclass(frozen=True, slots=True)
class CampaignName(Named):
    """A campaign. One that nobody has declared has no key."""


@dataclass(frozen=True, slots=True)
class ServiceName(Named):
    """A service whose incidents count for a promise."""


@dataclass(frozen=True, slots=True)
class OutcomeName(Named):
    """What can come of following up: its slug and what people call it."""


@dataclass(frozen=True, slots=True)
class PriorityName(Named):
    """How urgent a thing is, in a word of the agreement's."""


@dataclass(frozen=True, slots=True)
class UnitName(Named):
    """A unit that is counted: `name` is its plural (qualified leads), `singular` is for one of it."""

    singular: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Both numbers."""
        return (self.name, self.singular) if self.singular else (self.name,)

    def counted(self, quantity: int | None) -> str:
        """The word that goes with a quantity; the plural where there is none."""
        return self.singular if quantity == 1 and self.singular else self.name


N = TypeVar("N", bound=Named)


class Names(Generic[N]):
    """Names of one sort, indexed once and asked often.

    A key is stronger than a name, and a name than an alias: where one word would mean two things,
    the stronger wins, and only equals are ambiguous.
    """

    __slots__ = ("_by_id", "_by_key", "_by_word", "_spelling", "entries", "longest")

    def __init__(self, entries: Iterable[N] = ()) -> None:
        """Index `entries`; `longest` is the number of words in the longest name."""
        self.entries: tuple[N, ...] = tuple(entries)
        self._by_key: dict[str, N] = {entry.key: entry for entry in self.entries if entry.key}
        self._by_id: dict[str, N] = {known: entry for entry in self.entries for known in entry.ids}
        ranked: dict[str, tuple[int, list[N]]] = {}
        for entry in self.entries:
            for rank, words in enumerate(((entry.key,), entry.names, entry.aliases)):
                for word in filter(None, map(fold, words)):
                    _rank(ranked, word, rank, entry)
        self._by_word: dict[str, tuple[N, ...]] = {word: tuple(found) for word, (_, found) in ranked.items()}
        self._spelling: dict[str, str] = {}
        for entry in self.entries:
            for word in (*entry.names, entry.key, *entry.aliases):
                self._spelling.setdefault(fold(word), word)
        self.longest: int = max((len(word.split()) for word in self._by_word), default=1)

    def find(self, said: str) -> tuple[N, ...]:
        """Everything that `said` may mean: nothing, one thing, or several that share the word."""
        exact = self._by_key.get(said)
        if exact is not None:
            return (exact,)
        return self._by_word.get(fold(said), ()) if len(said) <= _LONGEST_NAME else ()

    def with_id(self, platform_id: str) -> N | None:
        """The one that a platform knows by this id."""
        return self._by_id.get(platform_id)

    def spell(self, entry: N, preferred: str = "") -> str:
        """The best word that means `entry` and nothing else: the preferred one, its name, or its key."""
        for word in (preferred, entry.name):
            if word and self.find(word) == (entry,):
                return word
        return entry.key or entry.name

    def nearest(self, said: str, most: int = 3) -> tuple[tuple[N, str, float], ...]:
        """Known ones that look like `said`, with the word that does and how alike it is, likest first."""
        said = fold(said)
        if not said or len(said) > _LONGEST_NAME:
            return ()
        found: dict[N, tuple[N, str, float]] = {}
        matcher = difflib.SequenceMatcher(autojunk=False)
        for word in difflib.get_close_matches(said, self._by_word, n=most * 2, cutoff=_CLOSE_ENOUGH):
            matcher.set_seqs(word, said)
            for entry in self._by_word[word]:
                found.setdefault(entry, (entry, self._spelling[word], matcher.ratio()))
        return tuple(found.values())[:most]


def _rank(ranked: dict[str, tuple[int, list[N]]], word: str, rank: int, entry: N) -> None:
    held = ranked.get(word)
    if held is None or rank < held[0]:
        ranked[word] = (rank, [entry])
    elif rank == held[0] and entry not in held[1]:
        held[1].append(entry)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words mean to this speaker, in this place, at this moment.

    `zone` is the zone in which a bare "Friday" or "15:00" is meant; `now` is aware UTC; `speaker`
    is the member id that "me" stands for. The names are indexed when they are made, so build them
    once and ask for the same words at another moment, or of another speaker.
    """

    now: datetime
    zone: ZoneInfo
    speaker: str = ""
    parties: Names[PartyName] = field(default_factory=Names)
    units: Names[UnitName] = field(default_factory=Names)
    people: Names[PersonName] = field(default_factory=Names)
    commitments: Names[CommitmentName] = field(default_factory=Names)
    campaigns: Names[CampaignName] = field(default_factory=Names)
    outcomes: Names[OutcomeName] = field(default_factory=Names)
    services: Names[ServiceName] = field(default_factory=Names)
    priorities: Names[PriorityName] = field(default_factory=Names)

    def of(self, speaker: str, now: datetime, zone: ZoneInfo) -> Vocabulary:
        """The same words, said by somebody at a moment."""
        return Vocabulary(
            now, zone, speaker, self.parties, self.units, self.people, self.commitments, self.campaigns,
            self.outcomes, self.services, self.priorities,
        )  # fmt: skip

    @property
    def here(self) -> datetime:
        """The moment it is, on the wall of `zone`."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The day it is in `zone`."""
        return self.here.date()
