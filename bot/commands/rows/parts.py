"""Changing what promises rest on, in a draft or as one: its calendars, its ladders, and what follows a miss."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.talk import Reply
from bot.commands import blanks
from bot.commands.arguments import DayLinesArg, PartArg
from bot.commands.changing import BECAUSE, FROM, KEY, WHO, drafted, key_in, line, when_and_why
from bot.commands.command import Argument, Arguments, Asks, Command, Fills
from bot.commands.context import Context
from bot.commands.rows.agreements import answer_with
from bot.desk.drafts import parts
from bot.desk.sitting import Sitting
from bot.documents import parts as documents
from bot.documents.lines import LINES, MERGED, NONE, Kind
from slacore.agreements import Terms


async def calendar(context: Context, arguments: Arguments) -> Reply:
    """`agreement calendar A-1 office closed 24 Dec Company holiday`."""
    return await part(context, arguments, "calendars")


async def ladder(context: Context, arguments: Arguments) -> Reply:
    """`agreement ladder A-1 default step 1wd after: owner, counterparty`."""
    return await part(context, arguments, "escalations")


async def consequence(context: Context, arguments: Arguments) -> Reply:
    """`agreement consequence A-1 credit tier 99.5 %: 30 % cap 40 %`."""
    return await part(context, arguments, "consequences")


async def part(context: Context, arguments: Arguments, kind: Kind) -> Reply:
    """Change lines of a part of one kind; a form's field that showed something and came back empty takes that out."""
    key = await key_in(context, arguments)
    name = arguments.one(PART[kind].name, str)
    draft = await drafted(context, arguments, key)
    said = {each: arguments.one(each, str) for each in (*LINES[kind], *MERGED[kind]) if each in arguments}
    if (slug := documents.called(draft.terms, kind, name)) is not None:
        shown = shown_in(draft.terms, kind, slug)
        if context.utterance.via == "form":
            said |= {each: NONE for each in shown if each not in said}
        said = {each: text for each, text in said.items() if text != shown.get(each)}
    changed = await parts.change(context.sitting, draft, kind, name, said)
    return await answer_with(context, await parts.changed(context.sitting, key, changed), whole=False)


def shown_in(terms: Terms, kind: Kind, slug: str) -> dict[str, str]:
    """What the fields of a part's form show: all of it that fits into one, and its decider by name."""
    found = {name: text for name, text in documents.written(terms, kind, slug).items() if len(text) <= blanks.FITS}
    return found | ({"decider": terms.name_of(found["decider"])} if "decider" in found else {})


def asking_of(kind: Kind, *lines: Argument) -> Asks:
    """What a form about a part of a kind asks for: every line of it that fits into a field."""

    async def asked(sitting: Sitting, known: Arguments) -> tuple[Argument, ...]:
        said = await _written(sitting, known, kind)
        whole = (each for each in lines if each.name in LINES[kind] and len(said.get(each.name, "")) <= blanks.FITS)
        return (KEY, PART[kind], *whole, *when_and_why(known))

    return asked


def filling(kind: Kind) -> Fills:
    """What a form about a part of a kind shows: what it says now."""

    async def filled(sitting: Sitting, known: Arguments) -> Mapping[str, object]:
        terms = await blanks.known_terms(sitting, known)
        if terms is None or PART[kind].name not in known:
            return {}
        slug = documents.called(terms, kind, known.one(PART[kind].name, str))
        return {"key": await blanks.key_in(sitting, known), **(shown_in(terms, kind, slug) if slug is not None else {})}

    return filled


async def _written(sitting: Sitting, known: Arguments, kind: Kind) -> Mapping[str, str]:
    terms = await blanks.known_terms(sitting, known)
    slug = (
        documents.called(terms, kind, known.one(PART[kind].name, str))
        if terms is not None and PART[kind].name in known
        else None
    )
    return documents.written(terms, kind, slug) if terms is not None and slug is not None else {}


def days(name: str, label: str, hint: str, *after: str) -> Argument:
    """Days of a calendar that may be left out, behind their keyword."""
    return Argument(name, DayLinesArg(most=4_000), label, hint, required=False, after=after or (name,))


