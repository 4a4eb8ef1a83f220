"""Taking everything out: export."""

from __future__ import annotations

from bot.cards import exports as cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, KeyArg, Month, MonthArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import ANSWERED_ELSEWHERE, Context
from bot.desk.exports import exports as desk
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from slacore.errors import Refusal


async def export(context: Context, arguments: Arguments) -> Reply:
    """`export [csv | json] [month]`."""
    sitting, asked = context.sitting, context.utterance
    key = arguments.maybe("key", str)
    agreement = sitting.agreement(key) if key else context.agreement()
    running = Month.of(sitting.today(agreement.latest.terms.zone))
    month = arguments.maybe("month", Month) or running
    if month > running:
        raise Refusal(f"{month} has not begun.", "Name a month that has.", field="month")
    form = arguments.maybe("form", str) or desk.CSV
    found = await desk.prepare(sitting, agreement, form, month.first_on, month.last_on)
    word = Word("note", f"export:{asked.person.platform}:{asked.delivery}", fresh=True)
    await saying.to_asker(sitting, asked.person, cards.exported(found), word)
    return ANSWERED_ELSEWHERE if asked.place.kind == "direct" else Reply(card=cards.on_its_way())


COMMANDS = (
    Command(
        verb="export",
        summary="Get a month's handoffs, what was owed, and what came of it, as files in your direct messages",
        who="the owner of a party, or an administrator",
        run=export,
        writes=True,
        arguments=(
            Argument("form", ChoiceArg((desk.CSV, desk.JSON)), "As", required=False),
            Argument("month", MonthArg(), "Month", after=("for", "in"), bare=True, required=False),
            Argument("key", KeyArg("A"), "Agreement", after=("of",), bare=True, required=False),
        ),
        examples=("export", "export csv October", "export json Oct 2026 of A-1"),
    ),
)
