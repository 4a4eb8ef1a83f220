"""Figures and lengths of time, as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bot.commands.arguments import Figure, FigureArg, Length, LengthArg, Misread
from tests.bot.commands.company import WORDS


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("99.93", Figure(Fraction("99.93"))),
        ("99.93 %", Figure(Fraction("99.93"), unit="%")),
        ("99.93%", Figure(Fraction("99.93"), unit="%")),
        ("-1,250.5 USD", Figure(Fraction("-1250.5"), unit="USD")),
        ("12.5ms", Figure(Fraction("12.5"), unit="ms")),
        ("3 working hours", Figure(Fraction(3), unit="working hours")),
        ("45 of 50", Figure(Fraction(45), Fraction(50))),
        ("45/50", Figure(Fraction(45), Fraction(50))),
    ],
)
def test_a_figure_is_read_with_its_unit_and_said_so_that_it_reads_the_same(said: str, figure: Figure) -> None:
    assert FigureArg().parse(said, WORDS) == figure
    assert FigureArg().parse(FigureArg().say(figure, WORDS), WORDS) == figure


@pytest.mark.parametrize("said", ["many", "99.9.3", "1,00", "99.1234567", "none", "45 of many", "nan", "1e9", "٣"])
def test_what_is_no_figure_is_refused(said: str) -> None:
    with pytest.raises(Misread):
        FigureArg().parse(said, WORDS)


def test_only_a_correction_may_say_none() -> None:
    assert FigureArg(may_be_none=True).parse("none", WORDS) == Figure(None)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("30m", 30), ("90 minutes", 90), ("1h30m", 90), ("2 hours", 120), ("2h", 120), ("45min", 45), ("all", None),
     ("none", 0)],
)  # fmt: skip
def test_a_length_is_read_and_said_so_that_it_reads_the_same(said: str, minutes: int | None) -> None:
    assert LengthArg().parse(said, WORDS) == Length(minutes)
    assert LengthArg().parse(LengthArg().say(Length(minutes), WORDS), WORDS) == Length(minutes)


@pytest.mark.parametrize("said", ["30", "0m", "half an hour", "30 widgets", "-5m", "h", "3d"])
def test_what_is_no_length_is_refused(said: str) -> None:
    with pytest.raises(Misread):
        LengthArg().parse(said, WORDS)
