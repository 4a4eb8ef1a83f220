"""The picture in words, for screen readers and for wherever it is not shown."""

from __future__ import annotations

from bot.charts.facts import clock_of, day, moment, number, read
from bot.charts.lettering import clean
from bot.chat.card import BarPanel, Chart, VolumePanel


def describe(chart: Chart) -> str:
    """Say everything a chart shows, every number in full: the chart's own sentence, then a panel after the other.

    Plain text without markup; a door with a limit cuts it itself. Never empty.
    """
    said = [clean(chart.alt), *map(_volume, chart.volumes), *map(_bar, chart.bars)]
    told = " ".join(sentence for sentence in said if sentence)
    return told or f"{clean(chart.title) or 'Promises'}: no promise falls in this period."


def _volume(panel: VolumePanel) -> str:
    reading = read(panel)
    unit = clean(panel.unit)
    zone = panel.zone
    due = moment(panel.due_at, zone)
    sentences = [
        (
            f"{clean(panel.title) or 'Promise'}{_state(panel.state)}: "
            f"{number(reading.attained)} of {number(reading.target)}{' ' if unit else ''}{unit} "
            f"as of {moment(panel.now, zone)}, {number(reading.accepted)} accepted and "
            f"{number(reading.awaiting)} awaiting acceptance; {reading.gap}."
        ),
        (
            f"Period {day(panel.starts_at, zone)} to {moment(panel.ends_at, zone)}, "
            f"{'was due' if reading.is_due else 'due'} {due} {clock_of(zone)}."
        ),
        "Goals: " + ", ".join(f"{number(goal.quantity)} by {moment(goal.at, zone)}" for goal in reading.goals) + ".",
    ]
    if reading.projected is not None:
        low, high = reading.projected
        span = number(low) if low == high else f"{number(low)} to {number(high)}"
        sentences.append(f"Projected by the due moment: {span}.")
    return " ".join(sentences)


def _bar(panel: BarPanel) -> str:
    return (
        f"{clean(panel.title) or 'Promise'}{_state(panel.state)}: {number(max(0, panel.kept))} kept, "
        f"{number(max(0, panel.missed))} missed, {number(max(0, panel.to_come))} to come."
    )


def _state(state: str) -> str:
    words = clean(state)
    return f" ({words})" if words else ""
