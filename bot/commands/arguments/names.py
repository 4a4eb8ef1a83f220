"""Who and what: parties, units, people, commitments and campaigns, by any name they go by."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bot.chat.card import Option
from bot.commands.arguments.kind import FieldKind, Impossible, Kind, Misread, Stretch
from bot.commands.arguments.lookups import listed, look_up
from bot.commands.vocabulary import (
    CampaignName,
    CommitmentName,
    PartyName,
    PersonName,
    UnitName,
    Vocabulary,
)
from bot.commands.words import fold, quoted, shown
from slacore.errors import Refusal

_MENTION = re.compile(r"<(?:[@#]|!subteam\^)([^<>|]+)(?:\|([^<>]*))?>")
_ME = frozenset({"me", "myself"})
_COMMITMENT = re.compile(r"#?c[-‐‑–—−_ ]?0*([0-9]{1,9})")
_FEW = 6


@dataclass(frozen=True, slots=True)
class PartyArg(Kind[PartyName]):
    """A party: by name, alias, slug, or the usergroup that stands for it."""

    field: ClassVar[FieldKind] = "choice"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a party"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[PartyName, int]:
        """Read a usergroup's mention, or the longest known name."""
        if mention := _MENTION.fullmatch(stretch.first.plain):
            party = vocabulary.parties.with_id(mention[1])
            if party is not None:
                return party, 1
            raise Impossible(
                f"{shown(mention[2] or mention[1])} stands for no party here.", "Write the party's name instead."
            )
        return look_up(vocabulary.parties, stretch, "party")

    def say(self, value: PartyName, vocabulary: Vocabulary) -> str:
        """Its name, or its slug where the name is not its alone."""
        return vocabulary.parties.spell(value)

    def hint(self) -> str:
        """What names it."""
        return "the name of a party"

    def makes(self) -> type:
        """A party's name."""
        return PartyName

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """Every party."""
        return tuple(Option(party.name, self.say(party, vocabulary)) for party in vocabulary.parties.entries)


@dataclass(frozen=True, slots=True)
class UnitArg(Kind[UnitName]):
    """What is counted: by its singular, its plural, or another word for it."""

    field: ClassVar[FieldKind] = "choice"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a unit"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[UnitName, int]:
        """Read the longest known name: "qualified leads" before "qualified"."""
        return look_up(vocabulary.units, stretch, "unit")

    def say(self, value: UnitName, vocabulary: Vocabulary) -> str:
        """Its plural."""
        return vocabulary.units.spell(value)

    def hint(self) -> str:
        """What names it."""
        return "what is counted, such as leads"

    def makes(self) -> type:
        """A unit's name."""
        return UnitName

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """Every unit."""
        return tuple(Option(unit.name, self.say(unit, vocabulary)) for unit in vocabulary.units.entries)


@dataclass(frozen=True, slots=True)
class PersonArg(Kind[PersonName]):
    """A person: by a mention, by name with or without @, or "me"."""

    field: ClassVar[FieldKind] = "person"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a person"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[PersonName, int]:
        """Read a mention or a user id, "me", or the longest known name."""
        people = vocabulary.people
        first = stretch.first
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
        return (by_id, 1) if by_id is not None else look_up(people, stretch, "person")

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

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """Everybody."""
        return tuple(Option(person.name, self.say(person, vocabulary)) for person in vocabulary.people.entries)


@dataclass(frozen=True, slots=True)
class CommitmentArg(Kind[CommitmentName]):
    """A commitment: by its key or by its name."""

    field: ClassVar[FieldKind] = "choice"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a commitment"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[CommitmentName, int]:
        """Read `C-1`, `c1`, `C 1`, or the longest known name."""
        for span in (1, 2):
            words = stretch.bare(span)
            if len(words) == span and (key := _COMMITMENT.fullmatch(" ".join(words))):
                found = vocabulary.commitments.find(f"C-{int(key[1])}")
                if found:
                    return found[0], span
                raise self._no_such(f"C-{int(key[1])}", vocabulary, span)
        return look_up(vocabulary.commitments, stretch, "commitment")

    def say(self, value: CommitmentName, vocabulary: Vocabulary) -> str:
        """Its key: a name may be given to another one next year."""
        return value.key

    def hint(self) -> str:
        """What names it."""
        return "a commitment, by key or name, such as C-1"

    def makes(self) -> type:
        """A commitment's name."""
        return CommitmentName

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """Every commitment."""
        return tuple(
            Option(f"{commitment.key} · {commitment.name}", commitment.key)
            for commitment in vocabulary.commitments.entries
        )

    def _no_such(self, key: str, vocabulary: Vocabulary, span: int) -> Misread:
        known = [entry.key for entry in vocabulary.commitments.entries[:_FEW]]
        return Impossible(
            f"There is no commitment {key} here.",
            f"There is {listed(known, joined='and')}." if known else "There is no commitment here yet.",
            span=span,
        )


@dataclass(frozen=True, slots=True)
class CampaignArg(Kind[CampaignName]):
    """A campaign: by name. Where `may_be_new`, words that name none begin one, which has no key."""

    may_be_new: bool = False
    field: ClassVar[FieldKind] = "choice"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a campaign"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[CampaignName, int]:
        """Read the longest known name, or, where that is allowed, a new one up to the next keyword."""
        try:
            return look_up(vocabulary.campaigns, stretch, "campaign")
        except Misread as unknown:
            # A name in quotes is meant as it stands; without them, a likely slip is asked about.
            if not self.may_be_new or (unknown.instead and not stretch.first.quoted):
                raise
            count = 1 if stretch.first.quoted else max(1, stretch.free)
            name = stretch.first.text if stretch.first.quoted else stretch.raw(count)
            return CampaignName(key="", name=" ".join(name.split())), count

    def say(self, value: CampaignName, vocabulary: Vocabulary) -> str:
        """Its name; in quotes where a new one looks so much like a known one that I would ask."""
        if value.key:
            return vocabulary.campaigns.spell(value)
        try:
            known = self.parse(value.name, vocabulary) == value
        except Refusal:
            known = False
        return value.name if known else quoted(value.name)

    def hint(self) -> str:
        """What names it."""
        return "the name of a campaign, in quotes where it has blanks"

    def makes(self) -> type:
        """A campaign's name."""
        return CampaignName

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """Every campaign that is known."""
        return tuple(Option(entry.name, self.say(entry, vocabulary)) for entry in vocabulary.campaigns.entries)
