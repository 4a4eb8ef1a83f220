"""What shows that something was delivered, for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.words import cut, deadline, moment, person, quoted, run, titled
from bot.chat.card import Card, Fact, File, Note, Text
from slacore.agreements import Terms
from slacore.handoffs import Handoff

_LISTED = 6


def lines_of(found: Sequence[Duty], now: datetime) -> tuple[Fact, ...]:
    """What shows each delivery of a period, the newest last."""
    return tuple(
        Fact(cut(f"{each.obligation.key} {each.name(now)}", 60), (f"shown by {quoted(each.obligation.evidence)}",))
        for each in found[-_LISTED:]
    )


def evidence(duty: Duty, files: tuple[File, ...], now: datetime) -> Card:
    """Who delivered it, when, and what shows it: words and links, and files to take."""
    obligation, terms = duty.obligation, duty.terms
    name = cut(duty.name(now), 60)
    if obligation.done_at is None:
        title = titled(f"Not delivered yet: {name}")
        return Card(
            title, f"{title}.", (Text(run("It is due ", deadline(obligation.due_at, terms), ".")),), ref=obligation.key
        )
    late = " late" if obligation.state == "missed" else ""
    who = run(person(terms, obligation.done_by), f" delivered it{late} ", moment(obligation.done_at, terms), ".")
    shown = (Fact("Shown by", (quoted(obligation.evidence),)),) if obligation.evidence.strip() else ()
    nothing = () if shown else (Note(("Nothing was sent along that shows it; the agreement asks for nothing.",)),)
    title = titled(f"Evidence: {name}")
    summary = f"{title}. {f'Shown by {quoted(obligation.evidence)}.' if shown else 'Nothing was sent along.'}"
    return Card(title, summary, (Text(who), *shown, *files, *nothing), tone="plain", ref=obligation.key)


def raised(handoff: Handoff, terms: Terms, files: tuple[File, ...]) -> Card:
    """Who raised it, when, and the files that came along."""
    who = run("Raised by ", person(terms, handoff.logged_by), ", ", moment(handoff.logged_at, terms), ".")
    title = f"{handoff.key} · {'what came along' if files else 'nothing came along'}"
    nothing = () if files else (Note(("It was raised in words alone.",)),)
    return Card(title, f"{title}.", (Text(who), *files, *nothing), ref=handoff.key)
