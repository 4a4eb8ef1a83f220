"""All that people can ask, in the chapters and the order in which help shows it."""

from __future__ import annotations

from bot.chat.talk import Reply
from bot.commands.arguments import TextArg
from bot.commands.chapters import Chapter, Contents
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.help import help_for
from bot.commands.rows import (
    afterthoughts,
    agreements,
    breaches,
    carries,
    channels,
    checks,
    choices,
    connections,
    courtesies,
    credits,
    deals,
    definitions,
    demos,
    drafts,
    endings,
    exports,
    figures,
    followups,
    frictions,
    handoffs,
    healths,
    items,
    levels,
    needs,
    notices,
    obligations,
    parts,
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


async def _help(_context: Context, arguments: Arguments) -> Reply:
    return Reply(card=help_for(CONTENTS, arguments.maybe("about", str) or ""))


CONTENTS = Contents(
    (
        Chapter(
            "handoffs",
            "what is handed over, accepted, disputed or raised",
            (*handoffs.COMMANDS, *afterthoughts.COMMANDS, *raises.COMMANDS),
        ),
        Chapter(
            "overview",
            "where every promise stands, and your part in it",
            (*standings.COMMANDS, *results.COMMANDS, *shares.COMMANDS),
        ),
        Chapter("duties", "what is owed by a date", (*obligations.COMMANDS, *checks.COMMANDS)),
        Chapter(
            "items",
            "each lead or case by name: its answer, its owner, its ledger",
            (*items.COMMANDS, *takeovers.COMMANDS),
        ),
        Chapter("attempts", "following up on a lead until something comes of it", followups.COMMANDS),
        Chapter("sales", "what was sold, for how much, and whose finding it was", deals.COMMANDS),
        Chapter("levels", "indicators, incidents and what was measured", levels.COMMANDS),
        Chapter(
            "reporting", "the report that is posted, and the record as files", (*reports.COMMANDS, *exports.COMMANDS)
        ),
        Chapter("misses", "why, and what is made of it", breaches.COMMANDS),
        Chapter(
            "amends",
            "what makes up for a miss: what is chosen, recovery plans, carry-over, notices, credits",
            (*choices.COMMANDS, *recoveries.COMMANDS, *carries.COMMANDS, *notices.COMMANDS, *credits.COMMANDS),
        ),
        Chapter(
            "agreements",
            "drafted, signed, amended, renewed and ended",
            (
                *agreements.COMMANDS,
                *drafts.COMMANDS,
                *figures.COMMANDS,
                *parts.COMMANDS,
                *needs.COMMANDS,
                *endings.COMMANDS,
            ),
        ),
        Chapter("planning", "the sums behind a promise", plans.COMMANDS),
        Chapter("reviews", "the meeting that asks whether it still serves both", reviews.COMMANDS),
        Chapter("customers", "what they trip over, and what words mean", (*frictions.COMMANDS, *definitions.COMMANDS)),
        Chapter("yourself", "your hours, your digest, your accounts", (*presences.COMMANDS, *connections.COMMANDS)),
        Chapter(
            "running",
            "what works, what does not, and this help",
            (
                *healths.COMMANDS,
                *channels.COMMANDS,
                *courtesies.COMMANDS,
                *demos.COMMANDS,
                Command(
                    verb="help",
                    summary="See what you can ask, or how to ask one thing",
                    who="everybody",
                    run=_help,
                    arguments=(Argument("about", TextArg(most=40), "Command", required=False),),
                    examples=("help", "help handoff", "help agreements"),
                ),
            ),
        ),
    )
)
"""What can be asked, in chapters."""
COMMANDS = CONTENTS.table
"""The one command table: slash commands, mentions, buttons, forms and the menu are all made from it."""
