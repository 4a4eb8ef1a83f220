"""Public holidays close a calendar, as far as the team keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from slacore.calendars import Calendar, HolidayRegion
from slacore.errors import Refusal


def open_on(region: HolidayRegion, on: date) -> bool:
    return Calendar("UTC", {"daily": "9-17"}, region).is_working_day(on)


def test_a_countrys_holidays_are_closed_and_a_regions_only_there() -> None:
    election_day = date(2026, 11, 3)
    assert not open_on(HolidayRegion("US"), date(2026, 7, 4))
    assert open_on(HolidayRegion("US"), election_day)
    assert not open_on(HolidayRegion("US", "NY"), election_day)


def test_a_holiday_on_a_weekend_closes_the_day_it_is_observed() -> None:
    assert not open_on(HolidayRegion("US"), date(2026, 7, 3))
    assert not open_on(HolidayRegion("US"), date(2027, 12, 31))  # New Year's Day of 2028


def test_a_team_can_work_on_a_holiday_that_others_keep() -> None:
    columbus_day = date(2026, 10, 12)
    assert not open_on(HolidayRegion("US"), columbus_day)
    assert open_on(HolidayRegion("US", worked=("Columbus Day",)), columbus_day)
    assert open_on(HolidayRegion("US", worked=("Independence Day",)), date(2026, 7, 3))


def test_a_day_with_two_names_is_worked_only_by_a_team_that_works_on_both() -> None:
    both = date(2027, 2, 15)
    one, other = "Susan B. Anthony Day", "Washington's Birthday"
    assert not open_on(HolidayRegion("US", "NY", worked=(one,)), both)
    assert open_on(HolidayRegion("US", "NY", worked=(one, other)), both)


def test_an_unknown_country_region_or_holiday_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refusal, match="two-letter code"):
        HolidayRegion("USA")
    with pytest.raises(Refusal, match="NSW"):
        HolidayRegion("AU", "NSX")
    with pytest.raises(Refusal, match="Columbus Day"):
        HolidayRegion("US", worked=("Colombus Day",))


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("US", "NY"),
        ("GB", "SCT"),
        ("DE", "BY"),
        ("AU", "NSW"),
        ("JP", ""),
        ("CN", ""),
        ("MA", ""),
        ("NP", ""),
        ("BR", ""),
        ("IL", ""),
    ],
)
def test_the_holidays_of_a_year_do_not_depend_on_the_years_read_with_it(country: str, region: str) -> None:
    known = HolidayRegion(country, region)
    together = known.in_years(2020, 2032)
    alone = {on: name for year in range(2020, 2033) for on, name in known.in_years(year, year).items()}
    assert together == alone
