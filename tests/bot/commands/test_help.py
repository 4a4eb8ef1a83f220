"""Help, menus and the documentation are the table, told."""

from __future__ import annotations

import pytest

from bot.chat.card import Button, Fact, Strong, Table
from bot.commands.arguments import KeyArg, QuantityArg, TextArg
from bot.commands.command import Argument, Command, CommandTable, Sentence
from bot.commands.help import families, help_for, markdown, menu
from bot.commands.table import COMMANDS
from slacore.errors import Refusal
from tests.bot.commands.company import DISPUTE, HANDOFF, TABLE, answer, incomplete


def test_help_shows_every_command_once_under_those_it_is_for() -> None:
    card = help_for(TABLE)
    (shown,) = [block.rows for block in card.blocks if isinstance(block, Table)]
    groups = [row[0][0] for row in shown if row[1] == ("",)]

    assert groups == [
        "For members of the giving party:",
        "For the receiving party:",
        "For the owner:",
        "For everybody:",
        "For the reporter:",
    ]
    assert len(shown) - len(groups) == len(TABLE.commands)
    assert shown[:3] == (
        (("For members of the giving party:",), ("",)),
        ((Strong("handoff 25 qualified leads to sales"),), ("Log what your party handed over",)),
        (("For the receiving party:",), ("",)),
    )
    assert all(command.verb in card.summary for command in TABLE)


def test_help_on_a_command_tells_how_it_is_written_with_every_argument_and_example() -> None:
    card = help_for(TABLE, "accept")
    written = next(block.value for block in card.blocks if isinstance(block, Fact) and block.label == "Write")
    arguments = next(block for block in card.blocks if isinstance(block, Table) and block.columns[0] == "Argument")

    assert written == (Strong("accept key [quantity] [because reason]"),)
    assert [row[0][0] for row in arguments.rows] == ["key", "quantity", "because reason"]
    assert arguments.rows[0][1] == ("The key of a handoff, such as H-41",)
    assert [row[2][0] for row in arguments.rows] == ["yes", "no", "no"]
    assert card.buttons == (Button("Open the form…", "accept …"),)
    assert incomplete(card.buttons[0].says).command.verb == "accept"


def test_commands_of_one_family_share_a_line_and_are_shown_when_asked_for() -> None:
    (rows,) = [block.rows for block in help_for(COMMANDS).blocks if isinstance(block, Table)]
    shown = {row[0][0].text: row[1][0] for row in rows if isinstance(row[0][0], Strong)}
    assert shown["help incident"] == "start, ack, restored, end, started, exclude"
    assert not any(said.startswith("incident ") for said in shown)
    (asked,) = [block.rows for block in help_for(COMMANDS, "incident").blocks if isinstance(block, Table)]
    examples = [row[0][0].text for row in asked if isinstance(row[0][0], Strong)]
    assert len(examples) == 6
    assert all(said.startswith("incident ") for said in examples)


def test_every_command_of_the_product_is_named_by_help_or_by_its_family() -> None:
    (rows,) = [block.rows for block in help_for(COMMANDS).blocks if isinstance(block, Table)]
    alone = sum(isinstance(row[0][0], Strong) and not row[0][0].text.startswith("help ") for row in rows)
    kin = [command for commands in families(COMMANDS).values() for command in commands]
    assert alone + len(kin) == len(COMMANDS.commands)


def test_help_on_a_slip_is_answered_with_the_nearest() -> None:
    with pytest.raises(Refusal, match="did you mean accept") as refusal:
        help_for(TABLE, "acept")

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
    page = markdown(TABLE)

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
