"""The kinds of single values in an agreement's file: how one is checked, read, written back and described.

What cannot be taken raises pydantic's error with words of ours in it: what is wrong, and the mend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from slacore.errors import Refusal

T = TypeVar("T")

FAULT = "fault"
"""The type of pydantic's error that carries words of ours: `problem`, `mend`, and `at`, the key to blame below."""

VALUE_LIMIT = 200
"""Characters that a single value may have, a text apart: more than any slot or set of hours needs."""


def fault(problem: str, mend: str, at: str = "") -> PydanticCustomError:
    """Say what is wrong with a value and how to mend it; raise what comes back."""
    return PydanticCustomError(FAULT, "{problem}", {"problem": problem, "mend": mend, "at": at})


def refused(refusal: Refusal, at: str = "") -> PydanticCustomError:
    """Pass on what the core says of a value, as clauses that fit behind `file:line: key:`."""
    return fault(clause(refusal.problem), clause(refusal.next_step), at)


def clause(sentence: str) -> str:
    """Make a clause of a sentence: no capital at its head unless it is a name, no full stop at its end."""
    text = sentence.strip().removesuffix(".")
    return text if text[1:2].isupper() or text[:1] == "'" else text[:1].lower() + text[1:]


def shown(value: object) -> str:
    """Show what was written, cut short, so that its author recognises it."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"the number {value}"
        case dict():
            return "a section"
        case list():
            return "a list"
        case _:
            text = " ".join(str(value).split())
            return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


@dataclass(frozen=True)
class Written(Generic[T]):
    """A kind of value: what it is called, how it is read, written back, and described to an editor.

    `read` gets a text and raises Refusal; where `json` names numbers, one arrives as its text.
    """

    kind: type[T] | tuple[type[T], ...]
    what: str
    read: Callable[[str], T]
    write: Callable[[T], str | int | bool]
    examples: tuple[str, ...]
    json: tuple[str, ...] = ("string",)
    pattern: str = ""

    def _take(self, value: object) -> T:
        """Read a value as it stands in a file, or accept one that was read before."""
        if isinstance(value, str):
            text = value.strip()
        elif isinstance(value, self.kind):
            return value
        elif isinstance(value, int | Decimal) and not isinstance(value, bool) and "number" in self.json:
            text = str(value)
        else:
            raise fault(f"is {shown(value)}, not {self.what}", f"write it like {self.examples[0]}")
        if len(text) > VALUE_LIMIT:
            raise fault(f"has {len(text):,} characters", f"write {self.what} like {self.examples[0]}")
        try:
            return self.read(text)
        except Refusal as refusal:
            raise refused(refusal) from None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it by its own rule, write it with `write`."""
        return core_schema.no_info_plain_validator_function(
            self._take, serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Tell editors the type, the pattern and some examples."""
        described: JsonSchemaValue = {"type": self.json[0] if len(self.json) == 1 else list(self.json)}
        if self.pattern:
            described["pattern"] = f"^{self.pattern}$"
        described["examples"] = list(self.examples)
        return described


@dataclass(frozen=True)
class Line:
    """A text of one line, or of several where `lines` says so."""

    limit: int
    lines: bool = False

    def _take(self, value: object) -> str:
        if not isinstance(value, str):
            mend = "put it in quotes" if isinstance(value, bool | int | Decimal) else "write a text"
            raise fault(f"is {shown(value)}, not a text", mend)
        text = value.strip()
        if not text:
            raise fault("is empty", "write a text, or take the line out")
        if not self.lines:
            text = " ".join(text.split())
        if len(text) > self.limit:
            raise fault(f"has {len(text):,} characters", f"keep it within {self.limit:,}")
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._take)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "maxLength": self.limit}


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds, in digits."""

    least: int
    most: int

    def _take(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise fault(f"is {shown(value)}, no whole number", "write it in digits, such as 100")
        if not self.least <= value <= self.most:
            raise fault(f"is {value:,}", f"give a whole number from {self.least:,} to {self.most:,}")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._take)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class TrueOrFalse:
    """True or false, spelt so."""

    def _take(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise fault(f"is {shown(value)}, neither true nor false", "write true or false")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._take)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "boolean"}
