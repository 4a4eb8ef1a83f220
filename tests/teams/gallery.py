"""One card of each sort as Teams shows it: what the snapshots are made of.

`python -m tests.teams.gallery` writes the snapshots anew. Each file can be pasted into Microsoft's
card designer as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.cards.homes import home
from bot.chat.card import Chart, Field, Form, Option
from bot.teams.dialogs import form_card
from bot.teams.render import Look, draw
from bot.teams.spans import Account
from tests.company_x import TERMS, at
from tests.slack.gallery import cards, own_page

FOLDER = Path(__file__).parent / "snapshots"


class _Pictures(dict[Chart, str]):
    """Every chart has an address."""

    def __missing__(self, chart: Chart) -> str:
        return "https://kept.example.com/teams/pictures/company/0.png"

    def get(self, chart: Chart, default: Any = "") -> Any:
        return self[chart]


def accounts(member: str) -> Account | None:
    return Account(f"29:{member}", member.title())


def drawn() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every sort of card, by name."""
    look = Look(accounts=accounts, pictures=_Pictures(), refresh=True)
    for name, card in cards():
        yield name, draw(card, look, ref=card.ref).card
    yield "home", draw(home(own_page(), at(20, 9), TERMS.zone), Look(reader="amy")).card
    yield "form", form_card(form())


def form() -> Form:
    """A form with every kind of field, two of them wrong."""
    return Form(
        title="Log a handoff",
        verb="handoff",
        fields=(
            Field("quantity", "How many", "whole number", hint="A whole number", error="This is needed: how many."),
            Field("unit", "Of what", "choice", "leads", options=(Option("leads", "leads"), Option("calls", "calls"))),
            Field("to", "To", "choice", options=tuple(Option(f"Party {each}", f"p{each}") for each in range(9))),
            Field("on", "On", "date", "2026-10-16", required=False, hint="Today where left out"),
            Field("note", "Note", "long text", required=False),
        ),
        submit="Log it",
        intro=("What is logged counts from now.",),
        settled=(("from", "marketing"),),
        version=3,
    )  # fmt: skip


def written(card: dict[str, Any]) -> str:
    """A card as its file has it."""
    return json.dumps(card, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, card in drawn():
        (FOLDER / f"{name}.json").write_text(written(card))
