"""The tour's own time: moments as they are told in New York."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_NEW_YORK = ZoneInfo("America/New_York")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the quarter, from October to December 2026, as aware UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=_NEW_YORK).astimezone(UTC)
