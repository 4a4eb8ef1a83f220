"""Putting one person in the place of another, wherever a document names him."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ALONE = {
    "owner",
    "contact",
    "manager",
    "signatory",
    "sponsor",
    "reporter",
    "decider",
    "checked_by",
    "disputes_decided_by",
}
_SEVERAL = {"deputies", "members", "reviewers", "observers", "participants", "excused_by"}


def placed(value: Any, places: Mapping[str, str], key: str = "") -> Any:
    """The document with everybody in `places` (short names) replaced, and nobody named twice in a list."""
    if isinstance(value, dict):
        return {inner: placed(each, places, inner) for inner, each in value.items()}
    if isinstance(value, list):
        if key in _SEVERAL:
            return list(dict.fromkeys(places.get(each, each) for each in value))
        return [placed(each, places) for each in value]
    return places.get(value, value) if key in _ALONE else value
