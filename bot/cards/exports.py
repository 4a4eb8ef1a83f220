"""An export: what a month of an agreement holds, with the files to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.chat.card import Card, File, Note
from bot.chat.plain import MONTHS
from slacore.agreements import Terms


@dataclass(frozen=True, slots=True)
class Exported:
    """A month of an agreement, as files that are made when they are taken."""

    terms: Terms
    first_on: date
    files: tuple[File, ...]


def exported(found: Exported) -> Card:
    """The files, for whoever asked for them."""
    title = f"Export · {found.terms.name} · {MONTHS[found.first_on.month - 1]} {found.first_on.year}"
    said = "Everything both sides logged, as it stands when you open it. Moments are on the agreement’s clock."
    return Card(title, f"{title}. {said}", (*found.files, Note((said,))))


def on_its_way(what: str = "The export") -> Card:
    """The answer to whoever asks for files where others are."""
    said = f"{what} comes to you in your direct messages with me."
    return Card(said, said)
