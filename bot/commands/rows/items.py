"""What people say about one item: who has it, that it was answered, that it waits, that an answer was hollow."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from bot.cards import items as cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, KeyArg, MomentArg, QuantityArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.desk.items import acts
from bot.desk.items import items as desk
from bot.store import items as kept
from bot.store import obligations as kept_obligations
from slacore.errors import Refusal
from slacore.items import ITEM_KINDS, Item
from slacore.items.acts import Doubted, Verdict
from slacore.keys import number_of


async def show(context: Context, arguments: Arguments) -> Reply:
    """`item L-3`: everything about it."""
    found = await desk.page_of(context.sitting, await _find(context, arguments))
    context.require_spoken_of(found.terms.slug)
    return Reply(card=cards.page(found, context.sitting.now))


async def respond(context: Context, arguments: Arguments) -> Reply:
    """`respond L-3 [at 10:40] [note …]`."""
    item, at = await _find(context, arguments), arguments.maybe("at", datetime)
    return await _done(context, await acts.respond(context.sitting, item, at, _note(arguments)), "answered")


async def auto_reply(context: Context, arguments: Arguments) -> Reply:
    """`auto-reply L-3`."""
    item, at = await _find(context, arguments), arguments.maybe("at", datetime)
    changed = await acts.auto_reply(context.sitting, item, at, _note(arguments))
    return await _done(context, changed, "automatic reply noted, which is no answer")


async def update(context: Context, arguments: Arguments) -> Reply:
    """`update L-3 …`."""
    item, at = await _find(context, arguments), arguments.maybe("at", datetime)
    return await _done(context, await acts.update(context.sitting, item, at, _note(arguments)), "updated")


async def resolve(context: Context, arguments: Arguments) -> Reply:
    """`resolve L-3`."""
    item, at = await _find(context, arguments), arguments.maybe("at", datetime)
    return await _done(context, await acts.resolve(context.sitting, item, at, _note(arguments)), "resolved")


async def pause(context: Context, arguments: Arguments) -> Reply:
    """`pause L-3 waiting for customer`."""
    item, reason = await _find(context, arguments), arguments.one("reason", str)
    since, until = arguments.maybe("since", datetime), arguments.maybe("until", datetime)
    changed = await acts.pause(context.sitting, item, reason, since, until)
    return await _done(context, changed, "paused" if until is None else "pause noted")


async def resume(context: Context, arguments: Arguments) -> Reply:
    """`resume L-3`."""
    return await _done(context, await acts.resume(context.sitting, await _find(context, arguments)), "resumed")


async def contest(context: Context, arguments: Arguments) -> Reply:
    """`contest L-3 because …`."""
    item, what = await _find(context, arguments), arguments.maybe("what", str) or "response"
    changed = await acts.contest(context.sitting, item, cast("Doubted", what), arguments.one("reason", str))
    return await _done(context, changed, f"{what} contested")


async def settle(context: Context, arguments: Arguments) -> Reply:
    """`settle L-3 stands|hollow`."""
    item, verdict = await _find(context, arguments), arguments.one("verdict", str)
    reason = arguments.maybe("reason", str) or ""
    changed = await acts.settle(context.sitting, item, cast("Verdict", verdict), reason)
    return await _done(context, changed, "it stands" if verdict == "stands" else "it was hollow")


async def stage(context: Context, arguments: Arguments) -> Reply:
    """`stage L-3 sales-qualified score 40`."""
    item, score = await _find(context, arguments), arguments.maybe("score", int)
    changed = await acts.stage(context.sitting, item, arguments.one("stage", str), score)
    return await _done(context, changed, "staged")


async def _done(context: Context, item: Item, said: str) -> Reply:
    return Reply(card=cards.done(await desk.page_of(context.sitting, item), said))


async def _find(context: Context, arguments: Arguments) -> Item:
    """The item that is meant: by its own key, or by that of something owed about it."""
    key = arguments.one("key", str)
    if key.startswith("L-"):
        return await kept.find(context.sitting.tx, number_of(key))
    obligation = await kept_obligations.find(context.sitting.tx, number_of(key))
    if obligation.kind not in ITEM_KINDS:
        raise Refusal(
            f"{key} is not about an item, so its time cannot stand still.",
            f"Say `done {key}` when it is done, or `snooze {key} until …` to be reminded later.",
            field="key",
        )
    return await kept.find(context.sitting.tx, number_of(obligation.subject))


def _note(arguments: Arguments) -> str:
    return arguments.maybe("note", str) or ""


KEY = Argument("key", KeyArg("L"), "Item")
KEY_OR_DUTY = Argument("key", KeyArg("LO"), "Item, or what you owe about it")
AT = Argument("at", MomentArg(toward="past", opens=None), "When", hint="Left out: now.", after=("at",), required=False)
NOTE = Argument("note", TextArg(long=True), "Note", after=("note",), required=False, bare=True)
BECAUSE = Argument("reason", TextArg(long=True), "Reason", after=("because",))
RECEIVER = "the party it was handed to"

COMMANDS = (
    Command(
        verb="item",
        summary="See one item: what it is, who has it, what is owed about it, and its whole ledger",
        who="everybody",
        shares=True,
        run=show,
        arguments=(KEY,),
        examples=("item L-3",),
    ),
    Command(
        verb="respond",
        summary="Say that a person answered an item, now or earlier",
        who=RECEIVER,
        run=respond,
        writes=True,
        arguments=(KEY, AT, NOTE),
        examples=("respond L-3", "respond L-3 at 10:40 note called back, wants a demo"),
    ),
    Command(
        verb="auto-reply",
        summary="Note that a machine answered; it counts for nothing",
        who=RECEIVER,
        run=auto_reply,
        writes=True,
        arguments=(KEY, AT, NOTE),
        examples=("auto-reply L-3",),
    ),
    Command(
        verb="update",
        summary="Say how it goes with an item",
        who=RECEIVER,
        run=update,
        writes=True,
        arguments=(KEY, AT, NOTE),
        examples=("update L-3 note engineer on site",),
    ),
    Command(
        verb="resolve",
        summary="Say that an item is done with",
        who=RECEIVER,
        run=resolve,
        writes=True,
        arguments=(KEY, AT, NOTE),
        examples=("resolve L-3", "resolve L-3 at 15:00 note disk replaced"),
    ),
    Command(
        verb="pause",
        summary="Let no working time pass for an item, with the reason",
        who=RECEIVER,
        run=pause,
        writes=True,
        arguments=(
            KEY_OR_DUTY,
            Argument("reason", TextArg(rest=False, most=500), "Reason"),
            Argument(
                "since",
                MomentArg(toward="past", opens=None),
                "Since",
                hint="Left out: now.",
                after=("since",),
                required=False,
            ),
            Argument(
                "until",
                MomentArg(toward="past", opens=None),
                "Until",
                hint="Left out: until it is resumed.",
                after=("until",),
                required=False,
            ),
        ),
        examples=("pause L-3 waiting for customer", "pause L-3 waiting for customer since 10:00 until 11:30"),
    ),
    Command(
        verb="resume",
        summary="Let working time pass again for an item",
        who=RECEIVER,
        run=resume,
        writes=True,
        arguments=(KEY_OR_DUTY,),
        examples=("resume L-3",),
    ),
    Command(
        verb="contest",
        summary="Hold an answer, a resolution or a pause to be hollow: it does not count until that is settled",
        who="the party the answer is owed to",
        run=contest,
        writes=True,
        arguments=(
            KEY,
            Argument("what", ChoiceArg(("response", "resolution", "pause")), "What", required=False),
            BECAUSE,
        ),
        examples=("contest L-3 because it was only a smiley", "contest L-3 pause because nobody asked the customer"),
    ),
    Command(
        verb="settle",
        summary="End a contest: the answer stands, or it was hollow",
        who="whoever contested, whoever answered, or the sponsor",
        run=settle,
        writes=True,
        arguments=(
            KEY,
            Argument("verdict", ChoiceArg(("stands", "hollow")), "How it ends"),
            Argument("reason", TextArg(long=True), "Reason", after=("because",), required=False),
        ),
        examples=("settle L-3 stands", "settle L-3 hollow because it was the wrong customer"),
    ),
    Command(
        verb="stage",
        summary="Say where an item is in its life cycle, and its score",
        who="both parties of the handoff",
        run=stage,
        writes=True,
        arguments=(
            KEY,
            Argument("stage", TextArg(rest=False, most=60), "Stage"),
            Argument("score", QuantityArg(least=0), "Score", after=("score",), required=False),
        ),
        examples=("stage L-3 sales-qualified", "stage L-3 sales-qualified score 40"),
    ),
)
