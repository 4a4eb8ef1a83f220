"""First words: to a person, who should know what will come and how to stop it, and to a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.offers import act, ask
from bot.cards.words import count, cut, day_text, listed, said, titled
from bot.chat.card import Card, Note, Strong, Text
from bot.documents.sentences import sentence_of
from slacore.agreements import Terms


def to_person(name: str, member: str, agreements: Sequence[Terms]) -> Card:
    """Greet a member: what Kept is, which parties he speaks for, what he will get and how to stop it."""
    speaks = list(dict.fromkeys(party.name for terms in agreements for party in terms.parties_of(member)))
    for_whom = (
        f"You speak for {listed(speaks)}." if speaks else "You speak for no party yet, so nothing is due from you."
    )
    return Card(
        title=titled(f"{cut(name, 40)}, I keep what teams promise one another."),
        summary=f"I keep what teams promise one another. {for_whom}",
        blocks=(
            Text((for_whom, " What your teams say is in their channel; what concerns you comes here first.")),
            Text(said("Say it in one line, such as `handoff 25 leads to sales`; a button says the same words.")),
            Note(said("At most three messages a day, escalations apart. `quiet 18:00-08:00` sets quiet hours.")),
        ),
        buttons=(act("My part", "mine"), act("Help", "help"), ask("Set quiet hours", "quiet")),
    )


def to_channel(terms: Terms, now: datetime) -> Card:
    """Greet a channel: which agreement is kept here, what it promises, and how to say something."""
    name = cut(terms.name, 40)
    missing = [party.name for party in terms.unsigned()]
    begins = day_text(terms.effective_on, now, terms.zone)
    state = (
        f"It waits for {listed(missing)} to sign; nothing counts before." if missing else f"It counts from {begins}."
    )
    kept = [Text((Strong(cut(each.name, 60)), f": {sentence_of(each, terms)}.")) for each in terms.commitments]
    promises = count(len(terms.commitments), "promise", "promises")
    return Card(
        title=titled(f"I keep “{name}” here: {promises}."),
        summary=f"I keep “{name}” here: {promises} between {listed([party.name for party in terms.parties])}. {state}",
        blocks=(
            *kept,
            Text((state,)),
            Note(said("What is late, its owner hears first and alone. `help` shows what you can say.")),
        ),
        buttons=(act("Status", "status"), act("Help", "help")),
    )
