"""What somebody sees in their App Home, read at the desk: the same cards that the commands answer with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.cards import mine, owed, statuses
from bot.cards.duties import Duty
from bot.chat.card import Button, Card, Moment, Strong, Text
from bot.desk.duties import duties
from bot.desk.people import people
from bot.desk.reports import overviews
from bot.desk.sitting import Sitting
from bot.slack.ports import Section
from bot.store import outbox
from bot.store.outbox import Letter

AHEAD = timedelta(days=7)


async def home_of(sitting: Sitting, member: str) -> Sequence[Section]:
    """Everything that concerns somebody today: what needs them, what they are owed, where the promises stand."""
    now = sitting.now
    owes, gets = await duties.owed_by(sitting, member), await duties.owed_to(sitting, member)
    promises = await overviews.overview(sitting, people.agreements_of(sitting, member))
    held = await outbox.held_for(sitting.tx, member)
    return (
        Section("Needs you", (mine.mine(owes, (), member, now),)),
        Section("You are owed", (owed.owed(gets, member, now),)),
        Section("Where the promises stand", (statuses.status(promises, now),) if promises else ()),
        Section("The next seven days", (_ahead(sitting, owes, gets),)),
        Section("Held back", (_held(held),) if held else ()),
        Section("Settings", (_settings(),)),
    )


def _ahead(sitting: Sitting, owes: Sequence[Duty], gets: Sequence[Duty]) -> Card:
    until = sitting.now + AHEAD
    found = {each.obligation.number: each for each in (*owes, *gets) if sitting.now <= each.obligation.due_at <= until}
    coming = sorted(found.values(), key=lambda each: (each.obligation.due_at, each.obligation.number))
    if not coming:
        return Card("Nothing is due in the next seven days.", "Nothing is due in the next seven days.")
    said = f"{len(coming)} {'thing is' if len(coming) == 1 else 'things are'} due in the next seven days."
    lines = tuple(
        Text(
            (
                Moment(each.obligation.due_at, zone=each.terms.zone),
                "  ",
                Strong(each.name(sitting.now)),
                f", {each.terms.party(each.obligation.party).name}",
            )
        )
        for each in coming
    )
    return Card(said, said, lines)


def _held(held: Sequence[Letter]) -> Card:
    said = f"{len(held)} {'message waits' if len(held) == 1 else 'messages wait'} for the end of your quiet hours."
    lines = tuple(
        Text((each.card.title, ", until ", Moment(each.held_until, "time"))) for each in held if each.held_until
    )
    return Card(said, said, lines)


def _settings() -> Card:
    said = "When and how I write to you"
    return Card(
        said,
        said,
        buttons=(
            Button("Quiet hours…", "quiet …"),
            Button("Daily digest…", "digest …"),
            Button("I am away…", "away …"),
            Button("What can I ask?", "help"),
        ),
    )
