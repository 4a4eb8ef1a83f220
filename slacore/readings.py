"""Readings: the figures that somebody reports for an indicator, and the one figure that a period makes of them.

A reading is written down once. A correction is an entry of its own that takes an earlier one out
in full and stands in its place, or leaves the place empty; nothing is edited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from slacore.commitments import Level
from slacore.errors import Refusal

SCALE = 10**6
"""Readings are whole millionths of the indicator's unit: exact in every database, six places after the point."""
MOST = 10**12
"""Beyond this, in the indicator's unit, a reading is taken for a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of an indicator, as somebody reported it. `number` is what people say as `R-<number>`.

    `value` is in millionths of the unit; for good/total it counts the good ones of `out_of`, in
    millionths as well. None says that the reading this one `corrects` should never have been.
    `measured_on` is the local date it holds for, which decides its period.
    """

    number: int
    agreement: str
    version: int
    commitment: str
    period_starts_on: date
    measured_on: date
    value: int | None
    logged_by: str
    logged_at: datetime
    out_of: int | None = None
    corrects: int | None = None
    reason: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """What people call it."""
        return f"R-{self.number}"

    @property
    def amount(self) -> Fraction | None:
        """The value in the indicator's unit; a good/total reading's as good ones."""
        return None if self.value is None else Fraction(self.value, SCALE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction to a closed period that one side asks for; nothing changes before the other says the same."""

    reading: int
    value: int | None
    out_of: int | None
    reason: str
    by: str
    party: str
    at: datetime

    def says(self, value: int | None, out_of: int | None) -> bool:
        """Whether somebody else's words ask for the very same."""
        return (self.value, self.out_of) == (value, out_of)


def scaled(amount: Fraction) -> int:
    """An amount as whole millionths. Refuses one with more places after the point than are kept."""
    micro = amount * SCALE
    if micro.denominator != 1:
        raise Refusal("A reading has at most six places after the point.", "Round it.", field="value")
    return int(micro)


def require_reading(level: Level, value: Fraction, out_of: Fraction | None) -> None:
    """Refuse a figure that cannot be: the wrong shape for the indicator, or out of its agreed range."""
    if level.aggregation == "good/total":
        if out_of is None:
            raise Refusal(
                f"{level.indicator.capitalize()} is logged as so many good ones of all.",
                f"Say `log {level.indicator} 45 of 50`.",
                field="value",
            )
        if out_of <= 0 or not 0 <= value <= out_of:
            raise Refusal(
                f"{_plain(value)} of {_plain(out_of)} cannot be.", "Say how many good ones, of how many.", field="value"
            )
        if value.denominator != 1 or out_of.denominator != 1:
            raise Refusal("Good ones are counted whole.", "Say how many good ones, of how many.", field="value")
    elif out_of is not None:
        raise Refusal(
            f"{level.indicator.capitalize()} is logged as one figure.",
            f"Say `log {level.indicator} {_plain(level.threshold)}`.",
            field="value",
        )
    elif (level.lowest is not None and value < level.lowest) or (level.highest is not None and value > level.highest):
        raise Refusal(
            f"Reading out of range: {in_unit(level, value)}, where {_range(level)} is agreed.",
            "Check the figure; the range stands in the agreement.",
            field="value",
        )
    if abs(value) > MOST or (out_of or 0) > MOST:
        raise Refusal(f"{_plain(value)} is more than {MOST:,}.", "Check the figure.", field="value")


def standing(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings that count: not corrected by a later entry, and not withdrawn; by date, then as they came."""
    found = tuple(readings)
    corrected = {each.corrects for each in found}
    counted = (each for each in found if each.number not in corrected and each.value is not None)
    return tuple(sorted(counted, key=lambda each: (each.measured_on, each.number)))


def figure_of(level: Level, readings: Sequence[Reading]) -> Fraction | None:
    """The one figure of the readings that count, in the indicator's unit; None of none.

    `readings` are as `standing` gives them. Good/total is the share of all good ones in all, in
    per cent where the unit is %.
    """
    if not readings:
        return None
    if level.aggregation == "good/total":
        good, total = sum(each.value or 0 for each in readings), sum(each.out_of or 0 for each in readings)
        if not total:
            return None
        return Fraction(100 * good, total) if level.unit == "%" else Fraction(good, total)
    return aggregated(level, [each.amount or Fraction() for each in readings])


def aggregated(level: Level, amounts: Sequence[Fraction]) -> Fraction:
    """One figure of several (one at least), in the order in which they were measured."""
    if level.aggregation == "percentile":
        return percentile_of(amounts, level.percentile or 50)
    return _WAYS[level.aggregation](amounts)


def percentile_of(amounts: Sequence[Fraction], percentile: int) -> Fraction:
    """The nearest-rank percentile: the smallest figure that at least that share of the figures do not exceed.

    The figure at rank ceil(percentile / 100 x count) of the ascending ones: the inverse of the
    empirical distribution, definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical
    Packages" (The American Statistician 50, 1996). It is always a figure that was measured.
    """
    rank = -(-percentile * len(amounts) // 100)
    return sorted(amounts)[max(1, rank) - 1]


def is_lost(level: Level, readings: Sequence[Reading]) -> bool:
    """Whether no further reading can keep the promise: a maximum above, a minimum below, a sum beyond its threshold."""
    if level.is_of_incidents or not readings:
        return False
    never_falls = level.aggregation == "sum" and level.lowest is not None and level.lowest >= 0
    one_way = {"at least": level.aggregation == "min", "at most": level.aggregation == "max" or never_falls}
    figure = figure_of(level, readings)
    return one_way[level.comparison] and figure is not None and not level.holds(figure)


def in_unit(level: Level, figure: Fraction) -> str:
    """A figure with the indicator's unit: "99.93 %", "1 hour"; at most four places, cut towards the missed side.

    Cut and not rounded, so that 99.8999 % never reads as the 99.9 % that was promised.
    """
    scale = 10**4
    micro = figure * scale
    down = micro.numerator // micro.denominator
    kept = down if level.comparison == "at least" else -(-micro.numerator // micro.denominator)
    said = Fraction(kept, scale)
    unit = level.unit.removesuffix("s") if said == 1 and level.unit_length is not None else level.unit
    return f"{_plain(said)} {unit}".strip()


def amount_in_words(value: int, out_of: int | None) -> str:
    """A reading as it was said, without its unit: "99.93", "45 of 50"."""
    said = _plain(Fraction(value, SCALE))
    return said if out_of is None else f"{said} of {_plain(Fraction(out_of, SCALE))}"


def _plain(number: Fraction) -> str:
    """A number with its thousands apart, without needless zeros; a third as a fraction."""
    micro = number * SCALE
    if micro.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    whole, part = divmod(abs(int(micro)), SCALE)
    text = f"{whole:,}.{part:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 else text


def _range(level: Level) -> str:
    if level.lowest is None:
        return f"at most {_plain(level.highest or Fraction())}"
    if level.highest is None:
        return f"at least {_plain(level.lowest)}"
    return f"{_plain(level.lowest)} to {_plain(level.highest)}"


_WAYS: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "sum": lambda amounts: sum(amounts, Fraction()),
    "mean": lambda amounts: sum(amounts, Fraction()) / len(amounts),
    "last": lambda amounts: amounts[-1],
    "min": min,
    "max": max,
}
