"""How the bot fares: what does not work, what is held until when, and why somebody did not hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from bot.cards.words import capital, count, cut, one_line, run, sentence, span_in_words, titled
from bot.chat.card import Block, Button, Card, Moment, Note, Spans, Strong, Text

_SHOWN = 12

Became = Literal["held", "waiting", "dropped", "unknown", "dead"]
"""What has become of a message that somebody has not heard."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """A message that somebody has not heard: which one, for whom, and why.

    `what` is its sort ("nudge"), `ref` what it was about, `where` the channel or the person's name.
    `until` is when it may go out, for one that is held; `at` when it was said.
    """

    what: str
    ref: str
    where: str
    became: Became
    why: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PutOff:
    """Something that was due and could not be decided: what, how often it was tried, since when, and when again."""

    what: str
    tries: int
    since: datetime
    again_at: datetime


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whom words do not reach: the full name, why, and what to do about it."""

    name: str
    why: str
    mend: str


class Down(Protocol):
    """A stretch (aware UTC moments) in which nothing was looked at and nothing said."""

    @property
    def since(self) -> datetime:
        """When somebody was last here."""
        ...

    @property
    def until(self) -> datetime:
        """When somebody was back."""
        ...


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot fares in a workspace, as far as the asker may know.

    `waiting` and `held` count messages that are not out yet. `behind_since` is the oldest look that
    the clock should have taken more than a minute ago; None if it keeps up. `unheard` has the
    channels' messages and the asker's own, newest first; those of others are only counted. `put_off`
    is what could not be decided, oldest first; everything beside it went on. `unreached` names the
    people whom nothing reaches. `down` is the last stretch, since when and until when, in which nobody
    was here to look or to say anything; None if there was none of late.
    """

    waiting: int
    held: int
    behind_since: datetime | None
    unheard: tuple[Unheard, ...]
    put_off: tuple[PutOff, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    down: Down | None = None


def health(state: Health, now: datetime, *, zone: str = "UTC") -> Card:
    """Answer `health`: one line a thing."""
    wrong = [each for each in state.unheard if each.became in ("unknown", "dead")]
    troubles = len(wrong) + (state.behind_since is not None) + len(state.put_off) + len(state.unreached)
    parts = [
        f"{count(troubles, 'thing')} {'does' if troubles == 1 else 'do'} not work" if troubles else "Everything works"
    ]
    if state.held:
        parts.append(f"{count(state.held, 'message')} held")
    if state.waiting:
        parts.append(f"{count(state.waiting, 'message')} on the way")
    title = ", ".join(parts) + "."
    blocks: list[Block] = []
    if state.behind_since is not None:
        behind = span_in_words(now - state.behind_since)
        first = Moment(state.behind_since, zone=zone)
        blocks.append(Text(run(f"The clock is {behind} behind: it should have looked ", first, ".")))
    if state.down is not None:
        since, until = Moment(state.down.since, zone=zone), Moment(state.down.until, zone=zone)
        after = ". What fell due meanwhile was looked at afterwards; nobody was reminded of it before."
        blocks.append(Text(run("I was not running from ", since, " to ", until, after)))
    blocks += [Text(_put_off(each, zone)) for each in state.put_off[:_SHOWN]]
    if len(state.put_off) > _SHOWN:
        blocks.append(Text((f"+{len(state.put_off) - _SHOWN} more that could not be decided.",)))
    blocks += [
        Text(run(Strong(each.name), f" cannot be reached: {each.why} {each.mend}")) for each in state.unreached[:_SHOWN]
    ]
    if len(state.unreached) > _SHOWN:
        blocks.append(Text((f"+{len(state.unreached) - _SHOWN:,} more people cannot be reached.",)))
    blocks += [Text(_line(each, zone)) for each in _in_order(state.unheard)[:_SHOWN]]
    if len(state.unheard) > _SHOWN:
        blocks.append(Text((f"+{len(state.unheard) - _SHOWN} more, older.",)))
    blocks.append(Note(("Others' private messages are counted here and not shown.",)))
    return Card(titled(title), title, tuple(blocks), tone="warning" if troubles else "good")


def _put_off(each: PutOff, zone: str) -> Spans:
    tries = "" if each.tries == 1 else f" in {each.tries} tries"
    return run(
        f"{capital(cut(each.what, 80))} could not be decided{tries} since ",
        Moment(each.since, zone=zone),
        "; it is tried again ",
        Moment(each.again_at, zone=zone),
        ". The bot's log says why.",
    )


_ORDER: dict[Became, int] = {"dead": 0, "unknown": 1, "held": 2, "waiting": 3, "dropped": 4}


def _in_order(unheard: Sequence[Unheard]) -> list[Unheard]:
    return sorted(unheard, key=lambda each: _ORDER[each.became])


def _line(each: Unheard, zone: str) -> Spans:
    about = f" {cut(each.ref, 40)}" if each.ref else ""
    to = f" to {cut(each.where, 40)}" if each.where else ""
    said = run(f"{capital(each.what)}{about}{to}, ", Moment(each.at, zone=zone), ": ")
    why = one_line(each.why)
    because = f" ({cut(why, 160)})" if why else ""
    match each.became:
        case "held" if each.until is not None:
            return run(said, "held until ", Moment(each.until, zone=zone), f"{because}.")
        case "held" | "waiting":
            return run(said, f"waits to go out{because}.")
        case "dropped":
            return run(said, f"not sent{because}.")
        case "unknown":
            return run(said, f"unclear whether it arrived{because}; it is looked up before anything is said again.")
        case "dead":
            return run(said, f"could not be delivered{because}.")


_TO_OWNERS = (
    "You get this because you own one side's promises here, or sponsor them. What comes next comes to you as well, "
    "until the channel works again or another way is chosen."
)
_BESIDE = "You get this because you stand beside them here. What comes next does too, until they can be reached."


def undelivered(
    card: Card, where: str, why: str, at: datetime, *, zone: str = "UTC", instead: tuple[Button, ...] = ()
) -> Card:
    """Bring a message by another route: where it could not be said and why, then the message itself.

    `where` is a channel, for which `instead` are the buttons that choose another way for what comes next (the
    message's own follow), or, without them, somebody's name.
    """
    unsaid = f"I could not {'post this in' if instead else 'say this to'} {cut(where, 40)}"
    reason = sentence(cut(why, 160))
    return replace(
        card,
        summary=f"{unsaid}: {reason} {card.summary}",
        blocks=(
            Note(run(f"{unsaid}, ", Moment(at, zone=zone), f": {reason} It is below.")),
            *card.blocks,
            Note((_TO_OWNERS if instead else _BESIDE,)),
        ),
        buttons=(*instead, *card.buttons),
        tone="warning",
    )


def held_in_words(held: Sequence[Unheard], zone: str) -> Spans:
    """Say what waits for quiet hours to end: "2 nudges held until Mon 19 Oct 09:00"."""
    until = min((each.until for each in held if each.until is not None), default=None)
    if until is None:
        return ()
    sorts = {each.what for each in held}
    what = sorts.pop() if len(sorts) == 1 else "message"
    return run(f"{count(len(held), what)} held until ", Moment(until, zone=zone), ".")
