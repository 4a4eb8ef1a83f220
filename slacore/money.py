"""Money: whole numbers of a currency's smallest unit, because a cent that rounds away is a dispute."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from slacore.errors import Refusal

_ISO_4217 = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_CURRENCIES = frozenset(_ISO_4217.split())
_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_PLACES = dict.fromkeys(_WITHOUT_DECIMALS.split(), 0) | dict.fromkeys(_WITH_THREE_DECIMALS.split(), 3)
"""Decimal places of the currencies that do not have two."""
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_SIGN_OF = {currency: sign for sign, currency in _SIGNS.items()}
_SHAPE = re.compile(
    r"(?P<minus>[-−])?\s*(?P<before>[$€£¥]|[A-Z]{3}\s+)?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?"
    r"\s*(?P<after>[€£¥$]|[A-Z]{3})?",
    re.ASCII,
)
_MOST = 10**15
_ACCEPTED = "Write an amount and a currency: $450.00, $5,000, €99 or 450 CHF."


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of its currency (ISO 4217): `Money(45000, "USD")` is $450.00.

    It may be negative, as a correction is. Two currencies are never added or compared. A share of it
    is rounded once, half to even, to the smallest unit, so that repeated rounding favours neither
    side. Raises Refusal for an unknown currency and for a sum nobody owes.
    """

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in _CURRENCIES:
            raise Refusal(f"{self.currency!r} is no currency.", "Use its three letters, such as USD, EUR or CHF.")
        if isinstance(self.amount, bool) or not isinstance(self.amount, int):
            raise TypeError(f"money is a whole number of the smallest unit, not {self.amount!r}")
        if abs(self.amount) > _MOST:
            raise Refusal("That is more money than anybody owes.", _ACCEPTED)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read `$450.00`, `$5,000`, `450 USD` or `USD 450`. Raises Refusal that tells what is accepted.

        The point parts off the smaller unit and commas group thousands; more decimals than the
        currency has are refused, never rounded.
        """
        found = _SHAPE.fullmatch(text.strip()) if len(text) <= 40 else None
        named = [name.strip() for name in (found["before"], found["after"]) if name] if found else []
        if found is None or len(named) != 1:
            raise Refusal(f"{text[:40]!r} is no amount of money.", _ACCEPTED)
        currency = _SIGNS.get(named[0], named[0])
        places, part = _PLACES.get(currency, 2), found["part"] or ""
        if len(part) > places:
            raise Refusal(
                f"{text.strip()!r} has more decimals than {currency} knows.",
                f"Give {places or 'no'} decimals." if currency in _CURRENCIES else _ACCEPTED,
            )
        amount = int(found["whole"].replace(",", "") + part.ljust(places, "0"))
        return cls(-amount if found["minus"] else amount, currency)

    def __str__(self) -> str:
        """To the smallest unit, as in a calculation: `$450.00`, `-$5.10`, `450.00 CHF`."""
        return self._print(_PLACES.get(self.currency, 2))

    def in_words(self) -> str:
        """As it is said in a message: `$5,000` where nothing stands behind the point."""
        places = _PLACES.get(self.currency, 2)
        return self._print(places if self.amount % 10**places else 0)

    def _print(self, decimals: int) -> str:
        places = _PLACES.get(self.currency, 2)
        whole, part = divmod(abs(self.amount), 10**places)
        number = f"{whole:,}" + (f".{part:0{places}d}" if decimals else "")
        sign = _SIGN_OF.get(self.currency)
        return ("-" if self.amount < 0 else "") + (f"{sign}{number}" if sign else f"{number} {self.currency}")

    def times(self, factor: int | Fraction | Decimal) -> Money:
        """The amount that many times, rounded once, half to even.

        Nine leads of which half would have brought $100: `Money.parse("$100").times(Fraction(9, 2))`.
        """
        if isinstance(factor, float):  # it would be taken for the fraction it stands for in binary
            raise TypeError("money is never multiplied by a float; use a Fraction or a Decimal")
        return Money(round(self.amount * Fraction(factor)), self.currency)

    def percent(self, rate: int | Fraction | Decimal) -> Money:
        """That many per cent of the amount, rounded once, half to even."""
        if isinstance(rate, float):
            raise TypeError("a percentage of money is never a float; use a Fraction or a Decimal")
        return self.times(Fraction(rate) / 100)

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise Refusal(
                f"{self} and {other} are of different currencies.", "Keep an agreement's sums in one currency."
            )
        return other.amount
