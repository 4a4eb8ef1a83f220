"""The weekly report, for the one who stands behind it: report preview, note, approve, now."""

from __future__ import annotations

from bot.cards import confirmations
from bot.cards import reports as cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.versions import require_current
from bot.desk.reports import reports as desk
from slacore.agreements import Terms


async def report(context: Context, arguments: Arguments) -> Reply:
    """`report [preview | approve | now] [note …]`."""
    sitting, agreement = context.sitting, context.agreement(_has_reports, lambda terms: _reports(terms, context.member))
    what = arguments.maybe("what", str) or "preview"
    note = arguments.maybe("note", str)
    if note is not None:
        await desk.add_note(sitting, agreement, note)
    if note is not None and "what" not in arguments:
        drafted, _ = await desk.draft(sitting, agreement)
        return Reply(card=confirmations.note_added(drafted, sitting.now))
    if what == "preview":
        drafted, goes_out_at = await desk.draft(sitting, agreement)
        instead = await desk.stands_in(sitting, agreement)
        card = cards.preview(
            drafted, goes_out_at=goes_out_at, now=sitting.now, reader=context.member, stands_in=instead
        )
        return Reply(card=card)
    drafted, _ = await desk.draft(sitting, agreement)
    require_current(context.utterance, drafted.on.toordinal(), "The report", f"report {what}")
    done, goes_out_at = await desk.approve(sitting, agreement, post_now=what == "now")
    return Reply(card=confirmations.report_approved(done, goes_out_at if what == "approve" else None, sitting.now))


def _has_reports(terms: Terms) -> bool:
    return bool(terms.reports)


def _reports(terms: Terms, member: str) -> bool:
    return any(each.reporter == member for each in terms.reports)


COMMANDS = (
    Command(
        verb="report",
        summary="See the weekly report, add a note, approve it, or post it now",
        who="the reporter; everybody may look",
        run=report,
        writes=True,
        arguments=(
            Argument("what", ChoiceArg(("preview", "approve", "now")), "What", required=False),
            Argument("note", TextArg(long=True), "Note", after=("note",), required=False),
        ),
        examples=("report", "report preview note Two big leads are close", "report approve", "report now"),
    ),
)
