"""Files that people write for the bot: read strictly, so that a slip is found where it was made.

YAML is friendly to write and full of traps to read: an alias can blow a few hundred bytes up to a
gigabyte, a key written twice silently wins, `NO` is Norway or "no", `12:30` is 750. So: one
document, no anchors, aliases, tags or merges, no key twice, a limit on size and depth, and only
the plain readings of a scalar that every editor shares. What is wrong is told with file, line, key
and the mend.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import metadata
from pathlib import Path
from typing import TypeAlias

import yaml

from slacore.errors import Refusal

Value: TypeAlias = "bool | int | Decimal | str | list[Value] | dict[str, Value] | None"
KeyPath: TypeAlias = tuple[str | int, ...]

SIZE_LIMIT = 256 * 1024
"""Bytes: a hundred times a generous agreement, and read in a twentieth of a second."""

DEPTH_LIMIT = 32

_DIGITS_LIMIT = 18  # what a database column of 64 bits holds whatever the digits are
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# PyYAML's C parser where its wheel has one (sixty times faster), else the same grammar in Python.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class FileError(Refusal):
    """Something in a file that cannot be taken as it stands, and how to mend it.

    Reads as one line that editors and terminals can follow to the spot:
    `company-x.yaml:12: commitments.leads.target: is "many" — write a whole number`.
    `line` counts from 1 and is None where no line is to blame (a file that is not there, a
    variable of the environment); `key` is "" for the file as a whole.
    """

    def __init__(self, file: str, line: int | None, key: str, problem: str, mend: str) -> None:
        """Keep the place apart from what is wrong there and from the mend."""
        self.file = file
        self.line = line
        self.key = key
        spot = file if line is None else f"{file}:{line}"
        super().__init__(problem, mend, understood=f"{spot}: {key}:" if key else f"{spot}:")

    @property
    def mend(self) -> str:
        """What to change, which is the refusal's next step."""
        return self.next_step

    def __str__(self) -> str:
        """Give place, problem and mend on one line."""
        return f"{self.understood} {self.problem} — {self.next_step}"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and on which line it says it.

    `value` is made of dict, list, str, int, bool, None, and Decimal for a number with a point.
    Dates and times of day stay the words they were written in. `file` is the name to show.
    """

    file: str
    value: Value
    lines: Mapping[KeyPath, int]

    def line_of(self, path: KeyPath) -> int:
        """Find the line (from 1) of a key or list entry; of its nearest parent, if it is not there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def error(self, path: KeyPath, problem: str, mend: str) -> FileError:
        """Say what is wrong at a place of this file; raise what comes back."""
        return FileError(self.file, self.line_of(path), spell(path), problem, mend)


