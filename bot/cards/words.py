"""Wording that all cards share: quantities, days, durations, lists, names, and the words for a state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from bot.chat.card import Mention, Moment, Span, Spans, Strong, Tone
from bot.chat.plain import day_of, moment_of
from slacore.agreements import Terms
from slacore.parties import is_former
from slacore.periods import Period

TITLE = 80
"""Characters that a title may have; it must fit a phone's notification."""

_QUOTED = 300
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COMMAND = re.compile(r"`([^`]+)`")
_ENDS = re.compile(r"[\s.;,:!?…]+$")

_MARKS = {
    "on pace": "●",
    "open": "○",
    "at risk": "▲",
    "behind": "▼",
    "none yet": "○",
    "no reading": "?",
    "met": "✓",
    "kept": "✓",
    "met late": "◐",
    "missed": "✕",
    "paused": "‖",
    "waived": "–",
    "nothing due": "–",
    "excused": "–",
    "withdrawn": "–",
}
_TONES: dict[str, Tone] = {
    "met": "good",
    "kept": "good",
    "at risk": "warning",
    "behind": "warning",
    "met late": "warning",
    "no reading": "warning",
    "missed": "bad",
}


# Text


def one_line(text: str) -> str:
    """Somebody's words on one line, whatever line ends and blanks they hold."""
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """Text on one line of at most that many characters; what was cut shows as "…"."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def titled(text: str) -> str:
    """A card's first line, never longer than TITLE."""
    return cut(text, TITLE)


def quoted(text: str) -> str:
    """Somebody's own words, marked as theirs, so that they cannot be taken for the bot's."""
    return f"“{cut(text, _QUOTED)}”"


def sentence(text: str) -> str:
    """Text that ends with one full stop."""
    return _ENDS.sub("", one_line(text)) + "."


def said(text: str) -> Spans:
    """Text in which what can be said to the bot stands in `backticks`, with those commands made strong."""
    parts = text.split("`")
    return run(*(Strong(part) if index % 2 and index < len(parts) - 1 else part for index, part in enumerate(parts)))


def said_plainly(text: str) -> str:
    """The same where nothing can be strong, as in a title: the commands in “quotes”."""
    return _COMMAND.sub(r"“\1”", one_line(text))


def capital(text: str) -> str:
    """Text that begins with a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """Give "a", "a and b", "a, b and c"."""
    return "".join(str(part) for part in listed_spans([(part,) for part in parts]))


def listed_spans(parts: Sequence[Spans]) -> Spans:
    """Join runs of spans as a list is said: "a, b and c"."""
    spans: list[Span] = []
    for index, part in enumerate(parts):
        if index:
            spans.append(" and " if index == len(parts) - 1 else ", ")
        spans += part
    return tuple(spans)


def run(*parts: Span | Spans) -> Spans:
    """One run of spans out of pieces; neighbouring text becomes one piece and empty text goes."""
    flat: list[Span] = []
    for part in parts:
        for span in part if isinstance(part, tuple) else (part,):
            if isinstance(span, str) and flat and isinstance(flat[-1], str):
                flat[-1] += span
            elif span != "":
                flat.append(span)
    return tuple(flat)


def joined(parts: Iterable[Spans], between: str = " ") -> Spans:
    """Sentences that follow one another; the empty ones are left out."""
    spans: Spans = ()
    for part in parts:
        if part:
            spans = run(spans, between, part) if spans else part
    return spans


# Numbers


def count(number: int, singular: str, plural: str = "") -> str:
    """Give "1 dispute", "2 disputes", "1,200 disputes"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def size(taken: int) -> str:
    """How large a file is, as people say it: "640 bytes", "182 KB", "1.8 MB". `taken` is in bytes."""
    if taken < 1_000:
        return count(taken, "byte")
    return f"{round(taken / 1_000):,} KB" if taken < 999_500 else f"{taken / 1_000_000:.1f} MB"


