"""Microsoft's own schemas, as they were published, kept beside the tests."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator, Draft7Validator

HERE = Path(__file__).parent / "schemas"
MSTEAMS = {"width", "entities"}
"""What Teams adds to a card's root, beside the schema."""


@lru_cache(maxsize=1)
def _cards() -> Draft6Validator:
    return Draft6Validator(json.loads((HERE / "adaptive-card-1.5.0.schema.json").read_text()))


@lru_cache(maxsize=1)
def _manifests() -> Draft7Validator:
    return Draft7Validator(json.loads((HERE / "teams-manifest-v1.25.schema.json").read_text()))


def assert_card(card: dict[str, Any]) -> None:
    """The card is valid by the schema, but for what Teams documents beside it."""
    assert set(card.get("msteams", {})) <= MSTEAMS
    bare = {name: value for name, value in card.items() if name != "msteams"}
    fault = next(_cards().iter_errors(bare), None)
    assert fault is None, f"{fault.message[:300]} at {list(fault.absolute_path)}"


def assert_manifest(manifest: dict[str, Any]) -> None:
    """The app manifest is valid by the schema."""
    faults = [f"{list(each.absolute_path)}: {each.message}" for each in _manifests().iter_errors(manifest)]
    assert not faults, faults
