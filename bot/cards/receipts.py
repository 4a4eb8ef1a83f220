"""A handoff's receipt: what was given, what became of it, and where the period stands by it.

It is posted once in the parties' channel and edited in place, so that the newest state of a handoff
is always where people saw it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate

from bot.cards.offers import Style, act, ask
from bot.cards.standings import progress
from bot.cards.words import (
    cut,
    day_text,
    day_text_of,
    deadline,
    last_moment,
    local_day,
    moment,
    party,
    period_name,
    person,
    quoted,
    run,
    said,
    speakers,
    titled,
)
from bot.chat.card import Block, Button, Card, Note, Span, Spans, Strong, Text, Tone
from slacore.agreements import Terms
from slacore.commitments import Unit, Volume
from slacore.handoffs import Entry, Handoff, Piles, Proposal
from slacore.standing import Standing

_SHOWN = 4
"""Ledger entries after the first that a receipt shows; `history` has them all."""


def receipt(
    handoff: Handoff,
    entries: Sequence[Entry],
    standing: Standing,
    terms: Terms,
    now: datetime,
    *,
    proposal: Proposal | None = None,
    waiting_for: str = "",
) -> Card:
    """Say what a handoff is now, in every state it can be in.

    `entries` is its ledger, oldest first; `standing` the period it counts in, this handoff included.
    `proposal` is a correction that waits for the other side. `waiting_for` is the member who has to
    answer where that is not the receiving party's owner.
    """
    blocks: list[Block] = [Text(line) for line in _story(handoff, entries, standing, terms, now)]
    if proposal is not None:
        blocks.append(Text(_proposed(handoff, proposal, terms)))
    blocks.append(Text(progress(standing, terms, now, says_today=_is_fresh(handoff, entries, now, terms))))
    if note := _what_next(handoff, waiting_for or terms.party(handoff.receiver).owner, terms):
        blocks.append(Note(note))
    return replace(
        in_short(handoff, terms, now),
        blocks=tuple(blocks),
        buttons=_buttons(handoff, proposal, terms),
        tone=_tone(handoff),
    )


def in_short(handoff: Handoff, terms: Terms, now: datetime) -> Card:
    """The receipt's title and summary: what is known of it until it is drawn, which is when it is said."""
    unit = _unit_of(handoff, terms)
    title = titled(f"{_headline(handoff, unit, terms)}{_outcome(handoff)}")
    return Card(title, _summary(handoff, unit, terms, now), ref=handoff.key)


def _unit_of(handoff: Handoff, terms: Terms) -> Unit:
    promise = terms.commitment(handoff.commitment).promise
    if not isinstance(promise, Volume):
        raise TypeError(f"{handoff.commitment} is no volume promise")
    return promise.unit


def _quantity(handoff: Handoff) -> int:
    """What the handoff amounts to now; what was logged where it was taken back."""
    return handoff.quantity if handoff.undone else handoff.piles.total


def _headline(handoff: Handoff, unit: Unit, terms: Terms) -> str:
    sides = f"{cut(party(terms, handoff.giver), 20)} → {cut(party(terms, handoff.receiver), 20)}"
    return f"{handoff.key} · {sides} · {unit.counted(_quantity(handoff))}"


def _outcome(handoff: Handoff) -> str:
    piles = handoff.piles
    if handoff.undone:
        return " · – undone"
    if not piles.total:
        return " · – withdrawn"
    if piles.disputed:
        return f" · ▲ {piles.disputed:,} disputed"
    return "" if piles.awaiting else " · ✓ accepted"


def _tone(handoff: Handoff) -> Tone:
    if handoff.piles.disputed:
        return "warning"
    return "good" if handoff.piles.accepted and not handoff.piles.awaiting else "plain"


# What happened


def _story(handoff: Handoff, entries: Sequence[Entry], standing: Standing, terms: Terms, now: datetime) -> list[Spans]:
    period = period_name(standing.goal.period, now, terms.zone)
    lines = [_logged(handoff, standing, terms, period)]
    totals = list(accumulate((entry.change for entry in entries), initial=Piles()))
    later = [
        run(_happened(entry, totals[index], terms), _restated(entry, standing, terms, period))
        for index, entry in enumerate(entries)
        if entry.happened != "logged"
    ]
    if len(later) > _SHOWN:
        lines.append(said(f"{len(later) - _SHOWN} earlier changes: `history {handoff.key}`."))
    return lines + later[-_SHOWN:]


