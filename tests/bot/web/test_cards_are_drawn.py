"""A card becomes HTML for one reader, and whatever it says stays words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given

from bot.chat.card import Button, Card, Chart, Fact, Mention, Moment, Note, Strong, Table, Text
from bot.web import render
from tests.bot.chat import cards as made
from tests.bot.web.markup import elements, only_our_own_markup, parsed, text
from tests.bot.web.memory import NEW_YORK, drawn
from tests.examples import examples

NOW = datetime(2026, 10, 16, 18, 0, tzinfo=UTC)
AMY = render.Reader("amy", NEW_YORK, NOW)
JOAN = render.Reader("joan", "Europe/Zurich", NOW)
PRESSING = render.Pressing("/rehearsal/amy/smarketing/press", "token", lambda: "delivery-1")


@given(made.cards)
@example(Card("t", "s", (Text(made.HOSTILE), Table(made.HOSTILE, ((made.HOSTILE,),), made.HOSTILE[0]))))
@examples(60)
def test_whatever_a_card_says_it_stays_inside_our_own_markup(card: Card) -> None:
    fragment = render.blocks(card, AMY, drawn) + render.buttons(card, AMY, PRESSING, message="7")
    only_our_own_markup(fragment)


@given(made.words)
def test_user_text_arrives_as_the_characters_it_was(words: str) -> None:
    shown, printable = text(render.words(words)), render.plain(words)
    assert shown == printable.replace("\r\n", "\n").replace("\r", "\n")  # as every reader of HTML takes line ends


def test_markup_in_a_name_is_read_not_obeyed() -> None:
    fragment = render.spans(("<b>", Strong("<!channel>"), "&amp;"), AMY)
    assert text(fragment) == "<b><!channel>&amp;"
    assert "<b>" not in fragment


def test_text_that_turns_around_is_kept_from_turning_its_neighbours() -> None:
    fragment = render.spans(("25 leads ", "\u202eevil", " to sales"), AMY)
    assert [element.text for element in elements(fragment)] == ["\u202eevil"]
    assert parsed(fragment)[0].tag == "bdi"


def test_control_characters_and_half_characters_become_visible_marks() -> None:
    assert text(render.words("a\x00b\ud800c")) == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    ("shows", "in_new_york", "in_zurich"),
    [
        ("day and time", "Fri 16 Oct 17:00", "Fri 16 Oct 23:00"),
        ("day", "Fri 16 Oct", "Fri 16 Oct"),
        ("time", "17:00", "23:00"),
    ],
)
def test_a_moment_is_written_on_the_readers_own_wall(shows: str, in_new_york: str, in_zurich: str) -> None:
    due = Moment(datetime(2026, 10, 16, 21, 0, tzinfo=UTC), shows, NEW_YORK)  # type: ignore[arg-type]
    assert text(render.spans((due,), AMY)) == in_new_york
    assert text(render.spans((due,), JOAN)) == in_zurich
    assert parsed(render.spans((due,), JOAN))[0].attrib == {
        "datetime": "2026-10-16T21:00:00+00:00",
        "title": "Friday 16 October 2026, 23:00 (Europe/Zurich)",
    }


def test_a_moment_of_another_year_says_which() -> None:
    assert text(render.spans((Moment(datetime(2027, 1, 4, 14, 0, tzinfo=UTC)),), AMY)) == "Mon 4 Jan 2027 09:00"


def test_a_name_stands_out_where_it_calls_and_where_it_is_yours() -> None:
    fragment = render.spans((Mention("amy", "Amy", calls=True), Mention("josh", "Josh")), AMY)
    assert [element.attrib["class"] for element in elements(fragment)] == ["mention calls you", "mention"]


def test_facts_that_follow_one_another_share_one_list() -> None:
    card = Card("t", "s", (Fact("a", ("1",)), Fact("b", ("2",)), Note(("n",)), Fact("c", ("3",))))
    tags = [(child.tag, len(child)) for child in parsed(render.blocks(card, AMY, drawn))]
    assert tags == [("dl", 2), ("p", 0), ("dl", 1)]


def test_numbers_in_a_table_align_right_under_their_heading() -> None:
    table = Table(("Promise", "Actual"), ((("Leads",), ("91",)),), "October", (1,))
    fragment = render.blocks(Card("t", "s", (table,)), AMY, drawn)
    aligned = [(element.tag, element.text) for element in elements(fragment) if element.get("class") == "number"]
    assert aligned == [("th", "Actual"), ("td", "91")]
    assert [element.get("scope") for element in elements(fragment) if element.tag == "th"] == ["col", "col"]


def test_a_picture_is_drawn_in_place_and_has_words_for_who_cannot_see_it() -> None:
    chart = Chart("Leads", '91 of 100 "accepted" <so far>', ())
    figure = parsed(render.blocks(Card("t", "s", (chart,)), AMY, drawn))[0]
    assert figure[0].attrib == {
        "class": "picture",
        "role": "img",
        "aria-label": '91 of 100 "accepted" <so far>',
    }
    assert figure[0][0].tag == "svg"


class TestButtons:
    card = Card(
        "t",
        "s",
        buttons=(Button("Accept all 25", "accept H-41", "primary", 3, ("amy",)), Button("History", "history C-1")),
    )

    def test_a_button_carries_its_whole_command_its_version_and_its_message(self) -> None:
        form = parsed(render.buttons(self.card, AMY, PRESSING, message="7"))[0][0]
        assert form.attrib["action"] == "/rehearsal/amy/smarketing/press"
        assert {each.attrib["name"]: each.attrib["value"] for each in form.iter("input")} == {
            "token": "token",
            "delivery": "delivery-1",
            "says": "accept H-41",
            "version": "3",
            "message": "7",
        }

    def test_a_button_is_drawn_only_for_those_it_is_meant_for(self) -> None:
        shown = [element.text for element in elements(render.buttons(self.card, JOAN, PRESSING)) if element.text]
        assert shown == ["History"]

    def test_no_button_no_row(self) -> None:
        assert render.buttons(replace(self.card, buttons=self.card.buttons[:1]), JOAN, PRESSING) == ""
