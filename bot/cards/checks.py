"""Whom a checker is to look at, and what was found so far. Nobody else is told these names."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards.duties import Duty
from bot.cards.offers import act, ask
from bot.cards.words import count, cut, deadline, party, person, quoted, run, titled
from bot.chat.card import Block, Button, Card, Note, Spans, Table, Text
from slacore.checks import Check, left

_ROWS = 40
_BUTTONS = 4


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A check duty, and everybody whom it names."""

    duty: Duty
    checks: tuple[Check, ...]


def to_check(what: ToCheck, *, reader: str) -> Card:
    """List whom to check, those who are left first, with a button a finding for the first few."""
    duty, key = what.duty, what.duty.obligation.key
    waiting = left(what.checks)
    terms = duty.terms
    title = titled(f"{key} · {len(waiting):,} of {len(what.checks):,} to check: {cut(duty.commitment.name, 40)}")
    side = party(terms, duty.commitment.giver)
    due = deadline(duty.obligation.due_at, terms)
    lead = run(f"Drawn by lot from those of {side} who confirmed {duty.commitment.name}. To be checked by ", due, ".")
    if not waiting:
        failed = sum(each.result == "failed" for each in what.checks)
        lead = (f"All {len(what.checks):,} are checked; {count(failed, 'confirmation')} did not hold.",)
    in_order = (*waiting, *(each for each in what.checks if each.result))
    rows: tuple[tuple[Spans, ...], ...] = tuple(
        ((person(terms, each.member),), (each.result or "to check",), (quoted(each.reason) if each.reason else "",))
        for each in in_order[:_ROWS]
    )
    blocks: list[Block] = [Text(lead), Table(("Member", "Found", "Why"), rows)]
    if len(in_order) > _ROWS:
        blocks.append(Text((f"+{len(in_order) - _ROWS:,} more, as these are done.",)))
    if waiting:
        blocks.append(Note(("Ask to be shown that it is done, never for a password. You alone see this list.",)))
    return Card(title, f"{title}.", tuple(blocks), _buttons(what, waiting, reader), ref=key)


def _buttons(what: ToCheck, waiting: tuple[Check, ...], reader: str) -> tuple[Button, ...]:
    key, terms = what.duty.obligation.key, what.duty.terms
    found: list[Button] = []
    for each in waiting[:_BUTTONS]:
        name = terms.name_of(each.member)
        found.append(act(f"{name}: passed", f'check {key} "{name}" passed', may=(reader,)))
        found.append(ask(f"{name}: failed", f'check {key} "{name}" failed', style="danger", may=(reader,)))
    if len(waiting) > 1:
        found.append(act(f"All {len(waiting):,} passed", f"check {key} passed", may=(reader,)))
    return tuple(found)
