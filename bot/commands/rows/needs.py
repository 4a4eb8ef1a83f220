"""What each side needs before an agreement is proposed: asked in private, laid open together."""

from __future__ import annotations

from datetime import date

from bot.cards import needs as cards
from bot.chat.talk import Reply
from bot.commands import blanks
from bot.commands.arguments import DateArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.rows.drafts import DRAFT, SIDE, line
from bot.desk.agreements import needs
from bot.desk.drafts import papers
from slacore.needs import laid_open


async def ask(context: Context, arguments: Arguments) -> Reply:
    """`agreement ask X-7 by Fri`."""
    draft = await papers.find(context.sitting, blanks.number_in(arguments))
    asked, unreachable = await needs.ask(context.sitting, draft, arguments.maybe("by", date))
    return Reply(card=cards.asked(draft, asked, unreachable))


async def need(context: Context, arguments: Arguments) -> Reply:
    """`agreement need X-7 leads that answer the phone quantity 80 a month`."""
    draft = await papers.find(context.sitting, blanks.number_in(arguments))
    text, quantity = arguments.one("text", str), arguments.maybe("quantity", str) or ""
    said = await needs.answer(context.sitting, draft, text, quantity)
    known = (await papers.paper_of(context.sitting, draft)).needs
    if laid_open(known, context.sitting.now):
        return Reply(card=cards.side_by_side(draft, known, reader=context.member))
    return Reply(card=cards.kept(draft, said))


COMMANDS = (
    Command(
        verb="agreement ask",
        summary="Ask each side in private what it needs; the answers are laid open together",
        who=SIDE,
        run=ask,
        writes=True,
        title="Ask each side",
        submit="Ask",
        arguments=(
            DRAFT,
            Argument(
                "by",
                DateArg(toward="future"),
                "By",
                "Until when they can answer; left out, three working days",
                required=False,
                after=("by",),
            ),
        ),
        examples=("agreement ask X-7", "agreement ask X-7 by Fri"),
    ),
    Command(
        verb="agreement need",
        summary="Say what your side needs from the other; nobody reads it before all have answered",
        who="owners of the parties that were asked, their deputies",
        run=need,
        writes=True,
        title="What you need",
        submit="Keep it",
        arguments=(
            DRAFT,
            Argument("text", TextArg(rest=False, long=True, most=1_000), "What your side needs", "In your own words"),
            line("quantity", "How much of it", "Such as 80 a month, or within 4 hours"),
        ),
        examples=("agreement need X-7 leads that answer the phone quantity 80 a month",),
    ),
)
