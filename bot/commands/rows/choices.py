"""Which of several agreed ways makes a miss good: choose."""

from __future__ import annotations

from typing import cast, get_args

from bot.cards import choices as cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, KeyArg, QuantityArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.desk.misses import choices as desk
from bot.store import breaches
from slacore.breaches import Breach
from slacore.credits import Option
from slacore.keys import number_of


async def choose(context: Context, arguments: Arguments) -> Reply:
    """`choose B-3` shows the ways there are; `choose B-3 recovery plan`, `choose B-3 carry-over 5` chooses one."""
    breach = await breaches.find(context.sitting.tx, number_of(arguments.one("key", str)))
    context.require_spoken_of(breach.agreement)
    option, units = arguments.maybe("option", str), arguments.maybe("units", int)
    if option is not None:
        await desk.choose(context.sitting, breach, cast("Option", option), units)
    return await answer_with(context, breach)


async def answer_with(context: Context, breach: Breach) -> Reply:
    """Show what was agreed for a miss, and what of it was chosen."""
    current = await breaches.find(context.sitting.tx, breach.number)
    shown = await desk.shown(context.sitting, current)
    return Reply(card=cards.choice(shown, context.sitting.now, reader=context.member))


COMMANDS = (
    Command(
        verb="choose",
        summary="See what was agreed for a miss; choose one of several ways, which closes the others",
        who="everybody sees it; whoever decides chooses, or both sides together where nobody does",
        run=choose,
        writes=True,
        arguments=(
            Argument("key", KeyArg("B"), "Miss"),
            Argument("option", ChoiceArg(get_args(Option)), "What makes it good", required=False),
            Argument("units", QuantityArg(), "How many are carried over", "Left out: all.", required=False),
        ),
        examples=("choose B-3", "choose B-3 recovery plan", "choose B-3 carry-over 5"),
    ),
)
