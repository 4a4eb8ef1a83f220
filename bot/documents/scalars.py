"""How single values are written in an agreement's file: `4wh`, `last four Fridays 17:00`, `50 %`, `$100`.

Each is read into the value the core works with and written back the one way that the record keeps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Annotated, TypeVar

from bot.documents.kinds import Line, TrueOrFalse, Whole, Written, shown
from slacore.calendars import Duration, HolidayRegion, Window, day_number, parse_day, parse_week, print_day, zone_named
from slacore.errors import Refusal
from slacore.money import Money
from slacore.periods import PeriodRule, SlotRule

T = TypeVar("T")

NAME_LIMIT = 80
TEXT_LIMIT = 2_000
LARGEST = 10**9
"""No target, goal or checkpoint is larger; sums of them still fit a database's 64 bits."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PERCENT = re.compile(r"(?P<number>\d{1,9}(\.\d{1,9})?)\s*(%|percent|per cent)")
_RATIO = re.compile(r"(?P<over>\d{1,18})\s*/\s*(?P<under>\d{1,18})")
_EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
_MEASURE = re.compile(
    r"(?P<number>-?(\d{1,3}(,\d{3})+|\d{1,18})(\.\d{1,9})?|-?\d{1,18}/\d{1,18})\s*(?P<unit>[^\s\d.,/][^\d]{0,30})?"
)


@dataclass(frozen=True)
class Measure:
    """A quantity of an indicator's own unit: 99.9 of "%", 4 of "hours", 50 of nothing."""

    amount: Fraction
    unit: str = ""


def _read_id(text: str) -> str:
    if len(text) > 40 or not _ID.fullmatch(text):
        near = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:40].strip("-")
        raise Refusal(
            f"{shown(text)} is no short name.",
            f"Write it in small letters, digits and hyphens: {near or 'sales'}.",
        )
    return text


def _read_reference(text: str) -> str:
    agreement, slash, promise = text.rpartition("/")
    if slash:
        _read_id(agreement)
    _read_id(promise)
    return text


def _read_percent(text: str) -> Fraction:
    if found := _PERCENT.fullmatch(text):
        share = Fraction(found["number"]) / 100
    elif (found := _RATIO.fullmatch(text)) and int(found["under"]):
        share = Fraction(int(found["over"]), int(found["under"]))
    else:
        raise Refusal(f"{shown(text)} is no share.", "Write it like 50 %, 99.5 % or 1/3.")
    if not 0 <= share <= 1:
        raise Refusal(f"{shown(text)} is more than all there is.", "Give a share from 0 % to 100 %.")
    return share


def write_share(share: Fraction) -> str:
    """Write a share: "50 %", or "1/3" where no percentage is exact."""
    number = _decimal(share * 100)
    return f"{number} %" if number else f"{share.numerator}/{share.denominator}"


def _read_measure(text: str) -> Measure:
    found = _MEASURE.fullmatch(text)
    try:
        amount = Fraction(found["number"].replace(",", "")) if found else None
    except ZeroDivisionError:
        amount = None
    if found is None or amount is None:
        raise Refusal(f"{shown(text)} is no threshold.", "Write a number, and a unit after it: 99.9 %, 4 hours or 50.")
    return Measure(amount, " ".join((found["unit"] or "").split()))


def _read_figure(text: str) -> Fraction:
    measure = _read_measure(text)
    if measure.unit:
        raise Refusal(f"{shown(text)} is no bare number.", "Leave the unit out: it is the threshold's.")
    return measure.amount


def _write_figure(figure: Fraction) -> str:
    return write_measure(Measure(figure))


def write_measure(measure: Measure) -> str:
    """Write a quantity with its unit: "99.9 %", "4 hours", "50"."""
    number = _decimal(measure.amount) or f"{measure.amount.numerator}/{measure.amount.denominator}"
    return f"{number} {measure.unit}".strip()


def _decimal(number: Fraction) -> str:
    """Write a fraction with a point, or "" where that would take more than nine places."""
    scaled = number * 10**9
    if scaled.denominator != 1:
        return ""
    digits = f"{abs(scaled.numerator):010d}"
    text = f"{digits[:-9]}.{digits[-9:]}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 else text


def _read_date(text: str) -> date:
    try:
        on = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        on = None
    if on is None:
        raise Refusal(f"{shown(text)} is no date.", "Write year, month and day like 2026-10-01.")
    day_number(on)  # refuses what no calendar knows
    return on


def _read_date_or_moment(text: str) -> date:
    if "T" not in text:
        return _read_date(text)
    _read_date(text[:10])
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refusal(f"{shown(text)} is no moment.", "Write a date, or a moment with its offset.")
    return moment.astimezone(UTC)


def _write_date_or_moment(on: date) -> str:
    return on.isoformat()  # of the value's own class: a moment keeps its time


