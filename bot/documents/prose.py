"""The whole text of an agreement in words, section by section: what somebody reads before he signs.

Made from the record's own document, so that nothing that is agreed can be missing from it: a key
that is new tomorrow is said tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.documents.encoding import encode
from bot.documents.phrases import EVIDENCE, KINDS, NO, PHRASES, YES
from bot.documents.sentences import misses_in_words, sentence_of
from bot.documents.wording import Wording
from slacore.agreements import Channel, Terms
from slacore.commitments import Deliverable, Level
from slacore.escalation import DEFAULT
from slacore.parties import Member

_OWN = {"agreement", "name", "signed", "objective", "services", "exclusions", "people"}
"""Keys of the agreement that its heading, its signatures and passages of their own say."""
_SECTIONS = {
    "parties": "The parties",
    "definitions": "What words mean",
    "commitments": "The promises",
    "calendars": "Working time",
    "consequences": "What follows a miss",
    "misses": "How a miss is dealt with",
    "escalations": "Who hears of a miss",
    "reports": "Reports",
    "review": "Review",
    "channels": "Where it is talked about",
}
_IN_THE_SENTENCE = {
    "name",
    "giver",
    "receiver",
    "kind",
    "target",
    "first_within",
    "attempts",
    "thing",
    "share",
    "within",
}
"""Keys of a promise that its first sentence says; so it does of what its kind needs to be one."""
_OF_A_LEVEL = {"indicator", "at_least", "at_most", "computed_from", "metric"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph: what it is about ("" for the section itself), and the sentences that say it."""

    about: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of the text: its heading and its clauses."""

    heading: str
    clauses: tuple[Clause, ...]


def passages(terms: Terms) -> tuple[Passage, ...]:
    """Everything that terms say, in the order in which people read an agreement; signatures apart."""
    return tuple(
        Passage(each.heading, tuple(Clause(clause.about, tuple(map(_begun, clause.lines))) for clause in each.clauses))
        for each in _Text(terms).passages()
        if any(clause.lines for clause in each.clauses)
    )


def _begun(line: str) -> str:
    return line[:1].upper() + line[1:]


class _Text:
    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._document = encode(terms)
        self._words = Wording(terms, terms)

    def passages(self) -> Iterator[Passage]:
        terms, document = self._terms, self._document
        plain = [key for key in document if key not in _OWN and key not in _SECTIONS]
        if terms.objective:
            yield Passage("What it is for", (Clause("", (terms.objective,)),))
        yield Passage("The parties", tuple(self._clauses("parties")))
        yield Passage("What is provided", (Clause("", terms.services),))
        yield Passage("What is not", (Clause("", terms.exclusions),))
        for key, heading in _SECTIONS.items():
            if key in document and key != "parties":
                yield Passage(heading, tuple(self._clauses(key)))
        yield Passage("The agreement", (Clause("", tuple(self._said(document, plain))),))
        yield Passage("The people", (Clause("", tuple(map(self._person, terms.people))),))

    def _clauses(self, key: str) -> Iterator[Clause]:
        section = self._document[key]
        match key:
            case "misses":
                yield Clause("", misses_in_words(self._terms))
            case "review":
                yield Clause("", tuple(self._said(section, section)))
            case "reports":
                yield Clause("", tuple(map(self._report, section)))
            case "channels":
                yield Clause("", tuple(map(self._channel, section, self._terms.channels)))
            case _:
                for slug, entry in section.items():
                    yield Clause(self._about(key, slug), tuple(self._entry(key, slug, entry)))

    def _about(self, key: str, slug: str) -> str:
        match key:
            case "parties":
                return self._words.party(slug)
            case "commitments":
                return self._words.promise(slug)
            case "calendars":
                return self._words.calendar(slug)
            case _:
                return slug[:1].upper() + slug[1:]

    def _entry(self, key: str, slug: str, entry: Mapping[str, Any]) -> Iterator[str]:
        match key:
            case "commitments":
                yield from self._promise(slug, entry)
            case "parties":
                yield self._owner(entry)
                known = {"name", "owner", "kind", *(["calendar"] if entry["calendar"] == self._terms.calendar else [])}
                yield from self._said(entry, [each for each in entry if each not in known])
            case "definitions":
                yield entry["means"]
                yield from entry.get("criteria", ())
            case "escalations":
                yield from (self._words.value("steps", each) for each in entry["steps"])
                yield from self._said(entry, ["snoozes_allowed"])
            case "calendars":
                hours = entry.get("hours", {})
                yield (
                    "; ".join(f"{days} {self._words.value('hours', each)}" for days, each in hours.items()) or "Closed"
                )
                yield from self._said(entry, [each for each in entry if each not in {"name", "hours"}])
            case _:
                yield from self._said(entry, entry)

    def _promise(self, slug: str, entry: Mapping[str, Any]) -> Iterator[str]:
        commitment = self._terms.commitment(slug)
        yield sentence_of(commitment, self._terms)
        skipped = _IN_THE_SENTENCE | {"slots", "due", "period"}
        if isinstance(commitment.promise, Level):
            skipped |= _OF_A_LEVEL
        if isinstance(commitment.promise, Deliverable) and not commitment.promise.sample:
            skipped |= {"check_within"}
        if commitment.calendar == self._terms.party(commitment.giver).calendar == self._terms.calendar:
            skipped |= {"calendar"}
        if "intent" in entry:
            yield PHRASES["intent"].format(entry["intent"])
            skipped |= {"intent"}
        yield f"It is judged {commitment.period.in_words()}"
        if isinstance(commitment.promise, Level) and commitment.promise.metric:
            yield f"It is worked out from incidents, as {commitment.promise.metric}"
        yield from self._said(entry, [each for each in entry if each not in skipped])

    def _owner(self, party: Mapping[str, Any]) -> str:
        person = self._terms.person(party["owner"])
        name = self._words.person(person.id)
        title = f", {person.title}," if person.title else ""
        kind = "" if party["kind"] == "team" else f"; it is an outside {party['kind']}"
        return f"{name}{title} answers for it{kind}"

    def _person(self, person: Member) -> str:
        parts = [self._words.person(person.id), person.title, person.email]
        parts.append(person.zone if person.zone != self._terms.zone else "")
        return ", ".join(" ".join(each.split()) for each in parts if each)

    def _report(self, report: Mapping[str, Any]) -> str:
        kept = f"; it keeps {self._words.promise(report['commitment'])}" if "commitment" in report else ""
        before = report["preview_working_days"]
        days = f"{before} working day{'' if before == 1 else 's'} earlier"
        return f"{report['slots']}, drafted for {self._words.person(report['reporter'])} {days}{kept}"

    def _channel(self, channel: Mapping[str, Any], now: Channel) -> str:
        who = self._words.value("parties", channel.get("parties", []))
        signed = ", signed as " + channel["name"] if now.name != channel["name"] and now.id == channel["id"] else ""
        where = f"{now.name if signed else channel['name']} ({channel['platform']}, {channel['id']}{signed})"
        return f"{where}: {who}" if who else where

    def _said(self, section: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
        """The sentences of some keys; a no that nobody asks about is left to silence."""
        for key in keys:
            said = self._line(key, section[key])
            if said:
                yield " ".join(said.split())

    def _line(self, key: str, value: Any) -> str:
        match key, value:
            case _, bool():
                return (YES if value else NO).get(key, self._by_name(key, "yes") if value else "")
            case "evidence", str():
                return EVIDENCE[value]
            case (("kind" | "level"), str()) if value in KINDS:
                return KINDS[value]
            case "minimum_sample", int():
                return f"With fewer than {value:,} in a period each is judged alone" if value > 1 else ""
            case "unit", dict():
                return f"Other words for it: {', '.join(value['aliases'])}" if "aliases" in value else ""
            case "checkpoints", dict():
                marks = ", ".join(f"{each:,}" for each in value["quantities"])
                return f"Expected by the {value['slots']}: {marks}"
            case "escalation", DEFAULT.slug:
                return ""
            case "outcomes", dict():
                return "; ".join(self._outcome(each) for each in value.values())
        said = self._value(key, value)
        return PHRASES[key].format(said) if key in PHRASES else self._by_name(key, said)

    def _value(self, key: str, value: Any) -> str:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "; ".join(self._words.value(key, each) for each in value)
        if isinstance(value, dict):
            return "; ".join(self._named(key, part, each) for part, each in value.items())
        said = self._words.value(key, value)
        return said.removeprefix("“").removesuffix("”") if key in PHRASES and isinstance(value, str) else said

    def _by_name(self, key: str, said: str) -> str:
        label = key.replace("_", " ")
        return f"{label[:1].upper()}{label[1:]}: {said}"

    def _outcome(self, outcome: Mapping[str, Any]) -> str:
        if not outcome["final"]:
            return f"after “{outcome['name']}” it goes on"
        sale = {"won": " with a sale", "lost": " without a sale"}.get(outcome.get("counts_as", ""), "")
        opens = f" and opens {self._words.promise(outcome['opens'])}" if "opens" in outcome else ""
        return f"“{outcome['name']}” ends it{sale}{opens}"

    def _named(self, key: str, part: str, value: Any) -> str:
        if isinstance(value, Mapping):
            rest = (
                f"{inner.replace('_', ' ')} {self._words.value(inner, each)}"
                for inner, each in value.items()
                if inner != "name"
            )
            return ", ".join((str(value.get("name", part)), *rest))
        said = self._words.value("within" if key.endswith("by_priority") else part, value)
        return f"{part.replace('_', ' ')} {said}"
