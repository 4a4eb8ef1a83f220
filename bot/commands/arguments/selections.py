"""Several keys at once: L-1 L-2, L-5 and L-7..12."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from bot.chat.card import Option
from bot.commands.arguments.keys import KeyArg
from bot.commands.arguments.kind import Impossible, KeysAtHand, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary

_RUN = re.compile(r"(#?[a-z][-‐‑–—−_]?[0-9]{1,12})(?:\.\.|…)#?(?:[a-z][-‐‑–—−_]?)?([0-9]{1,12})")
_BETWEEN = frozenset({"and", "&", "+"})


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that were named, in the order they were, each once."""

    keys: tuple[str, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Their numbers."""
        return tuple(int(key.partition("-")[2]) for key in self.keys)


@dataclass(frozen=True, slots=True)
class KeysArg(Kind[Keys]):
    """One key or several of one sort: with blanks, commas or "and" between, runs as `L-7..12`.

    More than `most` at once are refused: that is a file's business.
    """

    letter: str
    most: int = 200
    wording: ClassVar[str] = "keys"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Keys, int]:
        """Read keys up to the first word that is none; the first word must be one."""
        found: dict[str, None] = {}
        at = 0
        while at < len(stretch.words) and (at == 0 or at < stretch.free):
            if at and stretch.words[at].plain.lower() in _BETWEEN:
                if at + 1 >= len(stretch.words) or not self._begins(stretch, at + 1):
                    break
                at += 1
                continue
            keys, used = self._keys_at(stretch, at, vocabulary)
            if not used:
                break
            found |= dict.fromkeys(keys)
            at += used
            if len(found) > self.most:
                raise Impossible(f"Those are more than {self.most:,} at once.", "Name fewer.", span=at)
        return Keys(tuple(found)), at

    def say(self, value: Keys, vocabulary: Vocabulary) -> str:
        """The keys, a blank between."""
        return " ".join(value.keys)

    def hint(self) -> str:
        """The sort and the shape."""
        return f"one key or several, such as {self.letter}-41 {self.letter}-43..47"

    def makes(self) -> type:
        """Keys."""
        return Keys

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """The keys of that sort that the caller has at hand."""
        return tuple(keys.get(self.letter, ()))

    def called(self) -> str:
        """The sort."""
        return KeyArg(self.letter).called()

    def _keys_at(self, stretch: Stretch, at: int, vocabulary: Vocabulary) -> tuple[Iterable[str], int]:
        """The keys that a word stands for, and how many words that took; none where it is no key.

        Only the first may be of two words: in "L-5 l 3 times" the second is no key.
        """
        one = KeyArg(self.letter)
        word = stretch.words[at]
        if not word.quoted and (run := _RUN.fullmatch(word.plain.lower())):
            return self._run(int(one.parse(run[1], vocabulary).partition("-")[2]), int(run[2])), 1
        words = stretch.words[at:] if at == 0 else stretch.words[at : at + 1]
        try:
            key, used = one.take(Stretch(stretch.source, words, stretch.start, len(words)), vocabulary)
        except Misread:
            if at == 0 or self._begins(stretch, at):
                raise
            return (), 0
        return (key,), used

    def _begins(self, stretch: Stretch, at: int) -> bool:
        """Whether a word looks like a key, of this sort or another."""
        word = stretch.words[at]
        return not word.quoted and re.fullmatch(r"#?[a-z][-‐‑–—−_][0-9]+", word.plain.lower()) is not None

    def _run(self, first: int, last: int) -> Iterable[str]:
        if last < first or last - first >= self.most:
            raise Impossible(
                f"{self.letter}-{first}..{last} is no run of at most {self.most:,}.", f"Write {self.hint()}."
            )
        return (f"{self.letter}-{number}" for number in range(first, last + 1))
