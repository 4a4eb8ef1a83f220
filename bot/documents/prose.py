"""The whole text of an agreement in words, section by section: what somebody reads before he signs.

Made from the record's own document, so that nothing that is agreed can be missing from it: a key
that is new tomorrow is said tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.documents.encoding import encode
from bot.documents.sentences import misses_in_words, sentence_of
from bot.documents.wording import Wording
from slacore.agreements import Terms

_OWN = {"agreement", "name", "signed"}
"""Keys of the agreement that its heading and its signatures say."""
_SECTIONS = {
    "parties": "The parties",
    "definitions": "What words mean",
    "commitments": "The promises",
    "consequences": "What follows a miss",
    "misses": "How a miss is dealt with",
    "escalations": "Who hears of a miss",
    "reports": "Reports",
    "calendars": "Working time",
    "people": "The people",
    "channels": "Where it is talked about",
}
_TITLES = {"services": "What is provided", "exclusions": "What is not", "review": "Review"}
_SAID_BY_SENTENCE = {"name", "giver", "receiver", "kind"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph: what it is about ("" for the section itself), and the sentences or figures that say it."""

    about: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of the text: its heading and its clauses."""

    heading: str
    clauses: tuple[Clause, ...]


def passages(terms: Terms) -> tuple[Passage, ...]:
    """Everything that terms say, in the order in which people read an agreement; signatures apart."""
    return tuple(_Text(terms).passages())


class _Text:
    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._document = encode(terms)
        self._words = Wording(terms, terms)

    def passages(self) -> Iterator[Passage]:
        document = {key: value for key, value in self._document.items() if key not in _OWN}
        plain = [key for key in document if key not in _SECTIONS and key not in _TITLES]
        yield Passage("The agreement", (Clause("", tuple(self._line(key, document[key]) for key in plain)),))
        for key, heading in _TITLES.items():
            if key in document:
                yield Passage(heading, (Clause("", tuple(self._points(document[key]))),))
        for key, heading in _SECTIONS.items():
            if key in document:
                yield Passage(heading, tuple(self._clauses(key, document[key])))

    def _points(self, value: Any) -> Iterator[str]:
        if isinstance(value, Mapping):
            yield from (self._line(part, each) for part, each in value.items())
        else:
            yield from value

    def _clauses(self, key: str, section: Any) -> Iterator[Clause]:
        if key == "misses":
            yield Clause("", misses_in_words(self._terms))
            return
        if isinstance(section, list):
            for each in section:
                yield Clause("", (self._words.value(key, each),))
            return
        for slug, entry in section.items():
            lines = tuple(self._entry(key, slug, entry))
            yield Clause(self._about(key, slug), lines)

    def _about(self, key: str, slug: str) -> str:
        match key:
            case "people":
                return self._words.person(slug)
            case "parties":
                return self._words.party(slug)
            case "commitments":
                return self._words.promise(slug)
            case "calendars":
                return self._words.calendar(slug)
            case _:
                return slug

    def _entry(self, key: str, slug: str, entry: Mapping[str, Any]) -> Iterator[str]:
        skipped = {"name", "identities", "email"}
        if key == "commitments":
            yield sentence_of(self._terms.commitment(slug), self._terms)
            skipped = _SAID_BY_SENTENCE
        yield from (self._line(part, value) for part, value in entry.items() if part not in skipped)

    def _line(self, key: str, value: Any) -> str:
        label = key.replace("_", " ")
        if isinstance(value, list) and value and isinstance(value[0], dict):
            said = "; ".join(self._words.value(key, each) for each in value)
        elif isinstance(value, dict):
            said = "; ".join(self._named(part, each) for part, each in value.items())
        else:
            said = self._words.value(key, value)
        return " ".join(f"{label[:1].upper()}{label[1:]}: {said}".split())

    def _named(self, part: str, value: Any) -> str:
        if isinstance(value, Mapping):
            return ", ".join((str(value.get("name", part)), *self._rest(value)))
        return f"{part.replace('_', ' ')} {self._words.value(part, value)}"

    def _rest(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield from (
            f"{key.replace('_', ' ')} {self._words.value(key, each)}" for key, each in value.items() if key != "name"
        )
