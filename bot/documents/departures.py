"""A document in which somebody was forgotten: another stands in his places, and everything else says the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slacore.parties import Member

_ONE_PERSON = frozenset(
    [
        "by",
        "checked_by",
        "contact",
        "decider",
        "disputes_decided_by",
        "manager",
        "owner",
        "reporter",
        "signatory",
        "sponsor",
    ]
)
_SEVERAL = frozenset(["deputies", "excused_by", "members", "observers", "participants", "reviewers"])
_BY_PERSON = frozenset(("capacities", "people"))
_BY_DAY = frozenset(("rota",))


def without(document: Mapping[str, Any], member: str, instead: Member, words: Callable[[str], str]) -> dict[str, Any]:
    """The document with `instead` in the place of `member`; `words` takes his name out of what people wrote.

    What is left of him is that it was somebody: no title, no zone of his own, no e-mail, no ids.
    """

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(each) for each in value]
        return instead.id if value == member else value

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, list):
            return [renamed(each) if key in _SEVERAL else walk(each) for each in value]
        if isinstance(value, dict):
            if key in _BY_DAY:
                return {day: renamed(whose) for day, whose in value.items()}
            keys = (renamed(name) if key in _BY_PERSON else name for name in value)
            return dict(zip(keys, (walk(inner, name) for name, inner in value.items()), strict=True))
        if isinstance(value, str):
            return renamed(value) if key in _ONE_PERSON or key in _SEVERAL else words(value)
        return value

    kept = walk(document)
    if instead.id in kept.get("people", {}):
        kept["people"][instead.id] = {"name": instead.name}
    assert isinstance(kept, dict)  # noqa: S101 -- as what went in
    return kept


def names(document: Mapping[str, Any], member: str) -> bool:
    """Whether a document has somebody among its people."""
    return member in document.get("people", {})