def spell(path: KeyPath) -> str:
    """Write a place as people read it: `parties.sales.members[2]`, list entries counted from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def read_yaml(source: Path | str | bytes, *, name: str = "", limit: int = SIZE_LIMIT) -> Document:
    """Read a YAML file (a Path) or a YAML text (str, bytes) strictly.

    name: what errors call it; by default the file's name, or "text".
    limit: the most bytes it may have.
    Raises FileError where it cannot be read, is too big or too deep, is not UTF-8 or not one YAML
    document, or uses what this house refuses: anchors, aliases, tags, merge keys, a key twice.
    """
    name = name or (source.name if isinstance(source, Path) else "text")
    text = _decode(_fetch(source, name, limit), name)
    lines: dict[KeyPath, int] = {}
    try:
        value = _Reader(name, lines, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.reader.ReaderError as error:
        raise FileError(
            name, None, "", f"holds the character U+{_code_point(error):04X}, which YAML does not allow", "take it out"
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise FileError(
            name,
            mark.line + 1 if mark else None,
            "",
            f"is not YAML here: {reason}",
            "look at the indentation, the quotes and the colons of this line and the one above",
        ) from error
    return Document(name, value, lines)


def shipped(name: str) -> Path:
    """Find a file or folder that travels with the product: `migrations`, `agreements`, `app.yaml`.

    In a checkout these stand at the top; in an installed wheel, under bot/shipped/. The path is
    returned whether or not something is there.
    """
    house = Path(__file__).resolve().parent
    packed = house / "shipped"
    return (packed if packed.is_dir() else house.parent) / name


def release() -> str:
    """What this release of the product is called: "0.2.0"."""
    try:
        return metadata.version("kept-bot")
    except metadata.PackageNotFoundError:  # a checkout, which nobody installed
        project = tomllib.loads(shipped("pyproject.toml").read_text(encoding="utf-8"))["project"]
        return str(project["version"])


def _fetch(source: Path | str | bytes, name: str, limit: int) -> bytes:
    if isinstance(source, str):
        content = source.encode("utf-8", errors="surrogatepass")
    elif isinstance(source, bytes):
        content = source
    else:
        try:
            with source.open("rb") as file:
                content = file.read(limit + 1)
        except FileNotFoundError as error:
            raise FileError(name, None, "", f"is not there ({source.absolute()})", "check the path") from error
        except OSError as error:
            reason = (error.strerror or "the system refused").lower()
            raise FileError(
                name, None, "", f"cannot be read: {reason}", "check what it is and who may read it"
            ) from error
    if len(content) > limit:
        raise FileError(name, None, "", f"is bigger than {limit:,} bytes", "split it, or take out what is not needed")
    return content


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(name, line, "", "is not UTF-8 text", "save the file again with the encoding UTF-8") from error


def _code_point(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(error.character)


class _Reader:
    """Walks the parser's events, so that a limit is met before anything is built from beyond it."""

    def __init__(self, name: str, lines: dict[KeyPath, int], events: Iterator[yaml.Event]) -> None:
        self._name = name
        self._lines = lines
        self._events = events

    def document(self) -> Value:
        """Read the only document there may be; an empty file says nothing (None)."""
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        value = self._value(next(self._events), ())
        next(self._events)  # the document's end
        extra = next(self._events)
        if isinstance(extra, yaml.DocumentStartEvent):
            raise self._refuse(extra, (), "holds a second document", "keep what stands above this '---', one file each")
        return value

    def _value(self, event: yaml.Event, path: KeyPath) -> Value:
        self._lines.setdefault(path, _line(event))
        self._refuse_surprises(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _mapping(self, path: KeyPath) -> dict[str, Value]:
        entries: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            here = (*path, key)
            if key in entries:
                first = self._lines[here]
                raise self._refuse(event, here, f"is written twice (first on line {first})", "keep one of them")
            self._lines[here] = _line(event)
            entries[key] = self._value(next(self._events), here)
        return entries

    def _key(self, event: yaml.Event, path: KeyPath) -> str:
        self._refuse_surprises(event, path)
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            raise self._refuse(event, path, "has a key that is not a plain word", "write each entry as 'word: value'")
        if event.value == "<<" and event.implicit[0]:
            raise self._refuse(event, path, "merges another part of the file ('<<')", "write the entries out")
        self._refuse_control(event, path)
        return event.value

    def _sequence(self, path: KeyPath) -> list[Value]:
        entries: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            entries.append(self._value(event, (*path, len(entries))))
        return entries

    def _scalar(self, event: yaml.ScalarEvent, path: KeyPath) -> bool | int | Decimal | str | None:
        self._refuse_control(event, path)
        text = event.value
        if not event.implicit[0]:  # quoted, or a block: a text whatever it looks like
            return text
        if text in _WORDS:
            return _WORDS[text]
        integer = _INTEGER.fullmatch(text)
        if not integer and not _DECIMAL.fullmatch(text):
            return text
        if sum(map(str.isdigit, text)) > _DIGITS_LIMIT:
            problem = f"has more than {_DIGITS_LIMIT} digits"
            raise self._refuse(event, path, problem, "write a smaller number, or quote it if it is a text")
        return int(text) if integer else Decimal(text)

    def _refuse_surprises(self, event: yaml.Event, path: KeyPath) -> None:
        if isinstance(event, yaml.AliasEvent):
            problem = f"repeats another part of the file (the alias '*{event.anchor}')"
            raise self._refuse(event, path, problem, "write the value out again")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            problem = f"is marked to be repeated elsewhere (the anchor '&{event.anchor}')"
            raise self._refuse(event, path, problem, "take the mark out, and write the value out where it is needed")
        if isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent) and event.tag is not None:
            raise self._refuse(event, path, f"has a YAML tag ('{event.tag}')", "write the value without it")
        if len(path) > DEPTH_LIMIT:
            raise self._refuse(event, path[:3], f"is nested more than {DEPTH_LIMIT} deep", "write it flatter")

    def _refuse_control(self, event: yaml.ScalarEvent, path: KeyPath) -> None:
        # Escapes in quotes can spell what no database stores: NUL, half of a surrogate pair.
        odd = _UNSTORABLE.search(event.value)
        if odd:
            raise self._refuse(event, path, f"holds the character U+{ord(odd[0]):04X}", "take it out")

    def _refuse(self, event: yaml.Event, path: KeyPath, problem: str, mend: str) -> FileError:
        return FileError(self._name, _line(event), spell(path), problem, mend)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
