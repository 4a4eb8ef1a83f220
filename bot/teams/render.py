"""A card, drawn as an Adaptive Card 1.5.

Always within Teams' limits: what does not fit is cut with "+12 more", a button that shows the
rest. Cards are plain dictionaries; Microsoft's own models cost sixteen times the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from bot.chat.card import Button, Card, Chart, File, Tone
from bot.chat.presses import Turn
from bot.chat.wire import card_to_wire
from bot.teams import limits, presses
from bot.teams.pieces import Piece, assembled, pieces_of
from bot.teams.presses import data_of, data_of_turn
from bot.teams.spans import Accounts, Element, Mentioned, clean, nobody, rich_text

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"

_COLOURS: Mapping[Tone, str] = {"good": "Good", "warning": "Warning", "bad": "Attention"}
_MARKS: Mapping[Tone, str] = {"good": "✔ ", "warning": "▲ ", "bad": "● "}
_STYLES = {"primary": "positive", "danger": "destructive"}
_SMALL = {"size": "Small", "isSubtle": True}
_EDGES = 5
"""Characters' room that a button takes beside its words."""
_TOO_OLD = "This app is too old to show this card; update it, or ask me in the browser."


def _no_shelf(text: str) -> str:
    return f"0{len(text)}"


@dataclass(frozen=True, slots=True)
class Look:
    """For whom a card is drawn, and with what.

    `accounts` gives a member's Teams account; `reader` is the one member who will see it (""
    where several do), whose buttons alone are drawn; `pictures` are addresses by chart; `shelve`
    lays aside what a button cannot carry and gives its key; `refresh` draws a shared card anew for
    whoever its buttons are meant for.
    """

    accounts: Accounts = nobody
    reader: str = ""
    pictures: Mapping[Chart, str] = field(default_factory=dict)
    shelve: Callable[[str], str] = _no_shelf
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as JSON, the sentence beside it for notifications, and how many pieces were left out."""

    card: Element
    summary: str
    left: int = 0


def draw(card: Card, look: Look, *, start: int = 0, ref: str = "") -> Drawn:
    """Draw a card from piece `start` on, as much as fits. `ref` is shown where the title does not."""
    meant = tuple(each for each in card.buttons if not look.reader or not each.may or look.reader in each.may)
    mentioned = Mentioned(look.accounts)
    pieces = [
        *pieces_of(card, mentioned, look.pictures),
        *(_spare(button, look, card.ref) for button in meant[limits.AT_HAND :]),
    ]
    pieces += [_file(block, look) for block in card.blocks if isinstance(block, File)]
    shelved = cache(lambda: look.shelve(json.dumps(card_to_wire(card), separators=(",", ":"))))
    page = _Page(card, look, ref, mentioned, tuple(pieces), meant[: limits.AT_HAND], shelved)
    drawn = page.drawn(start, len(pieces))
    if _size(drawn.card) <= limits.CARD_BYTES:
        return drawn
    least, most = start + 1, len(pieces)
    best = page.drawn(start, least)
    if _size(best.card) > limits.CARD_BYTES and look.refresh:
        return draw(card, replace(look, refresh=False), start=start, ref=ref)
    while most - least > 1:
        middle = (least + most) // 2
        drawn = page.drawn(start, middle)
        if _size(drawn.card) <= limits.CARD_BYTES:
            least, best = middle, drawn
        else:
            most = middle
    return best


@dataclass(frozen=True, slots=True)
class _Page:
    """A card in pieces, of which some are shown."""

    card: Card
    look: Look
    ref: str
    mentioned: Mentioned
    pieces: tuple[Piece, ...]
    buttons: tuple[Button, ...]
    shelved: Callable[[], str]
    """Lays the whole card aside, for who asks for the rest of it."""

    def drawn(self, start: int, end: int) -> Drawn:
        """The pieces from `start` to before `end`, and the buttons that stand under every page."""
        shown = self.pieces[start:end]
        left = max(0, len(self.pieces) - end)
        actions = [action(button, self.look.shelve, self.card.ref) for button in self.buttons]
        actions += [piece.body for piece in shown if piece.kind == "button"]
        if left:
            actions.append(_more(left, Turn(self.shelved(), end)))
        body = [*_title(self.card, self.ref), *assembled(each for each in shown if each.kind not in {"button", "file"})]
        files = [piece.body for piece in shown if piece.kind == "file"]
        body += [{"type": "ActionSet", "actions": row} for each in (actions, files) for row in _in_rows(each)]
        return Drawn(self._framed(body), summary_of(self.card), left)

    def _framed(self, body: list[Element]) -> Element:
        element: Element = {
            "type": "AdaptiveCard",
            "$schema": SCHEMA,
            "version": VERSION,
            "fallbackText": _TOO_OLD,
            "speak": summary_of(self.card),
            "body": body,
            "msteams": {"width": "Full"},
        }
        if self.mentioned.entities:
            said = json.dumps(body, ensure_ascii=False)
            called = [each for text, each in self.mentioned.entities.items() if text in said]
            element["msteams"] |= {"entities": called} if called else {}
        if self.look.refresh and (readers := _readers(self.card, self.look)):
            action = {"type": "Action.Execute", "verb": presses.REFRESH, "title": "Refresh"}
            element["refresh"] = {"action": action | {"data": {"kind": presses.REFRESH}}, "userIds": readers}
        return element


def attachment(card: Element) -> Element:
    """A card as the attachment of a message."""
    return {"contentType": CONTENT_TYPE, "content": card}


def summary_of(card: Card) -> str:
    """The sentence that stands for a card in a notification."""
    said = " ".join(clean(card.summary).split()) or " ".join(clean(card.title).split()) or "A message from Kept"
    return limits.fitted(said, limits.SUMMARY)


def _readers(card: Card, look: Look) -> list[str]:
    """Those for whom some button is, and who would see others' buttons too."""
    named = dict.fromkeys(member for button in card.buttons for member in button.may)
    accounts = (look.accounts(member) for member in named)
    return [account.id for account in accounts if account is not None][: limits.REFRESHED_FOR]


