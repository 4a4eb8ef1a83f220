"""A period whose miss was excused is waived, wherever its line is told: its figures stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.desk.sitting import Sitting
from bot.store import obligations
from slacore.reports import DutyLine, Line


async def waived(sitting: Sitting, agreement: str, period_starts_on: date, line: Line) -> Line:
    """The line as it may be told: waived where the other side, or what it depends on, excused its miss."""
    if isinstance(line, DutyLine) or line.state not in ("missed", "met late"):
        return line
    slug, subject = line.commitment.slug, period_starts_on.isoformat()
    owed = await obligations.of_subject(sitting.tx, agreement, slug, "period", subject)
    if owed is None or owed.state != "excused":
        return line
    # A line and its standing are of one kind, which `replace` cannot know.
    return replace(line, standing=replace(line.standing, state="waived", provisional=False))  # type: ignore[arg-type]
