"""All that people can ask, in the order in which help shows it."""

from __future__ import annotations

from bot.chat.talk import Reply
from bot.commands import (
    agreements,
    breaches,
    channels,
    checks,
    connections,
    credits,
    exports,
    followups,
    frictions,
    handoffs,
    healths,
    items,
    levels,
    obligations,
    plans,
    presences,
    raises,
    recoveries,
    reports,
    results,
    reviews,
    shares,
    standings,
    takeovers,
)
from bot.commands.arguments import TextArg
from bot.commands.command import Argument, Arguments, Command, CommandTable
from bot.commands.context import Context
from bot.commands.help import help_for


async def _help(context: Context, arguments: Arguments) -> Reply:
    return Reply(card=help_for(context.table, arguments.maybe("about", str) or ""))


COMMANDS = CommandTable(
    (
        *handoffs.COMMANDS,
        *raises.COMMANDS,
        *items.COMMANDS,
        *obligations.COMMANDS,
        *levels.COMMANDS,
        *standings.COMMANDS,
        *results.COMMANDS,
        *followups.COMMANDS,
        *takeovers.COMMANDS,
        *shares.COMMANDS,
        *reports.COMMANDS,
        *reviews.COMMANDS,
        *plans.COMMANDS,
        *frictions.COMMANDS,
        *checks.COMMANDS,
        *agreements.COMMANDS,
        *breaches.COMMANDS,
        *recoveries.COMMANDS,
        *credits.COMMANDS,
        *presences.COMMANDS,
        *connections.COMMANDS,
        *healths.COMMANDS,
        *channels.COMMANDS,
        *exports.COMMANDS,
        Command(
            verb="help",
            summary="See what you can ask, or how to ask one thing",
            who="everybody",
            run=_help,
            arguments=(Argument("about", TextArg(most=40), "Command", required=False),),
            examples=("help", "help handoff"),
        ),
    )
)
"""The one command table: slash commands, mentions, buttons, forms and the menu are all made from it."""
