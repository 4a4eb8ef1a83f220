"""From terms to a file as people write it: what may be left out is left out, and a remark says what each key is for.

`read(write(terms))` gives the same terms back. The remarks are the ones that `docs/agreements-file.md`
and the editors' schema have of each key.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from bot.documents.encoding import section_of
from bot.documents.schema import SCHEMA, schema
from bot.files import KeyPath, read_yaml
from slacore.agreements import Terms
from slacore.escalation import DEFAULT

_WIDTH = 110
_schema = cache(schema)
_LONG = 84
_MAP, _SEQ, _STR = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:str"
_APART = {"people", "parties", "calendars", "definitions", "commitments", "consequences", "escalations"}
"""Sections whose entries have names of their own."""


def write(terms: Terms, about: str = "", *, beside: str = SCHEMA) -> str:
    """Write terms as a file that `read` takes; `about` is what it is, said at its top, `beside` where the schema is."""
    text = yaml.dump(
        _laid_out(_lean(terms)),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
        default_flow_style=False,
    )
    head = [f"# yaml-language-server: $schema={beside}"]
    if about:
        head += ["#", *textwrap.wrap(about, _WIDTH, initial_indent="# ", subsequent_indent="# ")]
    remarked = "\n".join(_remarked(text))
    if read_yaml(remarked).value != read_yaml(text).value:  # words over several lines, which a remark would join
        remarked = text.rstrip("\n")
    return "\n".join((*head, "", remarked)) + "\n"


class _Short(dict[str, Any]):
    """A section that fits on its key's line."""


class _Row(list[Any]):
    """A list that fits on its key's line."""


class _Prose(str):
    """Words that run over several lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Quotes what the strict reader would take for something else, and nothing more: dates and times are words."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Lists stand under their key, indented."""
        super().increase_indent(flow, indentless=False)