def _read_zone(text: str) -> str:
    zone_named(text)
    return text


def _read_region(text: str) -> HolidayRegion:
    country, _, region = text.partition("-")
    return HolidayRegion(country, region)


def _read_weekdays(text: str) -> str:
    parse_week({text: "closed"})
    return text


def _read_rung(text: str) -> int:
    if text.casefold() == "due":
        return 0
    found = re.fullmatch(r"(?P<days>\d{1,3})\s*wd\s+(?P<side>before|after)", text.casefold())
    if found is None or not int(found["days"]):
        raise Refusal(f"{shown(text)} is no step of a ladder.", "Write 2wd before, due or 1wd after.")
    days = int(found["days"])
    return -days if found["side"] == "before" else days


def _read_email(text: str) -> str:
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise Refusal(f"{shown(text)} is no e-mail address.", "Write it like amy@example.com.")
    return text


def _write_rung(days: int) -> str:
    return "due" if not days else f"{abs(days)}wd {'before' if days < 0 else 'after'}"


def _itself(value: T) -> T:
    return value


def _id(example: str) -> Written[str]:
    return Written(str, "a short name", _read_id, _itself, (example,), pattern=_ID.pattern)


AgreementId = Annotated[str, _id("company-x")]
PersonId = Annotated[str, _id("amy")]
PartyId = Annotated[str, _id("sales")]
PartyOrPersonId = Annotated[str, _id("service")]
CalendarId = Annotated[str, _id("office")]
PromiseId = Annotated[str, _id("leads")]
PromiseReference = Annotated[
    str,
    Written(
        str, "a promise", _read_reference, _itself, ("leads", "company-x/leads"),
        pattern=f"({_ID.pattern}/)?{_ID.pattern}",
    ),
]  # fmt: skip
LadderId = Annotated[str, _id("gentle")]
ConsequenceId = Annotated[str, _id("make-good")]
CampaignId = Annotated[str, _id("autumn-webinar")]
OutcomeId = Annotated[str, _id("won")]
Name = Annotated[str, Line(NAME_LIMIT)]
Text = Annotated[str, Line(TEXT_LIMIT, lines=True)]
Count = Annotated[int, Whole(1, LARGEST)]
Small = Annotated[int, Whole(0, 1_000)]
Rank = Annotated[int, Whole(1, 99)]
Notice = Annotated[int, Whole(1, 366)]
Email = Annotated[str, Written(str, "an e-mail address", _read_email, _itself, ("amy@example.com",))]
YesNo = Annotated[bool, TrueOrFalse()]
Share = Annotated[Fraction, Written(Fraction, "a share", _read_percent, write_share, ("50 %", "99.5 %", "1/3"))]
Threshold = Annotated[
    Measure,
    Written(
        Measure, "a threshold", _read_measure, write_measure, ("99.9 %", "4 hours", "50"), json=("string", "number")
    ),
]
Figure = Annotated[
    Fraction,
    Written(Fraction, "a number", _read_figure, _write_figure, ("0", "100", "12.5"), json=("string", "number")),
]
OnDate = Annotated[
    date, Written(date, "a date", _read_date, date.isoformat, ("2026-10-01",), pattern=r"\d{4}-\d{2}-\d{2}")
]
OnDateOrAt = Annotated[
    date,
    Written(date, "a date", _read_date_or_moment, _write_date_or_moment, ("2026-09-28", "2026-09-28T14:02:00+00:00")),
]
Zone = Annotated[str, Written(str, "a time zone", _read_zone, _itself, ("America/New_York", "Europe/Berlin"))]
Within = Annotated[Duration, Written(Duration, "a duration", Duration.parse, str, ("2wd", "4wh", "24h", "30d"))]
Slots = Annotated[
    SlotRule,
    Written(
        SlotRule,
        "a slot",
        SlotRule.parse,
        str,
        ("last Friday 17:00", "last four Fridays 16:00", "25th 12:00"),
    ),
]
Period = Annotated[
    PeriodRule,
    Written(
        PeriodRule, "a period", PeriodRule.parse, str, ("month", "week", "quarter", "every 30 days from 2026-10-01")
    ),
]
Price = Annotated[Money, Written(Money, "an amount of money", Money.parse, str, ("$100", "1,500 EUR"))]
Region = Annotated[
    HolidayRegion, Written(HolidayRegion, "a country or region", _read_region, str, ("US", "US-NY", "GB-SCT"))
]
Weekdays = Annotated[str, Written(str, "days of the week", _read_weekdays, _itself, ("Mon-Fri",))]
Hours = Annotated[
    tuple[Window, ...],
    Written(tuple, "hours", parse_day, print_day, ("09:00-17:00", "09:00-12:00, 13:00-17:00", "closed")),
]
Rung = Annotated[int, Written(int, "a step of a ladder", _read_rung, _write_rung, ("due", "2wd before", "1wd after"))]
