"""Why did nobody hear? health: what works, what is held, what could not be said."""

from __future__ import annotations

from bot.cards import healths
from bot.chat.talk import Reply
from bot.commands.command import Arguments, Command
from bot.commands.context import Context
from bot.desk import healths as desk


async def health(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`health`: for whom the agreement concerns; each sees the channels' matters and his own, never others' words."""
    return Reply(card=healths.health(await desk.health(context.sitting), context.sitting.now, zone=context.zone))


COMMANDS = (
    Command(
        verb="health",
        summary="See what works, what is held back, and why somebody did not hear",
        who="everybody",
        run=health,
        examples=("health",),
    ),
)
