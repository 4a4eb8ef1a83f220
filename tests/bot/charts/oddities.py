"""Charts that a picture has to survive: empty, tiny, huge, crowded, late, cut short, and hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.chat.card import BarPanel, Chart, GoalPoint
from tests.bot.charts.october import EARLY, MIDMONTH, MISSED, REPORTS, at, october

YEAR = replace(
    MIDMONTH,
    title="Leads of the year",
    starts_at=datetime(2026, 1, 1, 5, tzinfo=UTC),
    ends_at=datetime(2027, 1, 1, 5, tzinfo=UTC),
    due_at=datetime(2026, 12, 31, 22, tzinfo=UTC),
    now=datetime(2026, 7, 8, 22, tzinfo=UTC),
    target=1300,
    accepted=tuple((date(2026, 1, 1) + timedelta(days=n), n * 3) for n in range(180)),
    counted=tuple((date(2026, 1, 1) + timedelta(days=n), n * 3 + n // 4) for n in range(189)),
    goal=tuple(GoalPoint(datetime(2026, 1, 7, 22, tzinfo=UTC) + timedelta(weeks=n), 25 * (n + 1)) for n in range(52)),
    projected=(1120, 1290),
    state="behind",
)
DAY = replace(
    MIDMONTH,
    title="Calls of the day",
    unit="calls",
    starts_at=at(16, 0),
    ends_at=at(17, 0),
    due_at=at(16, 18),
    now=at(16, 15),
    target=40,
    accepted=((date(2026, 10, 16), 22),),
    counted=((date(2026, 10, 16), 30),),
    goal=tuple(GoalPoint(at(16, hour), quantity) for hour, quantity in ((10, 10), (12, 20), (15, 30), (18, 40))),
    projected=(36, 44),
    state="on pace",
)
CUT = replace(
    MIDMONTH,
    title="A period that the agreement's start cut short",
    starts_at=at(14, 13),
    now=at(15, 9),
    target=54,
    accepted=(),
    counted=((date(2026, 10, 14), 3),),
    goal=(GoalPoint(at(23), 39), GoalPoint(at(30), 54)),
    projected=None,
    state="provisional at risk",
)
LATE = replace(
    MISSED,
    title="Met late",
    accepted=(*MISSED.accepted, (date(2026, 11, 3), 91), (date(2026, 11, 5), 102)),
    counted=(*MISSED.counted, (date(2026, 11, 3), 96), (date(2026, 11, 5), 102)),
    state="met late",
)
ODD: dict[str, Chart] = {
    "nothing at all": Chart("", ""),
    "nothing came in": october(replace(MIDMONTH, accepted=(), counted=(), projected=(0, 0), state="behind")),
    "not begun": october(replace(MIDMONTH, now=at(28, 9, month=9), accepted=(), counted=(), projected=None, state="")),
    "one of one": october(
        replace(
            EARLY,
            target=1,
            unit="launch",
            goal=(),
            accepted=((date(2026, 10, 9), 1),),
            counted=((date(2026, 10, 9), 1),),
        )
    ),
    "a million": october(
        replace(
            MIDMONTH,
            target=1_000_000,
            goal=tuple(replace(goal, quantity=goal.quantity * 10_000) for goal in MIDMONTH.goal),
            accepted=((date(2026, 10, 6), 180_321),),
            counted=((date(2026, 10, 6), 180_321), (date(2026, 10, 12), 999_999)),
            projected=(1_840_000, 2_020_000),
        )
    ),
    "a day": october(DAY),
    "a year": october(YEAR, BarPanel("Weekly reports", 24, 3, 25, "at risk")),
    "cut": october(CUT, BarPanel("None yet", 0, 0, 0, ""), BarPanel("All missed", 0, 4, 0, "missed")),
    "late": october(LATE),
    "six": Chart(
        "Everything at once",
        "Six promises of quantity and nine of things done.",
        (MIDMONTH, MISSED, EARLY, DAY, CUT, YEAR, LATE),
        tuple(replace(REPORTS, title=f"Reports {n}", kept=n * 3, missed=n % 3) for n in range(9)),
    ),
    "hostile": october(
        replace(
            MIDMONTH,
            title="<script>alert('🎯 leads')</script> & <!channel> " + "a very long name indeed " * 9,
            unit="عملاء محتملون 🚀 " + "x" * 300,
            state="wholly unheard of and far too long a state for any badge",
            zone="Nowhere/Never",
        ),
        BarPanel("\u202eשלום\u202c 商談 レポート \x00\ud800{name}", 10**12, 3, 10**30, "provisional missed"),
        BarPanel("🎯🎯🎯", 1, 1, 1, "missed"),
    ),
}