def _logged(handoff: Handoff, standing: Standing, terms: Terms, period: str) -> Spans:
    spans = run("Logged by ", person(terms, handoff.logged_by), ", ", moment(handoff.logged_at, terms, "day"))
    said_on = local_day(handoff.logged_at, terms.zone)
    if handoff.handed_on != said_on:
        spans = run(spans, f", for {day_text(handoff.handed_on, handoff.logged_at, terms.zone)}")
    spans = run(spans, ".")
    if details := _details(handoff, terms):
        spans = run(spans, f" {details}")
    if handoff.late:
        due = deadline(standing.goal.due_at, terms)
        spans = run(spans, " Late: handed over after ", due, f", credited to {period}.")
    return spans


def _details(handoff: Handoff, terms: Terms) -> str:
    parts = []
    if handoff.campaign:
        promise = terms.commitment(handoff.commitment).promise
        known = promise.campaigns if isinstance(promise, Volume) else ()
        name = next((each.name for each in known if each.slug == handoff.campaign), handoff.campaign)
        parts.append(f"Campaign {quoted(name)}.")
    if handoff.ref:
        parts.append(f"Ref {quoted(handoff.ref)}.")
    if handoff.note:
        parts.append(f"Note {quoted(handoff.note)}.")
    return " ".join(parts)


def _happened(entry: Entry, before: Piles, terms: Terms) -> Spans:
    by, at = person(terms, entry.by), moment(entry.at, terms)
    match entry.happened:
        case "accepted by silence":
            accepted = f"Accepted {entry.change.accepted:,} of {before.total:,}" if before.disputed else "Accepted"
            return run(accepted, " ", at, ": nobody objected in the agreed time.")
        case "undone":
            return run("Undone by ", by, ", ", at, ". It counts no more.")
        case "disputed":
            return run(by, f" disputed {_share(entry.change.disputed, before.total)}, ", at, _because(entry.reason))
        case "corrected":
            after = before + entry.change
            return run(f"Corrected {before.total:,} → {after.total:,} by ", by, ", ", at, _because(entry.reason))
        case _:
            return _accepted(entry, before, by, at)


def _accepted(entry: Entry, before: Piles, by: Span, at: Span) -> Spans:
    change = entry.change
    if change.disputed > 0:
        share = _share(change.accepted, before.total)
        return run(by, f" accepted {share} and disputed {change.disputed:,}, ", at, _because(entry.reason))
    if before.disputed and not before.awaiting:
        return run(by, f" accepted the disputed {change.accepted:,}, ", at, ".")
    if change.accepted < before.total:
        return run(by, f" accepted {change.accepted:,}, ", at, ".")
    return run("Accepted by ", by, ", ", at, ".")


def _share(part: int, whole: int) -> str:
    return f"all {part:,}" if part == whole else f"{part:,} of {whole:,}"


def _because(reason: str) -> str:
    return f": {quoted(reason)}." if reason.strip() else "."


def _restated(entry: Entry, standing: Standing, terms: Terms, period: str) -> str:
    """A change of what counts that comes after the period's end restates the period, and says by how much."""
    counted = entry.change.counted
    if not counted or entry.at < standing.goal.period.ends_at(terms.zone):
        return ""
    sign = "+" if counted > 0 else "−"
    return f" Restates {period} by {sign}{abs(counted):,}."


def _proposed(handoff: Handoff, proposal: Proposal, terms: Terms) -> Spans:
    other = handoff.receiver if proposal.party == handoff.giver else handoff.giver
    return run(
        person(terms, proposal.by),
        " asks to correct ",
        Strong(f"{handoff.piles.total:,} → {proposal.to:,}"),
        ", ",
        moment(proposal.at, terms),
        _because(proposal.reason),
        f" Nothing changes unless {party(terms, other)} agrees.",
    )


