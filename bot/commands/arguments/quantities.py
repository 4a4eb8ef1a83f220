"""How many: whole things, counted in digits or in words."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from bot.commands.arguments.counting import NUMBER_WORDS, VAGUE, spelled
from bot.commands.arguments.kind import FieldKind, Impossible, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import Word, shown

_GROUPED = re.compile(r"[0-9]{1,3}(?:[,'’][0-9]{3})+")
_GROUP = re.compile(r"[0-9]{3}")
_STARTS_A_GROUP = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class QuantityArg(Kind[int]):
    """A whole number of things from `least` to `most`, both included.

    `least` is 1, since nobody hands over nothing; 0 where a number is corrected to none.

    Taken: `25`, `1,000`, `1 000`, `a`, `twenty-five`, `two dozen`. Everything else that looks like
    a number is refused with the sentence that fits it, and with what was probably meant: a wrong
    quantity on the record is worse than a question.
    """

    most: int = 1_000_000
    least: int = 1
    field: ClassVar[FieldKind] = "whole number"
    wording: ClassVar[str] = "a whole number"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[int, int]:
        """Read the quantity; digits in groups of three parted by blanks are one number."""
        first = stretch.first
        text = first.plain.lower()
        if first.quoted:
            raise self._not_a_number(first)
        if text == "zero":
            return self._within("0"), 1
        if text[0].isalpha() and (words := spelled(stretch.bare(9))) is not None:
            value, span = words
            self._refuse_vague_words(stretch, span)
            return self._within(str(value)), span
        if text.isascii() and text.isdigit():
            groups = _groups(stretch) if _STARTS_A_GROUP.fullmatch(text) else ()
            return self._within(text + "".join(groups)), 1 + len(groups)
        if _GROUPED.fullmatch(text):
            return self._within(re.sub(r"\D", "", text)), 1
        raise self._why_not(first)

    def say(self, value: int, vocabulary: Vocabulary) -> str:
        """Plain digits, which every platform's number field takes too."""
        return str(value)

    def hint(self) -> str:
        """The range."""
        return f"a whole number from {self.least} to {self.most:,}"

    def makes(self) -> type:
        """A whole number."""
        return int

    def looks_like(self, word: Word) -> bool:
        """Whether somebody who begins with this word is counting, rightly or not."""
        text = word.plain.lower()
        if word.quoted or not text:
            return False
        if text == "zero" or text.split("-")[0] in NUMBER_WORDS:
            return True
        unsigned = text.lstrip("+-−–")
        return bool(unsigned) and unicodedata.category(unsigned[0])[0] == "N"

    def _within(self, digits: str) -> int:
        digits = digits.lstrip("0") or "0"
        if len(digits) > len(str(self.most)) or int(digits) > self.most:
            large = f"{int(digits):,}" if len(digits) <= 15 else f"A number of {len(digits)} digits"
            raise Impossible(
                f"{large} is more than I count at once; the most is {self.most:,}.", "Write a smaller number."
            )
        if int(digits) < self.least:
            raise Impossible(
                f"{'Zero' if digits == '0' else digits} is not a quantity here; the least is {self.least}.",
                "Write how many there were.",
            )
        return int(digits)

    def _refuse_vague_words(self, stretch: Stretch, span: int) -> None:
        # "a few leads": one, of a unit that begins with "few"? Nobody means that.
        following = stretch.bare(span + 1)[span:]
        if following and following[0] in VAGUE:
            raise Impossible(
                f"{shown(stretch.said(span + 1))} is no number.", "Write how many there were.", span=span + 1
            )

    def _why_not(self, word: Word) -> Misread:
        text = word.plain.lower()
        if text[0] in "-−–" and text[1:2].isdigit():
            return Impossible(
                f"{shown(word.plain)} is below zero; the least is {self.least}.", "Write how many there were."
            )
        if text[0] == "+" and text[1:].isdigit():
            return Impossible(
                f"{shown(word.plain)} has a sign.", "Write the quantity itself.", instead=self._offer(text[1:])
            )
        if all(mark.isdecimal() for mark in text):
            digits = "".join(str(unicodedata.decimal(mark)) for mark in text)
            return Impossible(
                f"{shown(word.plain)} is written in digits that not everybody here can read.",
                "Write it with the digits 0 to 9.",
                instead=self._offer(digits),
            )
        if re.fullmatch(r"[0-9][0-9.,'’]*", text):
            return self._parted(word.plain)
        if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+", text):
            return Impossible(f"{shown(word.plain)} is in scientific notation.", "Write the number out in digits.")
        if thousands := re.fullmatch(r"([0-9]{1,4})(k|m)", text):
            digits = thousands[1] + ("000" if thousands[2] == "k" else "000000")
            return Impossible(
                f"{shown(word.plain)} is short for a number.", "Write it out in digits.", instead=self._offer(digits)
            )
        if text.endswith("%"):
            return Impossible(f"{shown(word.plain)} is a share, not a quantity.", f"Write {self.hint()}.")
        return self._not_a_number(word)

    def _parted(self, said: str) -> Misread:
        # "25.5" is a fraction, "1.000" a thousand or one, "1,00" and "1,2,3" are anybody's guess.
        if re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+", said):
            return Impossible(
                f"{shown(said)} can be read as a thousand or as a fraction.",
                "Write it without the point.",
                instead=self._offer(said.replace(".", "")),
            )
        whole, _, part = said.replace(",", ".").partition(".")
        if whole.isdigit() and part.isdigit() and len(part) != 3:
            return Impossible(
                f"{shown(said)} is not a whole number; I count whole things.",
                f"Write {self.hint()}.",
                instead=(*self._offer(whole), *self._offer(str(int(whole) + 1) if len(whole) < 9 else "")),
            )
        return Impossible(
            f"{shown(said)} has its separators in places where I cannot be sure of the number.",
            "Write it without separators.",
        )

    def _not_a_number(self, word: Word) -> Misread:
        return Misread(f"{shown(word.text)} is not a whole number.", f"Write {self.hint()}.")

    def _offer(self, digits: str) -> tuple[str, ...]:
        return (str(int(digits)),) if digits and len(digits) < 12 and self.least <= int(digits) <= self.most else ()


def _groups(stretch: Stretch) -> tuple[str, ...]:
    groups: list[str] = []
    for word in stretch.words[1:4]:
        if word.quoted or not word.plain.isascii() or not _GROUP.fullmatch(word.plain):
            break
        groups.append(word.plain)
    return tuple(groups)
