"""Company X's October 2026 as pictures: in the middle of the month, met two days early, and missed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.chat.card import BarPanel, Chart, GoalPoint, VolumePanel

NEW_YORK = "America/New_York"


def at(day: int, hour: int = 17, minute: int = 0, month: int = 10) -> datetime:
    """A moment of 2026 on New York's wall clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK)).astimezone(UTC)


def on(*totals: tuple[int, int]) -> tuple[tuple[date, int], ...]:
    """Totals at the ends of days of October."""
    return tuple((date(2026, 10, day), total) for day, total in totals)


FRIDAYS = tuple(GoalPoint(at(day), quantity) for day, quantity in ((9, 25), (16, 50), (23, 75), (30, 100)))


def leads(
    *,
    now: datetime,
    accepted: tuple[tuple[date, int], ...],
    counted: tuple[tuple[date, int], ...],
    state: str,
    projected: tuple[int, int] | None = None,
) -> VolumePanel:
    return VolumePanel(
        title="Leads: Marketing → Sales",
        unit="qualified leads",
        zone=NEW_YORK,
        starts_at=at(1, 0),
        ends_at=at(1, 0, month=11),
        due_at=at(30),
        now=now,
        target=100,
        accepted=accepted,
        counted=counted,
        goal=FRIDAYS,
        projected=projected,
        state=state,
    )


MIDMONTH = leads(
    now=at(16, 15),
    accepted=on((2, 4), (5, 7), (7, 10), (9, 14), (12, 18)),
    counted=on((2, 4), (5, 7), (7, 10), (9, 14), (12, 18), (13, 26), (14, 33), (16, 43)),
    projected=(84, 102),
    state="at risk",
)
MISSED = leads(
    now=at(6, 9, month=11),
    accepted=on((2, 6), (7, 18), (9, 24), (14, 38), (16, 45), (21, 60), (23, 66), (28, 80), (30, 91)),
    counted=on((2, 6), (7, 18), (9, 24), (14, 38), (16, 45), (21, 60), (23, 66), (28, 80), (30, 91)),
    state="missed",
)
EARLY = leads(
    now=at(28, 16),
    accepted=on((2, 9), (7, 22), (9, 28), (14, 44), (16, 55), (21, 70), (23, 81), (27, 92), (28, 92)),
    counted=on((2, 9), (7, 22), (9, 28), (14, 44), (16, 55), (21, 70), (23, 81), (27, 92), (28, 100)),
    projected=(100, 108),
    state="met, provisional",
)
REPORTS = BarPanel(title="Lead reports: Sales → Marketing", kept=3, missed=0, to_come=1, state="on pace")


def october(panel: VolumePanel, *bars: BarPanel) -> Chart:
    return Chart(title="October 2026", alt="", volumes=(panel,), bars=bars or (REPORTS,))
