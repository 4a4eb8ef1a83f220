"""Public holidays of a country or region, from the `holidays` library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class HolidayRegion:
    """Whose public holidays close a calendar: a country (ISO 3166 alpha-2), perhaps a region of it.

    `worked` names holidays on which this team works all the same, by the names the library gives
    them ("Columbus Day"). Raises Refusal for a country, region or holiday that does not exist.
    """

    country: str
    region: str = ""
    worked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        regions = _regions_of(self.country)
        if regions is None:
            raise Refusal(
                f"No holidays are known for a country {self.country!r}.",
                "Use its two-letter code in capitals, such as US, GB or DE.",
                field="holidays",
            )
        if self.region and self.region not in regions:
            raise Refusal(
                f"{self.country} has no region {self.region!r}.",
                f"Its regions are {', '.join(regions)}." if regions else "Leave the region out.",
                field="holidays",
            )
        for name in self.worked:
            if name not in (known := _names(self.country, self.region)):
                raise Refusal(
                    f"{self} has no holiday called {name!r}.",
                    f"Its holidays are {', '.join(sorted(known))}.",
                    field="holidays",
                )

    def __str__(self) -> str:
        """Country and region as one code: `US-NY`."""
        return f"{self.country}-{self.region}" if self.region else self.country

    def in_years(self, first: int, last: int) -> Mapping[date, str]:
        """The holidays of the years from `first` to `last` on which this team is off, with their names.

        Where a holiday is observed on another day ("Independence Day (observed)"), both are listed.
        """
        found = _holidays(self.country, self.region, first, last)
        if not self.worked:
            return found
        return {on: name for on, name in found.items() if not _is_one_of(name, self.worked)}


def _is_one_of(name: str, worked: tuple[str, ...]) -> bool:
    return all(part.removesuffix(" (observed)") in worked for part in name.split("; "))


@lru_cache(maxsize=64)
def _regions_of(country: str) -> tuple[str, ...] | None:
    """The regions of one country; None for a country that the library does not know.

    Asking it for all countries at once would import every one of them, which takes a second.
    """
    if not (len(country) == 2 and country.isascii() and country.isupper()):
        return None
    try:
        return tuple(holidays.country_holidays(country).subdivisions)
    except NotImplementedError:
        return None


@lru_cache(maxsize=512)
def _holidays(country: str, region: str, first: int, last: int) -> Mapping[date, str]:
    years = range(first, last + 1)
    return MappingProxyType(dict(holidays.country_holidays(country, subdiv=region or None, years=years)))


@lru_cache(maxsize=64)
def _names(country: str, region: str) -> frozenset[str]:
    """Every name a holiday of the region has in a stretch long enough to hold them all."""
    return frozenset(
        part.removesuffix(" (observed)")
        for name in _holidays(country, region, 2020, 2035).values()
        for part in name.split("; ")
    )
