"""What a later period owes of a miss: carry."""

from __future__ import annotations

from bot.cards import carries as cards
from bot.chat.talk import Reply
from bot.commands.arguments import KeyArg, QuantityArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.rows.choices import answer_with
from bot.desk.misses import carries as desk
from bot.desk.misses import choices, chosen
from bot.store import breaches
from slacore.keys import number_of


async def carry(context: Context, arguments: Arguments) -> Reply:
    """`carry B-3` lets the next period owe what was missed; `carry B-3 5` a part of it."""
    breach = await breaches.find(context.sitting.tx, number_of(arguments.one("key", str)))
    if not chosen.decider_of(context.sitting, breach):
        await choices.choose(context.sitting, breach, "carry-over", arguments.maybe("units", int))
        return await answer_with(context, breach)
    moved = await desk.carry(context.sitting, breach, arguments.maybe("units", int))
    return Reply(card=cards.carried_over(moved, context.sitting.now))


COMMANDS = (
    Command(
        verb="carry",
        summary="Let the next period owe what was missed, or a part of it, beside its own quantity",
        who="whoever decides over the miss; where nobody does, one side offers it and the other takes it",
        run=carry,
        writes=True,
        submit="Carry it over",
        arguments=(
            Argument("key", KeyArg("B"), "Miss"),
            Argument("units", QuantityArg(), "How many", "Left out: all that is missing.", required=False),
        ),
        examples=("carry B-3", "carry B-3 5"),
    ),
)