def _title(card: Card, ref: str) -> list[Element]:
    title = limits.fitted(" ".join(clean(card.title).split()), limits.TITLE)
    colour = {"color": _COLOURS[card.tone]} if card.tone in _COLOURS else {}
    inlines: list[Element] = []
    if mark := _MARKS.get(card.tone):
        inlines.append({"type": "TextRun", "text": mark, "size": "Medium", "weight": "Bolder", **colour})
    if title:
        inlines.append({"type": "TextRun", "text": title, "size": "Medium", "weight": "Bolder"})
    named = " ".join(clean(card.ref or ref).split())[:40]
    if named and named not in title and any(mark.isdigit() for mark in named):
        inlines.append({"type": "TextRun", "text": f"  {named}", **_SMALL})
    return [rich_text(inlines)] if inlines else []


def _in_rows(actions: Iterable[Element]) -> list[list[Element]]:
    """Buttons as rows that a narrow window shows without cutting their words."""
    rows: list[list[Element]] = []
    left = 0
    for each in actions:
        takes = len(each["title"]) + _EDGES
        if not rows or takes > left or len(rows[-1]) == limits.ACTIONS:
            rows.append([])
            left = limits.ROW
        rows[-1].append(each)
        left -= takes
    return rows


def _spare(button: Button, look: Look, ref: str) -> Piece:
    return Piece("button", action(button, look.shelve, ref))


def _file(file: File, look: Look) -> Piece:
    """The button by which somebody takes a file that a card comes with."""
    label = limits.fitted(f"Save {' '.join(clean(file.name).split())}", limits.LABEL)
    kept = look.shelve(json.dumps(card_to_wire(Card("", "", (file,))), separators=(",", ":")))
    carried = {"kind": presses.TAKE, "kept": kept}
    submit = {"type": "Action.Submit", "title": label, "data": carried}
    execute = {"type": "Action.Execute", "title": label, "verb": presses.TAKE, "data": carried}
    return Piece("file", execute | {"fallback": submit})


def action(button: Button, shelve: Callable[[str], str], ref: str = "") -> Element:
    """A button: an object with the command and the version it was drawn for.

    One that says what its own card (`ref`) answers draws that card anew.
    """
    label = limits.fitted(" ".join(clean(button.label).split()), limits.LABEL) or "…"
    says = clean(button.says).strip()
    carried = data_of(button, says or "help", shelve) | ({"again": True} if says and says == ref else {})
    style = {"style": _STYLES[button.style]} if button.style in _STYLES else {}
    submit = {"type": "Action.Submit", "title": label, "data": carried, **style}
    if "msteams" in carried:
        return submit  # a dialog opens from Submit alone
    return {"type": "Action.Execute", "title": label, "verb": presses.SAY, "data": carried, **style} | {
        "fallback": submit
    }


def _more(left: int, turn: Turn) -> Element:
    carried = data_of_turn(turn)
    submit = {"type": "Action.Submit", "title": f"+{left:,} more", "data": carried}
    return {"type": "Action.Execute", "title": f"+{left:,} more", "verb": presses.TURN, "data": carried} | {
        "fallback": submit
    }


def _size(card: Element) -> int:
    return len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
