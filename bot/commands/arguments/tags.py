"""Tags: a few words that something is found again by, with commas between."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.commands.arguments.kind import Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from slacore.errors import Refusal
from slacore.frictions import MOST_TAGS, tags_of


@dataclass(frozen=True, slots=True)
class TagsArg(Kind[tuple[str, ...]]):
    """Tags up to the next keyword: `price, checkout`. Capitals make no difference, and none counts twice."""

    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a tag"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[tuple[str, ...], int]:
        """Read everything up to the next keyword, or the one word in quotes."""
        if stretch.first.quoted:
            return self.parse(stretch.first.text, vocabulary), 1
        count = max(1, stretch.free)
        return self.parse(stretch.raw(count), vocabulary), count

    def parse(self, text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
        """All of a text."""
        try:
            return tags_of(text)
        except Refusal as refusal:
            raise Misread(refusal.problem, refusal.next_step) from refusal

    def say(self, value: tuple[str, ...], vocabulary: Vocabulary) -> str:
        """With commas between."""
        return ", ".join(value)

    def hint(self) -> str:
        """How many, and how they are told apart."""
        return f"up to {MOST_TAGS} tags with commas between, such as price, checkout"

    def makes(self) -> type:
        """Several texts."""
        return tuple
