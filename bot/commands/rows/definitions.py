"""Words that both sides measure by: define, to look one up, and to change what it means."""

from __future__ import annotations

from bot.cards import definitions as cards
from bot.chat.talk import Reply
from bot.commands.arguments import DateArg, TextArg
from bot.commands.changing import BECAUSE, KEY, line
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.rows.parts import PART, asking_of, filling, part
from bot.desk import searches
from slacore.errors import Refusal


async def define(context: Context, arguments: Arguments) -> Reply:
    """`define "qualified lead"`; with what it is to mean, a draft that says so."""
    if changes(arguments):
        return await part(context, arguments, "definitions")
    word = arguments.maybe("word", str)
    if word is not None:
        found = searches.define(context.sitting, context.agreements, word)
        return Reply(card=cards.definition(found, context.sitting.now))
    if not (known := searches.definitions(context.sitting, context.agreements)):
        raise Refusal("Nothing is defined here.", "Say `define … as …` to agree on what a word means.")
    return Reply(card=cards.known(known))


def changes(arguments: Arguments) -> bool:
    """Whether a word is given a meaning, and not looked up."""
    return "means" in arguments or "criteria" in arguments


_LINES = (
    Argument(
        "means",
        TextArg(rest=False, long=True),
        "What it means",
        "In a sentence, as both sides understand it",
        required=False,
        after=("as",),
    ),
    line("criteria", "What must be true", "A line each, or divided by ;", long=True),
)

COMMANDS = (
    Command(
        verb="define",
        summary="See what a word means that both sides measure by, or draft what it is to mean",
        who="everybody; what it is to mean: owners of the parties, their deputies, the sponsor",
        shares=True,
        changes=changes,
        run=define,
        asks=asking_of("definitions", *_LINES),
        fills=filling("definitions"),
        title="Define",
        submit="Draft it",
        arguments=(
            KEY,
            PART["definitions"],
            *_LINES,
            Argument("from", DateArg(toward="future"), "From", "Left out, the next month", False, ("counting from",)),
            BECAUSE,
        ),
        examples=(
            'define "qualified lead"',
            "define",
            'define "qualified lead" as somebody who asked to hear from sales criteria asked in the last 14 days',
        ),
    ),
)
