"""The short references that people quote: H-41, O-77, A-2."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bot.chat.card import Option
from bot.commands.arguments.kind import Impossible, KeysAtHand, Kind, Misread, Stretch
from bot.commands.arguments.lookups import listed
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown

SORTS = {
    "A": "an agreement",
    "C": "a promise",
    "H": "a handoff",
    "L": "an item",
    "O": "a duty",
    "B": "a miss",
    "D": "a dispute",
    "K": "a credit",
    "P": "a recovery plan",
    "N": "an incident",
    "R": "a reading",
    "V": "a review",
    "W": "a sale",
    "X": "an amendment",
}
"""What a key's letter says it is the key of, as people say it; counted per workspace."""

_KEY = re.compile(r"#?([a-z])[-‐‑–—−_]?0*([0-9]{1,12})")
_LETTER = re.compile(r"#?([a-z])[-‐‑–—−_]?")
_NUMBER = re.compile(r"#?0*([0-9]{1,12})")
_MOST = 999_999_999
_TAKEN_FOR = {"0": "O", "1": "L", "i": "L", "l": "L"}
"""Signs that people type, or a reader mistakes, for a letter: `0-77`, `1-2031`."""


@dataclass(frozen=True, slots=True)
class KeyArg(Kind[str]):
    """The key of something of certain sorts, as `H-41`; `letters` says which sorts.

    Taken: `H-41`, `h41`, `h 41`, `#H-41`, leading zeros, and any dash. Whether there is such a
    thing is for the house to say, not for the grammar.
    """

    letters: str
    wording: ClassVar[str] = "a key"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[str, int]:
        """Read the key from one word, or from a letter and a number."""
        words = stretch.bare(2)
        if not words:
            raise self._not_a_key(stretch)
        if whole := _KEY.fullmatch(words[0]):
            return self._right_sort(whole[1].upper(), whole[2], span=1), 1
        if len(words) == 2 and (letter := _LETTER.fullmatch(words[0])) and (number := _NUMBER.fullmatch(words[1])):
            return self._right_sort(letter[1].upper(), number[1], span=2), 2
        raise self._not_a_key(stretch)

    def say(self, value: str, vocabulary: Vocabulary) -> str:
        """The key."""
        return value

    def hint(self) -> str:
        """The sort and the shape."""
        return f"the key of {self.sorts()}, such as {self.letters[0]}-41"

    def makes(self) -> type:
        """Text of the shape `H-41`."""
        return str

    def owns(self, value: object) -> bool:
        """Only keys with one of the letters: a name is text too."""
        return isinstance(value, str) and re.fullmatch(rf"[{self.letters}]-[1-9][0-9]*", value) is not None

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """The keys that the caller has at hand, letter by letter."""
        return tuple(option for letter in self.letters for option in keys.get(letter, ()))

    def called(self) -> str:
        """The sorts."""
        return f"the key of {self.sorts()}"

    def sorts(self) -> str:
        """Give "a handoff", or "a duty or an item"."""
        return listed([SORTS[letter] for letter in self.letters])

    def _right_sort(self, letter: str, digits: str, *, span: int) -> str:
        if letter not in SORTS:
            raise Impossible(
                f"No key begins with {letter}.",
                f"Write {self.hint()}.",
                instead=self._mistaken(letter.lower(), digits),
                span=span,
            )
        key = f"{letter}-{int(digits)}"
        if letter not in self.letters:
            raise Misread(
                f"{key} is the key of {SORTS[letter]}; this needs {self.sorts()}.",
                f"Write {self.hint()}.",
                instead=self._mistaken(letter.lower(), digits),
                span=span,
            )
        if not 1 <= int(digits) <= _MOST:
            raise Impossible(
                f"There is no {letter}-{int(digits)}; keys are counted from 1.", f"Write {self.hint()}.", span=span
            )
        return key

    def _not_a_key(self, stretch: Stretch) -> Misread:
        said = stretch.first.plain.lower()
        instead: tuple[str, ...] = ()
        if number := _NUMBER.fullmatch(said):
            instead = tuple(f"{letter}-{int(number[1])}" for letter in self.letters if int(number[1]))
        elif mistaken := re.fullmatch(r"([01])[-‐‑–—−]0*([1-9][0-9]{0,8})", said):
            instead = self._mistaken(mistaken[1], mistaken[2])
        return Misread(
            f"{shown(stretch.first.text)} is not the key of {self.sorts()}.", f"Write {self.hint()}.", instead=instead
        )

    def _mistaken(self, sign: str, digits: str) -> tuple[str, ...]:
        letter = _TAKEN_FOR.get(sign, "")
        return (f"{letter}-{int(digits)}",) if letter and letter in self.letters and int(digits) else ()
