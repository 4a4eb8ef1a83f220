"""A card, drawn in Slack's blocks.

Always within Slack's limits: what does not fit is cut with "+12 more", a button that shows the
rest. Nothing in a card is taken as markup (`spans`, `pieces`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.chat.card import Button, Card, Chart, File, Tone
from bot.chat.presses import Turn
from bot.chat.wire import card_to_wire
from bot.slack import limits
from bot.slack.pieces import Piece, pieces_of
from bot.slack.presses import SAY, TURN, Shelve, value_of, value_of_turn
from bot.slack.spans import Element, Users, characters, clean, escaped, nobody, text_element

Block = dict[str, Any]

AT_HAND = 10
"""Buttons that are always drawn; a card with more shows the others behind "+3 more"."""
_TITLE = 600
_SHAPES: Mapping[Tone, str] = {"good": "white_check_mark", "warning": "warning", "bad": "red_circle"}
_STYLES = {"primary": "primary", "danger": "danger"}


def _no_shelf(text: str) -> str:
    return f"0{len(text)}"


@dataclass(frozen=True, slots=True)
class Look:
    """For whom a card is drawn, and with what.

    `users` gives the Slack user id of a member; `reader` is the one member who will see it (""
    where several do), whose buttons alone are drawn; `pictures` are uploaded files by chart, `files` what
    was shown beside the card;
    `shelve` lays aside what a button cannot carry.
    """

    users: Users = nobody
    reader: str = ""
    pictures: Mapping[Chart, str] = field(default_factory=dict)
    files: frozenset[File] = frozenset()
    shelve: Shelve = _no_shelf


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message or a page of one: `text` for notifications and screen readers, `blocks`, and how much is left out."""

    text: str
    blocks: list[Block]
    left: int = 0


def draw(card: Card, look: Look, *, start: int = 0, most_blocks: int = limits.MESSAGE_BLOCKS, ref: str = "") -> Drawn:
    """Draw a card from piece `start` on, as much as fits. `ref` is shown where the title does not."""
    pieces = pieces_of(card, look.users, look.pictures, look.files)
    buttons = [button for button in card.buttons if not look.reader or not button.may or look.reader in button.may]
    kept, more = buttons[:AT_HAND], buttons[AT_HAND:]
    things: list[Piece | Button] = [*pieces, *more]
    rows = _rows(kept, look.shelve, start=0) if start == 0 else []
    ends = _reference(card, ref)
    room = limits.MESSAGE_TEXT - _size(rows) - _size(ends) - _TITLE - 200
    begins = [_title(card)] if start == 0 else []
    # One place for the button that shows the rest, one for the buttons of the rest.
    drawn, count = _packed(things[start:], look.shelve, room, most_blocks - len(begins) - len(rows) - len(ends) - 2)
    left = len(things) - start - count
    turns = [_turn(card, look.shelve, start + count, left)] if left else []
    told = [block for block in drawn if block["type"] != "actions"]
    rest = [block for block in drawn if block["type"] == "actions"]
    # In the card's own order: its words, the buttons at hand, the others; and "+3 more" where it breaks off.
    lower = [*rows, *rest, *turns] if rest else [*turns, *rows]
    return Drawn(_fallback(card), [*begins, *told, *lower, *ends], left)


def bare(card: Card, look: Look) -> Drawn:
    """The same card as plainly as can be, for when Slack refuses the blocks it was drawn in."""
    said = limits.fitted(clean(card.summary).strip() or clean(card.title).strip() or "Kept", limits.BLOCK_TEXT)
    # Slack refuses to put anything but rich text in the place of rich text, where this stands for an edit.
    plain = _rich([_section([text_element(said)])])
    buttons = [button for button in card.buttons if not look.reader or not button.may or look.reader in button.may]
    return Drawn(_fallback(card), [plain, *_rows(buttons[:5], look.shelve, start=0)])


def shelved(card: Card) -> str:
    """A card as the text that is laid aside for the button that shows its rest."""
    return json.dumps(card_to_wire(card), separators=(",", ":"), sort_keys=True)


def button_element(button: Button, shelve: Shelve, action: str) -> Block:
    """One button; `action` tells it from the others of its block."""
    label = limits.fitted(clean(button.label).strip() or clean(button.says).strip() or "…", limits.BUTTON_LABEL)
    element: Block = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "value": value_of(button, shelve),
    }
    style = _STYLES.get(button.style)
    return element | {"style": style} if style else element


