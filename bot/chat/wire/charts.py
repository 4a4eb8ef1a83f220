"""A chart as JSON: its numbers and days, for whoever draws it later."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from bot.chat.card import BarPanel, Chart, GoalPoint, LevelPanel, PastPanel, PastPoint, VolumePanel
from bot.chat.wire.values import Wire, expect, moment_in, moment_out


def chart_out(block: Chart) -> Wire:
    """A chart as JSON."""
    return {
        "is": "chart/1",
        "title": block.title,
        "alt": block.alt,
        "volumes": [_volume_out(panel) for panel in block.volumes],
        "bars": [_bar_out(panel) for panel in block.bars],
        "levels": [asdict(panel) for panel in block.levels],
        "pasts": [asdict(panel) for panel in block.pasts],
    }


def chart_in(wire: Wire) -> Chart:
    """The chart that `chart_out` wrote."""
    return Chart(
        title=wire["title"],
        alt=wire["alt"],
        volumes=tuple(_volume_in(panel) for panel in wire["volumes"]),
        bars=tuple(_bar_in(panel) for panel in wire["bars"]),
        levels=tuple(LevelPanel(**panel) for panel in wire.get("levels", ())),
        pasts=tuple(
            PastPanel(panel["title"], tuple(PastPoint(**point) for point in panel["points"]))
            for panel in wire.get("pasts", ())
        ),
    )


def _volume_out(panel: VolumePanel) -> Wire:
    return {
        "is": "volume/1",
        "title": panel.title,
        "unit": panel.unit,
        "zone": panel.zone,
        "starts_at": moment_out(panel.starts_at),
        "ends_at": moment_out(panel.ends_at),
        "due_at": moment_out(panel.due_at),
        "now": moment_out(panel.now),
        "target": panel.target,
        "accepted": [[day.isoformat(), quantity] for day, quantity in panel.accepted],
        "counted": [[day.isoformat(), quantity] for day, quantity in panel.counted],
        "goal": [[moment_out(point.at), point.quantity] for point in panel.goal],
        "projected": None if panel.projected is None else list(panel.projected),
        "state": panel.state,
        **({"carried": panel.carried} if panel.carried else {}),
    }


def _volume_in(wire: Wire) -> VolumePanel:
    expect("volume/1", wire)
    projected = wire["projected"]
    return VolumePanel(
        title=wire["title"],
        unit=wire["unit"],
        zone=wire["zone"],
        starts_at=moment_in(wire["starts_at"]),
        ends_at=moment_in(wire["ends_at"]),
        due_at=moment_in(wire["due_at"]),
        now=moment_in(wire["now"]),
        target=wire["target"],
        accepted=_days_in(wire["accepted"]),
        counted=_days_in(wire["counted"]),
        goal=tuple(GoalPoint(moment_in(at), quantity) for at, quantity in wire["goal"]),
        projected=None if projected is None else (projected[0], projected[1]),
        state=wire["state"],
        carried=wire.get("carried", 0),
    )


def _days_in(wire: list[list[Any]]) -> tuple[tuple[date, int], ...]:
    return tuple((date.fromisoformat(day), quantity) for day, quantity in wire)


def _bar_out(panel: BarPanel) -> Wire:
    return {
        "is": "bar/1",
        "title": panel.title,
        "kept": panel.kept,
        "missed": panel.missed,
        "to_come": panel.to_come,
        "state": panel.state,
    }


def _bar_in(wire: Wire) -> BarPanel:
    expect("bar/1", wire)
    return BarPanel(wire["title"], wire["kept"], wire["missed"], wire["to_come"], wire["state"])
