"""How long a promise may take, as people say it: `4wh`, `10wd`, `24h`, `30d`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, cast

from slacore.calendars.zones import HOUR, MINUTE
from slacore.errors import Refusal

Unit = Literal["wm", "wh", "wd", "m", "h", "d"]

_UNITS = frozenset({"wm", "wh", "wd", "m", "h", "d"})
_SIZES: dict[str, int] = {"wm": MINUTE, "wh": HOUR, "m": MINUTE, "h": HOUR}
"""Units that are always equally long, in microseconds."""
_YEARS = 20
_LONGEST: dict[str, int] = {unit: _YEARS * 366 * a_day for unit, a_day in (("m", 1440), ("h", 24), ("d", 1))}
_WORDS: dict[str, str] = {"m": "minute", "h": "hour", "d": "day"}
_SPELLINGS: dict[str, str] = {
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d", "date": "d", "dates": "d",
}  # fmt: skip
_SHAPE = re.compile(r"(?P<amount>\d+)\s*(?:(?P<w>w)(?=[mhd]\b)|(?P<working>working|business|open)\s+)?(?P<unit>[a-z]+)")
_ACCEPTED = "Write a whole number and a unit: 4wh or 30wm (open hours, minutes), 10wd (working days), 24h, 90m or 30d."


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time in a promise, which says itself whether it is working time or wall time.

    `wh` and `wm` count only while the calendar is open. `wd` counts working dates and ends at the
    close of the last one. `h` and `m` are elapsed time, closed hours and all. `d` is so many dates
    later at the same time of day, so that "30 days" crosses a clock change unharmed.

    `amount` is a whole number from 0 up to twenty years' worth; anything else raises Refusal.
    """

    amount: int
    unit: Unit
    open_micros: int = field(init=False, repr=False, compare=False)
    """Open time in microseconds; 0 for what is not counted in open hours or minutes."""

    def __post_init__(self) -> None:
        if self.unit not in _UNITS:
            raise Refusal(f"{self.unit!r} is no unit of time.", _ACCEPTED)
        if not 0 <= self.amount <= _LONGEST[self.unit[-1]]:
            raise Refusal(f"{self.amount}{self.unit} is out of reach.", f"No promise is longer than {_YEARS} years.")
        object.__setattr__(self, "open_micros", self.amount * _SIZES.get(self.unit, 0) if self.is_working_time else 0)

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `4wh`, `4 wh` or `4 working hours`. Raises Refusal that tells what is accepted."""
        found = _SHAPE.fullmatch(text.strip().casefold()) if text.isascii() and len(text) <= 40 else None
        unit = _SPELLINGS.get(found["unit"]) if found else None
        if found is None or unit is None:
            raise Refusal(f"{text[:40]!r} is no duration.", _ACCEPTED)
        working = found["w"] or found["working"]
        return cls(int(found["amount"]), cast("Unit", f"w{unit}" if working else unit))

    def __str__(self) -> str:
        """As it is written in a file: `4wh`."""
        return f"{self.amount}{self.unit}"

    @property
    def is_working_time(self) -> bool:
        """Whether it stands still while the calendar is closed."""
        return self.unit.startswith("w")

    @property
    def wall_micros(self) -> int:
        """Elapsed time in microseconds; 0 for what depends on a calendar."""
        return 0 if self.is_working_time else self.amount * _SIZES.get(self.unit, 0)

    def in_words(self) -> str:
        """As it is said in a message: "4 working hours", "1 day"."""
        noun = _WORDS[self.unit[-1]] + ("" if self.amount == 1 else "s")
        return f"{self.amount} {'working ' if self.is_working_time else ''}{noun}"
