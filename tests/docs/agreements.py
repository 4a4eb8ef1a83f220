"""Writes what docs/agreements-file.md takes from the product: tables of keys, examples, answers (`make docs`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.documents import Faults, decode, difference, read
from bot.documents.schema import SCHEMA, schema, schema_text
from bot.documents.starters import STARTERS
from bot.files import read_yaml
from tests.docs.documents import ROOT

FILE = ROOT / "docs" / "agreements-file.md"
COMPANY_X = ROOT / "agreements" / "company-x.yaml"

_TABLE = re.compile(r"(<!-- keys of (?P<name>\w+) -->\n).*?(<!-- end of keys -->\n)", re.DOTALL)
_BLOCK = re.compile(r"^(```(?:yaml|text) (?P<name>\S+)\n).*?(^```\n)", re.DOTALL | re.MULTILINE)
_KINDS = ("Volume", "Response", "FollowUp", "Deliverable", "Level")
_VALUES = {
    "amy": "a person's short name",
    "sales": "a party's short name",
    "service": "a party's or a person's short name",
    "office": "a calendar's short name",
    "leads": "a promise's short name",
    "gentle": "a ladder's short name",
    "make-good": "a consequence's short name",
    "company-x": "short name",
    "America/New_York": "IANA time zone",
    "amy@example.com": "an e-mail address",
    "2026-10-01": "[date](#how-values-are-written)",
    "2026-09-28": "[date](#how-values-are-written)",
    "2wd": "[duration](#how-values-are-written)",
    "last Friday 17:00": "[slot](#how-values-are-written)",
    "month": "[period](#how-values-are-written)",
    "50 %": "[share](#how-values-are-written)",
    "$100": "[money](#how-values-are-written)",
    "0": "number",
    "99.9 %": "[threshold](#how-values-are-written)",
    "09:00-17:00": "[hours](#how-values-are-written)",
    "US": "country or region",
    "due": "`due`, `2wd before`, `1wd after`",
}
"""What a kind of value is called, by the first example that the schema gives of it."""


def sections() -> dict[str, dict[str, Any]]:
    """Find every section of the file by name; Commitment is what all kinds of promise have in common."""
    made = schema()
    found: dict[str, dict[str, Any]] = {"Agreement": made, **made["$defs"]}
    common = set.intersection(*(set(found[kind]["properties"]) for kind in _KINDS))
    frame = {key: each for key, each in found["Volume"]["properties"].items() if key in common}
    words = [found[kind]["properties"]["kind"]["const"] for kind in _KINDS]
    which = {"kind": {"description": "Which kind of promise it is.", "enum": words}}
    required = [key for key in found["Volume"]["required"] if key in common]
    for kind in _KINDS:
        own = {key: each for key, each in found[kind]["properties"].items() if key not in common}
        found[kind] = {**found[kind], "properties": own}
    return found | {"Commitment": {"properties": which | {**frame, **which}, "required": required}}


def table(section: dict[str, Any]) -> str:
    """Write a section's keys, their values and their meanings."""
    rows = [
        f"| {_key(key, section)} | {value_of(described)} | {_meaning(described)} |\n"
        for key, described in section["properties"].items()
    ]
    return "| key | value | meaning |\n|---|---|---|\n" + "".join(rows)


def value_of(described: dict[str, Any]) -> str:
    """Say in a few words how a key's value is written."""
    match described:
        case {"$ref": str(name)}:
            return _link(name)
        case {"anyOf": [{"type": "string"}, {"type": "array"}]}:
            return "text, or a list of texts"
        case {"anyOf": [{"type": "string"}, {"$ref": str(name)}]}:
            return f"text, or {_link(name)}"
        case {"enum": list(words)}:
            return ", ".join(f"`{word}`" for word in words)
        case {"type": "array", "items": {"enum": list(words)}}:
            return f"list of any of {value_of({'enum': words})}"
        case {"type": "array", "items": inner}:
            return f"list, each {value_of(inner)}"
        case {"oneOf": _}:
            return "[promise](#what-every-promise-says)"
        case {"type": "object", "additionalProperties": inner, "propertyNames": names}:
            examples = names.get("enum") or names.get("examples")
            return f"by {f'name, such as `{examples[0]}`' if examples else 'name'}: {value_of(inner)}"
        case {"type": "integer"}:
            return "whole number"
        case {"type": "boolean"}:
            return "`true` or `false`"
        case {"examples": list(examples)}:
            return _VALUES[examples[0]]
        case _:
            return "text"


def faults() -> str:
    """What three slips in Company X's file are answered with."""
    text = COMPANY_X.read_text(encoding="utf-8").replace("target: 100", "target: a hundred")
    document = read_yaml(text.replace("thing: customer", "thng: customer"), name=COMPANY_X.name)
    try:
        decode(document)
    except Faults as found:
        return f"{found}\n"
    raise AssertionError("these are no slips any more")


def changes() -> str:
    """What a close rate of 48 % makes of Company X's promise."""
    text = COMPANY_X.read_text(encoding="utf-8")
    _, old = read(text)
    for was, now in (
        ("effective_on: 2026-10-01", "effective_on: 2026-12-01"),
        ("target: 100", "target: 105"),
        ("[25, 50, 75, 100]", "[27, 53, 79, 105]"),
        ("close_rate: 50 %", "close_rate: 48 %"),
        ("2026-09-28", "2026-11-27"),
    ):
        text = text.replace(was, now)
    return "".join(f"{change}\n" for change in difference(old, read(text)[1]))


def listed() -> str:
    """What `kept template` lists."""
    wide = max(map(len, STARTERS))
    return "".join(f"{each.slug:{wide}}  {each.about}\n" for each in STARTERS.values())


def render(text: str) -> str:
    """Put today's tables, examples and answers into the document."""
    made = sections()
    written: dict[str, Callable[[], str]] = {"faults": faults, "difference": changes, "templates": listed}

    def block(found: re.Match[str]) -> str:
        name = found["name"]
        body = written[name]() if name in written else (ROOT / name).read_text(encoding="utf-8")
        return f"{found[1]}{body}{found[3]}"

    text = _TABLE.sub(lambda found: f"{found[1]}{table(made[found['name']])}{found[3]}", text)
    return _BLOCK.sub(block, text)


def tables_in(text: str) -> list[str]:
    """Find the sections whose tables the document has."""
    return [found["name"] for found in _TABLE.finditer(text)]


def _meaning(described: dict[str, Any]) -> Any:
    default = described.get("default")
    spelt = str(default).lower() if isinstance(default, bool) else default
    return described["description"] + ("" if default is None else f" Left out: `{spelt}`.")


def _key(key: str, section: dict[str, Any]) -> str:
    return f"**`{key}`**" if key in section.get("required", ()) else f"`{key}`"


def _link(reference: str) -> str:
    name = reference.rpartition("/")[2]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"[{words}](#{words.replace(' ', '-')})"


if __name__ == "__main__":
    FILE.write_text(render(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / "agreements" / SCHEMA).write_text(schema_text(), encoding="utf-8")
