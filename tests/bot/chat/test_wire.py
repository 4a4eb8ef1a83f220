"""What is said is kept as JSON before it is sent, and comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.chat import wire
from bot.chat.card import Card, Form, Moment, Text
from bot.chat.messenger import MessageRef
from bot.chat.talk import Place, Reply
from tests.bot.chat.cards import STARTS, cards, forms, places, receipt, words
from tests.examples import examples


def through_json(value: wire.Wire) -> wire.Wire:
    read: wire.Wire = json.loads(json.dumps(value))
    return read


@given(cards)
@examples(60)
def test_any_card_comes_back_from_json_as_it_went_in(card: Card) -> None:
    assert wire.card_from_wire(through_json(wire.card_to_wire(card))) == card


@given(forms)
@examples(60)
def test_any_form_comes_back_from_json_as_it_went_in(form: Form) -> None:
    assert wire.form_from_wire(through_json(wire.form_to_wire(form))) == form


@given(cards, forms, words)
@examples(40)
def test_any_answer_comes_back_from_json_as_it_went_in(card: Card, form: Form, word: str) -> None:
    for reply in (Reply(), Reply(card=card, refused=True), Reply(form=form, errors={word: word})):
        assert wire.reply_from_wire(through_json(wire.reply_to_wire(reply))) == reply


@given(places)
@examples(30)
def test_any_place_and_message_reference_comes_back_as_it_went_in(place: Place) -> None:
    ref = MessageRef(place, "1512085950.000216")
    assert wire.ref_from_wire(through_json(wire.ref_to_wire(ref))) == ref


def test_a_moment_in_another_zone_comes_back_as_the_same_instant_in_utc() -> None:
    local = STARTS.astimezone(ZoneInfo("Asia/Kathmandu"))
    card = Card("t", "s", (Text((Moment(local),)),))
    back = wire.card_from_wire(wire.card_to_wire(card)).blocks[0]
    assert back == Text((Moment(STARTS),))
    assert isinstance(back, Text)
    assert isinstance(back.spans[0], Moment)
    assert back.spans[0].at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused_rather_than_guessed() -> None:
    naive = datetime(2026, 10, 16, 9, 0)  # noqa: DTZ001  # the point of the test
    with pytest.raises(ValueError, match="names no zone"):
        wire.card_to_wire(Card("t", "s", (Text((Moment(naive),)),)))


@pytest.mark.parametrize("part", ["card", "block", "button", "span"])
def test_what_a_newer_version_wrote_is_named_rather_than_misread(part: str) -> None:
    kept = wire.card_to_wire(replace(receipt()))
    newer = {
        "card": kept,
        "block": kept["blocks"][0],
        "button": kept["buttons"][0],
        "span": kept["blocks"][0]["spans"][1],
    }[part]
    newer["is"] = "hologram/7"
    with pytest.raises(wire.Unreadable, match="hologram/7"):
        wire.card_from_wire(kept)
