"""What every kind of message is written in: moments, spans of text, places, and the tag that names a kind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.chat.card import Mention, Moment, Span, Spans, Strong
from bot.chat.messenger import MessageRef
from bot.chat.talk import Place

Wire = dict[str, Any]
"""A JSON object: strings, whole numbers, booleans, null, lists and objects of the same."""


class Unreadable(ValueError):
    """A stored card is of a kind that this version of the program does not know.

    Happens when an older program reads what a newer one wrote. The message names the tag.
    """


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
    expect("place/1", wire)
    return Place(wire["workspace"], wire["platform"], wire["kind"], wire["id"], wire["name"], wire["thread"])


def ref_to_wire(ref: MessageRef) -> Wire:
    """Where a message ended up, as JSON."""
    return {"is": "message/1", "place": place_to_wire(ref.place), "id": ref.id}


def ref_from_wire(wire: Wire) -> MessageRef:
    """The reference that `ref_to_wire` wrote. Raises Unreadable."""
    expect("message/1", wire)
    return MessageRef(place_from_wire(wire["place"]), wire["id"])


def expect(tag: str, wire: Wire) -> None:
    """Refuse (Unreadable) what is of another kind than its reader knows."""
    if wire.get("is") != tag:
        raise unreadable(wire)


def unreadable(wire: Wire) -> Unreadable:
    """What is said of a kind that this version does not know."""
    return Unreadable(f"kept as {wire.get('is')!r}, which this version does not know; run the version that wrote it")


def moment_out(at: datetime) -> str:
    """An instant in UTC; a naive one is a ValueError."""
    if at.tzinfo is not UTC:
        if at.tzinfo is None:
            msg = f"{at.isoformat()} names no zone, so it is no moment; give an aware datetime"
            raise ValueError(msg)
        at = at.astimezone(UTC)
    return at.isoformat()


moment_in = datetime.fromisoformat
"""The instant that `moment_out` wrote."""


def spans_out(spans: Spans) -> list[str | Wire]:
    """A line of text with what is marked in it."""
    return [span if type(span) is str else _span_out(span) for span in spans]


def spans_in(wire: list[str | Wire]) -> Spans:
    """The line that `spans_out` wrote."""
    return tuple([span if type(span) is str else _span_in(span) for span in wire])  # type: ignore[arg-type]


def _span_out(span: Span) -> str | Wire:
    if isinstance(span, str):
        return str(span)
    if isinstance(span, Strong):
        return {"is": "strong/1", "text": span.text}
    if isinstance(span, Moment):
        return {"is": "moment/1", "at": moment_out(span.at), "shows": span.shows, "zone": span.zone}
    return {"is": "mention/1", "member": span.member, "name": span.name, "calls": span.calls}


def _span_in(wire: Wire) -> Span:
    tag = wire.get("is")
    if tag == "strong/1":
        return Strong(wire["text"])
    if tag == "moment/1":
        return Moment(moment_in(wire["at"]), wire["shows"], wire["zone"])
    if tag == "mention/1":
        return Mention(wire["member"], wire["name"], wire["calls"])
    raise unreadable(wire)
