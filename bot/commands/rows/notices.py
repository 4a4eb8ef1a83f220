"""A formal notice of a miss: notice, notice give, notice acknowledge."""

from __future__ import annotations

from bot.cards import notices as cards
from bot.cards.notices import Given
from bot.chat.talk import Reply
from bot.commands.arguments import KeyArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.desk.misses import notices as desk
from bot.store import breaches
from slacore.breaches import Breach
from slacore.keys import number_of


async def notice(context: Context, arguments: Arguments) -> Reply:
    """`notice B-3` shows the notice of a miss, given or as it would be given."""
    return _answer(context, await desk.shown(context.sitting, await _breach(context, arguments)))


async def give(context: Context, arguments: Arguments) -> Reply:
    """`notice give B-3 [because …]`."""
    because = arguments.maybe("because", str) or ""
    return _answer(context, await desk.give(context.sitting, await _breach(context, arguments), because))


async def acknowledge(context: Context, arguments: Arguments) -> Reply:
    """`notice acknowledge B-3`."""
    return _answer(context, await desk.take_note(context.sitting, await _breach(context, arguments)))


async def _breach(context: Context, arguments: Arguments) -> Breach:
    return await breaches.find(context.sitting.tx, number_of(arguments.one("key", str)))


def _answer(context: Context, shown: Given) -> Reply:
    context.require_spoken_of(shown.notice.agreement)
    return Reply(card=cards.notice(shown, context.sitting.now, reader=context.member))


MISS = Argument("key", KeyArg("B"), "Miss")

COMMANDS = (
    Command(
        verb="notice",
        summary="Read the formal notice of a miss, or see how it would read before it is given",
        who="everybody once it is given; before that whoever decides over the miss",
        run=notice,
        arguments=(MISS,),
        examples=("notice B-3",),
    ),
    Command(
        verb="notice give",
        summary="Give a formal notice of a miss to the sponsor, with a copy to both sides",
        who="whoever decides over the miss",
        run=give,
        writes=True,
        submit="Give it",
        arguments=(
            MISS,
            Argument("because", TextArg(long=True, most=1_000), "In your words", after=("because",), required=False),
        ),
        examples=("notice give B-3", "notice give B-3 because the trade fair cannot be had again"),
    ),
    Command(
        verb="notice acknowledge",
        summary="Say that you have taken note of a notice",
        who="the sponsor",
        run=acknowledge,
        writes=True,
        arguments=(MISS,),
        examples=("notice acknowledge B-3",),
    ),
)
