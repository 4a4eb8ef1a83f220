"""What is wrong with a document, told all at once: for each fault the file, line, key, problem and mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.documents.kinds import FAULT, clause, shown
from bot.files import Document, FileError, KeyPath, spell
from slacore.errors import Refusal
from slacore.problems import Problem

_MOST = 100
"""Faults that are told at once: more than anybody mends in one go, few enough to be found quickly."""

_VERBS = {"is", "has", "goes", "counts", "holds", "begins"}
"""What a problem begins with that wants the key before it."""
_QUOTED = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that cannot stand: where it is, what is wrong, and the mend."""

    path: KeyPath
    problem: str
    mend: str


class Faults(Refusal):
    """Everything that is wrong with a document, in the order of its lines. Nothing was taken from it.

    `errors` has one FileError a fault, the first hundred at most; as a text, each is a line of its
    own that editors and terminals can follow to the spot.
    """

    def __init__(self, errors: Iterable[FileError]) -> None:
        """Keep the errors apart, in the order in which somebody would mend them."""
        self.errors = tuple(sorted(errors, key=lambda error: error.line or 0))
        first = self.errors[0]
        more = f" ({len(self.errors) - 1} more after it)" if len(self.errors) > 1 else ""
        super().__init__(first.problem + more, first.next_step, understood=first.understood)

    def __str__(self) -> str:
        """Give a line a fault."""
        return "\n".join(map(str, self.errors))


@dataclass(frozen=True, slots=True)
class Told:
    """A fault as somebody hears of it who changed a part of a document; `key` is a key of that part, "" elsewhere."""

    key: str
    problem: str
    mend: str


def first_of(faults: Faults, *part: str) -> Told:
    """The first fault of those below a part of the document, else of all, in words that name what is wrong."""
    above = f"{spell(part)}."
    first = next((each for each in faults.errors if each.key.startswith(above)), faults.errors[0])
    below = first.key.removeprefix(above) if first.key.startswith(above) else ""
    named = re.sub(r"\[\d+\]", "", below or first.key).rpartition(".")[2].replace("_", " ")
    says_it_alone = first.problem.split(" ", 1)[0] not in _VERBS
    problem = first.problem if says_it_alone else f"{named} {first.problem}"
    mend = f"{first.mend[:1].upper()}{first.mend[1:]}."
    return Told(re.split(r"[.\[]", below)[0], problem, mend)


def faults_in(document: Document, faults: Iterable[Fault]) -> Faults:
    """Say where in a file the faults are; raise what comes back."""
    return Faults(
        FileError(document.file, document.line_of(each.path), spell(_cut(each.path)), each.problem, each.mend)
        for each in islice(faults, _MOST)
    )


