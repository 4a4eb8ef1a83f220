"""The sentence that stands for a picture where it cannot be seen: everything that it shows, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cards.words import count
from bot.chat.card import BarPanel, VolumePanel
from bot.chat.plain import moment_of


def describe(volumes: Sequence[VolumePanel], bars: Sequence[BarPanel]) -> str:
    """Say what a picture of these panels shows, a sentence or two a panel."""
    return " ".join((*map(_volume, volumes), *map(_bars, bars))) or "Nothing to show yet."


def _volume(panel: VolumePanel) -> str:
    counted, accepted = _newest(panel.counted), _newest(panel.accepted)
    accepted_part = "all accepted" if counted == accepted else f"{accepted:,} of them accepted"
    is_due = panel.now >= panel.due_at
    by = moment_of(panel.due_at if is_due else panel.now, panel.zone, "day")
    words = f"{panel.title}: {counted:,} of {panel.target:,} {panel.unit} by {by}"
    words += f", {accepted_part}" if counted else ""
    passed = [goal for goal in panel.goal if goal.at <= panel.now]
    coming = [goal for goal in panel.goal if goal.at > panel.now]
    if passed and not is_due:
        words += f"; the goal line asked for {passed[-1].quantity:,} by now"
    if coming:
        words += f"; {coming[0].quantity:,} are due {moment_of(coming[0].at, panel.zone, 'day')}"
    words += f". State: {panel.state}."
    if panel.projected is not None and not is_due:
        low, high = panel.projected
        most = f"{low:,} to {high:,}" if low != high else f"{low:,}"
        words += f" At the pace so far {most} by {moment_of(panel.due_at, panel.zone, 'day')}."
    return words


def _newest(totals: Sequence[tuple[date, int]]) -> int:
    return max(totals)[1] if totals else 0


def _bars(panel: BarPanel) -> str:
    done = f"{panel.kept:,} kept, {panel.missed:,} missed, {panel.to_come:,} to come"
    return f"{panel.title}: {done} of {count(panel.kept + panel.missed + panel.to_come, 'slot')}. State: {panel.state}."
