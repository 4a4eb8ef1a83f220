"""What if: both calculators with sliders. Every move asks the one formula there is, on the server.

The page holds nothing of a company: all that it knows stands in its address, so it can be passed on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.cards import capacities
from bot.cards import plans as cards
from bot.chat.card import Card
from bot.chat.plain import text_of
from bot.web.guard import HEADERS
from slacore.money import Money
from slacore.planner import CapacityInputs, TargetInputs, plan_capacity, plan_target

PAGE = "/plan"
_HERE = Path(__file__).parent
_ASSETS = {"rehearsal.css": "text/css", "paper.css": "text/css", "whatif.js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Slider:
    """One figure that can be moved: its name in the address, its label, its bounds, step, and where it begins."""

    name: str
    label: str
    least: int
    most: int
    step: int
    value: int


TARGET = (
    Slider("quota", "Quota a month, in dollars", 1_000, 100_000, 500, 5_000),
    Slider("sale", "Average sale, in dollars", 10, 5_000, 10, 100),
    Slider("close", "Close rate, in per cent", 1, 100, 1, 50),
    Slider("share", "Share that marketing brings, in per cent", 1, 100, 1, 100),
)
CAPACITY = (
    Slider("reps", "Reps", 1, 50, 1, 4),
    Slider("hours", "Hours each works in the month", 10, 240, 5, 160),
    Slider("minutes", "Minutes a follow-up takes", 1, 120, 1, 10),
    Slider("attempts", "Follow-ups each lead is owed", 1, 12, 1, 6),
    Slider("prospecting", "Own prospecting, in per cent of their hours", 0, 90, 5, 0),
)


def whatif_routes() -> list[web.RouteDef]:
    """The page, and what it is drawn with."""
    page = _Page()
    return [web.get(PAGE, page.show), web.get(PAGE + "/asset/{name}", page.asset)]


class _Page:
    def __init__(self) -> None:
        self._assets = {name: (_HERE / "static" / name).read_bytes() for name in _ASSETS}
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, auto_reload=False
        )
        marks = {name: hashlib.sha256(body).hexdigest()[:12] for name, body in self._assets.items()}
        addresses = {name: f"{PAGE}/asset/{name}?v={mark}" for name, mark in marks.items()}
        self._templates.globals["styles"] = [address for name, address in addresses.items() if name.endswith(".css")]
        self._templates.globals["script"] = addresses["whatif.js"]

    async def asset(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self._assets:
            raise web.HTTPNotFound
        return web.Response(body=self._assets[name], content_type=_ASSETS[name])

    async def show(self, request: web.Request) -> web.Response:
        """The sliders where the address has them, and what they come to; with `part`, the answer alone."""
        sliders = {each.name: _at(each, request.query) for each in (*TARGET, *CAPACITY)}
        answers = [_lines(card) for card in answers_to({name: each.value for name, each in sliders.items()})]
        template = "whatif-answer.html" if "part" in request.query else "whatif.html"
        groups = [
            (name, [sliders[each.name] for each in some]) for name, some in (("Target", TARGET), ("Capacity", CAPACITY))
        ]
        text = self._templates.get_template(template).render(groups=groups, answers=answers)
        return web.Response(text=text, content_type="text/html", headers={**HEADERS, "Cache-Control": "no-store"})


def answers_to(values: Mapping[str, int]) -> tuple[Card, Card]:
    """The target that the figures come to, and whether its leads can be followed up."""
    target = plan_target(
        TargetInputs(
            Money.parse(f"${values['quota']}"),
            Money.parse(f"${values['sale']}"),
            Fraction(values["close"], 100),
            Fraction(values["share"], 100),
        )
    )
    capacity = plan_capacity(
        CapacityInputs(
            reps=values["reps"],
            hours=Fraction(values["hours"]),
            minutes=Fraction(values["minutes"]),
            leads=target.units,
            attempts=values["attempts"],
            prospecting_share=Fraction(values["prospecting"], 100),
        )
    )
    return cards.target_alone(target, "plan"), capacities.capacity(capacity, (), "plan capacity")


def _at(slider: Slider, query: Mapping[str, str]) -> Slider:
    """A slider where the address says, within its bounds; where it begins, if the address says nothing of use."""
    said = query.get(slider.name, "")
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        return slider
    if not slider.least <= int(said) <= slider.most:
        raise web.HTTPBadRequest(text=f"{slider.label} lies between {slider.least:,} and {slider.most:,}.")
    return replace(slider, value=int(said))


def _lines(card: Card) -> list[str]:
    return text_of(replace(card, buttons=()), "UTC").splitlines()
