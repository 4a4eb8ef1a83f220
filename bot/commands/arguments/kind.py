"""What every kind of argument can do: be read from words, be said again, be asked for in a form."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, Literal, NamedTuple, TypeVar

from bot.chat.card import Option
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import Word, clean, cut, shown
from slacore.errors import Refusal

FieldKind = Literal["text", "long text", "whole number", "date", "moment", "choice", "person", "channel", "file"]
"""How a form asks: the kinds of `bot.chat.card.Field`."""

T = TypeVar("T")

KeysAtHand = Mapping[str, Sequence[Option]]
"""Keys worth offering, by letter, as the caller knows them: {"H": (Option("H-41 · 25 leads", "H-41"),)}."""


class Misread(Refusal):
    """Words that are not the argument they stand in place of.

    `instead` holds what could have been meant, each ready to be put in place of the first `span`
    words, so that the whole command can be offered again with one of them.
    """

    def __init__(self, problem: str, next_step: str, *, instead: tuple[str, ...] = (), span: int = 1) -> None:
        """Keep the replacements apart; the grammar knows the command that they belong into."""
        super().__init__(problem, next_step)
        self.instead = instead
        self.span = span


class Impossible(Misread):
    """Words that are plainly meant as this argument, but name something that cannot be: 30 February, C-1 for H-1.

    Where an argument may be of several kinds, this one's sentence is the one to tell.
    """


class Stretch(NamedTuple):
    """The words from where an argument may begin to the end of what was said; never empty.

    `free` counts the words before the next keyword of the command; `start` is the offset in
    `source` where the previous word ended.
    """

    source: str
    words: tuple[Word, ...]
    start: int
    free: int

    @property
    def first(self) -> Word:
        """The word that the argument would begin with."""
        return self.words[0]

    def said(self, count: int) -> str:
        """The first `count` words, undecorated, one blank between."""
        return " ".join(word.plain for word in self.words[:count])

    def raw(self, count: int) -> str:
        """The first `count` words exactly as typed, with everything between them."""
        end = self.words[count].start if count < len(self.words) else len(self.source)
        return self.source[self.start : end].strip()

    def bare(self, most: int) -> list[str]:
        """Up to `most` words in small letters, stopping at a quoted one: for closed little languages."""
        plain: list[str] = []
        for word in self.words[:most]:
            if word.quoted:
                break
            plain.append(word.plain.lower())
        return plain


class Kind(ABC, Generic[T]):
    """A kind of argument. Small, frozen, and the same for every command that uses it."""

    __slots__ = ()

    field: ClassVar[FieldKind] = "text"
    quotable: ClassVar[bool] = False
    """Whether a word in quotes can be one; digits, days and keys in quotes are names of something else."""
    typed: ClassVar[bool] = True
    """Whether words can be one."""
    wording: ClassVar[str]
    """What it is: "a whole number"."""

    @abstractmethod
    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[T, int]:
        """Read the argument from the first words; say how many words it was. Raises Misread."""

    @abstractmethod
    def say(self, value: T, vocabulary: Vocabulary) -> str:
        """Give the text, without quotes, that `parse` reads as `value`, today and tomorrow."""

    @abstractmethod
    def hint(self) -> str:
        """What may be written, in half a sentence."""

    def parse(self, text: str, vocabulary: Vocabulary) -> T:
        """Read the argument from the whole of a text, such as a form's field. Raises Misread, Refusal."""
        source = clean(text)
        words = cut(source)
        if not words:
            raise Misread("Nothing is written here.", f"Write {self.hint()}.")
        value, used = self.take(Stretch(source, words, 0, len(words)), vocabulary)
        if used < len(words):
            rest = source[words[used].start :]
            raise Misread(f"I did not understand {shown(rest)} at the end.", f"Write {self.hint()}.")
        return value

    @property
    def runs_on(self) -> bool:
        """Whether it takes everything to the end of the line."""
        return False

    def quotes(self, value: T) -> bool:
        """Whether this value may be said in quotes."""
        return self.quotable

    def called(self) -> str:
        """What it is, where it is not that."""
        return self.wording

    @property
    def asked_as(self) -> FieldKind:
        """The kind of field that asks for it."""
        return self.field

    def owns(self, value: object) -> bool:
        """Whether `value` is one that this kind gives; asked where an argument may be of several kinds."""
        return isinstance(value, self.makes())

    @abstractmethod
    def makes(self) -> type | tuple[type, ...]:
        """The Python type of what it reads."""

    def fill(self, value: T, vocabulary: Vocabulary) -> str:
        """The text that a form's field shows for `value`."""
        return self.say(value, vocabulary)

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """All the values there are, where they can be counted."""
        return ()

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """Values worth offering while somebody types."""
        return self.options(vocabulary)