def _is_fresh(handoff: Handoff, entries: Sequence[Entry], now: datetime, terms: Terms) -> bool:
    """Whether "today" on the receipt is the day that its newest line tells of."""
    newest = entries[-1].at if entries else handoff.logged_at
    return local_day(newest, terms.zone) == local_day(now, terms.zone)


# What comes next


def _what_next(handoff: Handoff, waiting_for: str, terms: Terms) -> Spans:
    piles = handoff.piles
    if piles.awaiting:
        who = person(terms, waiting_for, calls=True)
        what = "accepted" if not piles.disputed else f"the other {piles.awaiting:,} accepted"
        return run("Waiting for ", who, f"; {what} ", deadline(handoff.silence_at, terms), " if nobody objects.")
    if piles.disputed:
        giver, receiver = party(terms, handoff.giver), party(terms, handoff.receiver)
        return (f"The dispute ends when {giver} corrects the number or {receiver} accepts.",)
    return ()


def _buttons(handoff: Handoff, proposal: Proposal | None, terms: Terms) -> tuple[Button, ...]:
    key, version, piles = handoff.key, handoff.revision, handoff.piles
    giving, receiving = speakers(terms, handoff.giver), speakers(terms, handoff.receiver)
    buttons: list[Button] = []
    if proposal is not None:
        other = receiving if proposal.party == handoff.giver else giving
        # In the grammar's quotes, so that no reason can be read as anything else.
        reason = cut(proposal.reason, 200).replace('"', '""') or "agreed"
        says = f'correct {key} to {proposal.to} because "{reason}"'
        buttons.append(act(f"Agree to {proposal.to:,}", says, style="primary", version=version, may=other))
    style: Style = "plain" if buttons else "primary"
    if piles.awaiting and piles.disputed:
        rest = f"accept {key} {piles.awaiting}"
        buttons.append(act(f"Accept the other {piles.awaiting:,}", rest, style=style, version=version, may=receiving))
        style = "plain"
    if piles.awaiting:
        everything = f"Accept all {piles.awaiting + piles.disputed:,}"
        if piles.counted + piles.disputed == 1:
            everything = "Accept"
        buttons.append(act(everything, f"accept {key}", style=style, version=version, may=receiving))
        if piles.awaiting > 1 and not piles.disputed:
            buttons.append(ask("Accept some", f"accept {key}", version=version, may=receiving))
        buttons.append(ask("Dispute", f"dispute {key}", style="danger", version=version, may=receiving))
    elif piles.disputed:
        label = f"Accept the disputed {piles.disputed:,}"
        buttons.append(act(label, f"accept {key}", style=style, version=version, may=receiving))
    if piles.disputed and proposal is None:
        buttons.append(_concede(handoff, giving))
    return tuple(buttons)


def _concede(handoff: Handoff, giving: tuple[str, ...]) -> Button:
    """The giver gives the disputed units up."""
    kept = handoff.piles.counted
    label = f"Correct to {kept:,}" if kept else f"Withdraw all {handoff.piles.disputed:,}"
    return ask(label, f"correct {handoff.key} to {kept}", version=handoff.revision, may=giving)


def _summary(handoff: Handoff, unit: Unit, terms: Terms, now: datetime) -> str:
    giver, receiver, piles = party(terms, handoff.giver), party(terms, handoff.receiver), handoff.piles
    given = f"{handoff.key}: {giver} handed {receiver} {unit.counted(_quantity(handoff))}"
    if handoff.undone:
        return f"{given}; it was undone and counts no more."
    if not piles.total:
        return f"{handoff.key}: what {giver} handed {receiver} was withdrawn."
    if piles.disputed:
        waiting = f"{piles.awaiting:,} awaiting acceptance, " if piles.awaiting else ""
        return f"{given}; {piles.accepted:,} accepted, {waiting}{piles.disputed:,} disputed."
    if piles.awaiting:
        return (
            f"{given}; accepted on {day_text_of(last_moment(handoff.silence_at), now, terms.zone)} if nobody objects."
        )
    return f"{given}; all accepted."
