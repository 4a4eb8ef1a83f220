"""Who and what: parties, units, people, commitments, campaigns and outcomes, by any name they go by."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from bot.chat.card import Option
from bot.commands.arguments.kind import FieldKind, Impossible, Kind, Misread, Stretch
from bot.commands.arguments.lookups import listed, look_up
from bot.commands.vocabulary import (
    CampaignName,
    CommitmentName,
    Named,
    Names,
    OutcomeName,
    PartyName,
    PersonName,
    PriorityName,
    ServiceName,
    UnitName,
    Vocabulary,
)
from bot.commands.words import clean, fold, quoted, shown
from slacore.errors import Refusal

_MENTION = re.compile(r"<(?:[@#]|!subteam\^)([^<>|]+)(?:\|([^<>]*))?>")
_ME = frozenset({"me", "myself"})
_COMMITMENT = re.compile(r"#?c[-‐‑–—−_ ]?0*([0-9]{1,9})")
_FEW = 6

N = TypeVar("N", bound=Named)


class NameArg(Kind[N]):
    """Something that the vocabulary has a name for."""

    __slots__ = ()

    field: ClassVar[FieldKind] = "choice"
    quotable: ClassVar[bool] = True
    what: ClassVar[str]

    @abstractmethod
    def known(self, vocabulary: Vocabulary) -> Names[N]:
        """The names that there are."""

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[N, int]:
        """Read the longest known name: "qualified leads" before "qualified"."""
        return look_up(self.known(vocabulary), stretch, self.what)

    def parse(self, text: str, vocabulary: Vocabulary) -> N:
        """Read the whole text as one name, whatever it is made of, before reading it as words."""
        found = self.known(vocabulary).find(clean(text).strip())
        return found[0] if len(found) == 1 else super().parse(text, vocabulary)

    def say(self, value: N, vocabulary: Vocabulary) -> str:
        """Its name, or its key where the name is not its alone."""
        return self.known(vocabulary).spell(value)

    def hint(self) -> str:
        """What names it."""
        return f"the name of {self.wording}"

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """All of them."""
        return tuple(Option(entry.name, self.say(entry, vocabulary)) for entry in self.known(vocabulary).entries)


@dataclass(frozen=True, slots=True)
class PartyArg(NameArg[PartyName]):
    """A party: by name, alias, slug, or the usergroup that stands for it."""

    wording: ClassVar[str] = "a party"
    what: ClassVar[str] = "party"

    def known(self, vocabulary: Vocabulary) -> Names[PartyName]:
        """The parties."""
        return vocabulary.parties

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[PartyName, int]:
        """Read a usergroup's mention, or the longest known name."""
        if mention := _MENTION.fullmatch(stretch.first.plain):
            party = vocabulary.parties.with_id(mention[1])
            if party is not None:
                return party, 1
            person = vocabulary.people.with_id(mention[1])
            if person is not None and person.parties:
                raise _somebody_of(person, 1)
            raise Impossible(
                f"{shown(mention[2] or mention[1])} stands for no party here.", "Write the party's name instead."
            )
        try:
            return look_up(vocabulary.parties, stretch, self.what)
        except Misread as unknown:
            try:
                person, used = look_up(vocabulary.people, stretch, "person")
            except Misread:
                raise unknown from None
            if not person.parties:
                raise
            raise _somebody_of(person, used) from unknown

    def makes(self) -> type:
        """A party's name."""
        return PartyName


def _somebody_of(person: PersonName, used: int) -> Misread:
    return Impossible(
        f"{person.name} is a person, of {listed(person.parties, joined='and')}, and here I need a party.",
        "Say it again with the party.",
        instead=person.parties,
        span=used,
    )


@dataclass(frozen=True, slots=True)
class UnitArg(NameArg[UnitName]):
    """What is counted: by its singular, its plural, or another word for it."""

    wording: ClassVar[str] = "a unit"
    what: ClassVar[str] = "unit"

    def known(self, vocabulary: Vocabulary) -> Names[UnitName]:
        """The units."""
        return vocabulary.units

    def hint(self) -> str:
        """What names it."""
        return "what is counted, such as leads"

    def makes(self) -> type:
        """A unit's name."""
        return UnitName


@dataclass(frozen=True, slots=True)
class ServiceArg(NameArg[ServiceName]):
    """A service whose incidents count for a promise."""

    wording: ClassVar[str] = "a service"
    what: ClassVar[str] = "service"

    def known(self, vocabulary: Vocabulary) -> Names[ServiceName]:
        """The services."""
        return vocabulary.services

    def makes(self) -> type:
        """A service's name."""
        return ServiceName