def faults_of(error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """Turn what pydantic found in a document of `model`'s shape into plain words."""
    for found in error.errors(include_url=False):
        loc = found["loc"]
        if loc[-1:] == ("[key]",) and found["type"] in {FAULT, "literal_error"}:
            loc = loc[:-1]  # pydantic's mark for "the key itself"
        yield _in_words(found, _place(loc, model))


def fault_of(problem: Problem) -> Fault:
    """Put a problem of the terms beside the faults of their wording."""
    return Fault(problem.path, clause(problem.what), clause(problem.mend))


def empty_values(value: object, path: KeyPath = ()) -> Iterator[Fault]:
    """Find keys and list entries with nothing behind them: a slip more often than a meaning."""
    if value is None:
        yield Fault(path, "is empty", "write a value, or take the line out")
        return
    entries: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Mapping):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    for key, inner in entries:
        if inner is None or isinstance(inner, dict | list):  # what else is written has something in it
            yield from empty_values(inner, (*path, key))


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the document: the section it is a key of, and the section that is expected there."""

    path: KeyPath
    inside: type[BaseModel] | None
    expected: type[BaseModel] | None


def _in_words(found: ErrorDetails, place: _Place) -> Fault:
    path, written, context = place.path, shown(found["input"]), found.get("ctx", {})
    match found["type"]:
        case "fault":
            return Fault((*path, context["at"]) if context["at"] else path, context["problem"], context["mend"])
        case "missing":
            return Fault(path, "is missing", f"add it: {_meaning(place.inside, path[-1])}")
        case "extra_forbidden":
            return Fault(path, "is no key here", _nearest(path[-1], _keys(place.inside)))
        case "literal_error":
            word = path[-1] if found["input"] == path[-1] else found["input"]
            return Fault(path, f"is {written}", _nearest(word, _QUOTED.findall(context["expected"])))
        case "union_tag_not_found":
            return Fault((*path, "kind"), "is missing", "add it: the kind of promise, such as volume or deliverable")
        case "union_tag_invalid":
            known = _QUOTED.findall(context["expected_tags"])
            return Fault((*path, "kind"), f"is {shown(context['tag'])}", _nearest(context["tag"], known))
        case "tuple_type":
            return Fault(path, f"is {written}, not a list", "write it like [a, b], or each on a line after '- '")
        case "too_short":
            least, there = context["min_length"], context["actual_length"]
            entries = "is empty" if not there else f"has {there}, too few"
            return Fault(path, entries, f"write {'one entry' if least == 1 else f'{least} entries'} at least")
        case "too_long":
            return Fault(path, f"has {context['actual_length']}, too many", f"keep {context['max_length']} at most")
        case "dict_type":
            return Fault(path, f"is {written}, not a section", "write its entries under it, each with its own name")
        case "model_type" | "model_attributes_type":
            named = ", ".join(_keys(place.expected)) or "its keys, kind first"
            return Fault(path, f"is {written}, not a section", f"write under it, indented: {named}")
        case _:
            return Fault(path, clause(found["msg"]), "look the key up in docs/agreements-file.md")


def _place(loc: tuple[str | int, ...], model: type[BaseModel]) -> _Place:
    """Find what pydantic means; its own place also names the kind it took a promise for."""
    path: list[str | int] = []
    inside: type[BaseModel] | None = None
    expected: Any = model
    for part in loc:
        options = _sections(expected)
        if len(options) > 1:
            expected = next(each for each in options if part in get_args(each.model_fields["kind"].annotation))
            continue
        path.append(part)
        if options:
            inside = options[0]
            field = inside.model_fields.get(str(part))
            expected = field.annotation if field else None
        else:
            inside, entries = None, get_args(_plain(expected))
            expected = entries[-1] if get_origin(_plain(expected)) is dict else entries[0]
    ahead = _sections(expected)
    return _Place(tuple(path), inside, ahead[0] if len(ahead) == 1 else None)


def _plain(annotation: Any) -> Any:
    """Look through Annotated and "or None" at what is expected."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    inside = [each for each in get_args(annotation) if each is not NoneType]
    return _plain(inside[0]) if NoneType in get_args(annotation) and len(inside) == 1 else annotation


def _sections(annotation: Any) -> list[type[BaseModel]]:
    """The sections that may stand at a place: none for a single value, several for a promise."""
    plain = _plain(annotation)
    if get_origin(plain) in {dict, tuple}:
        return []
    options = [plain] if isinstance(plain, type) else [_plain(each) for each in get_args(plain)]
    return [each for each in options if isinstance(each, type) and issubclass(each, BaseModel)]


def _keys(section: type[BaseModel] | None) -> list[str]:
    return list(section.model_fields) if section else []


def _meaning(section: type[BaseModel] | None, key: str | int) -> str:
    description = section.model_fields[str(key)].description if section else None
    return clause((description or str(key)).partition(". ")[0])


def _nearest(word: object, known: list[str]) -> str:
    near = get_close_matches(str(word).casefold()[:60], [name.casefold() for name in known], n=1)
    if near:
        meant = next(name for name in known if name.casefold() == near[0])
        return f"did you mean '{meant}'?"
    return f"there are: {', '.join(known)}"


def _cut(path: KeyPath) -> KeyPath:
    return tuple(f"{part[:60]}…" if isinstance(part, str) and len(part) > 60 else part for part in path)
