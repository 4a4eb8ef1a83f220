"""The figures of a promise that are amended by name: "leads target 105", "answers share 96 %".

An amendment is made on the record's document and read back from it, so that what is written in
chat passes the same checks as what is written in a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.documents.decoding import decode
from bot.documents.encoding import encode
from bot.documents.faults import Faults
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
    "attempts": (("attempts",),),
    "within": (("within",),),
    "cadence": (("cadence",),),
    "slots": (("slots",),),
    "due": (("due",),),
    "close rate": (("worth", "close_rate"),),
    "average sale": (("worth", "average_sale"),),
}
"""What people call a figure, and where it stands under its promise: the first of these that is written there."""

_WHOLE = {"target", "minimum sample", "percentile", "attempts"}
_LISTS = {"checkpoints", "cadence"}


def figures_of(commitment: Commitment, terms: Terms) -> tuple[str, ...]:
    """The names of the figures that this promise has, so that they can be amended."""
    section = encode(terms)["commitments"][commitment.slug]
    return tuple(name for name in FIGURES if _path(section, name) is not None)


def written(commitment: Commitment, terms: Terms) -> dict[str, str]:
    """The figures of this promise as a file writes them, by name."""
    section = encode(terms)["commitments"][commitment.slug]
    found = {}
    for name in figures_of(commitment, terms):
        value: Any = section
        for part in _path(section, name) or ():
            value = value[part]
        found[name] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return found


def amended(terms: Terms, commitment: Commitment, changes: Mapping[str, str], effective_on: date) -> Terms:
    """The same terms, unsigned, with figures of one promise changed, from a day on.

    `changes` are words by the figure's name, as somebody typed them. A new target moves its
    checkpoints along in proportion unless they are given too. Raises Refusal for a figure that the
    promise does not have and for everything that a file would be refused for.
    """
    document = encode(terms)
    document.pop("signed", None)
    document["effective_on"] = effective_on.isoformat()
    section = document["commitments"][commitment.slug]
    for name, words in changes.items():
        path = _path(section, name)
        if path is None:
            known = ", ".join(figures_of(commitment, terms))
            raise Refusal(f"{commitment.name} has no {name}.", f"It has: {known}.", field="figure")
        _put(section, path, _value(name, words))
    if "target" in changes and "checkpoints" not in changes:
        _scale(section, commitment)
    try:
        return decode(document)
    except Faults as faults:
        first = faults.errors[0]
        raise Refusal(f"That cannot stand: {first.problem}.", first.next_step, field="value") from faults


def ended(terms: Terms, effective_on: date, ends_on: date) -> Terms:
    """The same terms, unsigned, with a last day."""
    document = encode(terms)
    document.pop("signed", None)
    document |= {"effective_on": effective_on.isoformat(), "ends_on": ends_on.isoformat()}
    return decode(document)


def _path(section: Mapping[str, Any], name: str) -> Path | None:
    found = (path for path in FIGURES[name] if _stands(section, path))
    return next(found, None)


def _stands(section: Any, path: Path) -> bool:
    for part in path:
        if not isinstance(section, Mapping) or part not in section:
            return False
        section = section[part]
    return True


def _put(section: dict[str, Any], path: Path, value: object) -> None:
    for part in path[:-1]:
        section = section[part]
    section[path[-1]] = value


def _value(name: str, words: str) -> object:
    if name in _LISTS:
        return [_whole(part) for part in words.replace(" and ", ",").split(",") if part.strip()]
    return _whole(words) if name in _WHOLE else words


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
