"""When a party is at work, and what that makes of a deadline: zones, hours, holidays, durations.

Working time is the part everybody gets wrong, so its rules are few and stated once, in
`Calendar`; `tests/slacore` holds them against a walk over every minute.
"""

from slacore.calendars.calendars import Calendar, Pauses
from slacore.calendars.closings import HolidayRegion
from slacore.calendars.durations import Duration, Unit
from slacore.calendars.hours import (
    WEEKDAYS,
    Window,
    minute_of_day,
    parse_day,
    parse_week,
    print_day,
    print_week,
    weekday_named,
)
from slacore.calendars.zones import FIRST_YEAR, LAST_YEAR, day_number, instant_of, zone_named

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "WEEKDAYS",
    "Calendar",
    "Duration",
    "HolidayRegion",
    "Pauses",
    "Unit",
    "Window",
    "day_number",
    "instant_of",
    "minute_of_day",
    "parse_day",
    "parse_week",
    "print_day",
    "print_week",
    "weekday_named",
    "zone_named",
]
