"""A sum as people write it: each figure with what it counts, the signs between them, and how the end was rounded."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bot.documents.scalars import write_share
from slacore.money import Money
from slacore.planner import Figure, Step, What

_BEHIND: dict[What, tuple[str, str]] = {
    "average sale": (" a sale", " a sale"),
    "share": (" from marketing", " from marketing"),
    "close rate": (" that close", " that close"),
    "customers": (" customer", " customers"),
    "reps": (" rep", " reps"),
    "reps needed": (" rep", " reps"),
    "leave": (" h leave", " h leave"),
    "prospecting": (" h prospecting", " h prospecting"),
    "deals": (" deal", " deals"),
    "hours a deal": (" h a deal", " h a deal"),
    "minutes": (" min", " min"),
    "minutes an hour": (" min", " min"),
    "follow-ups": (" follow-up", " follow-ups"),
    "attempts": (" follow-up", " follow-ups"),
    "leads": (" lead", " leads"),
    "all leads": (" lead", " leads"),
    "backlog": (" from before", " from before"),
    "follow-ups a lead": ("", ""),
    "units": ("", ""),
    "quota": ("", ""),
    "share left": (" left by prospecting", " left by prospecting"),
}
_HOURS = (" h", " h")
FINDS: dict[What, str] = {
    "customers": "Customers",
    "hours a rep": "Hours a rep has",
    "hours for deals": "Deals take",
    "hours left": "Hours for follow-ups",
    "follow-ups": "Time for",
    "all leads": "To follow up",
    "follow-ups a lead": "For each lead",
    "hours needed": "What is owed takes",
    "hours needed in all": "With the deals",
    "reps needed": "Reps that takes",
}
"""What a line of a sum finds."""


def says(step: Step) -> str:
    """One line: "50 customers ÷ 48 % that close ≈ 104.17, rounded up to 105"."""
    first, *rest = step.figures
    parts = [figure_in_words(first)]
    parts += [f"{sign} {figure_in_words(figure)}" for sign, figure in zip(step.signs, rest, strict=True)]
    value = step.result.value
    exact = isinstance(value, Money) or (value * 100).denominator == 1
    line = f"{' '.join(parts)} {'=' if exact else '≈'} {_result(step.result)}"
    if step.rounded is None or isinstance(value, Money) or step.rounded == value:
        return line
    whole = figure_in_words(Figure(step.result.what, Fraction(step.rounded)))
    return f"{line}, rounded {'up' if step.rounded > value else 'down'} to {whole}"


def figure_in_words(figure: Figure) -> str:
    """One figure with what it counts: "48 % that close", "104.17 leads"."""
    value = figure.value
    one, many = _BEHIND.get(figure.what, _HOURS)
    if isinstance(value, Money):
        return value.in_words() + many
    if figure.what in ("share", "close rate", "share left"):
        return write_share(value) + many
    return number(value) + (one if value == 1 else many)


def _result(figure: Figure) -> str:
    # "Customers: … = 50" says it once.
    plain = figure.what == "customers" and not isinstance(figure.value, Money)
    return figure_in_words(replace(figure, what="units") if plain else figure)


def number(value: Fraction) -> str:
    """Two places where it is not whole: "104.17"; a thousand with its comma."""
    if value.denominator == 1:
        return f"{value.numerator:,}".replace("-", "−")
    hundredths = (abs(value) * 200 + 1) // 2
    text = f"{'−' if value < 0 else ''}{hundredths // 100:,}.{hundredths % 100:02}"
    return text.removesuffix("0") if (value * 10).denominator == 1 else text
