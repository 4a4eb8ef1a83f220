"""A notice in words: to whom, of what, since when, what both had agreed, who gives it, and that it was acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards.breaches import loss_in_words, what_was_missed
from bot.cards.carries import AS_AGREED
from bot.cards.duties import Duty
from bot.cards.offers import act, ask
from bot.cards.words import called, cut, listed, moment, party, quoted, run, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Text
from bot.chat.plain import spans_of
from slacore.breaches import Breach
from slacore.commitments import Volume
from slacore.notices import Notice


@dataclass(frozen=True, slots=True)
class Given:
    """A notice with the miss it is of; not `given` while it is only put before whoever decides."""

    notice: Notice
    duty: Duty
    given: bool

    @property
    def key(self) -> str:
        """The miss that it is of."""
        return f"B-{self.notice.breach}"


def matter(duty: Duty, breach: Breach, now: datetime) -> str:
    """What was missed, in plain words that stay as they are once the notice is given."""
    terms, promise = duty.terms, duty.commitment.promise
    giver, receiver = party(terms, breach.party), party(terms, duty.other_side)
    words = spans_of(what_was_missed(duty, breach, now), terms.zone)
    said = f"{giver} owed {receiver}: {duty.name(now)}. {words}"
    if isinstance(promise, Volume) and (loss := loss_in_words(promise.worth, breach.shortfall)):
        said += f" Lost revenue: {loss}."
    return said + (f" Why: {breach.why.rstrip('.')}." if breach.why else "")


def notice(shown: Given, now: datetime, *, reader: str) -> Card:
    """Show a notice to one reader, with what he can do about it."""
    it, duty, terms = shown.notice, shown.duty, shown.duty.terms
    name = cut(duty.name(now), 50)
    owners = listed([called(terms, terms.party(each).owner) for each in (duty.obligation.party, duty.other_side)])
    blocks: list[Block] = [
        Fact("To", (f"{terms.name_of(terms.sponsor)}, to whom both sides answer; with a copy to {owners}",)),
        Fact("Under", (f"{cut(terms.name, 80)}, version {it.version}",)),
        Text((it.matter,)),
    ]
    if it.counted:
        keys = listed([f"B-{number}" for number in it.counted])
        blocks.append(Fact("Repeated", (f"{keys} are misses of the same promise.",)))
    if it.because:
        blocks.append(Fact("Added", (quoted(it.because),)))
    blocks += _course(shown)
    heading = "Notice" if shown.given else "Notice, not given yet"
    return Card(
        title=titled(f"{shown.key} · {heading} · {name}"),
        summary=f"{heading} of {shown.key}, {name}. {cut(it.matter, 200)}",
        blocks=tuple(blocks),
        buttons=(*_buttons(shown, reader), act("History", f"history {shown.key}")),
        tone="plain",
        ref=shown.key,
    )


def _course(shown: Given) -> list[Block]:
    it, terms = shown.notice, shown.duty.terms
    if not shown.given:
        return [
            Note(("Nobody has it yet. Given, it stays as it reads here, and the sponsor is asked to acknowledge it.",))
        ]
    given = run(called(terms, it.given_by) if it.given_by else AS_AGREED, ", ", moment(it.given_at, terms))
    blocks: list[Block] = [Fact("Given by", given)]
    if it.acknowledged_at is None:
        who = called(terms, terms.sponsor)
        return [*blocks, Note((f"To be acknowledged by {who}. It ends nothing: it asks {who} to take note.",))]
    noted = run(called(terms, it.acknowledged_by), ", ", moment(it.acknowledged_at, terms))
    return [*blocks, Fact("Acknowledged by", noted)]


def _buttons(shown: Given, reader: str) -> tuple[Button, ...]:
    if not shown.given:
        says = f"notice give {shown.key}"
        return act("Give it", says, style="primary"), ask("Add words", f"{says} because")
    if shown.notice.acknowledged_at is None and reader == shown.duty.terms.sponsor:
        return (act("Acknowledge", f"notice acknowledge {shown.key}", style="primary"),)
    return ()
