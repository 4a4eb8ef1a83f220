"""The words that stand for a picture where it cannot be seen: every number and every day that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cards.words import deadline_text
from bot.chat.card import BarPanel, LevelPanel, PastPanel, VolumePanel
from bot.chat.plain import moment_of


def describe(volumes: Sequence[VolumePanel], bars: Sequence[BarPanel], levels: Sequence[LevelPanel] = ()) -> str:
    """Say what a picture of these panels shows, a panel after the other; plain text, never empty."""
    return (
        " ".join((*map(_volume, volumes), *map(_bar, bars), *map(_level, levels))) or "No promise falls in this period."
    )


def _volume(panel: VolumePanel) -> str:
    accepted, attained = _newest(panel.accepted), _newest(panel.counted)
    is_due = panel.now >= panel.due_at
    now, due = moment_of(panel.now, panel.zone), deadline_text(panel.due_at, panel.zone)
    goals = ", ".join(f"{goal.quantity:,} by {deadline_text(goal.at, panel.zone)}" for goal in panel.goal)
    sentences = [
        f"{_headed(panel.title, panel.state)}: {attained:,} of {_asked(panel)} {panel.unit} as of {now};",
        f"{accepted:,} accepted and {max(0, attained - accepted):,} awaiting acceptance;",
        f"{_gap(attained, panel.target, is_due=is_due)}.",
        f"{'Was due' if is_due else 'Due'} {due} {_clock_of(panel.zone)}.",
        f"Goals: {goals}." if goals else "",
        _pace(panel.projected) if not is_due else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _asked(panel: VolumePanel) -> str:
    own = panel.target - panel.carried
    return f"{own:,} + {panel.carried:,} carried over = {panel.target:,}" if panel.carried else f"{panel.target:,}"


def _pace(projected: tuple[int, int] | None) -> str:
    if projected is None:
        return ""
    low, high = projected
    return f"At the pace so far {f'{low:,} to {high:,}' if low != high else f'{low:,}'} by then."


def _gap(attained: int, target: int, *, is_due: bool) -> str:
    missing = target - attained
    if missing > 0:
        return f"{missing:,} {'short' if is_due else 'to go'}"
    return "target met" if not missing else f"{-missing:,} over the target"


def _newest(totals: Sequence[tuple[date, int]]) -> int:
    return max(totals)[1] if totals else 0


def _headed(title: str, state: str) -> str:
    return f"{title} ({state})" if state else title


def _clock_of(zone: str) -> str:
    """Whose wall clock is meant: "New York time"."""
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    return city if city == "UTC" else f"{city} time"


def _bar(panel: BarPanel) -> str:
    done = f"{panel.kept:,} kept, {panel.missed:,} missed, {panel.to_come:,} to come"
    return f"{_headed(panel.title, panel.state)}: {done}."


def _level(panel: LevelPanel) -> str:
    limit = f"{panel.comparison} {panel.threshold_words} promised"
    return f"{_headed(panel.title, panel.state)}: {panel.attained_words}, {limit}."


def describe_past(pasts: Sequence[PastPanel]) -> str:
    """Say how promises went over their last periods, a promise after the other."""
    return " ".join(map(_past, pasts)) or "No period has passed yet."


def _past(panel: PastPanel) -> str:
    went = ", ".join(f"{point.label} {point.words} ({point.state})" for point in panel.points)
    return f"{panel.title}: {went}."
