"""A card as JSON, block by block, with its buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.chat.card import Block, Button, Card, Chart, Fact, File, Note, Table, Text
from bot.chat.wire.charts import chart_in, chart_out
from bot.chat.wire.values import Wire, expect, spans_in, spans_out, unreadable


def card_to_wire(card: Card) -> Wire:
    """A card as JSON. Moments are written in UTC; a naive one is a ValueError."""
    return {
        "is": "card/1",
        "title": card.title,
        "summary": card.summary,
        "blocks": [_BLOCKS_OUT[type(block)](block) for block in card.blocks],
        "buttons": [_button_out(button) for button in card.buttons],
        "tone": card.tone,
        "ref": card.ref,
    }


def card_from_wire(wire: Wire) -> Card:
    """The card that `card_to_wire` wrote. Raises Unreadable."""
    expect("card/1", wire)
    return Card(
        wire["title"],
        wire["summary"],
        tuple([_block_in(block) for block in wire["blocks"]]),
        tuple([_button_in(button) for button in wire["buttons"]]),
        wire["tone"],
        wire["ref"],
    )


def _button_out(button: Button) -> Wire:
    return {
        "is": "button/1",
        "label": button.label,
        "says": button.says,
        "style": button.style,
        "version": button.version,
        "may": list(button.may),
    }


def _button_in(wire: Wire) -> Button:
    expect("button/1", wire)
    return Button(wire["label"], wire["says"], wire["style"], wire["version"], tuple(wire["may"]))


def _block_in(wire: Wire) -> Block:
    read = _BLOCKS_IN.get(wire.get("is", ""))
    if read is None:
        raise unreadable(wire)
    return read(wire)


def _text_out(block: Text) -> Wire:
    return {"is": "text/1", "spans": spans_out(block.spans)}


def _note_out(block: Note) -> Wire:
    return {"is": "note/1", "spans": spans_out(block.spans)}


def _fact_out(block: Fact) -> Wire:
    return {"is": "fact/1", "label": block.label, "value": spans_out(block.value)}


def _table_out(block: Table) -> Wire:
    return {
        "is": "table/1",
        "columns": list(block.columns),
        "rows": [[spans_out(cell) for cell in row] for row in block.rows],
        "caption": block.caption,
        "numeric": list(block.numeric),
    }


def _table_in(wire: Wire) -> Table:
    return Table(
        columns=tuple(wire["columns"]),
        rows=tuple(tuple(spans_in(cell) for cell in row) for row in wire["rows"]),
        caption=wire["caption"],
        numeric=tuple(wire["numeric"]),
    )


def _file_out(block: File) -> Wire:
    return {"is": "file/1", "name": block.name, "kind": block.kind, "holds": list(block.holds), "alt": block.alt}


_BLOCKS_OUT: dict[type[Block], Callable[[Any], Wire]] = {
    Text: _text_out,
    Note: _note_out,
    Fact: _fact_out,
    Table: _table_out,
    Chart: chart_out,
    File: _file_out,
}
_BLOCKS_IN: dict[str, Callable[[Wire], Block]] = {
    "text/1": lambda wire: Text(spans_in(wire["spans"])),
    "note/1": lambda wire: Note(spans_in(wire["spans"])),
    "fact/1": lambda wire: Fact(wire["label"], spans_in(wire["value"])),
    "table/1": _table_in,
    "chart/1": chart_in,
    "file/1": lambda wire: File(wire["name"], wire["kind"], tuple(wire["holds"]), wire["alt"]),
}
