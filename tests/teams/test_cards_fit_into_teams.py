"""Every card is a valid Adaptive Card 1.5 under 28 KB, and nothing in it is taken as markup."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from bot.chat.card import Button, Card, Chart, Fact, Field, Form, Mention, Moment, Note, Option, Strong, Table, Text
from bot.chat.presses import Forged, Say, Turn
from bot.chat.wire import card_from_wire
from bot.teams import presses
from bot.teams.dialogs import form_card
from bot.teams.render import Look, draw
from bot.teams.spans import Account, clean
from tests.bot.chat.cards import STARTS, cards, receipt
from tests.examples import examples
from tests.teams.reading import actions, elements, size, text, words
from tests.teams.schemas import assert_card

MOST = 28 * 1024
AMY = Account("29:amy", "Amy Chen")


def accounts(member: str) -> Account | None:
    return AMY if member == "amy" else Account(f"29:{clean(member)}", member) if member else None


class Shelf(dict[str, str]):
    def put(self, laid_aside: str) -> str:
        key = hashlib.sha256(laid_aside.encode("utf-8", "surrogatepass")).hexdigest()
        self[key] = laid_aside
        return key


@given(cards)
@examples(40)
def test_any_card_is_valid_by_microsofts_schema_and_small_enough(card: Card) -> None:
    shelf = Shelf()
    drawn = draw(card, Look(accounts=accounts, shelve=shelf.put, refresh=True), ref="H-41").card
    assert_card(drawn)
    assert size(drawn) <= MOST
    assert all(len(each["actions"]) <= 6 for each in elements(drawn) if each["type"] == "ActionSet")


@given(cards)
@examples(100)
def test_any_words_arrive_as_the_characters_they_are(card: Card) -> None:
    drawn = "".join(words(draw(card, Look()).card))
    shown = re.sub(r"\s", "", drawn)
    for block in card.blocks:
        if isinstance(block, Text | Note):
            for span in block.spans:
                said = span if isinstance(span, str) else span.text if isinstance(span, Strong) else ""
                assert re.sub(r"\s", "", clean(said)) in shown


@given(cards)
@examples(60)
def test_nothing_is_computed_in_a_card_but_moments(card: Card) -> None:
    for said in words(draw(card, Look(accounts=accounts)).card):
        assert not re.search(r"\{\{(?!(DATE|TIME)\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(, SHORT)?\)\}\})", said)


def test_a_receipt_says_its_title_facts_and_moments_and_offers_its_buttons() -> None:
    drawn = draw(receipt(), Look(accounts=accounts)).card
    read = text(drawn)
    assert "H-41 · Marketing → Sales · 25 qualified leads" in read
    assert "{{DATE(2026-10-16T14:02:00Z, SHORT)}}" in read
    assert "<at>Amy Chen</at>" in read
    assert [each["title"] for each in actions(drawn)] == ["Accept all 25", "Accept some…", "Dispute…"]
    assert drawn["speak"] == "H-41: marketing handed 25 qualified leads to sales."


def test_a_button_executes_with_a_command_a_version_and_the_same_as_a_fallback() -> None:
    button = Button("Accept all 25", "accept H-41", "primary", 7)
    (action,) = actions(draw(Card("t", "s", buttons=(button,)), Look()).card)
    data = {"kind": "say", "command": "accept H-41", "version": 7}
    assert action["type"] == "Action.Execute"
    assert action["verb"] == "say"
    assert action["data"] == data
    assert action["fallback"] == {
        "type": "Action.Submit", "title": "Accept all 25", "style": "positive", "data": data,
    }  # fmt: skip


def test_a_button_that_asks_for_a_form_opens_a_dialog() -> None:
    (action,) = actions(draw(Card("t", "s", buttons=(Button("Dispute…", "dispute H-41 …"),)), Look()).card)
    assert action["type"] == "Action.Submit"
    assert action["data"]["msteams"] == {"type": "task/fetch"}


def test_a_command_too_long_for_a_button_is_laid_aside_whole() -> None:
    shelf, says = Shelf(), "dispute H-41 because " + "é" * 900
    (action,) = actions(draw(Card("t", "s", buttons=(Button("Dispute", says),)), Look(shelve=shelf.put)).card)
    said = presses.read(action["data"])
    assert isinstance(said, Say)
    assert shelf[said.kept] == says


def test_only_a_mention_that_calls_somebody_we_know_notifies() -> None:
    spoken = Text(("By ", Mention("josh", "Josh"), ", for ", Mention("amy", "Amy", calls=True)))
    stranger = Text((Mention("", "Nobody", calls=True), " too"))
    drawn = draw(Card("t", "s", (spoken, stranger)), Look(accounts=accounts)).card
    (entity,) = drawn["msteams"]["entities"]
    assert entity == {
        "type": "mention", "text": "<at>Amy Chen</at>", "mentioned": {"id": "29:amy", "name": "Amy Chen"},
    }  # fmt: skip


def test_a_mention_written_into_a_name_calls_nobody() -> None:
    forged = Text(("<at>Amy Chen</at> & ", Mention("amy", "Amy", calls=True)))
    drawn = draw(Card("t", "s", (forged,)), Look(accounts=accounts)).card
    (block,) = [each for each in elements(drawn) if each["type"] == "TextBlock"]
    assert block["text"].count("<at>") == 1
    assert block["text"].startswith("&lt;at>Amy Chen")


def test_two_people_of_one_name_are_both_called() -> None:
    twins = {"a": Account("29:a", "Sam"), "b": Account("29:b", "Sam")}
    both = Text((Mention("a", "Sam", calls=True), Mention("b", "Sam", calls=True)))
    drawn = draw(Card("t", "s", (both,)), Look(accounts=twins.get)).card
    assert [each["mentioned"]["id"] for each in drawn["msteams"]["entities"]] == ["29:a", "29:b"]
    assert len({each["text"] for each in drawn["msteams"]["entities"]}) == 2


def test_a_markdown_name_beside_a_mention_stays_plain() -> None:
    sly = Text(("*bold* [x](javascript:y) # h ", Mention("amy", "Amy", calls=True)))
    drawn = draw(Card("t", "s", (sly,)), Look(accounts=accounts)).card
    assert "*bold* [x](javascript:y) # h " in text(drawn)
    (block,) = [each for each in elements(drawn) if each["type"] == "TextBlock"]
    assert not re.search(r"(?<!\\)[*\[\]]", block["text"])


@pytest.mark.parametrize("tail", ["a" * 40, "界" * 40, "👩🏽\u200d🚀" * 10, '"\\' * 40])
def test_a_card_too_large_is_told_page_by_page_without_losing_or_repeating_a_row(tail: str) -> None:
    rows = tuple(((f"row-{number:03} {tail}",), (Strong(f"{number}"),)) for number in range(400))
    card = Card("A long list", "s", (Table(("What", "n"), rows, numeric=(1,)),), (Button("Help", "help"),))
    shelf = Shelf()
    seen: list[str] = []
    start, pages = 0, 0
    while True:
        drawn = draw(card, Look(shelve=shelf.put), start=start)
        assert size(drawn.card) <= MOST
        seen += re.findall(r"row-\d{3}", text(drawn.card))
        pages += 1
        if not drawn.left:
            break
        turn = presses.read(actions(drawn.card)[-1]["data"])
        assert isinstance(turn, Turn)
        assert actions(drawn.card)[-1]["title"] == f"+{drawn.left} more"
        assert card_from_wire(json.loads(shelf[turn.kept])) == card
        start = turn.start
    assert pages > 1
    assert seen == [f"row-{number:03}" for number in range(400)]


def test_the_most_hostile_card_still_fits_and_every_button_can_be_reached() -> None:
    mad = "\u200d👩🏽" * 3000
    buttons = tuple(
        Button(mad, f"dispute H-{number} because {mad}", "danger", 1, (f"m{number}",)) for number in range(70)
    )
    wide = Table((mad,) * 20, (((mad,),) * 20,) * 3, mad, (0,))
    card = Card(mad, mad, (Text((mad,)), Fact(mad, (mad, Moment(STARTS))), wide), buttons, "bad", "H-41")
    start, labels = 0, 0
    for _ in range(200):
        drawn = draw(card, Look(accounts=accounts, refresh=True), start=start)
        if not start:
            assert_card(drawn.card)
        assert size(drawn.card) <= MOST
        labels += len(actions(drawn.card))
        if not drawn.left:
            break
        turn = presses.read(actions(drawn.card)[-1]["data"])
        assert isinstance(turn, Turn)
        assert turn.start > start
        start = turn.start
    assert not drawn.left
    assert labels >= 70


def test_a_card_for_one_reader_has_the_buttons_that_are_meant_for_that_reader() -> None:
    theirs, mine = Button("Accept", "accept H-1", may=("amy",)), Button("Undo", "undo H-1", may=("josh",))
    card = Card("t", "s", buttons=(theirs, mine, Button("Help", "help")))
    assert [each["title"] for each in actions(draw(card, Look(reader="josh")).card)] == ["Undo", "Help"]
    assert [each["title"] for each in actions(draw(card, Look()).card)] == ["Accept", "Undo", "Help"]


def test_a_shared_card_is_drawn_anew_for_at_most_sixty_people() -> None:
    many = tuple(f"m{number}" for number in range(90))
    card = Card("t", "s", buttons=(Button("Accept", "accept H-1", may=many),))
    drawn = draw(card, Look(accounts=accounts, refresh=True)).card
    assert_card(drawn)
    assert len(drawn["refresh"]["userIds"]) == 60
    assert "refresh" not in draw(card, Look(accounts=accounts)).card


def test_a_picture_stands_where_it_has_an_address_and_its_sentence_where_it_has_none() -> None:
    chart = Chart("Leads", "43 of 100 leads accepted.")
    with_picture = draw(Card("t", "s", (chart,)), Look(pictures={chart: "https://kept.example/p/1.png"})).card
    (image,) = [each for each in elements(with_picture) if each["type"] == "Image"]
    assert image["altText"] == "43 of 100 leads accepted."
    assert "43 of 100 leads accepted." in text(draw(Card("t", "s", (chart,)), Look()).card)


def test_a_column_is_wide_enough_for_its_longest_word() -> None:
    rows = ((("Customer",), ("Somebody who answers at night, and on Sundays too",), ("within 2 hours",)),)
    card = draw(Card("X-7", "X-7", (Table(("Side", "Needs", "How much"), rows),)), Look()).card
    table = next(each for each in elements(card) if each["type"] == "Table")
    side, needs, how_much = (column["width"] for column in table["columns"])
    phone = 268 / (side + needs + how_much)  # pixels of a unit on a phone, where a character takes seven
    assert side * phone >= len("Customer") * 7
    assert how_much * phone >= len("within") * 7
    assert needs > max(side, how_much)


def test_buttons_stand_in_rows_that_cut_none_of_their_words() -> None:
    labels = [f"Take what is listed under {number}" for number in range(4)] + ["Yes", "No", "Later"]
    card = draw(Card("L-3", "L-3", buttons=tuple(Button(each, "help") for each in labels)), Look()).card
    rows = [[each["title"] for each in one["actions"]] for one in card["body"] if one["type"] == "ActionSet"]
    assert rows == [labels[:1], labels[1:2], labels[2:3], labels[3:]]


def test_the_short_reference_is_shown_where_the_title_lacks_it() -> None:
    assert "  H-41" in words(draw(Card("Marked as done", "s", ref="H-41"), Look()).card)
    assert "  H-41" not in words(draw(replace(receipt(), ref="H-41"), Look()).card)


@pytest.mark.parametrize(
    "data",
    [
        None, "accept H-41", 7, [], {}, {"kind": "say"}, {"kind": "say", "command": ""}, {"kind": "say", "command": 7},
        {"kind": "say", "command": "x", "version": "1"}, {"kind": "say", "command": "x", "version": True},
        {"kind": "say", "command": "x" * 5000}, {"kind": "turn", "kept": 1, "start": 0},
        {"kind": "turn", "kept": "k", "start": -1}, {"kind": "turn", "kept": "k", "start": True},
        {"kind": "fill", "verb": "", "settled": {}, "command": ""},
        {"kind": "fill", "verb": "x", "settled": [], "command": ""},
        {"kind": "eval", "command": "x"}, {"kind": "say", "command": "x", "version": 2**70},
    ],
)  # fmt: skip
def test_data_that_no_button_of_ours_carries_is_known_as_forged(data: object) -> None:
    with pytest.raises(Forged):
        presses.read(data)


@pytest.mark.parametrize("options", [(), tuple(Option(str(n), str(n)) for n in range(9))])
@pytest.mark.parametrize("hint", ["Such as 4wh", "Only what both sides have said of it, one after another. " * 4])
def test_a_hint_is_read_whole_in_the_empty_input_or_below_it(hint: str, options: tuple[Option, ...]) -> None:
    hint = hint.strip()
    field = Field("within", "Within", "choice" if options else "text", hint=hint, options=options)
    (asked, *below) = form_card(Form("t", "v", (field,)), titled=False)["body"]
    assert hint in (asked.get("placeholder", ""), *words({"body": below}))


def test_a_choice_that_may_be_left_out_can_be_taken_back() -> None:
    options = (Option("Sales", "sales"), Option("Service", "service"))
    needed, optional = (Field("to", "To", "choice", required=each, options=options) for each in (True, False))
    shown = [form_card(Form("t", "v", (each,)))["body"][-1]["choices"] for each in (needed, optional)]
    assert [each["value"] for each in shown[0]] == ["sales", "service"]
    assert [each["value"] for each in shown[1]] == ["", "sales", "service"]
    assert presses.inputs({"field.to": ""}) == {}
