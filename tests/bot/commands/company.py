"""A small company, and a small table of commands of every shape, for the tests of the grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.chat.talk import Reply
from bot.commands.arguments import (
    CampaignArg,
    ChoiceArg,
    CommitmentArg,
    DateArg,
    DateRangeArg,
    EitherArg,
    EvidenceArg,
    KeyArg,
    MomentArg,
    MonthArg,
    PartyArg,
    PersonArg,
    QuantityArg,
    TextArg,
    TimeOrOffArg,
    TimeRangeArg,
    UnitArg,
)
from bot.commands.command import Argument, Arguments, Asked, Command, CommandTable, Incomplete, Sentence
from bot.commands.grammar import parse
from bot.commands.vocabulary import (
    CampaignName,
    CommitmentName,
    Names,
    OutcomeName,
    PartyName,
    PersonName,
    PriorityName,
    ServiceName,
    UnitName,
    Vocabulary,
)
from slacore.errors import Refusal

NEW_YORK = ZoneInfo("America/New_York")

MARKETING = PartyName("marketing", "Marketing", ("mkt",), ("S0MKT",))
SALES = PartyName("sales", "Sales", (), ("S0SALES",))
SERVICE = PartyName("customer-service", "Customer Service", ("support",))
LEADS = UnitName("qualified-lead", "qualified leads", ("lead", "leads"), (), "qualified lead")
DEMOS = UnitName("demo", "demos", (), (), "demo")
JOSH = PersonName("m-josh", "Josh Hart", ("josh",), ("U0JOSH",))
AMY = PersonName("m-amy", "Amy Hill", ("amy",), ("U0AMY",))
LEADS_PROMISE = CommitmentName("C-1", "Leads", ("leads-a-month",))
REPORTS_PROMISE = CommitmentName("C-2", "Weekly status report")
OPEN_PROMISE = CommitmentName("C-5", "Shop open", ("shop-open", "availability", "satisfaction", "jitter"))
WEB_SHOP = ServiceName("web-shop", "web-shop")
WEBINAR = CampaignName("spring-webinar", "Spring webinar")


def at(moment: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """An instant from its local wall time, `2026-10-16 10:00`."""
    return datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC)


# A Friday, ten in the morning in New York.
NOW = at("2026-10-16 10:00")

WORDS = Vocabulary(
    now=NOW,
    zone=NEW_YORK,
    speaker="m-josh",
    parties=Names((MARKETING, SALES, SERVICE)),
    units=Names((LEADS, DEMOS)),
    people=Names((JOSH, AMY)),
    commitments=Names((LEADS_PROMISE, REPORTS_PROMISE, OPEN_PROMISE)),
    services=Names((WEB_SHOP,)),
    campaigns=Names((WEBINAR,)),
    outcomes=Names((OutcomeName("qualified", "Qualified"), OutcomeName("won", "Won"))),
    priorities=Names((PriorityName("urgent", "urgent"), PriorityName("normal", "normal"))),
)


def words_at(moment: str) -> Vocabulary:
    """The same words at another moment of New York."""
    return replace(WORDS, now=at(moment))


async def answer(context: object, arguments: Arguments) -> Reply:
    """What a command does is not the grammar's business."""
    return Reply()


