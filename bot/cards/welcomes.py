"""First words: to a person, who should know what will come and how to stop it, and to a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.offers import act, ask
from bot.cards.words import count, cut, day_text, listed, said, titled
from bot.chat.card import Block, Card, Note, Strong, Text
from bot.chat.talk import Platform
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


def to_stranger(user: str) -> Card:
    """Greet somebody of no agreement, most likely the administrator who just added the bot; `user` is his id there."""
    return Card(
        title="Hello. I am Kept: I hold teams to the promises they make one another.",
        summary="Kept says hello. You are in no agreement yet.",
        blocks=(
            Text(
                (
                    "I take handoffs as they happen, and ask the owner in private before anything is late. ",
                    "You are in no agreement yet, so nothing is due from you.",
                )
            ),
            Note(said("Whoever added me begins the first agreement here: `agreement new`.")),
            Note(
                (
                    "Or whoever runs Kept applies one from a file, which lists its people; your id here is ",
                    Strong(user),
                    ".",
                )
            ),
            Note(said("Do I know you on another platform? Say `connect` there, and the code here.")),
        ),
        buttons=(act("What can I ask?", "help"),),
    )


def to_idle_channel(platform: Platform) -> Card:
    """Greet a channel that the bot was added to before any agreement names it."""
    typed = "/handoff 25 qualified leads to sales" if platform == "slack" else "@Kept 25 qualified leads to sales"
    threads: tuple[Block, ...] = (
        (Note(("In a thread, mention me instead: Slack knows no commands there.",)),) if platform == "slack" else ()
    )
    return Card(
        title="Kept is here, and no agreement names this channel yet.",
        summary="Kept was added to this channel. No agreement names it yet.",
        blocks=(
            Text(
                (
                    "Once one does, its handoffs, reports and misses are told here, and ",
                    Strong(typed),
                    " counts from the moment it is typed.",
                )
            ),
            *threads,
        ),
        buttons=(act("What can I ask?", "help"),),
    )
