"""An agreement with a last day: agreement renew, agreement expire."""

from __future__ import annotations

from datetime import date

from bot.cards import endings as cards
from bot.cards import papers as paper_cards
from bot.chat.talk import Reply
from bot.commands.arguments import DateArg, KeyArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.desk.drafts import drafting, endings, papers
from slacore.agreements import Agreement


async def renew(context: Context, arguments: Arguments) -> Reply:
    """`agreement renew A-1 until 31 Dec 2027`: a draft that everybody signs."""
    agreement, why = _agreement(context, arguments), arguments.maybe("reason", str) or ""
    draft = await drafting.renew(context.sitting, agreement, arguments.maybe("until", date), why)
    shown = await papers.paper_of(context.sitting, draft)
    return Reply(card=paper_cards.paper(shown, context.sitting.now, reader=context.member, whole=False))


async def expire(context: Context, arguments: Arguments) -> Reply:
    """`agreement expire A-1`."""
    agreement = _agreement(context, arguments)
    terms, side = await endings.let_end(context.sitting, agreement)
    return Reply(card=cards.lets_end(agreement.key, terms, side, context.member, context.sitting.now))


def _agreement(context: Context, arguments: Arguments) -> Agreement:
    key = arguments.maybe("key", str)
    return context.sitting.agreement(key) if key else context.agreement()


AGREEMENT = Argument("key", KeyArg("A"), "Agreement", required=False)
OWNERS = "owners of the parties, their deputies, the sponsor"

COMMANDS = (
    Command(
        verb="agreement renew",
        summary="Draft a later last day, to be signed by everybody",
        who=OWNERS,
        run=renew,
        writes=True,
        title="Renew an agreement",
        submit="Draft it",
        arguments=(
            AGREEMENT,
            Argument(
                "until",
                DateArg(toward="future"),
                "Last day",
                "Left out: for as long again as it was first made for.",
                after=("until",),
                required=False,
            ),
            Argument("reason", TextArg(long=True), "Reason", after=("because",), required=False),
        ),
        examples=("agreement renew A-1", "agreement renew A-1 until 2027-12-31 because it serves both"),
    ),
    Command(
        verb="agreement expire",
        summary="Say that your side lets an agreement end on its last day; the others hear",
        who=OWNERS,
        run=expire,
        writes=True,
        arguments=(AGREEMENT,),
        examples=("agreement expire A-1",),
    ),
)
