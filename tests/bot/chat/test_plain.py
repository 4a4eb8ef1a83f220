"""A card as plain text, for a terminal and for every other test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given

from bot.chat.card import Button, Card, Chart, Fact, Mention, Moment, Note, Strong, Table, Text
from bot.chat.plain import moment_of, text_of
from tests.bot.chat.cards import cards
from tests.examples import examples

AT = datetime(2026, 10, 16, 21, 0, tzinfo=UTC)


def test_everything_is_a_line_in_its_order() -> None:
    card = Card(
        title="A title",
        summary="not printed",
        blocks=(
            Text(("Said by ", Mention("amy", "Amy", calls=True), ": ", Strong("43 of 50"), " by ", Moment(AT), ".")),
            Fact("October", ("met",)),
            Chart("Leads", "43 of 50 leads."),
            Note(("Because.",)),
        ),
        buttons=(Button("Accept all 25", "accept H-41"), Button("Dispute…", "dispute H-41 …")),
    )
    assert text_of(card, "America/New_York") == (
        "A title\n"
        "Said by Amy: 43 of 50 by Fri 16 Oct 17:00.\n"
        "October: met\n"
        "(Leads: 43 of 50 leads.)\n"
        "Because.\n"
        "[Accept all 25] [Dispute…]"
    )


@pytest.mark.parametrize(
    ("zone", "said"),
    [("UTC", "Fri 16 Oct 21:00"), ("Asia/Kathmandu", "Sat 17 Oct 02:45"), ("America/New_York", "Fri 16 Oct 17:00")],
)
def test_a_moment_is_on_the_wall_of_the_zone(zone: str, said: str) -> None:
    assert moment_of(AT, zone) == said
    assert moment_of(AT, zone, "day") == said[:-6]
    assert moment_of(AT, zone, "time") == said[-5:]


def test_a_table_s_columns_line_up_and_numbers_stand_to_the_right() -> None:
    table = Table(
        ("Promise", "Due"), ((("Leads",), ("50",)), (("報告",), ("1,200",)), (("e\u0301t",),)), "October", (1,)
    )
    assert text_of(Card("T", "s", (table,)), "UTC") == (
        "T\nOctober\nPromise    Due\nLeads       50\n報告     1,200\ne\u0301t"
    )


def test_line_ends_in_text_stay_and_in_a_table_become_blanks() -> None:
    assert text_of(Card("T", "s", (Text(("a\nb",)),)), "UTC") == "T\na\nb"
    assert text_of(Card("T", "s", (Table(("X",), (((("a\nb"),),),)),)), "UTC") == "T\nX\na b"


def test_nothing_can_steer_the_terminal_or_turn_the_text_around() -> None:
    hostile = "\x1b[31mred\x07\x00\u202eevil\u2066\x9b1m"
    assert text_of(Card(hostile, "s", (Text((hostile,)),), (Button(hostile, "x"),)), "UTC") == (
        "[31mredevil1m\n[31mredevil1m\n[[31mredevil1m]"
    )


@examples(60)
@given(cards)
def test_any_card_can_be_printed(card: Card) -> None:
    text = text_of(card, "Australia/Lord_Howe")
    assert not any(mark in text for mark in "\x1b\x07\x00\x85\u202e\u2066")
    assert text.encode().decode() == text
