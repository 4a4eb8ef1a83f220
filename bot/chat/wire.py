"""Cards, forms and addresses as plain JSON values, and back without loss.

What is said is kept before it is sent: the outbox and the browser's message store hold a card as
JSON. A card may be read by a later version of the program than the one that wrote it, so every
kind carries a tag with its version (`text/1`). Changing what a kind holds means a new tag and a
reader for the old one beside it; nothing here reads meaning into a missing key.

Written out by hand, a kind at a time, because it runs in the transaction of every handoff.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from bot.chat.card import (
    BarPanel,
    Block,
    Button,
    Card,
    Chart,
    Fact,
    Field,
    File,
    Form,
    GoalPoint,
    LevelPanel,
    Mention,
    Moment,
    Note,
    Option,
    PastPanel,
    PastPoint,
    Span,
    Spans,
    Strong,
    Table,
    Text,
    VolumePanel,
)
from bot.chat.messenger import MessageRef
from bot.chat.talk import Place, Reply

Wire = dict[str, Any]
"""A JSON object: strings, whole numbers, booleans, null, lists and objects of the same."""


class Unreadable(ValueError):
    """A stored card is of a kind that this version of the program does not know.

    Happens when an older program reads what a newer one wrote. The message names the tag.
    """


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
    _expect("card/1", wire)
    return Card(
        wire["title"],
        wire["summary"],
        tuple([_block_in(block) for block in wire["blocks"]]),
        tuple([_button_in(button) for button in wire["buttons"]]),
        wire["tone"],
        wire["ref"],
    )


def form_to_wire(form: Form) -> Wire:
    """A form as JSON."""
    return {
        "is": "form/1",
        "title": form.title,
        "verb": form.verb,
        "fields": [_field_out(field) for field in form.fields],
        "submit": form.submit,
        "intro": _spans_out(form.intro),
        "settled": [list(pair) for pair in form.settled],
        "version": form.version,
    }


def form_from_wire(wire: Wire) -> Form:
    """The form that `form_to_wire` wrote. Raises Unreadable."""
    _expect("form/1", wire)
    return Form(
        title=wire["title"],
        verb=wire["verb"],
        fields=tuple(_field_in(field) for field in wire["fields"]),
        submit=wire["submit"],
        intro=_spans_in(wire["intro"]),
        settled=tuple((key, value) for key, value in wire["settled"]),
        version=wire["version"],
    )


def reply_to_wire(reply: Reply) -> Wire:
    """A private answer as JSON, so that the same request again gets the same answer."""
    return {
        "is": "reply/1",
        "card": None if reply.card is None else card_to_wire(reply.card),
        "form": None if reply.form is None else form_to_wire(reply.form),
        "errors": dict(reply.errors),
        "refused": reply.refused,
    }


def reply_from_wire(wire: Wire) -> Reply:
    """A private answer from JSON. Raises Unreadable."""
    _expect("reply/1", wire)
    return Reply(
        card=None if wire["card"] is None else card_from_wire(wire["card"]),
        form=None if wire["form"] is None else form_from_wire(wire["form"]),
        errors=wire["errors"],
        refused=wire["refused"],
    )


def place_to_wire(place: Place) -> Wire:
    """Where words appear, as JSON."""
    return {
        "is": "place/1",
        "workspace": place.workspace,
        "platform": place.platform,
        "kind": place.kind,
        "id": place.id,
        "name": place.name,
        "thread": place.thread,
    }


def place_from_wire(wire: Wire) -> Place:
    """The place that `place_to_wire` wrote. Raises Unreadable."""
    _expect("place/1", wire)
    return Place(wire["workspace"], wire["platform"], wire["kind"], wire["id"], wire["name"], wire["thread"])


def ref_to_wire(ref: MessageRef) -> Wire:
    """Where a message ended up, as JSON."""
    return {"is": "message/1", "place": place_to_wire(ref.place), "id": ref.id}


def ref_from_wire(wire: Wire) -> MessageRef:
    """The reference that `ref_to_wire` wrote. Raises Unreadable."""
    _expect("message/1", wire)
    return MessageRef(place_from_wire(wire["place"]), wire["id"])


def _expect(tag: str, wire: Wire) -> None:
    if wire.get("is") != tag:
        raise _unreadable(wire)


def _unreadable(wire: Wire) -> Unreadable:
    return Unreadable(f"kept as {wire.get('is')!r}, which this version does not know; run the version that wrote it")


def _moment_out(at: datetime) -> str:
    if at.tzinfo is not UTC:
        if at.tzinfo is None:
            msg = f"{at.isoformat()} names no zone, so it is no moment; give an aware datetime"
            raise ValueError(msg)
        at = at.astimezone(UTC)
    return at.isoformat()


_moment_in = datetime.fromisoformat


def _spans_out(spans: Spans) -> list[str | Wire]:
    return [span if type(span) is str else _span_out(span) for span in spans]


def _span_out(span: Span) -> str | Wire:
    if isinstance(span, str):
        return str(span)
    if isinstance(span, Strong):
        return {"is": "strong/1", "text": span.text}
    if isinstance(span, Moment):
        return {"is": "moment/1", "at": _moment_out(span.at), "shows": span.shows, "zone": span.zone}
    return {"is": "mention/1", "member": span.member, "name": span.name, "calls": span.calls}


def _spans_in(wire: list[str | Wire]) -> Spans:
    return tuple([span if type(span) is str else _span_in(span) for span in wire])  # type: ignore[arg-type]


def _span_in(wire: Wire) -> Span:
    tag = wire.get("is")
    if tag == "strong/1":
        return Strong(wire["text"])
    if tag == "moment/1":
        return Moment(_moment_in(wire["at"]), wire["shows"], wire["zone"])
    if tag == "mention/1":
        return Mention(wire["member"], wire["name"], wire["calls"])
    raise _unreadable(wire)


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
    _expect("button/1", wire)
    return Button(wire["label"], wire["says"], wire["style"], wire["version"], tuple(wire["may"]))


def _field_out(field: Field) -> Wire:
    return {
        "is": "field/1",
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "value": field.value,
        "hint": field.hint,
        "required": field.required,
        "options": [[option.label, option.value] for option in field.options],
        "error": field.error,
        **({"endings": list(field.endings)} if field.endings else {}),
    }


def _field_in(wire: Wire) -> Field:
    _expect("field/1", wire)
    return Field(
        name=wire["name"],
        label=wire["label"],
        kind=wire["kind"],
        value=wire["value"],
        hint=wire["hint"],
        required=wire["required"],
        options=tuple(Option(label, value) for label, value in wire["options"]),
        error=wire["error"],
        endings=tuple(wire.get("endings", ())),
    )


def _text_out(block: Text) -> Wire:
    return {"is": "text/1", "spans": _spans_out(block.spans)}


def _note_out(block: Note) -> Wire:
    return {"is": "note/1", "spans": _spans_out(block.spans)}


def _fact_out(block: Fact) -> Wire:
    return {"is": "fact/1", "label": block.label, "value": _spans_out(block.value)}


def _table_out(block: Table) -> Wire:
    return {
        "is": "table/1",
        "columns": list(block.columns),
        "rows": [[_spans_out(cell) for cell in row] for row in block.rows],
        "caption": block.caption,
        "numeric": list(block.numeric),
    }


def _chart_out(block: Chart) -> Wire:
    return {
        "is": "chart/1",
        "title": block.title,
        "alt": block.alt,
        "volumes": [_volume_out(panel) for panel in block.volumes],
        "bars": [_bar_out(panel) for panel in block.bars],
        "levels": [asdict(panel) for panel in block.levels],
        "pasts": [asdict(panel) for panel in block.pasts],
    }


def _volume_out(panel: VolumePanel) -> Wire:
    return {
        "is": "volume/1",
        "title": panel.title,
        "unit": panel.unit,
        "zone": panel.zone,
        "starts_at": _moment_out(panel.starts_at),
        "ends_at": _moment_out(panel.ends_at),
        "due_at": _moment_out(panel.due_at),
        "now": _moment_out(panel.now),
        "target": panel.target,
        "accepted": [[day.isoformat(), quantity] for day, quantity in panel.accepted],
        "counted": [[day.isoformat(), quantity] for day, quantity in panel.counted],
        "goal": [[_moment_out(point.at), point.quantity] for point in panel.goal],
        "projected": None if panel.projected is None else list(panel.projected),
        "state": panel.state,
        **({"carried": panel.carried} if panel.carried else {}),
    }


def _bar_out(panel: BarPanel) -> Wire:
    return {
        "is": "bar/1",
        "title": panel.title,
        "kept": panel.kept,
        "missed": panel.missed,
        "to_come": panel.to_come,
        "state": panel.state,
    }


def _file_out(block: File) -> Wire:
    return {"is": "file/1", "name": block.name, "kind": block.kind, "holds": list(block.holds), "alt": block.alt}


_BLOCKS_OUT: dict[type[Block], Callable[[Any], Wire]] = {
    Text: _text_out,
    Note: _note_out,
    Fact: _fact_out,
    Table: _table_out,
    Chart: _chart_out,
    File: _file_out,
}


def _block_in(wire: Wire) -> Block:
    read = _BLOCKS_IN.get(wire.get("is", ""))
    if read is None:
        raise _unreadable(wire)
    return read(wire)


def _table_in(wire: Wire) -> Table:
    return Table(
        columns=tuple(wire["columns"]),
        rows=tuple(tuple(_spans_in(cell) for cell in row) for row in wire["rows"]),
        caption=wire["caption"],
        numeric=tuple(wire["numeric"]),
    )


def _chart_in(wire: Wire) -> Chart:
    return Chart(
        title=wire["title"],
        alt=wire["alt"],
        volumes=tuple(_volume_in(panel) for panel in wire["volumes"]),
        bars=tuple(_bar_in(panel) for panel in wire["bars"]),
        levels=tuple(LevelPanel(**panel) for panel in wire.get("levels", ())),
        pasts=tuple(
            PastPanel(panel["title"], tuple(PastPoint(**point) for point in panel["points"]))
            for panel in wire.get("pasts", ())
        ),
    )


def _days_in(wire: list[list[Any]]) -> tuple[tuple[date, int], ...]:
    return tuple((date.fromisoformat(day), quantity) for day, quantity in wire)


def _volume_in(wire: Wire) -> VolumePanel:
    _expect("volume/1", wire)
    projected = wire["projected"]
    return VolumePanel(
        title=wire["title"],
        unit=wire["unit"],
        zone=wire["zone"],
        starts_at=_moment_in(wire["starts_at"]),
        ends_at=_moment_in(wire["ends_at"]),
        due_at=_moment_in(wire["due_at"]),
        now=_moment_in(wire["now"]),
        target=wire["target"],
        accepted=_days_in(wire["accepted"]),
        counted=_days_in(wire["counted"]),
        goal=tuple(GoalPoint(_moment_in(at), quantity) for at, quantity in wire["goal"]),
        projected=None if projected is None else (projected[0], projected[1]),
        state=wire["state"],
        carried=wire.get("carried", 0),
    )


def _bar_in(wire: Wire) -> BarPanel:
    _expect("bar/1", wire)
    return BarPanel(wire["title"], wire["kept"], wire["missed"], wire["to_come"], wire["state"])


_BLOCKS_IN: dict[str, Callable[[Wire], Block]] = {
    "text/1": lambda wire: Text(_spans_in(wire["spans"])),
    "note/1": lambda wire: Note(_spans_in(wire["spans"])),
    "fact/1": lambda wire: Fact(wire["label"], _spans_in(wire["value"])),
    "table/1": _table_in,
    "chart/1": _chart_in,
    "file/1": lambda wire: File(wire["name"], wire["kind"], tuple(wire["holds"]), wire["alt"]),
}
