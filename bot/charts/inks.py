"""The colours, by what they stand for, once for light paper and once for dark.

Blue, bluish green, orange and vermilion are those of Okabe and Ito's palette ("Color Universal
Design", 2008), which people with any common colour blindness can tell apart; the dark column
holds them lighter. No meaning hangs on a colour alone: beside each stands a shape and a word.
Text keeps a contrast of 4.5 to its paper, lines and fills one of 3 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from typing import Literal, get_args

Ink = Literal[
    "paper",
    "ink",
    "soft",
    "hair",
    "wash",
    "accepted",
    "stripe",
    "awaiting",
    "fan",
    "fan edge",
    "good",
    "good wash",
    "warning",
    "warning wash",
    "bad",
    "bad wash",
    "mark",
]

LIGHT: dict[Ink, str] = {
    "paper": "#ffffff",
    "ink": "#161b22",
    "soft": "#57606b",
    "hair": "#d8dee5",
    "wash": "#f1f4f7",
    "accepted": "#0072b2",
    "stripe": "#0072b2",
    "awaiting": "#d9ecf8",
    "fan": "#e9eff5",
    "fan edge": "#6a7f95",
    "good": "#007f5c",
    "good wash": "#e0f4ec",
    "warning": "#b86e00",
    "warning wash": "#fdf0d8",
    "bad": "#c44a00",
    "bad wash": "#fde9df",
    "mark": "#ffffff",
}
DARK: dict[Ink, str] = {
    "paper": "#12171d",
    "ink": "#edf1f5",
    "soft": "#a4afbb",
    "hair": "#303943",
    "wash": "#1e252d",
    "accepted": "#56b4e9",
    "stripe": "#56b4e9",
    "awaiting": "#1c3a50",
    "fan": "#232d38",
    "fan edge": "#8496a9",
    "good": "#2fc197",
    "good wash": "#113529",
    "warning": "#e69f00",
    "warning wash": "#3b2c0c",
    "bad": "#f3793a",
    "bad wash": "#42220f",
    "mark": "#12171d",
}
INKS: tuple[Ink, ...] = get_args(Ink)
