"""The real table: its examples mean what they say, its forms can be filled in, its help can be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.card import Table
from bot.commands.command import Asked, Command, Incomplete
from bot.commands.forms import form_for
from bot.commands.grammar import parse
from bot.commands.help import help_for, menu
from bot.commands.speech import say
from bot.commands.table import COMMANDS, CONTENTS
from bot.commands.vocabulary import Names, PersonName
from tests.bot.commands.company import AMY, JOSH, WORDS

WORDS_OF_THE_EXAMPLES = replace(WORDS, people=Names((JOSH, AMY, PersonName("m-nina", "Nina"))))
EVERY = [pytest.param(command, id=command.verb) for command in COMMANDS]


@pytest.mark.parametrize("command", EVERY)
def test_every_example_is_understood_as_the_command_that_it_stands_for(command: Command) -> None:
    assert command.examples

    for example in command.examples:
        understood = parse(example, COMMANDS, WORDS_OF_THE_EXAMPLES)
        assert isinstance(understood, Asked), example
        assert understood.command is command
        again = parse(say(command, understood.arguments, WORDS_OF_THE_EXAMPLES), COMMANDS, WORDS_OF_THE_EXAMPLES)
        assert again == understood


@pytest.mark.parametrize("command", EVERY)
def test_every_command_has_a_form_for_each_of_its_arguments(command: Command) -> None:
    opened = parse(f"{command.verb} …", COMMANDS, WORDS)

    assert isinstance(opened, Incomplete)
    assert [field.name for field in form_for(opened, WORDS).fields] == [one.name for one in command.arguments]


@pytest.mark.parametrize("command", EVERY)
def test_every_command_says_in_one_line_what_it_does_and_for_whom(command: Command) -> None:
    assert command.summary[0].isupper()
    assert not command.summary.endswith(".")
    assert command.who
    assert help_for(CONTENTS, command.verb).title.lower() == command.verb


def test_the_menu_has_ten_commands_and_help_is_one_of_them() -> None:
    assert len(menu(COMMANDS)) == 10
    assert "help" in {entry.title for entry in menu(COMMANDS)}


def test_help_fits_one_screen_and_every_word_it_names_can_be_asked() -> None:
    (shown,) = [block.rows for block in help_for(CONTENTS).blocks if isinstance(block, Table)]
    assert len(shown) <= 16
    for row in shown:
        (about,) = row[1]
        assert isinstance(about, str)
        assert help_for(CONTENTS, about.partition(" · help ")[2]).blocks