@dataclass(frozen=True, slots=True)
class PersonArg(NameArg[PersonName]):
    """A person: by a mention, by name with or without @, or "me"."""

    field: ClassVar[FieldKind] = "person"
    wording: ClassVar[str] = "a person"
    what: ClassVar[str] = "person"

    def known(self, vocabulary: Vocabulary) -> Names[PersonName]:
        """The people."""
        return vocabulary.people

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[PersonName, int]:
        """Read a mention or a user id, "me", or the longest known name."""
        people, first = vocabulary.people, stretch.first
        if mention := _MENTION.fullmatch(first.plain):
            # The name inside a mention is only what somebody calls himself; the id is who it is.
            person = people.with_id(mention[1])
            if person is not None:
                return person, 1
            raise Impossible(
                f"{shown(mention[2] or mention[1])} is nobody I know here.",
                "Ask an administrator to add that person to a party first.",
            )
        if not first.quoted and fold(first.plain.lstrip("@")) in _ME:
            speaker = people.find(vocabulary.speaker) if vocabulary.speaker else ()
            if len(speaker) != 1:
                raise Impossible("I do not know you here yet, so “me” means nobody.", "Name the person instead.")
            return speaker[0], 1
        by_id = people.with_id(first.plain)
        return (by_id, 1) if by_id is not None else look_up(people, stretch, self.what)

    def say(self, value: PersonName, vocabulary: Vocabulary) -> str:
        """The name, or the member id where the name is not that person's alone."""
        spelled = vocabulary.people.spell(value)
        return value.key if fold(spelled.lstrip("@")) in _ME else spelled

    def hint(self) -> str:
        """What names a person."""
        return "a person, such as @amy, or me"

    def makes(self) -> type:
        """A person's name."""
        return PersonName


@dataclass(frozen=True, slots=True)
class CommitmentArg(NameArg[CommitmentName]):
    """A commitment: by its key or by its name."""

    wording: ClassVar[str] = "a promise"
    what: ClassVar[str] = "promise"

    def known(self, vocabulary: Vocabulary) -> Names[CommitmentName]:
        """The commitments."""
        return vocabulary.commitments

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[CommitmentName, int]:
        """Read `C-1`, `c1`, `C 1`, or the longest known name."""
        for span in (1, 2):
            words = stretch.bare(span)
            if len(words) == span and (key := _COMMITMENT.fullmatch(" ".join(words))):
                found = vocabulary.commitments.find(f"C-{int(key[1])}")
                if found:
                    return found[0], span
                raise self._no_such(f"C-{int(key[1])}", vocabulary, span)
        return look_up(vocabulary.commitments, stretch, self.what)

    def say(self, value: CommitmentName, vocabulary: Vocabulary) -> str:
        """Its key: a name may be given to another one next year."""
        return value.key

    def hint(self) -> str:
        """What names it."""
        return "a promise, by key or name, such as C-1"

    def makes(self) -> type:
        """A commitment's name."""
        return CommitmentName

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """Every commitment, key and name."""
        return tuple(Option(f"{entry.key} · {entry.name}", entry.key) for entry in vocabulary.commitments.entries)

    def _no_such(self, key: str, vocabulary: Vocabulary, span: int) -> Misread:
        known = [entry.key for entry in vocabulary.commitments.entries[:_FEW]]
        return Impossible(
            f"There is no promise {key} here.",
            f"There is {listed(known, joined='and')}." if known else "There is no promise here yet.",
            span=span,
        )


@dataclass(frozen=True, slots=True)
class CampaignArg(NameArg[CampaignName]):
    """A campaign: by name. Where `may_be_new`, words that name none begin one, which has no key."""

    may_be_new: bool = False
    wording: ClassVar[str] = "a campaign"
    what: ClassVar[str] = "campaign"

    @property
    def asked_as(self) -> FieldKind:
        """A choice, or a line where a new one may be written."""
        return "text" if self.may_be_new else "choice"

    def known(self, vocabulary: Vocabulary) -> Names[CampaignName]:
        """The campaigns."""
        return vocabulary.campaigns

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[CampaignName, int]:
        """Read the longest known name, or, where that is allowed, a new one up to the next keyword."""
        try:
            return look_up(vocabulary.campaigns, stretch, self.what)
        except Misread as unknown:
            # A name in quotes is meant as it stands; without them, a likely slip is asked about.
            if not self.may_be_new or (unknown.instead and not stretch.first.quoted):
                raise
            count = 1 if stretch.first.quoted else max(1, stretch.free)
            name = " ".join((stretch.first.text if stretch.first.quoted else stretch.raw(count)).split())
            if not name:
                raise
            return CampaignName(key="", name=name), count

    def say(self, value: CampaignName, vocabulary: Vocabulary) -> str:
        """Its name; in quotes where a new one looks so much like a known one that I would ask."""
        if value.key:
            return vocabulary.campaigns.spell(value)
        try:
            same = self.parse(value.name, vocabulary) == value
        except Refusal:
            same = False
        return value.name if same else quoted(value.name)

    def makes(self) -> type:
        """A campaign's name."""
        return CampaignName


@dataclass(frozen=True, slots=True)
class OutcomeArg(NameArg[OutcomeName]):
    """What came of following up: one of the agreement's outcomes."""

    wording: ClassVar[str] = "an outcome"
    what: ClassVar[str] = "outcome"

    def known(self, vocabulary: Vocabulary) -> Names[OutcomeName]:
        """The outcomes."""
        return vocabulary.outcomes

    def makes(self) -> type:
        """An outcome's name."""
        return OutcomeName


@dataclass(frozen=True, slots=True)
class PriorityArg(NameArg[PriorityName]):
    """How urgent a thing is: one of the agreement's priorities."""

    wording: ClassVar[str] = "a priority"
    what: ClassVar[str] = "priority"

    def known(self, vocabulary: Vocabulary) -> Names[PriorityName]:
        """The priorities."""
        return vocabulary.priorities

    def makes(self) -> type:
        """A priority's name."""
        return PriorityName