PART: Mapping[Kind, Argument] = {
    "calendars": Argument("part", PartArg(), "Calendar", "Its name; a new name makes a new one"),
    "escalations": Argument("part", PartArg(), "Ladder", "Its name; “default” holds where a promise names none"),
    "consequences": Argument("part", PartArg(), "Consequence", "Its name; a new name makes a new one"),
    "definitions": Argument("word", PartArg(), "Word", "The word or words that both sides measure by", required=False),
}
_CALENDAR = (
    line("hours", "Working hours", "A line each: Mon-Fri 09:00-12:00, 13:00-17:00", long=True),
    line("holidays", "Holidays of", "A country or region, such as US, US-NY or DE-BY; left empty, none"),
    line("worked", "Open on these holidays", "By name, such as Columbus Day", "open on holidays"),
    days("closed_days", "Closed days", "A line each: 2026-12-24 Company holiday", "closed days"),
    days("half_days", "Days with hours of their own", "A line each: 2026-12-31 09:00-12:00", "half days"),
    line("zone", "Time zone", "Such as Europe/Berlin"),
    days("closed", "Closed on", "Such as 24 Dec Company holiday; the other days stay"),
    days("half", "Open for part of", "Such as 31 Dec 09:00-12:00; the other days stay", "half day"),
    days("usual", "As usual on", "Days that are no longer closed or short", "as usual"),
)
_LADDER = (
    line("steps", "Steps", "A line each: 2wd before: owner if at risk. Roles: owner, contact, counterparty, manager, "
         "sponsor, channel", long=True),
    line("snoozes", "Snoozes", "How often an owner may put a reminder off"),
    line("step", "Step", "Such as 1wd after: owner, counterparty; nobody takes it out; the others stay"),
)  # fmt: skip
_CONSEQUENCE = (
    line("options", "What makes up for it", "Of recovery plan, carry-over, service credit, notice"),
    line("applies", "Which of several apply", "one of them, which closes the others, or all of them"),
    line("decider", "Who decides", "By name; left empty, the sponsor"),
    line("plan", "A recovery plan is due within", "Such as 3wd", "plan within"),
    line("otherwise", "Without a plan in that time", "What follows: carry-over, service credit or notice"),
    line("charge", "What the service costs a period", "Such as $2,000; a credit is a share of it"),
    line(
        "tiers", "Tiers of the credit", "A line each: below what, and what share that is worth: 99.5 %: 25 %", long=True
    ),
    line("cap", "At most", "The share of the charge that is credited in a period, such as 50 %"),
    line("claim", "Claimed within", "Such as 30d; left empty, until the second period after", "claim within"),
    line("minimum", "At least", "Less is not paid, such as $10"),
    line("carry", "Carried at most", "Units that one period owes of what others lacked", "carry at most"),
    line("repeated", "Misses that repeat", "A line each: 3 misses within 365d: notice", long=True),
    line("tier", "Tier", "Such as 99.5 %: 30 %; none takes it out; the others stay"),
)
COMMANDS = (
    Command(
        verb="agreement calendar",
        summary="Change working hours, holidays and days of a calendar, or add a calendar",
        who=WHO,
        run=calendar,
        writes=True,
        asks=asking_of("calendars", *_CALENDAR),
        fills=filling("calendars"),
        title="Calendar",
        submit="Draft it",
        arguments=(KEY, PART["calendars"], *_CALENDAR, FROM, BECAUSE),
        examples=(
            "agreement calendar A-1 office",
            "agreement calendar A-1 office closed 24 Dec Company holiday; 31 Dec",
            "agreement calendar X-7 office hours Mon-Thu 09:00-17:00; Fri 09:00-13:00 holidays US-NY",
        ),
    ),
    Command(
        verb="agreement ladder",
        summary="Change who hears of a miss and when, or add a ladder",
        who=WHO,
        run=ladder,
        writes=True,
        asks=asking_of("escalations", *_LADDER),
        fills=filling("escalations"),
        title="Ladder",
        submit="Draft it",
        arguments=(KEY, PART["escalations"], *_LADDER, FROM, BECAUSE),
        examples=(
            "agreement ladder A-1 default",
            "agreement ladder A-1 default step 3wd after: manager, sponsor",
        ),
    ),
    Command(
        verb="agreement consequence",
        summary="Change what follows a miss: options, tiers of a credit, its cap; or add a consequence",
        who=WHO,
        run=consequence,
        writes=True,
        asks=asking_of("consequences", *_CONSEQUENCE),
        fills=filling("consequences"),
        title="Consequence",
        submit="Draft it",
        arguments=(KEY, PART["consequences"], *_CONSEQUENCE, FROM, BECAUSE),
        examples=(
            "agreement consequence A-1 make-good plan within 5wd",
            "agreement consequence A-1 credit tier 99.5 %: 30 % cap 40 %",
        ),
    ),
)
