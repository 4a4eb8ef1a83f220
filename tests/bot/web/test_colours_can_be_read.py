"""Every pair of ink and ground that the style sheet uses can be read, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.web

SHEET = (Path(bot.web.__file__).parent / "static" / "rehearsal.css").read_text()
TOKENS = {
    name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SHEET)
}
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "side", "card", "accent-wash")),
    *((ink, "card") for ink in ("warning", "bad", "good")),
    *((ink, "private-wash") for ink in ("ink", "soft", "private", "bad")),
    ("bad", "bad-wash"),
    ("on-accent", "accent"),
]
EDGES = [("edge", "paper"), ("edge", "card"), ("accent", "paper"), ("accent", "card"), ("private", "paper")]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_stand_out_from_their_ground(ink: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edges_of_what_can_be_used_stand_out(edge: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[edge][theme], TOKENS[ground][theme]) >= 3


def test_colours_are_chosen_in_one_place() -> None:
    rules = SHEET.partition("/* Buttons */")[2]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?!-)", re.sub(r"#[a-z-]+", "", rules))
