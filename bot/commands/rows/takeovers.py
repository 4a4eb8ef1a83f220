"""Items change hands: assign, take, decline."""

from __future__ import annotations

from bot.cards import takeovers as cards
from bot.chat.talk import Reply
from bot.commands.arguments import Keys, KeysArg, PersonArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.vocabulary import PersonName
from bot.desk.items import takeovers as desk
from bot.store import items as kept
from slacore.items import Item


async def assign(context: Context, arguments: Arguments) -> Reply:
    """`assign L-3 L-5 @tom`."""
    found, to = await _find(context, arguments), arguments.one("owner", PersonName)
    done = await desk.assign(context.sitting, found, to.key, arguments.maybe("note", str) or "")
    return Reply(card=cards.assigned(done.given, done.waiting, to.key, done.terms))


async def take(context: Context, arguments: Arguments) -> Reply:
    """`take L-3`."""
    taken = await desk.take(context.sitting, await _find(context, arguments))
    terms = context.sitting.terms(taken[0].handed.agreement, taken[0].handed.version)
    return Reply(card=cards.taken(taken, context.member, terms, context.member))


async def decline(context: Context, arguments: Arguments) -> Reply:
    """`decline L-3 because …`."""
    reason = arguments.maybe("reason", str) or ""
    back = await desk.decline(context.sitting, await _find(context, arguments), reason)
    terms = context.sitting.terms(back[0].handed.agreement, back[0].handed.version)
    return Reply(card=cards.declined(back, context.member, reason, terms, context.member))


async def _find(context: Context, arguments: Arguments) -> tuple[Item, ...]:
    return await kept.find_many(context.sitting.tx, arguments.one("keys", Keys).numbers)


KEYS = Argument("keys", KeysArg("L"), "Items", hint="One, or several: L-41 L-43..47.")
RECEIVER = "the party it was handed to"

COMMANDS = (
    Command(
        verb="assign",
        summary="Give items to somebody of your party; what somebody has already stays there until it is taken",
        who=RECEIVER,
        run=assign,
        writes=True,
        arguments=(
            KEYS,
            Argument("owner", PersonArg(), "To", after=("to",), bare=True),
            Argument("note", TextArg(long=True), "Note", after=("note",), required=False, bare=True),
        ),
        examples=("assign L-3 @amy", "assign L-3 L-5..9 to Amy note she knows them"),
    ),
    Command(
        verb="take",
        summary="Take items that you were asked to take, or that nobody has",
        who=RECEIVER,
        run=take,
        writes=True,
        arguments=(KEYS,),
        examples=("take L-3", "take L-3 L-5..9"),
    ),
    Command(
        verb="decline",
        summary="Do not take items that you were asked to take; they stay whose they were",
        who="whoever was asked",
        run=decline,
        writes=True,
        arguments=(KEYS, Argument("reason", TextArg(long=True), "Reason", after=("because",), required=False)),
        examples=("decline L-3 because I am on leave",),
    ),
)
