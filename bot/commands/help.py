"""What can be asked, told from the command table itself: cards, a platform's menu, and a page of the documents."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.card import Button, Card, Fact, Note, Spans, Strong, Table, Text
from bot.commands.arguments.keys import KeyArg
from bot.commands.command import Argument, Command, CommandTable
from bot.commands.grammar import OPENS_FORM
from bot.commands.words import fold, shown, upper_first
from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of a platform's own command menu."""

    title: str
    description: str


def help_card(table: CommandTable) -> Card:
    """Everything that can be asked, grouped by whom it is for, each with an example to copy.

    Commands of one family (`agreement show`, `agreement sign`, …) share a line at the end, so that the
    page stays one that people read; `help agreement` shows them.
    """
    kin = {command.verb for commands in families(table).values() for command in commands}
    alone = [(who, [each for each in commands if each.verb not in kin]) for who, commands in groups(table)]
    rows = [row for who, commands in alone if commands for row in _group(who, commands)]
    if kin:
        rows.append((("Say help and the word for more of these:",), ("",)))
    rows += [((Strong(f"help {word}"),), (_family(commands),)) for word, commands in families(table).items()]
    return Card(
        title="What you can ask",
        summary=f"You can ask: {', '.join(command.verb for command in table)}. Say help and a word for more.",
        blocks=(
            Text(("Write it in one line; whatever is missing, I ask for. A button does the same as its command.",)),
            Table(
                columns=("Say", "What it does"),
                rows=tuple(rows),
            ),
            Note(("Say ", Strong("help accept"), " for one command; end any command with … to get its form.")),
        ),
    )


def help_on_family(word: str, commands: list[Command]) -> Card:
    """The commands that begin with one word, each with an example to copy."""
    rows: tuple[tuple[Spans, ...], ...] = tuple(((Strong(example(one)),), (one.summary,)) for one in commands)
    return Card(
        title=upper_first(word),
        summary=f"{word}: {_family(commands)}",
        blocks=(
            Table(columns=("Say", "What it does"), rows=rows),
            Note(("Say ", Strong(f"help {commands[-1].verb}"), " for one of them with all that it takes.")),
        ),
    )


def help_on(command: Command) -> Card:
    """One command: how it is written, what each argument may be, and examples."""
    blocks: list[Text | Fact | Table | Note] = [
        Text((f"{command.summary}.",)),
        Fact("Write", (Strong(command.usage),)),
        Fact("For", (upper_first(command.who),)),
    ]
    if command.arguments:
        blocks.append(
            Table(
                columns=("Argument", "What to write", "Needed"),
                rows=tuple(
                    ((argument.written,), (_hint(argument),), ("yes" if argument.required else "no",))
                    for argument in command.arguments
                ),
            )
        )
    if command.examples:
        blocks.append(Table(columns=("Examples",), rows=tuple(((said,),) for said in command.examples)))
    if command.aliases:
        blocks.append(Note((f"You can also say {' or '.join(command.aliases)}.",)))
    return Card(
        title=upper_first(command.verb),
        summary=f"{command.verb}: {command.summary}. Write: {command.usage}",
        blocks=tuple(blocks),
        buttons=(Button("Open the form…", command.verb + OPENS_FORM),) if command.arguments else (),
    )


def help_for(table: CommandTable, said: str = "") -> Card:
    """The card for `help`, or for `help accept`. Raises Refusal for a word that is no command."""
    if not fold(said):
        return help_card(table)
    word = fold(said.removeprefix("/"))
    if (family := families(table).get(word)) is not None:
        return help_on_family(word, family)
    command = table.find(said.removeprefix("/"))
    if command is not None:
        return help_on(command)
    near = table.nearest(said)[:3]
    meant = f"; did you mean {' or '.join(one.verb for one in near)}?" if near else "."
    raise Refusal(
        f"There is no command {shown(said)}{meant}",
        "Say help to see everything that you can ask.",
        offers=(*((one.verb, f"help {one.verb}") for one in near), ("Help", "help")),
    )


def menu(table: CommandTable, limit: int = 10) -> tuple[MenuEntry, ...]:
    """The commands for a platform's menu, at most `limit`, help always among them.

    First come those that can be begun from nothing; a command that needs the key of something is
    pressed on the card of that thing. Titles fit 32 characters and descriptions 128.
    """
    rows = sorted(
        (command for command in table if command.verb != "help"),
        key=lambda command: any(one.required and isinstance(one.kind, KeyArg) for one in command.arguments),
    )
    last = [command for command in table if command.verb == "help"]
    chosen = (*rows[: max(0, limit - len(last))], *last)[:limit]
    return tuple(MenuEntry(command.verb[:32], _within(command.summary, 128)) for command in chosen)


def markdown(table: CommandTable) -> str:
    """The page that documents every command, made anew whenever the table changes."""
    lines = [_PREFACE.strip(), ""]
    for who, commands in groups(table):
        lines += [f"## For {who}", ""]
        for command in commands:
            lines += [f"### {command.verb}", "", f"{command.summary}.", "", "```", command.usage, "```", ""]
            if command.arguments:
                lines += ["| Argument | What to write | Needed |", "|---|---|---|"]
                lines += [
                    f"| {_cell(one.written)} | {_cell(_hint(one))} | {'yes' if one.required else 'no'} |"
                    for one in command.arguments
                ]
                lines.append("")
            if command.examples:
                lines += ["Examples:", "", "```", *command.examples, "```", ""]
            if command.aliases:
                lines += [f"Also: {', '.join(command.aliases)}.", ""]
    return "\n".join(lines).rstrip() + "\n"


_FAMILY = 3
"""From how many commands of one first word on they share a line of help."""
_PREFACE = """
# Commands

Made by `make docs` from the command table, which is the place to change it.

The same words work on every platform: in Slack behind `/sla`, in Teams behind the bot's name, in the browser as
they stand. A button is a command that somebody did not have to type. What is in brackets may be left out; whatever
else is missing, the bot asks for in a form. End a command with ` …` to get its form right away. Names with blanks
may stand in quotes, and have to where they contain a keyword.
"""


def groups(table: CommandTable) -> list[tuple[str, list[Command]]]:
    """The commands by whom they are for, both in the order of the table."""
    found: dict[str, list[Command]] = {}
    for command in table:
        found.setdefault(command.who, []).append(command)
    return list(found.items())


def families(table: CommandTable) -> dict[str, list[Command]]:
    """The commands that share their first word with two others or more, by that word."""
    found: dict[str, list[Command]] = {}
    for command in table:
        found.setdefault(command.verb.split()[0], []).append(command)
    return {word: commands for word, commands in found.items() if len(commands) >= _FAMILY}


def example(command: Command) -> str:
    """What to show of a command where there is room for one line: its first example."""
    return command.examples[0] if command.examples else command.usage


def _group(who: str, commands: list[Command]) -> list[tuple[Spans, ...]]:
    # One table for them all, so that its columns stand under one another.
    return [((f"For {who}:",), ("",)), *(((Strong(example(one)),), (one.summary,)) for one in commands)]


def _family(commands: list[Command]) -> str:
    word = commands[0].verb.split()[0]
    return ", ".join(command.verb.removeprefix(f"{word} ") for command in commands if command.verb != word)


def _hint(argument: Argument) -> str:
    return upper_first(argument.hint or argument.kind.hint())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _within(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
