"""What is not counted in whole things: hours with a point, shares in per cent, amounts of money."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from bot.commands.arguments.kind import Impossible, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown
from slacore.errors import Refusal
from slacore.money import Money

_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.[0-9]{1,4})?")
_BEGINS_WITH_A_DIGIT = re.compile(r"[-−+]?[0-9]")
_PER_CENT = frozenset({"%", "percent"})


def _number(said: str) -> Fraction | None:
    return Fraction(said.replace(",", "")) if _NUMBER.fullmatch(said) else None


def _decimal(number: Fraction) -> str:
    # What was read has at most four places, six as a share; nothing is lost by writing so many.
    whole, part = divmod(number * 10**6, 10**6)
    return f"{whole}.{int(part):06d}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class NumberArg(Kind[Fraction]):
    """A number from `least` to `most`, both included, that may have a point: 7.5 hours. Exact, never a float."""

    least: Fraction = Fraction(0)
    most: Fraction = Fraction(1_000_000)
    wording: ClassVar[str] = "a number"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Fraction, int]:
        """Read one word."""
        said = stretch.first.plain
        value = None if stretch.first.quoted else _number(said)
        if value is None:
            kind = Impossible if _BEGINS_WITH_A_DIGIT.match(said) else Misread
            raise kind(f"{shown(stretch.first.text)} is not a number as I read them.", f"Write {self.hint()}.")
        if not self.least <= value <= self.most:
            raise Impossible(f"{shown(said)} is out of range.", f"Write {self.hint()}.")
        return value, 1

    def say(self, value: Fraction, vocabulary: Vocabulary) -> str:
        """With a point where it needs one."""
        return _decimal(value)

    def hint(self) -> str:
        """The range."""
        return f"a number from {_decimal(self.least)} to {int(self.most):,}, with a point if it needs one"

    def makes(self) -> type:
        """An exact number."""
        return Fraction


@dataclass(frozen=True, slots=True)
class PercentArg(Kind[Fraction]):
    """A share above 0 % and up to 100 %, as a fraction of one. The sign may be left out, except below one."""

    wording: ClassVar[str] = "a share in per cent"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Fraction, int]:
        """Read "48 %", "48%", "48 percent", "48 per cent" or "48"."""
        words = stretch.bare(3)
        first = words[0] if words else ""
        has_sign = first.endswith("%")
        value = _number(first.removesuffix("%"))
        if value is None:
            kind = Impossible if _BEGINS_WITH_A_DIGIT.match(first) else Misread
            raise kind(f"{shown(stretch.first.text)} is no share in per cent.", f"Write {self.hint()}.")
        used = 1
        if not has_sign:
            behind = words[1:]
            used += 1 if behind[:1] and behind[0] in _PER_CENT else 2 if behind == ["per", "cent"] else 0
        if used == 1 and not has_sign and 0 < value < 1:
            raise Impossible(
                f"{shown(first)} can be read as {_decimal(value)} % or as {_decimal(value * 100)} %.",
                "Write it with the sign.",
                instead=(f"{_decimal(value * 100)} %", f"{_decimal(value)} %"),
            )
        if not 0 < value <= 100:
            raise Impossible(f"{shown(stretch.said(used))} is no part of a whole.", f"Write {self.hint()}.", span=used)
        return value / 100, used

    def say(self, value: Fraction, vocabulary: Vocabulary) -> str:
        """As `48 %`."""
        return f"{_decimal(value * 100)} %"

    def hint(self) -> str:
        """An example."""
        return "a share above 0 % and up to 100 %, such as 48 %"

    def makes(self) -> type:
        """An exact share of one."""
        return Fraction


def _take_money(stretch: Stretch, at: int) -> tuple[Money, int]:
    # "CHF 450" and "450 CHF" are two words, and to be tried before the one.
    for span in (2, 1):
        words = stretch.words[at : at + span]
        if len(words) < span or any(word.quoted for word in words):
            continue
        try:
            value = Money.parse(" ".join(word.plain for word in words))
        except Refusal as refusal:
            refused = refusal
        else:
            if value.amount <= 0:
                raise Impossible(
                    f"{value.in_words()} is not above zero.", "Write an amount above zero, such as $5,000.", span=span
                )
            return value, span
    said = stretch.words[at]
    if said.quoted:
        raise Misread(f"{shown(said.text)} is no amount of money.", "Write it without quotes, such as $5,000.")
    raise Misread(f"{shown(said.text)} is no amount of money as I read them.", refused.next_step)


@dataclass(frozen=True, slots=True)
class MoneyArg(Kind[Money]):
    """An amount of money above zero, with its currency."""

    wording: ClassVar[str] = "an amount of money"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Money, int]:
        """Read "$5,000", "450 CHF" or "CHF 450"."""
        return _take_money(stretch, 0)

    def say(self, value: Money, vocabulary: Vocabulary) -> str:
        """As `$5,000`."""
        return value.in_words()

    def hint(self) -> str:
        """Both ways."""
        return "an amount and its currency, such as $5,000 or 450 CHF"

    def makes(self) -> type:
        """Money."""
        return Money


@dataclass(frozen=True, slots=True)
class PriceArg(MoneyArg):
    """What something was sold for; other words that begin with "for" are left to whoever else can read them."""

    wording: ClassVar[str] = "a price"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Money, int]:
        """Read "for $4,200" or "$4,200"."""
        led = int(stretch.first.plain.lower() == "for" and not stretch.first.quoted and len(stretch.words) > 1)
        value, used = _take_money(stretch, led)
        return value, used + led


@dataclass(frozen=True, slots=True)
class MoneyListArg(Kind[tuple[Money, ...]]):
    """One amount of money above zero or several, as for months and regions: $5,000, $6,000 and $7,500."""

    most: int = 12
    beyond: str = "Ask for a year at a time."
    wording: ClassVar[str] = "an amount of money, or several"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[tuple[Money, ...], int]:
        """Read amounts up to the next keyword, or to the first word that is none."""
        amount, used = _take_money(stretch, 0)
        found = [amount]
        while used < stretch.free:
            joined = stretch.words[used].plain.lower() == "and" and used + 1 < stretch.free
            try:
                amount, span = _take_money(stretch, used + joined)
            except Impossible:
                raise
            except Misread:
                break
            found.append(amount)
            used += joined + span
        if len(found) > self.most:
            raise Impossible(
                f"{len(found)} amounts are more than I take at once; the most is {self.most}.",
                self.beyond,
                span=used,
            )
        return tuple(found), used

    def say(self, value: tuple[Money, ...], vocabulary: Vocabulary) -> str:
        """As `$5,000, $6,000`."""
        return ", ".join(amount.in_words() for amount in value)

    def hint(self) -> str:
        """Both ways."""
        return "an amount and its currency, such as $5,000; or several, one a month or region: $5,000, $6,000"

    def makes(self) -> type:
        """Several amounts."""
        return tuple
