"""Whatever the house says, Slack takes it: within every limit, cut visibly, and never as markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Button, Card, Chart, Fact, Mention, Moment, Note, Strong, Table, Text
from bot.chat.presses import Say, Turn
from bot.slack.presses import read
from bot.slack.render import Look, bare, draw, shelved
from bot.slack.spans import clean
from tests.bot.chat.cards import blocks, buttons, cards, charts, words
from tests.examples import examples
from tests.slack.rules import message_problems

AT = datetime(2026, 10, 16, 21, 0, tzinfo=UTC)

long_words = st.one_of(
    words, st.builds(lambda text, most: ((text or "x") * most)[:most], words, st.sampled_from((90, 160, 3_100, 9_000)))
)
long_blocks = st.one_of(
    blocks,
    st.builds(Text, st.tuples(long_words)),
    st.builds(Note, st.tuples(long_words)),
    st.builds(Fact, long_words, st.tuples(long_words)),
    st.builds(
        lambda name, rows, wide: Table((name, "n"), tuple(((wide, ), (str(row),)) for row in range(rows))),
        words,
        st.sampled_from((0, 3, 120)),
        words,
    ),
)  # fmt: skip
large_cards = st.builds(
    lambda title, summary, inside, ends: Card(title, summary, tuple(inside), tuple(ends)),
    long_words,
    long_words,
    st.lists(long_blocks, max_size=4).map(lambda some: some * 16),
    st.lists(st.builds(Button, long_words, long_words), max_size=3).map(lambda some: some * 12),
)


class Shelf:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        key = f"key-{len(self.kept)}"
        self.kept[key] = text
        return key


def users(member: str) -> str:
    return {"amy": "U0AMY", "josh": "U0JOSH"}.get(member, "")


def texts(drawn: Any) -> list[str]:
    """Everything that Slack draws as it stands."""
    if isinstance(drawn, dict):
        here = [drawn["text"]] if isinstance(drawn.get("text"), str) else []
        return here + [text for value in drawn.values() for text in texts(value)]
    return [text for value in drawn for text in texts(value)] if isinstance(drawn, list) else []


def turn_of(drawn: list[dict[str, Any]]) -> Turn | None:
    for block in drawn:
        for element in block.get("elements", []):
            if element.get("action_id") == "turn":
                turn = read(element["value"])
                assert isinstance(turn, Turn)
                return turn
    return None


@given(st.one_of(cards, large_cards))
@examples(30)
def test_any_card_is_drawn_within_every_limit_of_slack(card: Card) -> None:
    drawn = draw(card, Look(users, shelve=Shelf()))
    assert message_problems(drawn.blocks, drawn.text) == []


@given(st.one_of(cards, large_cards))
@examples(40)
def test_any_card_can_be_said_again_more_plainly(card: Card) -> None:
    drawn = bare(card, Look(users, shelve=Shelf()))
    assert message_problems(drawn.blocks, drawn.text) == []


@given(large_cards)
@examples(15)
def test_what_is_cut_is_shown_page_by_page_until_nothing_is_left(card: Card) -> None:
    shelf = Shelf()
    look = Look(users, shelve=shelf)
    drawn, at, pages = draw(card, look), 0, 1
    while drawn.left:
        turn = turn_of(drawn.blocks)
        assert turn is not None
        assert shelf.kept[turn.kept] == shelved(card)
        assert turn.start > at
        at, before = turn.start, drawn.left
        drawn = draw(card, look, start=at, most_blocks=100)
        assert drawn.left < before
        assert message_problems(drawn.blocks) in ([], [f"{len(drawn.blocks)} blocks"])
        pages += 1
    assert turn_of(drawn.blocks) is None
    assert (pages > 1) == (draw(card, look).left > 0)


def test_a_table_of_three_hundred_rows_says_how_many_it_leaves_out() -> None:
    rows = tuple(((f"L-{number}",), (str(number),)) for number in range(300))
    card = Card("All leads", "300 leads", (Table(("lead", "calls"), rows, numeric=(1,)),) * 3)
    drawn = draw(card, Look())
    assert drawn.left > 100
    assert f"+{drawn.left} more" in texts(drawn.blocks)
    shown = sum(text.count("L-") for text in texts(drawn.blocks))
    assert shown + drawn.left == 900


def test_a_lead_named_like_a_command_to_slack_arrives_as_plain_characters() -> None:
    name = "<!channel> @everyone <https://evil.example|click> *bold* _it_ ~no~ `code` :smile: & &amp;"
    card = Card(f"L-1 · {name}", name, (Text((name, Strong(name))), Note((name,)), Fact(name, (name,))))
    drawn = draw(card, Look())
    assert drawn.text == (
        "&lt;!channel&gt; @everyone &lt;https://evil.example|click&gt; *bold* _it_ ~no~ `code` :smile: &amp; &amp;amp;"
    )
    assert "mrkdwn" not in str(drawn.blocks)
    rich, small = [[b for b in drawn.blocks if b["type"] == kind] for kind in ("rich_text", "context")]
    assert {element["type"] for block in rich for element in block["elements"][0]["elements"]} == {"text"}
    assert {element["type"] for block in small for element in block["elements"]} == {"plain_text"}
    assert sum(text.count(name) for text in texts(drawn.blocks)) == 6


@pytest.mark.parametrize("quote", ["> said he", "so\n> said he"])
def test_small_print_that_slack_would_read_as_markup_is_drawn_as_text(quote: str) -> None:
    small = draw(Card("t", "s", (Note((quote,)),)), Look()).blocks[1]
    assert small["elements"] == [{"type": "plain_text", "text": quote, "emoji": False}]
    with_a_moment = draw(Card("t", "s", (Note((quote, Moment(AT))),)), Look()).blocks[1]
    assert with_a_moment["type"] == "rich_text"


def test_strong_words_of_small_print_are_bold_where_slack_can_tell() -> None:
    note = Note(("say ", Strong("ack O-7"), ", or ", Strong("a"), "b", Strong(" c ")))
    assert draw(Card("t", "s", (note,)), Look()).blocks[1]["elements"][0]["text"] == "say *ack O-7*, or ab c "


def test_a_moment_is_drawn_on_the_readers_own_clock() -> None:
    card = Card("t", "s", (Text(("due ", Moment(AT, zone="America/New_York"))), Note((Moment(AT, "day"),))))
    date, note = draw(card, Look()).blocks[1:]
    element = date["elements"][0]["elements"][1]
    assert element["type"] == "date"
    assert element["timestamp"] == 1792184400
    assert element["format"].endswith("{date_short_pretty} {time}")
    assert element["fallback"] == "Fri 16 Oct 17:00"
    assert note["elements"][0]["text"] == "<!date^1792184400^{date_short_pretty}|Fri 16 Oct>"


def test_only_a_mention_that_calls_notifies_and_only_who_is_known() -> None:
    said = (Mention("amy", "Amy", calls=True), Mention("josh", "Josh"), Mention("eve", "<@U0EVE>", calls=True))
    card = Card("t", "s", (Text(said), Note(said)))
    line, note = draw(card, Look(users)).blocks[1:]
    assert [element.get("user_id", element.get("text")) for element in line["elements"][0]["elements"]] == [
        "U0AMY",
        "Josh",
        "<@U0EVE>",
    ]
    assert note["elements"][0]["text"] == "<@U0AMY>Josh&lt;@U0EVE&gt;"


def test_a_button_carries_its_command_and_version() -> None:
    drawn = draw(Card("t", "s", buttons=(Button("Accept all 25", "accept H-41", "primary", 3),)), Look())
    button = drawn.blocks[-1]["elements"][0]
    assert button["style"] == "primary"
    assert read(button["value"]) == Say("accept H-41", version=3)


def test_many_buttons_stand_in_the_cards_order_and_below_its_words() -> None:
    asks = tuple(Button(f"Ask {number}", f"help {number}") for number in range(14))
    *_, said, first, others = draw(Card("t", "s", (Text(("words",)),), asks), Look()).blocks
    assert said["type"] == "rich_text"
    assert [each["text"]["text"] for row in (first, others) for each in row["elements"]] == [ask.label for ask in asks]


def test_a_command_too_long_for_a_button_is_laid_aside() -> None:
    shelf = Shelf()
    says = "handoff 25 leads note " + "x" * 3_900
    drawn = draw(Card("t", "s", buttons=(Button("Log again", says),)), Look(shelve=shelf))
    said = read(drawn.blocks[-1]["elements"][0]["value"])
    assert isinstance(said, Say)
    assert shelf.kept[said.kept] == says


def test_who_reads_alone_sees_only_their_own_buttons() -> None:
    card = Card("t", "s", buttons=(Button("Accept", "accept H-1", may=("amy",)), Button("Help", "help")))
    labels = [element["text"]["text"] for element in draw(card, Look(reader="josh")).blocks[-1]["elements"]]
    assert labels == ["Help"]


def test_a_reference_is_visible_where_the_title_does_not_hold_it() -> None:
    assert "ref M-7" in texts(draw(Card("Digest", "s"), Look(), ref="M-7").blocks)
    assert "ref H-41" not in texts(draw(Card("H-41 · 25 leads", "s"), Look(), ref="H-41").blocks)


@given(charts)
@examples(30)
def test_a_chart_is_its_picture_with_words_or_the_words_alone(chart: Chart) -> None:
    card = Card("t", "s", (chart,))
    assert message_problems(draw(card, Look(pictures={chart: "F1"})).blocks) == []
    image = draw(card, Look(pictures={chart: "F1"})).blocks[1]
    assert image["slack_file"] == {"id": "F1"}
    assert all(block["type"] != "image" for block in draw(card, Look()).blocks)


def test_numbers_stand_under_one_another() -> None:
    card = Card("t", "s", (Table(("who", "n"), ((("Josh",), ("7",)), (("Amelia",), ("120",))), numeric=(1,)),))
    table = draw(card, Look()).blocks[1]["elements"][0]
    assert table["type"] == "rich_text_preformatted"
    assert table["elements"][0]["text"] == "who       n\nJosh      7\nAmelia  120"


def test_a_table_with_moments_becomes_a_list_so_that_each_reader_sees_their_own_time() -> None:
    card = Card("t", "s", (Table(("what", "due"), ((("O-7",), (Moment(AT),)),)),))
    heading, drawn = draw(card, Look()).blocks[1:]
    assert texts(heading) == ["what"]
    item = drawn["elements"][0]
    assert item["type"] == "rich_text_list"
    assert [part["type"] for part in item["elements"][0]["elements"]] == ["text", "text", "date"]


@given(
    st.one_of(st.text(max_size=60), st.sampled_from(('{"say":"x","version":true}', '{"turn":"k","start":-1}', "[]")))
)
def test_a_value_that_no_button_of_ours_carries_is_refused(value: str) -> None:
    try:
        press = read(value)
    except ValueError:
        return
    assert isinstance(press, Say | Turn)


@given(buttons)
@examples(40)
def test_any_button_comes_back_as_what_it_said(button: Button) -> None:
    shelf = Shelf()
    drawn = draw(Card("t", "s", buttons=(button,)), Look(shelve=shelf))
    value = drawn.blocks[-1]["elements"][0]["value"]
    try:
        press = read(value)
    except ValueError:
        assert not clean(button.says).strip()
        return
    assert isinstance(press, Say)
    assert press.version == button.version
