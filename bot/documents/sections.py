"""What the sections of an agreement's file share: strict keys, and remarks that become documentation."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from bot.documents.scalars import Name


class Section(BaseModel):
    """A part of the file with keys of its own; the text under a key explains it to people and to editors."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class UnitSection(Section):
    """What is counted, with the words people use for it."""

    singular: Name
    """The word for one: `qualified lead`."""
    plural: Name | None = None
    """The word for several. Left out: the singular with an s."""
    aliases: tuple[Name, ...] = ()
    """Other words that mean the same: `[lead, leads]`."""


def _spelt_out(value: object) -> object:
    return {"singular": value} if isinstance(value, str) else value


UnitWords = Annotated[UnitSection, BeforeValidator(_spelt_out, json_schema_input_type=str | UnitSection)]
"""A unit as people write it: in full, or just the word for one."""
