"""An item and its ledger: what was said of it, and what that makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Happened = Literal[
    "handed over",
    "assigned",
    "offered",
    "declined",
    "responded",
    "auto-replied",
    "updated",
    "attempted",
    "outcome",
    "resolved",
    "staged",
    "paused",
    "resumed",
    "contested",
    "settled",
    "disputed",
    "readmitted",
    "withdrawn",
    "reversed",
]

Standing = Literal["owed", "disputed", "withdrawn"]
"""Whether anybody need act on an item: disputed and withdrawn ones are nobody's duty."""
ANSWERS: frozenset[Happened] = frozenset({"responded", "updated", "attempted", "outcome", "resolved"})
"""What a person does towards an item; the first of them is its response."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing as its giver lists it in a handoff; texts are his own, "" where he gave none.

    `owner` is the member who is to act on it, where the giver or the receiver named one.
    """

    name: str = ""
    ref: str = ""
    link: str = ""
    campaign: str = ""
    content: str = ""
    priority: str = ""
    stage: str = ""
    score: int | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over, by whom to whom: it never changes. Texts are people's own, "" where unknown.

    `unit` is the plural of what it is one of; `priority` is a word of the agreement's.
    """

    number: int
    handoff: int
    agreement: str
    version: int
    giver: str
    receiver: str
    unit: str
    handed_at: datetime
    name: str = ""
    ref: str = ""
    link: str = ""
    campaign: str = ""
    content: str = ""
    priority: str = ""

    @property
    def key(self) -> str:
        """What people call it."""
        return f"L-{self.number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an item's ledger; the package's docstring lists what each field means for which fact.

    `by` is a member id, "" for the bot by itself. `about` is the `seq` of the entry it speaks of.
    """

    seq: int
    happened: Happened
    by: str
    occurred_at: datetime
    logged_at: datetime
    to: str = ""
    note: str = ""
    about: int = 0
    amount: int | None = None
    until_at: datetime | None = None

    @property
    def backdated(self) -> bool:
        """Whether it was said after it happened."""
        return self.occurred_at < self.logged_at


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which no working time passes: `until_at` is None while it lasts. `seq` is its entry."""

    seq: int
    from_at: datetime
    until_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Contest:
    """The other side holds an entry to be hollow: it does not count until this is settled."""

    seq: int
    about: int
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item as its ledger tells it.

    `assigned_at` is when it first got an owner, `owner` who has it now, `offered_to` who was asked to take
    it and has not said. `acts` are the human acts that
    count, in order; the first answered it. `standing` tells whether anybody need act on it: disputed and
    withdrawn items are nobody's duty.
    """

    handed: Handed
    entries: tuple[Entry, ...]
    owner: str = ""
    offered_to: str = ""
    assigned_at: datetime | None = None
    acts: tuple[Entry, ...] = ()
    auto_replied_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    contests: tuple[Contest, ...] = ()
    stage: str = ""
    score: int | None = None
    standing: Standing = "owed"

    @property
    def key(self) -> str:
        """What people call it."""
        return self.handed.key

    @property
    def revision(self) -> int:
        """How many entries its ledger has."""
        return len(self.entries)

    @property
    def name(self) -> str:
        """What it is called in a sentence: its name, else its reference, else its key."""
        return self.handed.name or self.handed.ref or self.key

    @property
    def response(self) -> Entry | None:
        """The first human act that counts."""
        return self.acts[0] if self.acts else None

    @property
    def responded_at(self) -> datetime | None:
        """When a person first answered."""
        return self.acts[0].occurred_at if self.acts else None

    @property
    def resolution(self) -> Entry | None:
        """The act that did away with it: the first resolution that counts."""
        return next((each for each in self.acts if each.happened == "resolved"), None)

    @property
    def resolved_at(self) -> datetime | None:
        """When it was done with."""
        return None if (entry := self.resolution) is None else entry.occurred_at

    @property
    def attempts(self) -> tuple[Entry, ...]:
        """The follow-ups that count, in order."""
        return tuple(each for each in self.acts if each.happened == "attempted")

    @property
    def outcomes(self) -> tuple[Entry, ...]:
        """The outcomes that count, in order; `to` is the slug, and the agreement says which are final."""
        return tuple(each for each in self.acts if each.happened == "outcome")

    @property
    def paused(self) -> Pause | None:
        """The pause it is in, if one lasts."""
        return next((each for each in self.pauses if each.until_at is None), None)

    def pauses_until(self, at: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The stretches in which no working time passed, one that lasts cut at `at`: what a calendar takes."""
        return tuple((each.from_at, each.until_at or max(at, each.from_at)) for each in self.pauses)

    def entry(self, seq: int) -> Entry:
        """The entry with that number."""
        return self.entries[seq - 1]


Change = tuple[Item, tuple[Entry, ...]]
"""An item as it is after an act, and the entries that the act adds."""


def handed_over(handed: Handed, by: str, logged_at: datetime, *, stage: str = "", score: int | None = None) -> Change:
    """Begin a ledger: the giver handed the item over, at a stage and with a score where he said so."""
    first = Entry(1, "handed over", by, handed.handed_at, logged_at)
    if not stage and score is None:
        return retell(handed, (first,)), (first,)
    staged = Entry(2, "staged", by, handed.handed_at, logged_at, to=stage, amount=score)
    return retell(handed, (first, staged)), (first, staged)


def retell(handed: Handed, entries: Iterable[Entry]) -> Item:
    """Tell an item from its ledger: what holds of it after all that was said, taken back, and settled.

    Entries that were reversed are as if never said. What is contested or settled as hollow does not
    count; contests whose subject was taken back are over.
    """
    ledger = tuple(entries)
    gone = {each.about for each in ledger if each.happened == "reversed"}
    said = [each for each in ledger if each.seq not in gone and each.happened != "reversed"]
    told = sorted(said, key=lambda each: (each.occurred_at, each.seq))
    contests = tuple(
        Contest(each.seq, each.about, each.by, each.logged_at, each.note)
        for each in said
        if each.happened == "contested" and each.about not in gone
    )
    verdicts = {each.about: each.to for each in said if each.happened == "settled"}
    unsettled = tuple(each for each in contests if each.seq not in verdicts)
    hollow = {each.about for each in contests if verdicts.get(each.seq, "hollow") == "hollow"}
    counting = [each for each in told if each.seq not in hollow]
    assigned = [each for each in counting if each.happened == "assigned"]
    staged = [each for each in counting if each.happened == "staged"]
    return Item(
        handed=handed,
        entries=ledger,
        owner=assigned[-1].to if assigned else "",
        offered_to=_offered_to(said),
        assigned_at=assigned[0].occurred_at if assigned else None,
        acts=tuple(each for each in counting if each.happened in ANSWERS),
        auto_replied_at=next((each.occurred_at for each in counting if each.happened == "auto-replied"), None),
        pauses=_pauses(counting),
        contests=unsettled,
        stage=next((each.to for each in reversed(staged) if each.to), ""),
        score=next((each.amount for each in reversed(staged) if each.amount is not None), None),
        standing=_standing(said),
    )


def _pauses(told: list[Entry]) -> tuple[Pause, ...]:
    """Pair each pause with the resumption after it; a pause that came with its end needs none."""
    found: list[Pause] = []
    lasting: Entry | None = None
    for each in told:
        if each.happened == "paused" and each.until_at is not None:
            found.append(Pause(each.seq, each.occurred_at, each.until_at, each.note))
        elif each.happened == "paused" and lasting is None:
            lasting = each
        elif each.happened == "resumed" and lasting is not None:
            found.append(Pause(lasting.seq, lasting.occurred_at, each.occurred_at, lasting.note))
            lasting = None
    if lasting is not None:
        found.append(Pause(lasting.seq, lasting.occurred_at, None, lasting.note))
    return tuple(sorted(found, key=lambda each: (each.from_at, each.seq)))


def _offered_to(said: list[Entry]) -> str:
    """Who was asked last to take it, where he has neither taken nor declined it and nobody else got it."""
    words = [each for each in said if each.happened in ("assigned", "offered", "declined")]
    return words[-1].to if words and words[-1].happened == "offered" else ""


def _standing(said: list[Entry]) -> Standing:
    """Whether somebody must act: by the last word about it, in the order it was said."""
    standing: Standing = "owed"
    for each in said:
        match each.happened:
            case "disputed":
                standing = "disputed"
            case "readmitted":
                standing = "owed"
            case "withdrawn":
                standing = "withdrawn"
            case _:
                pass
    return standing