def _packed(things: Sequence[Piece | Button], shelve: Shelve, room: int, most: int) -> tuple[list[Block], int]:
    """As many things as fit, drawn; and how many those are. The first always fits: no piece is larger than a page."""
    fitting: list[list[Piece | Button]] = []
    used = count = 0
    for thing in things:
        size = thing.size if isinstance(thing, Piece) else 2 * limits.BUTTON_LABEL + 4 * len(thing.says[:400])
        joins = bool(fitting) and _joins(fitting[-1], thing)
        if not joins and isinstance(thing, Piece):
            size += len(thing.head)
        if count and used + size > room:
            break
        if not joins and len(fitting) >= most:
            break
        if joins:
            fitting[-1].append(thing)
        else:
            fitting.append([thing])
        used += size
        count += 1
    return [_block(group, shelve, number) for number, group in enumerate(fitting)], count


def _joins(group: list[Piece | Button], thing: Piece | Button) -> bool:
    first = group[0]
    if isinstance(first, Button) or isinstance(thing, Button):
        return isinstance(first, Button) and isinstance(thing, Button) and len(group) < limits.ELEMENTS
    if first.kind != thing.kind or thing.kind in {"line", "note", "picture"}:
        return False
    if thing.kind != "fact" and first.belongs != thing.belongs:
        return False
    sizes = sum(piece.size for piece in group if isinstance(piece, Piece))
    return sizes + thing.size + len(first.head) <= limits.BLOCK_TEXT


def _block(group: list[Piece | Button], shelve: Shelve, number: int) -> Block:
    pieces = [thing for thing in group if isinstance(thing, Piece)]
    if not pieces:
        buttons = [thing for thing in group if isinstance(thing, Button)]
        return _row(buttons, shelve, f"more-{number}")
    first = pieces[0]
    if first.block is not None:
        return dict(first.block)
    match first.kind:
        case "row":
            lines = ([first.head] if first.head else []) + [str(piece.parts[0]["text"]) for piece in pieces]
            said = text_element("\n".join(lines))
            return _rich([{"type": "rich_text_preformatted", "elements": [said]}])
        case "item":
            items = [_section(piece.parts) for piece in pieces]
            return _rich([{"type": "rich_text_list", "style": "bullet", "elements": items}])
        case _:
            run: list[Element] = []
            for piece in pieces:
                run += [text_element("\n")] if run else []
                run += piece.parts
            return _rich([_section(run)])


def _rich(inner: list[Block]) -> Block:
    return {"type": "rich_text", "elements": inner}


def _section(parts: Sequence[Element]) -> Block:
    return {"type": "rich_text_section", "elements": list(parts)}


def _title(card: Card) -> Block:
    said = limits.fitted(clean(card.title).strip() or clean(card.summary).strip() or "Kept", _TITLE)
    shape = _SHAPES.get(card.tone)
    parts: list[Element] = [{"type": "emoji", "name": shape}, text_element(" ")] if shape else []
    return _rich([_section([*parts, text_element(said, bold=True)])])


def _reference(card: Card, ref: str) -> list[Block]:
    said = limits.fitted(clean(ref).strip(), 100)
    if not said or said in card.title:
        return []
    return [{"type": "context", "elements": [{"type": "plain_text", "text": f"ref {said}", "emoji": False}]}]


def _rows(buttons: Sequence[Button], shelve: Shelve, *, start: int) -> list[Block]:
    return [_row(buttons, shelve, f"buttons-{start}")] if buttons else []


def _row(buttons: Sequence[Button], shelve: Shelve, block_id: str) -> Block:
    drawn = [button_element(button, shelve, f"{SAY}-{number}") for number, button in enumerate(buttons)]
    return {"type": "actions", "block_id": block_id, "elements": drawn}


def _turn(card: Card, shelve: Shelve, start: int, left: int) -> Block:
    element = {
        "type": "button",
        "action_id": TURN,
        "text": {"type": "plain_text", "text": f"+{left} more", "emoji": False},
        "value": value_of_turn(Turn(shelve(shelved(card)), start)),
    }
    return {"type": "actions", "block_id": "turns", "elements": [element]}


def _fallback(card: Card) -> str:
    return _fitted_escaped(clean(card.summary).strip() or clean(card.title).strip() or "Kept")


def _fitted_escaped(text: str) -> str:
    """Cut before escaping, so that no `&amp;` is cut in two."""
    most = limits.FALLBACK_TEXT
    said = escaped(text)
    while len(said) > limits.FALLBACK_TEXT:
        most = most * limits.FALLBACK_TEXT // len(said) - 1
        said = escaped(limits.fitted(text, most))
    return said


def _size(blocks: Sequence[Block]) -> int:
    return sum(characters(block) for block in blocks)
