"""Whose each thing of a list is to be: names as people write them, turned into members of the receiving party."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.vocabulary import PersonName, Vocabulary
from bot.documents.lists import Fault, ReadList
from slacore.items import Listed
from slacore.parties import Party


def owned(found: ReadList, vocabulary: Vocabulary, party: Party) -> ReadList:
    """The list with its owners known; a row whose owner is nobody of the party that receives is a bad one."""
    rows: list[tuple[int, Listed]] = []
    faults = list(found.faults)
    known: dict[str, str] = {"": ""}
    for number, listed in found.rows:
        if listed.owner not in known:
            known[listed.owner] = _member(listed.owner, vocabulary, party)
        owner = known[listed.owner]
        if listed.owner and not owner:
            faults.append(Fault(number, f"its owner {listed.owner[:40]!r} is nobody of {party.name}"))
        else:
            rows.append((number, replace(listed, owner=owner)))
    return ReadList(tuple(rows), tuple(sorted(faults, key=lambda fault: fault.row)))


def _member(said: str, vocabulary: Vocabulary, party: Party) -> str:
    """The member of a party that a name or a mention means; "" for anybody else."""
    name = said.strip("<>").lstrip("@").partition("|")[0]
    person = vocabulary.people.with_id(name)
    found: tuple[PersonName, ...] = (person,) if person is not None else vocabulary.people.find(name)
    return found[0].key if len(found) == 1 and found[0].key in party.people else ""
