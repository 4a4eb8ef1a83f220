"""Changing what the promises of an agreement rest on: a calendar, a ladder, what follows a miss, a defined word.

A part is changed on the record's document and read back from it, so that what is written in chat
passes the same checks as what is written in a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from bot.documents.decoding import decode
from bot.documents.encoding import encode
from bot.documents.faults import Faults, first_of
from bot.documents.lines import LINES, MERGED, NOTHING, Kind, Section
from bot.documents.wording import Wording
from slacore.agreements import Terms
from slacore.errors import Refusal

KINDS: Mapping[Kind, str] = {
    "calendars": "calendar",
    "escalations": "ladder",
    "consequences": "consequence",
    "definitions": "word",
}
"""What people call a part of each section."""


def written(terms: Terms, kind: Kind, slug: str) -> dict[str, str]:
    """What a part says, as somebody would type it: by the names of its lines. Nothing of a part that there is not."""
    section = encode(terms).get(kind, {}).get(slug, {})
    found = {name: line.write(section[line.key]) for name, line in LINES[kind].items() if line.key in section}
    return {name: text for name, text in found.items() if text}


def named(terms: Terms, kind: Kind) -> dict[str, str]:
    """The parts of a kind that there are: what people call each, by short name."""
    if kind == "calendars":
        return {slug: each.name or slug for slug, each in terms.calendars.items()}
    return {slug: slug for slug in encode(terms).get(kind, {})}


def called(terms: Terms, kind: Kind, said: str) -> str | None:
    """The short name of the part that somebody means, None for one that is new.

    Refuses a name that is nearly one of those there are: a slip of the pen makes no new part.
    """
    there = named(terms, kind)
    folded = " ".join(said.casefold().split())
    for slug, name in there.items():
        if folded in {slug.casefold(), name.casefold(), slug.replace("-", " ")}:
            return slug
    words = {spelling.casefold(): name for slug, name in there.items() for spelling in (slug, name)}
    if near := get_close_matches(folded, words, n=1, cutoff=0.75):
        raise Refusal(
            f"There is no {KINDS[kind]} “{said.strip()[:60]}”; did you mean {words[near[0]]}?",
            f"There are: {', '.join(there.values())}. Something new needs a name less like one of them.",
            field="part",
        )
    return None


def rewritten(terms: Terms, kind: Kind, slug: str, said: Mapping[str, str]) -> Terms:
    """The same terms with lines of one part changed, or with a new part.

    `said` are texts by the name of the line; "none" takes out what stands there. Raises Refusal, of
    the line's name, for what a file would be refused for.
    """
    document = encode(terms)
    section = document.setdefault(kind, {}).setdefault(slug, {})
    for name, text in said.items():
        try:
            _put(section, kind, name, text)
        except Refusal as refusal:
            raise Refusal(refusal.problem, refusal.next_step, field=name) from refusal
    if kind == "calendars" and "hours" not in section:
        raise Refusal("A calendar needs hours.", "Say when it is open, such as Mon-Fri 09:00-17:00.", field="hours")
    return _read_back(document, kind, slug)


def without(terms: Terms, kind: Kind, slug: str) -> Terms:
    """The same terms without a part. Refuses while something else needs it."""
    document = encode(terms)
    del document[kind][slug]
    try:
        return decode(document)
    except Faults as faults:
        words = Wording(terms, terms)
        places = dict.fromkeys(tuple(each.key.split(".")[:2]) for each in faults.errors)
        names = [words.promise(place[-1]) if place[0] == "commitments" else words.party(place[-1]) for place in places]
        raise Refusal(
            f"The {KINDS[kind]} {named(terms, kind)[slug]} is needed still: {', '.join(names)}.",
            "Give what needs it another one first.",
            field="promise",
        ) from faults


def _read_back(document: Mapping[str, Any], kind: Kind, slug: str) -> Terms:
    try:
        return decode(document)
    except Faults as faults:
        fault = first_of(faults, kind, slug)
        field = next((name for name, line in LINES[kind].items() if line.key == fault.key), "")
        raise Refusal(f"That cannot stand: {fault.problem}.", fault.mend, field=field) from faults


def _put(section: Section, kind: Kind, name: str, text: str) -> None:
    if name in MERGED[kind]:
        MERGED[kind][name](section, text)
        return
    line = LINES[kind][name]
    if text.strip().casefold() in NOTHING:
        section.pop(line.key, None)
        return
    section[line.key] = line.read(text)
