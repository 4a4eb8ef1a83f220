"""Lines and a report of Company X's October, as the desk would hand them over on Friday the 23rd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from slacore.commitments import Deliverable, Volume
from slacore.handoffs import Piles
from slacore.reports import Changed, DutyLine, OpenDispute, VolumeLine, WeeklyReport, volume_line
from slacore.standing import SlotCount
from tests.company_x import OCTOBER, TERMS, at, standing

FRIDAY = at(23, 16)
ACCEPTED = ((date(2026, 10, 6), 18), (date(2026, 10, 16), 40))
COUNTED = ((date(2026, 10, 6), 18), (date(2026, 10, 16), 65))


def leads() -> VolumeLine:
    """65 leads are in, 40 of them accepted, 3 disputed; the pace leads to 85 to 95."""
    commitment = TERMS.commitment("leads")
    assert isinstance(commitment.promise, Volume)
    where = replace(standing(FRIDAY, on_time=Piles(40, 25, 3)), state="at risk", projected=(85, 95))
    calendar = TERMS.calendar_of(commitment)
    return volume_line(commitment, commitment.promise, where, calendar, FRIDAY, ACCEPTED, COUNTED)


def reports() -> DutyLine:
    """Two of four status reports are kept, and the third is due now."""
    commitment = TERMS.commitment("status-reports")
    assert isinstance(commitment.promise, Deliverable)
    return DutyLine(commitment, commitment.promise, SlotCount(2, 0, 2), FRIDAY)


def friction() -> DutyLine:
    """The friction report is due at the month's end."""
    commitment = TERMS.commitment("friction-report")
    assert isinstance(commitment.promise, Deliverable)
    return DutyLine(commitment, commitment.promise, SlotCount(0, 0, 1), at(30, 12))


def report() -> WeeklyReport:
    """The third report of four, with a note, a dispute, and not approved."""
    return WeeklyReport(
        agreement="A-1",
        terms=TERMS,
        period=OCTOBER,
        on=date(2026, 10, 23),
        at=FRIDAY,
        number=3,
        of=4,
        reporter="amy",
        lines=(leads(), reports()),
        changed=Changed(at(16, 16), handed=22, accepted=22, disputed=3),
        disputes=(OpenDispute("H-41", 3, "qualified leads", "out of area", at(20, 10)),),
        note="Two big ones are close.",
    )
