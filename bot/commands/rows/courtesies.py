"""What people say to whom they talk to: a greeting, a thank-you, an "ok". Answered in a line; nothing is changed."""

from __future__ import annotations

from bot.cards import courtesies
from bot.chat.talk import Reply
from bot.commands.command import Arguments, Command
from bot.commands.context import Context
from bot.commands.languages import language_of
from bot.commands.words import clean, cut


async def hello(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`hi`: what this is, and where to begin."""
    names = tuple(each.latest.terms.name for each in context.agreements)
    return Reply(card=courtesies.hello(names, english_only=_in_his_language(context)))


async def thanks(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`thanks`: no more words than it takes."""
    return Reply(card=courtesies.welcome(english_only=_in_his_language(context)))


async def heard(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`ok`, `got it`, `yes`: to what, nobody can know, so that nobody believes to have answered."""
    return Reply(card=courtesies.nothing_changed())


async def goodbye(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`bye`: and nothing more."""
    return Reply(card=courtesies.goodbye())


def _in_his_language(context: Context) -> str:
    """That English is read here, said to whoever greets in another language."""
    language = language_of(cut(clean(context.utterance.text)))
    return language.line if language is not None else ""


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
        verb="bye",
        summary="Say goodbye",
        who="everybody",
        run=goodbye,
        examples=("bye",),
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