def small(number: int) -> str:
    """A number as a word up to twelve, in digits beyond."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def percent(share: Fraction) -> str:
    """Give "50 %", "33.3 %": a share rounded half up to a tenth, without a needless ".0"."""
    tenths = (share * 2000 + 1) // 2
    whole, tenth = divmod(tenths, 10)
    return f"{whole:,}.{tenth} %" if tenth else f"{whole:,} %"


# Time


def span_in_words(span: timedelta) -> str:
    """Give "40 seconds", "3 minutes", "2 hours", "5 days": the largest whole unit, rounded down."""
    seconds = max(0, int(span.total_seconds()))
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return count(seconds // size, word)
    return count(seconds, "second")


def ago(at: datetime, now: datetime) -> str:
    """Give "40 seconds ago", "2 days ago"; "just now" within a second."""
    return "just now" if now - at < timedelta(seconds=1) else f"{span_in_words(now - at)} ago"


def local_day(at: datetime, zone: str) -> date:
    """The date that an instant has on the wall of a zone (IANA)."""
    return at.astimezone(ZoneInfo(zone)).date()


def days_from(now: datetime, at: datetime, zone: str) -> int:
    """Calendar days from today to the day of an instant, in a zone; negative for the past."""
    return (local_day(at, zone) - local_day(now, zone)).days


def relative_day(at: datetime, now: datetime, zone: str) -> str:
    """Give "today", "tomorrow", "in 4 days", "yesterday", "4 days ago": by the calendar of a zone."""
    days = days_from(now, at, zone)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days:,} days" if days > 0 else f"{-days:,} days ago")


def day_text(on: date, now: datetime, zone: str) -> str:
    """A date in plain text, for titles: "Fri 16 Oct", with the year where it is not this one."""
    this_year = local_day(now, zone).year
    return day_of(on) if on.year == this_year else f"{day_of(on)} {on.year}"


def period_name(period: Period, now: datetime, zone: str) -> str:
    """What a period is called while its year goes without saying: "October", "week 42 (12–18 Oct)", "Q4"."""
    year = local_day(now, zone).year
    if period.last_on.year != year:
        return period.label
    return period.label.replace(f" of {year}", "").removesuffix(f" {year}")


def day_text_of(at: datetime, now: datetime, zone: str) -> str:
    """The day of an instant in plain text, by the calendar of a zone."""
    return day_text(local_day(at, zone), now, zone)


def moment_text(at: datetime, now: datetime, zone: str) -> str:
    """An instant in plain text for one reader, on the wall of his zone: "Mon 19 Oct 09:00"."""
    return f"{day_text_of(at, now, zone)} {moment_of(at, zone, 'time')}"


def moment(at: datetime, terms: Terms, shows: Literal["day", "day and time", "time"] = "day and time") -> Moment:
    """An instant for the reader's own wall clock; the agreement's where the reader's is unknown."""
    return Moment(at, shows, terms.zone)


def last_moment(at: datetime) -> datetime:
    """The last instant at which something due at `at` may still be done; it tells a deadline's day.

    What is due at midnight is due at the end of the day before, and not on the day that begins.
    """
    return at - timedelta(microseconds=1)


def deadline(at: datetime, terms: Terms, shows: Literal["day", "day and time"] = "day and time") -> Span:
    """A due moment: an instant as `moment` gives it, or "end of Fri 30 Oct" where the agreement's day ends with it."""
    if not _ends_a_day(at, terms.zone):
        return moment(at, terms, shows)
    return deadline_text(at, terms.zone, shows)


def deadline_text(at: datetime, zone: str, shows: Literal["day", "day and time"] = "day and time") -> str:
    """The same in plain text, on the wall of a zone: "Fri 30 Oct 17:00", "end of Fri 30 Oct"."""
    if not _ends_a_day(at, zone):
        return moment_of(at, zone, shows)
    last_on = day_of(local_day(last_moment(at), zone))
    return last_on if shows == "day" else f"end of {last_on}"


def _ends_a_day(at: datetime, zone: str) -> bool:
    return at.astimezone(ZoneInfo(zone)).time() == time()


def moment_near(at: datetime, now: datetime, terms: Terms) -> Moment:
    """An instant with its day, or by the hour alone where it lies within half a day of today's `now`."""
    near = abs(at - now) < timedelta(hours=12) and days_from(now, at, terms.zone) == 0
    return Moment(at, "time" if near else "day and time", terms.zone)


# Names


def called(terms: Terms, member: str) -> str:
    """What colleagues call somebody: the first name, where nobody else in the agreement shares it."""
    full = terms.name_of(member)
    if is_former(member):
        return full
    first = full.split(maxsplit=1)[0] if full.strip() else full
    same = [each for each in terms.people if first in each.name and each.name.split(maxsplit=1)[:1] == [first]]
    return first if len(same) == 1 else full


def person(terms: Terms, member: str, calls: bool = False) -> Mention:
    """Somebody by name; `calls` notifies."""
    return Mention(member, called(terms, member), calls)


def people(terms: Terms, members: Sequence[str]) -> Spans:
    """Several people as a list is said."""
    return listed_spans([(person(terms, member),) for member in members])


def party(terms: Terms, slug: str) -> str:
    """What a party is called."""
    return terms.party(slug).name


def whose(name: str) -> str:
    """The name of whoever something belongs to: "Marketing’s", "Sales’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def speakers(terms: Terms, *slugs: str) -> tuple[str, ...]:
    """The member ids that speak for parties, in a steady order: owners, deputies, members."""
    found: dict[str, None] = {}
    for slug in slugs:
        side = terms.party(slug)
        found |= dict.fromkeys((side.owner, *side.deputies, *side.members))
    return tuple(found)


# States


def state_in_words(state: str, provisional: bool = False) -> str:
    """A state as people read it: "at risk", "met, provisional". Nothing provisional is called a miss."""
    if not provisional:
        return state
    return f"{'short' if state == 'missed' else state}, provisional"


def marked(state: str, provisional: bool = False) -> str:
    """A state with a sign that needs no colour: "▲ at risk", "✓ met, provisional"."""
    mark = _MARKS["behind" if state == "missed" and provisional else state]
    return f"{mark} {state_in_words(state, provisional)}"


def tone_of(state: str, provisional: bool = False) -> Tone:
    """How a state is coloured, where there is colour; what is provisional never looks final."""
    tone = _TONES.get(state, "plain")
    if not provisional:
        return tone
    return "plain" if tone == "good" else "warning"
