"""Where can I try this? demo: the rehearsal, which moves nothing on the record."""

from __future__ import annotations

from bot.cards import demos
from bot.chat.talk import Reply
from bot.commands.command import Arguments, Command
from bot.commands.context import Context


async def demo(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`demo`: what a rehearsal shows, and where it is."""
    in_rehearsal = context.utterance.place.platform == "web"  # the browser is the rehearsal's door, and has no other
    return Reply(card=demos.demo(context.public_url if in_rehearsal else "", in_rehearsal=in_rehearsal))


COMMANDS = (
    Command(
        verb="demo",
        summary="See where a month can be tried out without consequences",
        who="everybody",
        run=demo,
        examples=("demo",),
    ),
)
