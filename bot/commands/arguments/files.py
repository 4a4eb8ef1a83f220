"""A file: chosen in a form or sent with the words, never typed."""

# Every kind is handed the vocabulary; a file has no words.
# ruff: noqa: ARG002
from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.chat.talk import Attachment
from bot.commands.arguments.kind import FieldKind, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class FileArg(Kind[Attachment]):
    """A file that goes with a command. A form has a field for it; what came is in the utterance's own `files`.

    `endings` are those of files that can be read, for the doors that let nobody choose another.
    """

    endings: tuple[str, ...]
    field: ClassVar[FieldKind] = "file"
    typed: ClassVar[bool] = False
    wording: ClassVar[str] = "a file"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Attachment, int]:
        """Nothing that is written is one. Raises Misread."""
        raise Misread("A file cannot be written in words.", f"{self.hint().capitalize()}.")

    def say(self, value: Attachment, vocabulary: Vocabulary) -> str:
        """Its name; no words bring the file itself."""
        return value.name

    def hint(self) -> str:
        """How it comes."""
        return "attach it in the form, or to the message with the words"

    def makes(self) -> type:
        """What a door fetched."""
        return Attachment
