"""What an owner says about what he owes: done, ack, snooze."""

from __future__ import annotations

from datetime import datetime

from bot.cards import confirmations
from bot.cards.words import moment_text
from bot.chat.talk import Reply
from bot.commands.arguments import Evidence, EvidenceArg, KeyArg, MomentArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.desk import duties, members
from bot.desk import obligations as desk
from bot.store import obligations as kept
from slacore.obligations import Obligation
from slacore.sweep import next_step_at


async def done(context: Context, arguments: Arguments) -> Reply:
    """`done O-77 [link or text]`."""
    obligation = await _find(context, arguments)
    evidence = arguments.maybe("evidence", Evidence)
    words = evidence.text if evidence else ""
    terms = context.sitting.terms(obligation.agreement, obligation.version)
    withheld = members.kept_of(obligation, terms, words).withheld
    changed = await desk.deliver(context.sitting, obligation, words)
    duty = await duties.duty_of(context.sitting, changed)
    return Reply(card=confirmations.done(duty, context.sitting.now, withheld=withheld))


async def ack(context: Context, arguments: Arguments) -> Reply:
    """`ack O-77`."""
    obligation = await _find(context, arguments)
    changed = await desk.acknowledge(context.sitting, obligation)
    return Reply(card=confirmations.acknowledged(await duties.duty_of(context.sitting, changed), context.sitting.now))


async def snooze(context: Context, arguments: Arguments) -> Reply:
    """`snooze O-77 until 15:00`."""
    obligation = await _find(context, arguments)
    until = arguments.one("until", datetime)
    terms = context.sitting.terms(obligation.agreement, obligation.version)
    upcoming = next_step_at(obligation, terms)
    shown = moment_text(upcoming[0], context.sitting.now, context.zone) if upcoming else ""
    changed = await desk.snooze(context.sitting, obligation, until, shown)
    return Reply(card=confirmations.snoozed(await duties.duty_of(context.sitting, changed), until, context.sitting.now))


async def _find(context: Context, arguments: Arguments) -> Obligation:
    key = arguments.one("key", str)
    return await kept.find(context.sitting.tx, int(key.removeprefix("O-")))


KEY = Argument("key", KeyArg("O"), "What you owe")

COMMANDS = (
    Command(
        verb="done",
        summary="Say that something you owe is delivered, with a link or a few words",
        who="the owner",
        run=done,
        writes=True,
        arguments=(KEY, Argument("evidence", EvidenceArg(), "Link or words", required=False)),
        examples=("done O-77", "done O-77 https://intranet.example/friction-october"),
    ),
    Command(
        verb="ack",
        summary="Say that you have it: the ladder waits a working day",
        who="whoever was told",
        run=ack,
        writes=True,
        arguments=(KEY,),
        examples=("ack O-77",),
    ),
    Command(
        verb="snooze",
        summary="Put a reminder off, at most twice and not past the next step",
        who="the owner",
        run=snooze,
        writes=True,
        arguments=(KEY, Argument("until", MomentArg(), "Until", after=("until",))),
        examples=("snooze O-77 until 15:00", "snooze O-77 until tomorrow 09:00"),
    ),
)
