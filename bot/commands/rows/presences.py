"""What each person decides for himself: away, quiet, digest."""

from __future__ import annotations

from datetime import time

from bot.cards import confirmations
from bot.chat.talk import Reply
from bot.commands.arguments import (
    ChoiceArg,
    DateRange,
    DateRangeArg,
    EitherArg,
    PersonArg,
    TimeOrOffArg,
    TimeRange,
    TimeRangeArg,
)
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.vocabulary import PersonName
from bot.desk.people import handovers
from bot.desk.people import presences as desk
from slacore.presence import QuietHours


async def away(context: Context, arguments: Arguments) -> Reply:
    """`away 12-16 Oct to @deputy`, or `away off`."""
    days = arguments["days"]
    if not isinstance(days, DateRange):
        await desk.come_back(context.sitting)
        return Reply(card=confirmations.back())
    deputy = arguments.maybe("deputy", PersonName)
    key = deputy.key if deputy else ""
    absence = await desk.go_away(context.sitting, days.first_on, days.last_on, key, context.zone)
    if key:
        await handovers.stand_in(context.sitting, absence, days.first_on, days.last_on)
    return Reply(card=confirmations.away(days.first_on, days.last_on, deputy.name if deputy else ""))


async def quiet(context: Context, arguments: Arguments) -> Reply:
    """`quiet 18:00-08:00`, or `quiet off`."""
    hours = arguments["hours"]
    chosen = QuietHours(hours.starts_at, hours.ends_at) if isinstance(hours, TimeRange) else None
    await desk.keep_quiet(context.sitting, chosen)
    return Reply(card=confirmations.quiet(chosen))


async def digest(context: Context, arguments: Arguments) -> Reply:
    """`digest 09:00`, or `digest off`."""
    at = arguments["at"]
    chosen = at if isinstance(at, time) else None
    await desk.set_digest(context.sitting, chosen, context.zone)
    return Reply(card=confirmations.digest(chosen))


OFF = ChoiceArg(("off",))

COMMANDS = (
    Command(
        verb="away",
        summary="Say when you are away and who stands in for you",
        who="everybody, for themselves",
        run=away,
        writes=True,
        arguments=(
            Argument("days", EitherArg((DateRangeArg(), OFF)), "Days"),
            Argument("deputy", PersonArg(), "Deputy", after=("to",), required=False),
        ),
        examples=("away 12-16 Oct to @Nina", "away off"),
    ),
    Command(
        verb="quiet",
        summary="Choose the hours in which only urgent words reach you",
        who="everybody, for themselves",
        run=quiet,
        writes=True,
        arguments=(Argument("hours", EitherArg((TimeRangeArg(), OFF)), "Hours"),),
        examples=("quiet 18:00-08:00", "quiet off"),
    ),
    Command(
        verb="digest",
        summary="Choose when your daily digest comes",
        who="everybody, for themselves",
        run=digest,
        writes=True,
        arguments=(Argument("at", TimeOrOffArg(), "Time"),),
        examples=("digest 09:00", "digest off"),
    ),
)
