"""What a miss is worth in money: credit, credits, and what is said to a credit."""

from __future__ import annotations

from bot.cards import credits as cards
from bot.chat.talk import Reply
from bot.commands.arguments import KeyArg, Month, MonthArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.versions import require_current
from bot.desk.misses import credits as desk
from bot.store import credits as kept
from slacore.accruals import Credit
from slacore.agreements import Terms
from slacore.keys import number_of


async def credit(context: Context, arguments: Arguments) -> Reply:
    """`credit B-3` shows what a miss is worth; `credit K-1` a credit."""
    key = arguments.one("key", str)
    if key.startswith("B"):
        return await _answer(context, await desk.of_breach(context.sitting, number_of(key)))
    return await _answer(context, await kept.find(context.sitting.tx, number_of(key)))


async def statement(context: Context, arguments: Arguments) -> Reply:
    """`credits [month]`: without a month what is open."""
    agreement, month = context.agreement(_gives_credits), arguments.maybe("month", Month)
    sitting, terms = context.sitting, agreement.latest.terms
    if month is None:
        found = [each for each in await desk.statement(sitting, agreement) if each.is_open]
        return Reply(card=cards.statement(terms, "open", found, sitting.now))
    found = list(await desk.statement(sitting, agreement, month.first_on, month.last_on))
    return Reply(card=cards.statement(terms, str(month), found, sitting.now))


def _gives_credits(terms: Terms) -> bool:
    return any(each.gives_credit for each in terms.consequences)


async def claim(context: Context, arguments: Arguments) -> Reply:
    """`credit claim K-1`."""
    return await _answer(context, await desk.claim(context.sitting, await _current(context, arguments, "claim")))


async def approve(context: Context, arguments: Arguments) -> Reply:
    """`credit approve K-1`."""
    return await _answer(context, await desk.approve(context.sitting, await _current(context, arguments, "approve")))


async def refuse(context: Context, arguments: Arguments) -> Reply:
    """`credit refuse K-1 because …`."""
    found = await _current(context, arguments, "refuse")
    return await _answer(context, await desk.refuse(context.sitting, found, arguments.one("reason", str)))


async def apply_(context: Context, arguments: Arguments) -> Reply:
    """`credit apply K-1`."""
    return await _answer(context, await desk.apply_(context.sitting, await _current(context, arguments, "apply")))


async def _current(context: Context, arguments: Arguments, verb: str) -> Credit:
    found = await kept.find(context.sitting.tx, number_of(arguments.one("key", str)))
    require_current(context.utterance, found.revision, found.key, f"credit {verb} {found.key}")
    return found


async def _answer(context: Context, found: Credit) -> Reply:
    context.require_spoken_of(found.agreement)
    shown = await desk.shown(context.sitting, found)
    return Reply(card=cards.credit(shown, context.sitting.now, reader=context.member))


CREDIT = Argument("key", KeyArg("K"), "Credit")
GIVER = "the owner of the side that missed, and deputies"
DECIDING = "whoever decides over the miss, the owner of the side that missed"

COMMANDS = (
    Command(
        verb="credit",
        summary="See what a miss is worth, by which sum, and whose turn it is",
        who="everybody",
        run=credit,
        arguments=(Argument("key", KeyArg("BK"), "Miss or credit"),),
        examples=("credit B-3", "credit K-1"),
    ),
    Command(
        verb="credits",
        summary="See the service credits that are open, or the statement of a month",
        who="everybody",
        run=statement,
        arguments=(Argument("month", MonthArg(), "Month", after=("for", "in"), bare=True, required=False),),
        examples=("credits", "credits October"),
    ),
    Command(
        verb="credit claim",
        summary="Claim a service credit for your side",
        who="the owner of the side it is owed to, and deputies",
        run=claim,
        writes=True,
        arguments=(CREDIT,),
        examples=("credit claim K-1",),
    ),
    Command(
        verb="credit approve",
        summary="Approve a service credit that was claimed",
        who=DECIDING,
        run=approve,
        writes=True,
        arguments=(CREDIT,),
        examples=("credit approve K-1",),
    ),
    Command(
        verb="credit refuse",
        summary="Refuse a service credit that was claimed, with the reason",
        who=DECIDING,
        run=refuse,
        writes=True,
        submit="Refuse it",
        arguments=(CREDIT, Argument("reason", TextArg(long=True, most=500), "Because", after=("because",))),
        examples=("credit refuse K-1 because the shop was closed by its owner",),
    ),
    Command(
        verb="credit apply",
        summary="Say that an approved service credit was taken off the charge",
        who=GIVER,
        run=apply_,
        writes=True,
        arguments=(CREDIT,),
        examples=("credit apply K-1",),
    ),
)
