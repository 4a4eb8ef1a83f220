"""What somebody hears, why, and how to hear less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.cards.offers import act, ask
from bot.cards.words import called, capital, count, cut, day_text_of, listed, small, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Strong, Text
from slacore.agreements import Terms
from slacore.presence import Absence, QuietHours

_MOST_AGREEMENTS, _MOST_PROMISES = 5, 4
_LONGEST_NAME = 60
_UNBOUNDED = "As many as there is reason for: what is over three a day would wait for a digest, and you have none."


@dataclass(frozen=True, slots=True)
class Heard:
    """What reaches one member: in which agreements he has a part, and what he chose."""

    member: str
    agreements: Sequence[Terms]
    most_a_day: int
    digest: time | None
    quiet: QuietHours | None
    absence: Absence | None
    held: int = 0


def messages(heard: Heard, now: datetime, zone: str) -> Card:
    """Why words come, how many at most, what holds them back, and the ways to get fewer."""
    blocks: list[Block] = [*_because(heard)]
    most = f"{capital(small(heard.most_a_day))} new messages a day; what is over waits for your digest."
    blocks.append(Fact("At most", (most if heard.digest is not None else _UNBOUNDED,)))
    blocks += _chosen(heard, now, zone)
    urgent = "Only what an agreement marks urgent comes through quiet hours."
    whole = "Nothing for days: say when you are away, and your deputy hears instead."
    blocks.append(Note((f"One promise has one message, which changes where it stands. {urgent} {whole}",)))
    title = "What I send you, and how to get less"
    buttons = (*_choices(heard), act("My part", "mine"))
    return Card(titled(title), f"{title}: digest {_digest(heard.digest)}", tuple(blocks), buttons)


def settings(heard: Heard, now: datetime, zone: str) -> Card:
    """What somebody chose for himself, with the ways to choose otherwise: the last section of his own page."""
    title = "When and how I write to you"
    buttons = (
        *_choices(heard),
        act("Connect an account", "connect"),
        act("Why I hear things", "messages"),
        act("Help", "help"),
    )
    return Card(title, f"{title}: digest {_digest(heard.digest)}", tuple(_chosen(heard, now, zone)), buttons)


def _chosen(heard: Heard, now: datetime, zone: str) -> list[Block]:
    return [
        Fact("Digest", (_digest(heard.digest),)),
        Fact("Quiet hours", (_quiet(heard),)),
        Fact("Away", (_away(heard, now, zone),)),
    ]


def _choices(heard: Heard) -> tuple[Button, ...]:
    return (
        ask("Quiet hours", "quiet"),
        act("I am back", "away off") if heard.absence is not None else ask("I am away", "away"),
        act("No digest", "digest off") if heard.digest is not None else act("Digest at 09:00", "digest 09:00"),
    )


def _because(heard: Heard) -> list[Text]:
    if not heard.agreements:
        return [Text(("You have no part in an agreement, so I write to you only when you ask me something.",))]
    lines = [Text(("I write to you because of your part in:",))]
    for terms in heard.agreements[:_MOST_AGREEMENTS]:
        roles = "; ".join(_roles(terms, heard.member)) or "belong to one of its parties"
        lines.append(Text((Strong(cut(terms.name, _LONGEST_NAME)), f": you {roles}.")))
    more = len(heard.agreements) - _MOST_AGREEMENTS
    if more > 0:
        lines.append(Text((f"And {count(more, 'more agreement')}.",)))
    return lines


def _roles(terms: Terms, member: str) -> Iterable[str]:
    """What somebody is in an agreement, as "you …", the weightiest first."""
    if member == terms.sponsor:
        yield "are whom both sides answer to"
    for party in terms.parties:
        if member == party.owner:
            yield f"answer for {party.name}"
        elif member in party.deputies:
            yield f"stand in for {called(terms, party.owner)}"
        elif member in party.members:
            yield f"belong to {party.name}"
        if member == party.manager:
            yield f"manage {party.name}"
        if member == party.contact and member != party.owner:
            yield f"are {party.name}'s point of contact"
    owned = [each.name for each in terms.commitments if each.owner == member]
    if owned:
        more = len(owned) - _MOST_PROMISES
        yield f"own {listed([*owned[:_MOST_PROMISES], *([f'{small(more)} more'] if more > 0 else [])])}"
    if any(each.reporter == member for each in terms.reports):
        yield "write the report"
    if member in terms.observers:
        yield "observe it"


def _digest(at: time | None) -> str:
    return f"{at:%H:%M}, on days that have something for you." if at is not None else "None."


def _quiet(heard: Heard) -> str:
    if heard.quiet is None:
        return "None: messages reach you at any hour."
    held = f" {count(heard.held, 'message')} held back now." if heard.held else ""
    return f"{heard.quiet.from_:%H:%M}–{heard.quiet.until:%H:%M}, your time.{held}"


def _away(heard: Heard, now: datetime, zone: str) -> str:
    if heard.absence is None:
        return "No."
    begins, ends = heard.absence.from_at, heard.absence.until_at
    if begins > now:
        return f"From {day_text_of(begins, now, zone)}, back {day_text_of(ends, now, zone)}."
    return f"Yes, back {day_text_of(ends, now, zone)}."
