"""What forgetting somebody takes out, what it leaves and why: shown before it is done, and again when it is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards.words import count, listed, titled
from bot.chat.card import Block, Card, Fact, Note, Text

_SHOWN = 8
_OUT_OF_REACH = (
    "Out of reach from here: what stands in Slack or Teams, files that were handed in, prints and exports that were "
    "taken, backups, and the agreement’s own file."
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who is, or would be, forgotten: what is kept of him, in numbers of rows.

    `instead` is how he goes afterwards, "" while it is not done. `own` rows are only about him and go; `private`
    are messages that only he read; `said` are other messages, `entries` those of the record, `versions` agreements as
    they were signed, in which his name is replaced; of `wrote` he stays the author, as whoever he goes by. `signed`
    are his signatures. `still_named` are texts with his first name, which may mean somebody else.
    """

    name: str
    instead: str
    ids: tuple[tuple[str, str], ...]
    emails: tuple[str, ...]
    own: int
    private: int
    said: int
    entries: int
    versions: int
    wrote: int
    signed: tuple[str, ...]
    still_named: tuple[str, ...]
    called: str


def leaving(found: Leaving) -> Card:
    """What goes and what stays."""
    new = found.instead or "a numbered “Former member”"
    title = (
        f"{found.name} is forgotten" if found.instead else f"Forgetting {found.name} would do this. Nothing is done yet"
    )
    known = [f"{platform} {user}" for platform, user in found.ids] + list(found.emails)
    blocks: tuple[Block, ...] = (
        Text(("What goes:",)),
        Fact("Who it was", (f"name, title, time zone{f'; {listed(known)}' if known else ''}",)),
        Fact("Settings", (f"{count(found.own, 'row')}: platform ids, quiet hours, digest, absences",)),
        Fact("Private messages", (f"the text of {count(found.private, 'message')} that nobody else read",)),
        Text((f"Where others read on, {new} stands in the same place:",)),
        Fact("Author or owner", (f"of {count(found.wrote, 'thing')}: handed over, accepted, owed, decided, noted",)),
        Fact("Other messages", (f"{found.said}, as they are kept here",)),
        Fact("Agreements", (f"{count(found.versions, 'version')}, as they were signed",)),
        Fact(
            "The record",
            (f"{count(found.entries, 'entry', 'entries')}; an entry of its own says so and vouches for them",),
        ),
        Text(("What stays:",)),
        Fact("Counts and money", ("every unit, date, state, miss and amount: they are the others’ as well",)),
        Fact("What is still owed", ("passes to the party’s deputy, else to its owner",)),
        Fact("Signatures", (_signed(found),)),
        Fact("What was written", ("notes, reasons and files that were handed in, without the name",)),
        *_still(found),
        Note((_OUT_OF_REACH,)),
    )
    return Card(titled(title), title, blocks)


def _signed(found: Leaving) -> str:
    if not found.signed:
        return "none"
    more = f" and {len(found.signed) - _SHOWN} more" if len(found.signed) > _SHOWN else ""
    which = "; ".join(found.signed[:_SHOWN])
    return f"{which}{more}: that, when and for whom, since what was agreed rests on it; the name under it goes"


def _still(found: Leaving) -> tuple[Block, ...]:
    if not found.still_named:
        return ()
    more = f" and {len(found.still_named) - _SHOWN} more" if len(found.still_named) > _SHOWN else ""
    where = listed(found.still_named[:_SHOWN])
    return (
        Fact(
            f"“{found.called}” in texts",
            (f"{where}{more}: may be somebody else; `--also {found.called}` takes it out",),
        ),
    )
