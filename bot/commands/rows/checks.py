"""Checking what members confirmed, by sample: check."""

from __future__ import annotations

from typing import cast

from bot.cards import checks as cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, KeyArg, PersonArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.vocabulary import PersonName
from bot.desk import checks as desk
from bot.store import obligations as kept
from slacore.checks import Result
from slacore.errors import Refusal
from slacore.keys import number_of


async def check(context: Context, arguments: Arguments) -> Reply:
    """`check O-90`, `check O-90 @Priya passed`, `check O-90 @Priya failed because …`."""
    duty = await kept.find(context.sitting.tx, number_of(arguments.one("key", str)))
    if duty.kind != "check":
        raise Refusal(f"{duty.key} is no check.", "Say `mine` to see what you owe.", field="key")
    person, result = arguments.maybe("member", PersonName), arguments.maybe("result", str)
    if result is None and person is not None:
        raise Refusal("What did you find?", "Say passed, or failed with the reason.", field="result")
    if result is None:
        found = await desk.named(context.sitting, duty)
    elif result == "failed" and person is None:
        raise Refusal("A failed check is of one member.", "Name whom it is of.", field="member")
    else:
        reason = arguments.maybe("reason", str) or ""
        member = person.key if person else ""
        found = await desk.check(context.sitting, duty, member, cast("Result", result), reason)
    return Reply(card=cards.to_check(found, reader=context.member))


COMMANDS = (
    Command(
        verb="check",
        summary="See whom a check by sample names, and say what you found",
        who="whoever checks",
        run=check,
        writes=True,
        arguments=(
            Argument("key", KeyArg("O"), "Check"),
            Argument("member", PersonArg(), "Member", required=False),
            Argument("result", ChoiceArg(("passed", "failed")), "Found", required=False),
            Argument("reason", TextArg(long=True), "Reason", after=("because",), required=False),
        ),
        examples=("check O-90", "check O-90 @Amy passed", "check O-90 @Amy failed because the photo is missing"),
    ),
)
