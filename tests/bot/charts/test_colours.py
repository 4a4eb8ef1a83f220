"""Colours can be told apart by everybody, on light paper and on dark, and never say anything alone."""

from __future__ import annotations

import math

import pytest
from PIL import ImageColor

from bot.charts.badges import sign
from bot.charts.inks import DARK, INKS, LIGHT, Ink
from bot.charts.layout import lay_out
from bot.charts.shapes import Area, Box, Line, Shape, Words
from bot.chat.card import BarPanel, Chart
from tests.bot.charts.october import MIDMONTH, october

PAPERS = pytest.mark.parametrize("inks", [LIGHT, DARK], ids=["light", "dark"])
TEXT: tuple[tuple[Ink, Ink], ...] = (
    ("ink", "paper"),
    ("soft", "paper"),
    ("ink", "wash"),
    ("ink", "good wash"),
    ("ink", "warning wash"),
    ("ink", "bad wash"),
)
GRAPHICS: tuple[tuple[Ink, Ink], ...] = (
    ("accepted", "paper"),
    ("good", "paper"),
    ("bad", "paper"),
    ("fan edge", "paper"),
    ("stripe", "awaiting"),
    ("mark", "good"),
    ("mark", "bad"),
    ("mark", "warning"),
    ("mark", "soft"),
    ("good", "good wash"),
    ("warning", "warning wash"),
    ("bad", "bad wash"),
    ("soft", "wash"),
)
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009), severity 1.0, on linear light
BLINDNESSES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: str, blindness: str) -> list[float]:
    light = linear(colour)
    mixed = [sum(share * part for share, part in zip(row, light, strict=True)) for row in BLINDNESSES[blindness]]
    return [max(0.0, min(1.0, part)) ** (1 / 2.2) for part in mixed]


@PAPERS
@pytest.mark.parametrize(("ink", "under"), TEXT)
def test_text_stands_out_from_its_paper(inks: dict[Ink, str], ink: Ink, under: Ink) -> None:
    assert contrast(inks[ink], inks[under]) >= 4.5


@PAPERS
@pytest.mark.parametrize(("ink", "under"), GRAPHICS)
def test_lines_and_signs_stand_out_from_what_is_under_them(inks: dict[Ink, str], ink: Ink, under: Ink) -> None:
    assert contrast(inks[ink], inks[under]) >= 3


@PAPERS
@pytest.mark.parametrize("blindness", BLINDNESSES)
@pytest.mark.parametrize(("one", "other"), [("good", "bad"), ("accepted", "awaiting"), ("accepted", "fan")])
def test_what_stands_side_by_side_differs_for_the_colour_blind_too(
    inks: dict[Ink, str], blindness: str, one: Ink, other: Ink
) -> None:
    assert math.dist(seen(inks[one], blindness), seen(inks[other], blindness)) > 0.15


def test_light_and_dark_have_every_ink() -> None:
    assert list(LIGHT) == list(DARK) == list(INKS)


def outline(shapes: list[Shape]) -> list[object]:
    """What a sign looks like to somebody who sees no colour."""
    return [
        (type(shape), shape.radius > shape.width * 0.4 if isinstance(shape, Box) else len(shape.points))
        for shape in shapes
        if isinstance(shape, Box | Line | Area)
    ]


def test_every_sign_has_an_outline_of_its_own() -> None:
    outlines = [outline(sign(kind, 0, 0, 40, "ink")) for kind in ("tick", "cross", "warning", "down", "dash")]
    assert all(one != other for place, one in enumerate(outlines) for other in outlines[:place])


@pytest.mark.parametrize(
    "state", ["on pace", "at risk", "behind", "met", "met late", "missed", "waived", "met, provisional"]
)
def test_a_state_is_written_out_beside_its_sign(state: str) -> None:
    chart = Chart("", "", bars=(BarPanel("Reports", 1, 0, 0, state),))
    said = [shape.text for shape in lay_out(chart).shapes if isinstance(shape, Words)]
    assert state.capitalize() in said


def edges(state: str) -> list[tuple[Ink | None, tuple[float, float] | None]]:
    shapes = lay_out(Chart("", "", bars=(BarPanel("Reports", 1, 0, 0, state),))).shapes
    return [(shape.edge, shape.dash) for shape in shapes if isinstance(shape, Box) and shape.fill and shape.edge]


def test_only_what_is_provisional_is_edged_with_dashes() -> None:
    ((edge, dash),) = edges("met, provisional")
    assert edge == "good"
    assert dash
    assert edges("met") == []


def test_nothing_provisional_looks_like_a_miss() -> None:
    inks = {
        edge
        for state in ("missed, provisional", "provisional missed", "short, provisional")
        for edge, _ in edges(state)
    }
    assert inks == {"warning"}


def test_kept_missed_and_to_come_are_counted_in_words() -> None:
    chart = october(MIDMONTH, BarPanel("Reports", 2, 1, 5, "at risk"))
    said = [shape.text for shape in lay_out(chart).shapes if isinstance(shape, Words)]
    assert {"2 kept", "1 missed", "5 to come"} <= set(said)