_Dumper.yaml_implicit_resolvers = {}
for _tag, _shape in (
    ("null", "~|null|Null|NULL|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", "[-+]?(0|[1-9][0-9]*)"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+"),
    ("merge", "<<"),
):
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^({_shape})$"), None)
_Dumper.add_representer(_Short, lambda dumper, value: dumper.represent_mapping(_MAP, value, flow_style=True))
_Dumper.add_representer(_Row, lambda dumper, value: dumper.represent_sequence(_SEQ, value, flow_style=True))
_Dumper.add_representer(_Prose, lambda dumper, value: dumper.represent_scalar(_STR, value, style=">"))


def _laid_out(value: Any, path: KeyPath = ()) -> Any:
    """Decide what stands on one line: short lists and sections without a name of their own; long words are folded."""
    if isinstance(value, str):
        folds = len(value) > _LONG and value == " ".join(value.split()) and len(path) and isinstance(path[-1], str)
        return _Prose(value) if folds else value
    if isinstance(value, list):
        inside = [_laid_out(each, (*path, index)) for index, each in enumerate(value)]
        flat = not any(isinstance(each, list | dict) for each in inside)
        return _Row(inside) if flat and len(", ".join(map(str, inside))) <= _LONG and len(path) > 1 else inside
    if isinstance(value, dict):
        inner = {key: _laid_out(each, (*path, key)) for key, each in value.items()}
        named = len(path) <= 1 or (len(path) == 2 and path[0] in _APART)
        flat = not any(type(each) in (list, dict, _Prose) for each in inner.values())
        return _Short(inner) if flat and not named and len(str(inner)) <= _LONG + 12 else inner
    return value


def _lean(terms: Terms) -> dict[str, Any]:
    """The document without what `decode` fills in by itself."""
    document: dict[str, Any] = section_of(terms).model_dump(mode="json", exclude_defaults=True)
    document = {key: value for key, value in document.items() if value not in (None, [], {})}
    for person in document["people"].values():
        _drop(person, "zone", terms.zone)
        for platform, users in person.get("identities", {}).items():
            person["identities"][platform] = users[0] if len(users) == 1 else users
    for slug, calendar in document["calendars"].items():
        _drop(calendar, "zone", terms.zone)
        _drop(calendar, "name", slug)
    if len(terms.calendars) == 1:
        document.pop("calendar", None)
    for slug, party in document["parties"].items():
        _drop(party, "name", spoken(slug))
        _drop(party, "calendar", terms.calendar)
    for slug, promise in document["commitments"].items():
        giver = terms.party(promise["giver"])
        if promise["kind"] == "deliverable" and "sample" not in promise:
            promise.pop("check_within", None)
        _drop(promise, "name", spoken(slug))
        _drop(promise, "owner", giver.owner)
        _drop(promise, "calendar", giver.calendar)
        if "unit" in promise:
            promise["unit"] = _unit(promise["unit"])
        document["commitments"][slug] = {"kind": promise["kind"], **promise}
    for channel in document.get("channels", ()):
        _drop(channel, "name", f"#{channel['id']}")
    if terms.escalations.get(DEFAULT.slug) == DEFAULT:
        document.get("escalations", {}).pop(DEFAULT.slug, None)
        if not document.get("escalations"):
            document.pop("escalations", None)
    lean: dict[str, Any] = _plain(document)
    return lean


def spoken(slug: str) -> str:
    """How a short name is said where no other name is given."""
    return slug.replace("-", " ").capitalize()


def _drop(section: dict[str, Any], key: str, implied: object) -> None:
    if section.get(key) == implied:
        section.pop(key)


def _unit(unit: dict[str, Any]) -> Any:
    _drop(unit, "plural", f"{unit['singular']}s")
    return unit["singular"] if set(unit) == {"singular"} else unit


def _plain(value: Any) -> Any:
    """Nothing but what the strict reader reads: no empty values, lists for tuples."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items() if inner not in (None, [], (), {})}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _remarked(text: str) -> Iterator[str]:
    """The lines of a file, each new key with what it is for, sections set apart."""
    document = read_yaml(text)
    lines = text.splitlines()
    begins: dict[int, KeyPath] = {}
    for place, number in document.lines.items():
        if place:
            begins.setdefault(number, place)
    made, told = _schema(), set[str]()
    for number, line in enumerate(lines, 1):
        path = begins.get(number)
        if path is None:
            yield line
            continue
        opens = line.rstrip().endswith(":")
        if opens and (len(path) == 1 or (len(path) == 2 and path[0] in _APART)) and number > 1:
            yield from () if lines[number - 2].rstrip().endswith(":") else ("",)
        meaning, key = _meaning(made, path, document.value)
        if not meaning or key in told:
            yield line
            continue
        told.add(key)
        if len(path) == 1 and opens:
            yield from textwrap.wrap(meaning, _WIDTH, initial_indent="# ", subsequent_indent="# ")
            yield line
        else:
            ends = number == len(lines) or number + 1 in begins
            yield from _beside(line, meaning, ends=ends)


def _beside(line: str, meaning: str, *, ends: bool) -> Iterator[str]:
    """A line and what its key is for: behind it, or above where that is too long or the value runs on below."""
    short = meaning.partition(". ")[0].partition(": `")[0].rstrip(".")
    if len(line) + len(short) + 4 <= _WIDTH and (ends or line.endswith(":")):
        yield f"{line}  # {short}"
        return
    indent = line[: len(line) - len(line.lstrip())]
    if not line.lstrip().startswith("- "):
        yield from textwrap.wrap(short, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")
    yield line


def _meaning(made: dict[str, Any], path: KeyPath, value: Any) -> tuple[str, str]:
    """What the key at a place is for, and which key of which section it is; "" for a name of somebody's own."""
    described: dict[str, Any] = made
    meaning, told = "", ""
    for part in path:
        described, name = _section(described, made, value)
        value = value[part]
        properties = described.get("properties", {})
        if part in properties:
            described = properties[part]
            meaning, told = str(described.get("description", "")), f"{name}.{part}"
        else:
            described = described.get("additionalProperties") or described.get("items") or {}
            meaning, told = "", ""
    return meaning, told


def _section(described: dict[str, Any], made: dict[str, Any], value: Any) -> tuple[dict[str, Any], str]:
    """The section that stands at a place: by reference, or the kind of promise that is written there."""
    for option in described.get("oneOf", ()):
        found, name = _section(option, made, value)
        if isinstance(value, Mapping) and value.get("kind") == found["properties"]["kind"]["const"]:
            return found, "Promise"
    for option in described.get("anyOf", ()):
        if "$ref" in option and isinstance(value, Mapping):
            return _section(option, made, value)
    if "$ref" in described:
        name = str(described["$ref"]).rpartition("/")[2]
        return made["$defs"][name], name
    return described, ""
