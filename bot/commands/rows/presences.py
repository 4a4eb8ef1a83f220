"""What each person decides for himself: away, quiet, digest; and what reaches him."""

from __future__ import annotations

from datetime import time

from bot.cards import absences as absence_cards
from bot.cards import confirmations
from bot.cards import messages as cards
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
from bot.commands.context import Context, where_it_would_work
from bot.commands.vocabulary import PersonName
from bot.desk.people import handovers
from bot.desk.people import messages as desk_messages
from bot.desk.people import presences as desk
from slacore.errors import Refusal
from slacore.periods import print_dates
from slacore.presence import QuietHours


async def away(context: Context, arguments: Arguments) -> Reply:
    """`away 12-16 Oct to @deputy`, or `away off`."""
    days = arguments["days"]
    if not isinstance(days, DateRange):
        await desk.come_back(context.sitting)
        return Reply(card=confirmations.back())
    deputy = arguments.maybe("deputy", PersonName)
    key = deputy.key if deputy else ""
    instead = (deputy.name,) if deputy else await desk.standing_in(context.sitting, days.first_on, context.zone)
    absence = await desk.go_away(context.sitting, days.first_on, days.last_on, key, context.zone)
    if key:
        await handovers.stand_in(context.sitting, absence, days.first_on, days.last_on)
    return Reply(card=confirmations.away(days.first_on, days.last_on, instead))


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


async def messages(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`messages`: why I write to somebody, and how to get less."""
    heard = await desk_messages.heard_by(context.sitting, context.member)
    return Reply(card=cards.messages(heard, context.sitting.now, context.zone))


async def absent(context: Context, arguments: Arguments) -> Reply:
    """Somebody says of another that he is away: that is his own to say."""
    person, days = arguments.one("person", PersonName), arguments.maybe("days", DateRange)
    if person.key == context.member:
        raise Refusal("That is you.", "Say `away 12-16 Oct to @deputy`.", offers=(("I am away…", "away …"),))
    name = person.name.split()[0]
    said = f"away {print_dates(days.first_on, days.last_on)}" if days else "away 12-16 Oct to @deputy"
    raise Refusal(f"Only {name} can say when {name} is away.", f"Ask {name} to say to me: `{said}`.")


async def absences(context: Context, arguments: Arguments) -> Reply:
    """`absences`, `absences Amy`: who is away, until when, and who stands in."""
    person = arguments.maybe("person", PersonName)
    terms = [each.latest.terms for each in context.agreements]
    if not terms:
        raise Refusal("No agreement is spoken of here.", where_it_would_work(context.sitting))
    found = await desk.absences_of(context.sitting, terms, person.key if person else "")
    today = context.sitting.today(context.zone)
    return Reply(card=absence_cards.absences(found, today, about=person.name if person else ""))


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
        verb="absences",
        summary="See who is away, until when, and who stands in",
        who="everybody",
        run=absences,
        shares=True,
        arguments=(Argument("person", PersonArg(), "Who", required=False),),
        examples=("absences", "absences @Amy"),
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
    Command(
        verb="messages",
        summary="See why I write to you, and how to get less",
        who="everybody, for themselves",
        run=messages,
        examples=("messages",),
    ),
    Command(
        verb="absent",
        summary="Say that somebody else is away",
        who="nobody: everybody says it for themselves",
        run=absent,
        arguments=(
            Argument("person", PersonArg(), "Who"),
            Argument("days", DateRangeArg(), "Days", required=False),
        ),
        examples=("absent @Amy", "absent @Amy 12-16 Oct"),
        listed=False,
    ),
)
