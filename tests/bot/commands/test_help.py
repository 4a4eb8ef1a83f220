"""Help, menus and the documentation are the table, told."""

from __future__ import annotations

import pytest

from bot.chat.card import Button, Fact, Strong, Table
from bot.commands.arguments import KeyArg, QuantityArg, TextArg
from bot.commands.chapters import Chapter, Contents
from bot.commands.command import Argument, Command, CommandTable, Sentence
from bot.commands.help import help_for, markdown, menu
from slacore.errors import Refusal
from tests.bot.commands.company import DISPUTE, HANDOFF, TABLE, answer, incomplete

CONTENTS = Contents(
    (
        Chapter("handoffs", "what is handed over", (HANDOFF, DISPUTE)),
        Chapter("rest", "everything else", tuple(one for one in TABLE if one not in (HANDOFF, DISPUTE))),
    )
)


def test_help_is_a_line_a_chapter_with_an_example_to_copy() -> None:
    card = help_for(CONTENTS)
    (shown,) = [block.rows for block in card.blocks if isinstance(block, Table)]

    assert len(shown) == 2
    assert shown[0] == ((Strong("handoff 25 qualified leads to sales"),), ("what is handed over · help handoffs",))
    assert all(command.verb in card.summary for command in TABLE)


def test_help_on_a_chapter_shows_each_of_its_commands_and_whom_it_is_for() -> None:
    card = help_for(CONTENTS, "Handoffs")
    (shown,) = [block.rows for block in card.blocks if isinstance(block, Table)]

    assert card.title == "Handoffs: what is handed over"
    assert shown[0] == (
        (Strong("handoff 25 qualified leads to sales"),),
        ("Log what your party handed over",),
        ("Members of the giving party",),
    )
    assert len(shown) == 2


def test_a_chapter_has_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="'handoffs' has the name of another"):
        Contents((Chapter("handoffs", "", (HANDOFF,)), Chapter("handoffs", "", (DISPUTE,))))
    with pytest.raises(ValueError, match="'handoff' has the name of another, or of a command"):
        Contents((Chapter("handoff", "", (HANDOFF,)),))


def test_help_on_a_command_tells_how_it_is_written_with_every_argument_and_example() -> None:
    card = help_for(CONTENTS, "accept")
    written = next(block.value for block in card.blocks if isinstance(block, Fact) and block.label == "Write")
    arguments = next(block for block in card.blocks if isinstance(block, Table) and block.columns[0] == "Argument")

    assert written == (Strong("accept key [quantity] [because reason]"),)
    assert [row[0][0] for row in arguments.rows] == ["key", "quantity", "because reason"]
    assert arguments.rows[0][1] == ("The key of a handoff, such as H-41",)
    assert [row[2][0] for row in arguments.rows] == ["yes", "no", "no"]
    assert card.buttons == (Button("Open the form…", "accept …"),)
    assert incomplete(card.buttons[0].says).command.verb == "accept"


def test_help_on_a_slip_is_answered_with_the_nearest() -> None:
    with pytest.raises(Refusal, match="did you mean accept") as refusal:
        help_for(CONTENTS, "acept")

    assert refusal.value.offers[0] == ("accept", "help accept")


def test_a_menu_has_room_for_ten_and_begins_with_what_needs_no_key() -> None:
    entries = [entry.title for entry in menu(TABLE)]

    assert entries == [
        "handoff",
        "status",
        "away",
        "quiet",
        "digest",
        "report",
        "incident start",
        "accept",
        "dispute",
        "help",
    ]
    assert [entry.title for entry in menu(TABLE, limit=2)] == ["handoff", "help"]
    assert all(len(entry.title) <= 32 and len(entry.description) <= 128 for entry in menu(TABLE))


def test_the_documents_page_has_every_command_its_usage_and_its_examples() -> None:
    page = markdown(CONTENTS)

    for command in TABLE:
        assert f"### {command.verb}\n" in page
        assert f"\n{command.usage}\n" in page
        assert all(example in page for example in command.examples)
    assert page.endswith("\n")
    assert "\n\n\n" not in page


def test_usage_says_a_keyword_once_where_it_is_the_arguments_name() -> None:
    assert HANDOFF.usage == ("handoff quantity unit [to receiver] [on …] [campaign …] [ref …] [note …] [from giver]")
    assert DISPUTE.usage == "dispute key because reason"


def row(*arguments: Argument, verb: str = "do", sentence: Sentence | None = None) -> Command:
    return Command(verb=verb, summary="Do", who="all", run=answer, arguments=arguments, sentence=sentence)


def test_a_row_that_could_not_be_read_back_is_no_row() -> None:
    with pytest.raises(ValueError, match="used twice"):
        row(Argument("a", TextArg(), after=("to",)), Argument("b", TextArg(), after=("To",)))
    with pytest.raises(ValueError, match="two arguments have one name"):
        row(Argument("a", TextArg()), Argument("a", TextArg(), after=("to",)))
    with pytest.raises(ValueError, match="runs to the end of the line comes before another"):
        row(Argument("a", TextArg()), Argument("b", KeyArg("H")))
    with pytest.raises(ValueError, match="two bare quantities"):
        row(Argument("a", QuantityArg()), Argument("b", QuantityArg()))
    with pytest.raises(ValueError, match="none of its arguments"):
        row(sentence=Sentence("giver", ("gave",)))


def test_a_verb_belongs_to_one_row_and_so_does_the_sentence() -> None:
    with pytest.raises(ValueError, match="belongs to two commands"):
        CommandTable((row(), row(verb="DO")))
    spoken = Argument("giver", TextArg())
    with pytest.raises(ValueError, match="both claim the sentence"):
        CommandTable(row(spoken, verb=verb, sentence=Sentence("giver", ("gave",))) for verb in ("one", "two"))


def test_arguments_are_given_by_name_and_type() -> None:
    known = incomplete("accept H-41 22 …").known

    assert known.one("quantity", int) == 22
    assert known.maybe("reason", str) is None
    with pytest.raises(TypeError, match="'quantity' is a int, not a str"):
        known.one("quantity", str)
    with pytest.raises(KeyError):
        known.one("reason", str)
