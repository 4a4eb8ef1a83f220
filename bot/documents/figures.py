"""The figures of a promise that are amended by name: "leads target 105", "answers share 96 %".

An amendment is made on the record's document and read back from it, so that what is written in
chat passes the same checks as what is written in a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.documents.decoding import decode
from bot.documents.encoding import encode
from bot.documents.faults import Faults, first_of
from bot.documents.lines import NONE
from slacore.agreements import Terms
from slacore.commitments import Commitment, Volume
from slacore.errors import Refusal
from slacore.planner import checkpoints

Path = tuple[str, ...]

FIGURES: Mapping[str, tuple[Path, ...]] = {
    "target": (("target",),),
    "checkpoints": (("checkpoints", "quantities"),),
    "share": (("share",),),
    "minimum sample": (("minimum_sample",),),
    "threshold": (("at_least",), ("at_most",)),
    "percentile": (("percentile",),),
    "silence": (("silence_accepts_after",),),
    "first response": (("first_within",),),
    "resolution": (("resolved_within",),),
    "update": (("updated_every",),),
    "outside hours": (("outside_hours",),),
    "priority": (("by_priority",),),
    "priorities": (("by_priority",),),
    "resolution priority": (("resolved_by_priority",),),
    "resolution priorities": (("resolved_by_priority",),),
    "attempts": (("attempts",),),
    "within": (("within",),),
    "cadence": (("cadence",),),
    "slots": (("slots",),),
    "due": (("due",),),
    "close rate": (("worth", "close_rate"),),
    "average sale": (("worth", "average_sale"),),
    "calendar": (("calendar",),),
    "ladder": (("escalation",),),
    "consequence": (("consequence",),),
}
"""What people call a figure, and where it stands under its promise: the first of these that is written there."""

ONE_OF = {"priority": "priorities", "resolution priority": "resolution priorities"}
"""Figures that change some of several times, and leave the others; and the figure that is all of them."""
MAY_GO = {
    "share", "minimum sample", "resolution", "update", "outside hours", "cadence", "due", "calendar", "ladder",
    "consequence", *ONE_OF.values(),
}  # fmt: skip
"""Figures that a promise can do without: what holds then is what holds where a file leaves them out."""

_WHOLE = {"target", "minimum sample", "percentile", "attempts"}
_LISTS = {"checkpoints", "cadence"}
_BY_NAME = {*ONE_OF, *ONE_OF.values()}
_MAY_COME: Mapping[str, frozenset[str]] = {
    "response": frozenset({"resolution", "update", "outside hours", *_BY_NAME}),
    "follow-up": frozenset({"cadence"}),
}
"""What a promise of a kind may be given that it has not; any may be given a consequence."""
_PRIORITY = re.compile(r"(?P<name>[^\d:]*?[^\d:\s])\s*[:=]?\s+(?P<within>\d.*|none)", re.IGNORECASE)


def figures_of(commitment: Commitment, terms: Terms) -> tuple[str, ...]:
    """The names of the figures that this promise has, so that they can be amended."""
    section = encode(terms)["commitments"][commitment.slug]
    return tuple(name for name in FIGURES if _path(section, name) is not None)


def written(commitment: Commitment, terms: Terms) -> dict[str, str]:
    """The figures of this promise as a file writes them, by name."""
    section = encode(terms)["commitments"][commitment.slug]
    found = {}
    for name in figures_of(commitment, terms):
        value = _found(section, _path(section, name) or ())
        if name not in ONE_OF and value is not None:
            found[name] = _said(value)
    return found


def amended(
    terms: Terms, commitment: Commitment, changes: Mapping[str, str], effective_on: date, field: str = ""
) -> Terms:
    """The same terms, unsigned, with figures of one promise changed, from a day on.

    `changes` are words by the figure's name, as somebody typed them; "none" takes a figure out that
    may be left out. A new target moves its checkpoints along in proportion unless they are given
    too. Raises Refusal for a figure that the promise does not have and for everything that a file
    would be refused for: of `field` where one asks for them all, else of the figure's own name.
    """
    document = encode(terms)
    document.pop("signed", None)
    document["effective_on"] = effective_on.isoformat()
    section = document["commitments"][commitment.slug]
    for name, words in changes.items():
        path = _path(section, name)
        if path is None:
            known = ", ".join(figures_of(commitment, terms))
            raise Refusal(f"{commitment.name} has no {name}.", f"It has: {known}.", field=field or "figure")
        try:
            _put(section, path, _value(name, words, _found(section, path)))
        except Refusal as refusal:
            raise Refusal(refusal.problem, refusal.next_step, field=field or name) from refusal
    if "target" in changes and "checkpoints" not in changes:
        _scale(section, commitment)
    try:
        return decode(document)
    except Faults as faults:
        fault = first_of(faults, "commitments", commitment.slug)
        figure = next((name for name in changes if (_path(section, name) or ("",))[0] == fault.key), "")
        raise Refusal(f"That cannot stand: {fault.problem}.", fault.mend, field=field or figure) from faults


def ended(terms: Terms, effective_on: date, ends_on: date) -> Terms:
    """The same terms, unsigned, with a last day."""
    document = encode(terms)
    document.pop("signed", None)
    document |= {"effective_on": effective_on.isoformat(), "ends_on": ends_on.isoformat()}
    return decode(document)


def _path(section: Mapping[str, Any], name: str) -> Path | None:
    """Where a figure stands, or would, under this promise; None where its kind knows none of that name."""
    found = next((path for path in FIGURES[name] if _found(section, path) is not None), None)
    may_come = name == "consequence" or name in _MAY_COME.get(section["kind"], ())
    return found or (FIGURES[name][0] if may_come else None)


def _found(section: Any, path: Path) -> Any:
    for part in path:
        section = section.get(part) if isinstance(section, Mapping) else None
    return section


def _put(section: dict[str, Any], path: Path, value: object) -> None:
    for part in path[:-1]:
        section = section[part]
    if value is None:
        section.pop(path[-1], None)
    else:
        section[path[-1]] = value


def _said(value: Any) -> str:
    match value:
        case list():
            return ", ".join(map(str, value))
        case dict():
            return ", ".join(f"{name} {within}" for name, within in value.items())
        case _:
            return str(value)


def _value(name: str, words: str, before: Any) -> object:
    """What stands in the document for somebody's words; None for nothing at all."""
    if name in _BY_NAME:
        changed = {**(before or {}), **_by_name(words)} if name in ONE_OF else _by_name(words)
        return {each: within for each, within in changed.items() if within.casefold() != NONE} or None
    if name in MAY_GO and words.strip().casefold() == NONE:
        return None
    if name in _LISTS:
        return [_whole(part) for part in words.replace(" and ", ",").split(",") if part.strip()]
    return _whole(words) if name in _WHOLE else words


def _by_name(words: str) -> dict[str, str]:
    """Times by priority: "urgent 1wh, high 4wh", or a line each."""
    if words.strip().casefold() == NONE:
        return {}
    found = {}
    for part in re.split(r"[,;\n]", words):
        if part.strip():
            each = _PRIORITY.fullmatch(part.strip())
            if each is None:
                raise Refusal(
                    f"“{part.strip()[:60]}” names no priority with its time.",
                    "Write the priority and then how soon, such as urgent 1wh; with several, a comma between.",
                )
            found[" ".join(each["name"].split())] = each["within"].strip()
    return found


def _whole(words: str) -> object:
    """A whole number in digits, 1,200 included; anything else as it is, for the section to refuse."""
    digits = words.strip().replace(",", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else words.strip()


def _scale(section: dict[str, Any], commitment: Commitment) -> None:
    promise = commitment.promise
    target = section["target"]
    if isinstance(promise, Volume) and promise.checkpoints is not None and isinstance(target, int):
        scaled = checkpoints(target, promise.checkpoints.quantities, promise.target)
        section["checkpoints"]["quantities"] = list(scaled)
