"""What people say to whom they talk to: a greeting, a thank-you, an "ok". Answered in a line; nothing is changed."""

from __future__ import annotations

from bot.cards import courtesies
from bot.chat.talk import Reply
from bot.commands.command import Arguments, Command
from bot.commands.context import Context


async def hello(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`hi`: what this is, and where to begin."""
    return Reply(card=courtesies.hello(tuple(each.latest.terms.name for each in context.agreements)))


async def thanks(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`thanks`: no more words than it takes."""
    return Reply(card=courtesies.welcome())


async def heard(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`ok`, `got it`, `yes`: to what, nobody can know, so that nobody believes to have answered."""
    return Reply(card=courtesies.nothing_changed())


COMMANDS = (
    Command(
        verb="hello",
        summary="See what I am, and where to begin",
        who="everybody",
        run=hello,
        examples=("hello",),
        listed=False,
    ),
    Command(
        verb="thanks",
        summary="Say thank you",
        who="everybody",
        run=thanks,
        examples=("thanks",),
        listed=False,
    ),
    Command(
        verb="ok",
        summary="Say that you have read something",
        who="everybody",
        run=heard,
        examples=("ok",),
        listed=False,
    ),
)
