"""What can be asked, told from the command table itself: cards, a platform's menu, and a page of the documents."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.card import Button, Card, Fact, Note, Spans, Strong, Table, Text
from bot.commands.arguments.keys import KeyArg
from bot.commands.chapters import Chapter, Contents
from bot.commands.command import Argument, Command, CommandTable
from bot.commands.misreadings import OPENS_FORM
from bot.commands.words import fold, shown, upper_first
from slacore.errors import Refusal


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of a platform's own command menu."""

    title: str
    description: str


def help_card(contents: Contents) -> Card:
    """What can be asked, on one screen: a line a chapter, with an example to copy and the commands that go with it."""
    listed = ", ".join(command.verb for command in contents.table if command.listed)
    return Card(
        title="What you can ask",
        summary=f"You can ask: {listed}. Say help and a word for more.",
        blocks=(
            Text((_HOW_TO_ASK,)),
            Table(
                columns=("For example", "About, and how to see more"),
                rows=tuple(
                    ((Strong(example(chapter.commands[0])),), (f"{chapter.about} · help {chapter.name}",))
                    for chapter in contents
                ),
            ),
            Note(("Say ", Strong("help accept"), " for one command; end any command with … to get its form.")),
        ),
    )


def help_on_chapter(chapter: Chapter) -> Card:
    """The commands about one thing, each with an example to copy and whom it is for."""
    rows: tuple[tuple[Spans, ...], ...] = tuple(
        ((Strong(example(one)),), (one.summary,), (upper_first(one.who),)) for one in chapter.commands if one.listed
    )
    return Card(
        title=f"{upper_first(chapter.name)}: {chapter.about}",
        summary=f"You can ask: {', '.join(command.verb for command in chapter.commands if command.listed)}.",
        blocks=(
            Table(columns=("Say", "What it does", "For"), rows=rows),
            Note(("Say ", Strong(f"help {chapter.commands[-1].verb}"), " for one of them with all that it takes.")),
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


def help_for(contents: Contents, said: str = "") -> Card:
    """The card for `help`, `help items` or `help accept`. Raises Refusal for a word that is none of them."""
    about, table = said.removeprefix("/"), contents.table
    if fold(about) in _NOTHING:
        return help_card(contents)
    if (chapter := contents.find(about)) is not None:
        return help_on_chapter(chapter)
    if (command := table.find(about)) is not None:
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
        (command for command in table if command.listed and command.verb != "help"),
        key=lambda command: any(one.required and isinstance(one.kind, KeyArg) for one in command.arguments),
    )
    last = [command for command in table if command.verb == "help"]
    chosen = (*rows[: max(0, limit - len(last))], *last)[:limit]
    return tuple(MenuEntry(command.verb[:32], _within(command.summary, 128)) for command in chosen)


def markdown(contents: Contents) -> str:
    """The page that documents every command, made anew whenever the table changes."""
    lines = [_PREFACE.strip(), ""]
    for chapter in contents:
        lines += [f"## {upper_first(chapter.name)}", "", f"{upper_first(chapter.about)}.", ""]
        for command in filter(lambda one: one.listed, chapter.commands):
            lines += [f"### {command.verb}", "", f"{command.summary}. For {command.who}.", ""]
            lines += ["```", command.usage, "```", ""]
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


_HOW_TO_ASK = (
    "Write it in one line; whatever is missing, I ask for. A button does the same as its command. "
    "Or ask as you would ask somebody: “how are we doing?”, “what do I owe this week?”"
)
_NOTHING = frozenset({"", "me", "please", "me please", "pls"})
"""Said behind help, and about nothing."""
_PREFACE = """
# Commands

Made by `make docs` from the command table, which is the place to change it.

The same words work on every platform: in Slack behind `/sla`, in Teams behind the bot's name, in the browser as
they stand. A button is a command that somebody did not have to type. What is in brackets may be left out; whatever
else is missing, the bot asks for in a form. End a command with ` …` to get its form right away. Names with blanks
may stand in quotes, and have to where they contain a keyword.

Questions and wishes may be said as people say them: "how are we doing?", "what do I owe this week?", "I'm on holiday
next week". What only looks is answered; what would change something opens its form, filled in as far as it was
understood. Which phrases are known stands in `bot/commands/sayings`, a line each.
"""


def example(command: Command) -> str:
    """What to show of a command where there is room for one line: its first example."""
    return command.examples[0] if command.examples else command.usage


def _hint(argument: Argument) -> str:
    return upper_first(argument.hint or argument.kind.hint())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _within(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
