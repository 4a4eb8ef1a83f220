"""The shape as editors want it: a JSON Schema, made from the models by `make docs`."""

from __future__ import annotations

import json
from typing import Any

from bot.documents.shape import AgreementSection

SCHEMA = "agreement.schema.json"
"""The schema's file, beside the agreements: `# yaml-language-server: $schema=agreement.schema.json`."""


def schema() -> dict[str, Any]:
    """Describe the file in JSON Schema (draft 2020-12), for editors to complete and to check it.

    It knows keys, types and patterns. What it cannot know (whether a name is declared, whether
    hours overlap) `decode` tells.
    """
    made = _simpler(AgreementSection.model_json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An agreement as Kept reads it",
        **made,
    }


def schema_text() -> str:
    """Give the schema as the text of its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _simpler(made: Any) -> Any:
    """Say what pydantic made in the words of the file: no nulls, no titles, no names of our classes."""
    if isinstance(made, list):
        return [_simpler(each) for each in made]
    if not isinstance(made, dict):
        return made
    kept = {key: _simpler(value) for key, value in made.items() if not _is_noise(key, value)}
    if "$defs" in kept:
        kept["$defs"] = {name.removesuffix("Section"): each for name, each in kept["$defs"].items()}
    if "$ref" in kept:
        kept["$ref"] = kept["$ref"].removesuffix("Section")
    if "anyOf" in kept:
        options = [each for each in kept["anyOf"] if each != {"type": "null"}]
        kept = {**kept, "anyOf": options} if len(options) > 1 else {**_without(kept, "anyOf"), **options[0]}
    if "patternProperties" in kept:  # which would let a key pass that does not fit the pattern
        ((pattern, value),) = kept["patternProperties"].items()
        names = {**kept.get("propertyNames", {}), "pattern": pattern}
        kept = {**_without(kept, "patternProperties"), "propertyNames": names, "additionalProperties": value}
    return kept


def _is_noise(key: str, value: Any) -> bool:
    return (
        (key == "title" and isinstance(value, str))
        or key == "discriminator"
        or (key == "default" and value in (None, [], {}))
    )


def _without(made: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in made.items() if name != key}
