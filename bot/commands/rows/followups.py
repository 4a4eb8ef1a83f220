"""Following up: followup, outcome, retract."""

from __future__ import annotations

from datetime import date, datetime

from bot.cards import followups as cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, DateArg, KeyArg, Keys, KeysArg, MomentArg, OutcomeArg, PriceArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.vocabulary import OutcomeName
from bot.desk.items import followups as desk
from bot.store import items as kept
from slacore.items import Item
from slacore.keys import number_of
from slacore.money import Money


async def log(context: Context, arguments: Arguments) -> Reply:
    """`followup L-2031 called, no answer`, of one or several."""
    found = await _find(context, arguments)
    done = await desk.log(context.sitting, found, _when(arguments), arguments.maybe("note", str) or "")
    return Reply(card=cards.logged(done, context.sitting.now))


async def end(context: Context, arguments: Arguments) -> Reply:
    """`outcome L-2031 qualified`, of one or several."""
    found = await _find(context, arguments)
    outcome = arguments.one("outcome", OutcomeName)
    note = arguments.maybe("note", str) or ""
    price = arguments.maybe("price", Money)
    done = await desk.end(context.sitting, found, outcome.key, _when(arguments), note, price)
    return Reply(card=cards.ended(done, outcome.name, context.sitting.now, price))


async def retract(context: Context, arguments: Arguments) -> Reply:
    """`retract L-2031 outcome because it was another lead`."""
    item = await kept.find(context.sitting.tx, number_of(arguments.one("key", str)))
    what, reason = arguments.maybe("what", str) or "", arguments.one("reason", str)
    done = await desk.retract(context.sitting, item, what, reason)
    return Reply(card=cards.retracted(done, context.sitting.now))


def _when(arguments: Arguments) -> desk.When:
    return desk.When(arguments.maybe("at", datetime), arguments.maybe("on", date))


async def _find(context: Context, arguments: Arguments) -> tuple[Item, ...]:
    return await kept.find_many(context.sitting.tx, arguments.one("keys", Keys).numbers)


KEYS = Argument("keys", KeysArg("L"), "Items", hint="One, or several: L-41 L-43..47.")
AT = Argument("at", MomentArg(toward="past", opens=None), "When", hint="Left out: now.", after=("at",), required=False)
ON = Argument("on", DateArg(toward="past"), "Or on which day", after=("on",), required=False)
PRICE = Argument("price", PriceArg(), "Price", "Of a sale, such as $4,200.", required=False)
NOTE = Argument("note", TextArg(long=True), "Words", after=("note",), required=False, bare=True)

COMMANDS = (
    Command(
        verb="followup",
        summary="Log an attempt on an item, or on several at once",
        who="the party it was handed to",
        run=log,
        writes=True,
        submit="Log it",
        title="Log an attempt on",
        arguments=(KEYS, AT, ON, NOTE),
        aliases=("follow-up", "attempt"),
        examples=(
            "followup L-2031 called, no answer",
            "followup L-2031 at 15:00 left a message",
            "followup L-2031 L-2034..2037 wrote to them",
        ),
    ),
    Command(
        verb="outcome",
        summary="Say what came of following up, by the agreement's list; a final outcome ends it",
        who="the party it was handed to",
        run=end,
        writes=True,
        title="Outcome of",
        arguments=(KEYS, Argument("outcome", OutcomeArg(), "Outcome"), PRICE, AT, ON, NOTE),
        examples=(
            "outcome L-2031 qualified",
            "outcome L-2031 won for $4,200",
            "outcome L-2031 at yesterday 16:30 won two licences",
        ),
    ),
    Command(
        verb="retract",
        summary="Take back the last thing said of an item, or the last of a sort; both stay on the record",
        who="the party it was handed to",
        run=retract,
        writes=True,
        arguments=(
            Argument("key", KeyArg("L"), "Item"),
            Argument("what", ChoiceArg(tuple(desk.RETRACTED)), "What", required=False),
            Argument("reason", TextArg(long=True), "Reason", after=("because",)),
        ),
        examples=("retract L-2031 because it was another lead", "retract L-2031 outcome because he called back"),
    ),
)