HANDOFF = Command(
    verb="handoff",
    summary="Log what your party handed over",
    who="members of the giving party",
    run=answer,
    writes=True,
    arguments=(
        Argument("quantity", QuantityArg()),
        Argument("unit", UnitArg()),
        Argument("receiver", PartyArg(), after=("to",), required=False),
        Argument("on", DateArg(), after=("on",), required=False),
        Argument("campaign", CampaignArg(), after=("campaign", "from campaign"), required=False),
        Argument("ref", TextArg(rest=False), after=("ref",), required=False),
        Argument("note", TextArg(long=True), after=("note",), required=False),
        Argument("giver", PartyArg(), after=("from",), required=False),
    ),
    sentence=Sentence("giver", ("handed", "gave", "sent", "delivered")),
    examples=("handoff 25 qualified leads to sales", "marketing handed 25 leads to sales on Fri ref Webinar 3"),
)
ACCEPT = Command(
    verb="accept",
    summary="Accept a handoff, in whole or in part",
    who="the receiving party",
    run=answer,
    writes=True,
    arguments=(
        Argument("key", KeyArg("H")),
        Argument("quantity", QuantityArg(), required=False),
        Argument("reason", TextArg(long=True), after=("because",), required=False),
    ),
    examples=("accept H-41", "accept H-41 22"),
)
DISPUTE = Command(
    verb="dispute",
    summary="Hold a handoff apart, with a reason",
    who="the receiving party",
    run=answer,
    writes=True,
    arguments=(Argument("key", KeyArg("H")), Argument("reason", TextArg(long=True), after=("because",))),
    examples=("dispute H-41 because they bounced",),
)
DONE = Command(
    verb="done",
    summary="Say that something you owe is delivered",
    who="the owner",
    run=answer,
    writes=True,
    aliases=("finished",),
    arguments=(Argument("key", KeyArg("OL")), Argument("evidence", EvidenceArg(), required=False)),
)
SNOOZE = Command(
    verb="snooze",
    summary="Put a reminder off",
    who="the owner",
    run=answer,
    writes=True,
    arguments=(Argument("key", KeyArg("OL")), Argument("until", MomentArg(), after=("until", "for"), bare=True)),
)
STATUS = Command(
    verb="status",
    summary="See where the promises stand",
    who="everybody",
    run=answer,
    arguments=(
        Argument("about", EitherArg((CommitmentArg(), PartyArg())), "Promise or party", required=False),
        Argument("month", MonthArg(), after=("for", "in"), bare=True, required=False),
    ),
)
AWAY = Command(
    verb="away",
    summary="Say when you are away",
    who="everybody",
    run=answer,
    writes=True,
    arguments=(
        Argument("days", EitherArg((DateRangeArg(), ChoiceArg(("off",))))),
        Argument("deputy", PersonArg(), after=("to",), required=False),
    ),
)
QUIET = Command(
    verb="quiet",
    summary="Choose the hours in which only urgent words reach you",
    who="everybody",
    run=answer,
    writes=True,
    arguments=(Argument("hours", TimeRangeArg()),),
)
DIGEST = Command(
    verb="digest",
    summary="Choose when your daily digest comes",
    who="everybody",
    run=answer,
    writes=True,
    arguments=(Argument("at", TimeOrOffArg()),),
)
REPORT = Command(
    verb="report",
    summary="See the weekly report",
    who="the reporter",
    run=answer,
    arguments=(Argument("what", ChoiceArg(("preview", "now")), required=False),),
)
START_INCIDENT = Command(
    verb="incident start",
    summary="Say that a service is down",
    who="the reporter",
    run=answer,
    writes=True,
    arguments=(Argument("since", MomentArg(toward="past", opens=None), required=False, after=("at",)),),
)
HELP = Command(
    verb="help",
    summary="See what you can ask",
    who="everybody",
    run=answer,
    arguments=(Argument("verb", TextArg(), required=False),),
    examples=("help accept",),
)

TABLE = CommandTable(
    (HANDOFF, ACCEPT, DISPUTE, DONE, SNOOZE, STATUS, AWAY, QUIET, DIGEST, REPORT, START_INCIDENT, HELP)
)


def asked(text: str, words: Vocabulary = WORDS) -> tuple[str, Mapping[str, object]]:
    """The verb and the values of a command that is complete."""
    understood = parse(text, TABLE, words)
    assert isinstance(understood, Asked), understood
    return understood.command.verb, dict(understood.arguments)


def incomplete(text: str, words: Vocabulary = WORDS) -> Incomplete:
    """A command that opens its form."""
    understood = parse(text, TABLE, words)
    assert isinstance(understood, Incomplete), understood
    return understood


def refused(text: str, words: Vocabulary = WORDS) -> Refusal:
    """The answer to what cannot be understood."""
    try:
        understood = parse(text, TABLE, words)
    except Refusal as refusal:
        return refusal
    raise AssertionError(understood)
