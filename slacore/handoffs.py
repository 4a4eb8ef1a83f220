"""Things given by one party to another: logged, then accepted, disputed or accepted by silence.

Every change is an entry in a ledger, as differences to three piles: accepted, awaiting
acceptance, and disputed (held apart). A handoff is the sum of its entries; nothing is edited,
and a correction is an entry that reverses part of an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from slacore.errors import Refusal

UNDO_WITHIN = timedelta(minutes=10)
MOST = 1_000_000
"""More than this in one handoff is taken for a slip of the finger."""

Happened = Literal["logged", "raised", "accepted", "accepted by silence", "disputed", "undone", "corrected"]


@dataclass(frozen=True, slots=True)
class Piles:
    """Units by what has become of them. What counts for the giver is `accepted + awaiting`."""

    accepted: int = 0
    awaiting: int = 0
    disputed: int = 0

    @property
    def counted(self) -> int:
        """Units that stand to the giver's credit now, provisional ones included."""
        return self.accepted + self.awaiting

    @property
    def total(self) -> int:
        """All units that were handed over and not withdrawn."""
        return self.accepted + self.awaiting + self.disputed

    def __add__(self, other: Piles) -> Piles:
        """Add pile by pile."""
        return Piles(
            self.accepted + other.accepted,
            self.awaiting + other.awaiting,
            self.disputed + other.disputed,
        )


@dataclass(frozen=True, slots=True)
class Handoff:
    """One handoff as it stands. `number` is what people say as `H-<number>`.

    `handed_at` is the instant that decides its period and whether it was late; it may be
    backdated within the open period, `logged_at` is when it was said.
    """

    number: int
    agreement: str
    version: int
    commitment: str
    period_starts_on: date
    giver: str
    receiver: str
    quantity: int
    piles: Piles
    handed_on: date
    handed_at: datetime
    late: bool
    logged_by: str
    logged_at: datetime
    silence_at: datetime
    campaign: str = ""
    ref: str = ""
    note: str = ""
    undone: bool = False
    revision: int = 1

    @property
    def key(self) -> str:
        """What people call it."""
        return f"H-{self.number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a handoff's ledger: what happened and by how much each pile changed."""

    happened: Happened
    by: str
    at: datetime
    change: Piles
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that one side asks for and the other has yet to agree to; nothing has changed by it.

    `to` is the quantity the handoff would have, `party` the side that asks (a slug), `by` its member.
    The other side agrees by saying the same number.
    """

    to: int
    reason: str
    by: str
    party: str
    at: datetime


Change = tuple[Handoff, Entry]


def require_quantity(quantity: int) -> int:
    """Refuse quantities that nobody can hand over."""
    if quantity < 1:
        raise Refusal("A handoff needs at least one.", "Say how many, such as `handoff 25 leads`.", field="quantity")
    if quantity > MOST:
        raise Refusal(
            f"{quantity:,} is more than {MOST:,} at once.", "Check the number, or split it.", field="quantity"
        )
    return quantity


def logged(handoff: Handoff) -> Entry:
    """The first entry: all units await acceptance."""
    return Entry("logged", handoff.logged_by, handoff.logged_at, Piles(awaiting=handoff.quantity))


def raised(handoff: Handoff) -> Entry:
    """The first entry of what nobody promised a number of: it is owed answers, and counts for nobody."""
    return Entry("raised", handoff.logged_by, handoff.logged_at, Piles())


def accept(handoff: Handoff, quantity: int | None, reason: str, by: str, at: datetime) -> Change:
    """The receiver accepts all that is open, or part of it; accepting part disputes the rest.

    Units that wait are taken first, then disputed ones, which ends their dispute. Where some still
    wait afterwards they are held apart, and that wants a reason.
    """
    _require_standing(handoff)
    open_units = handoff.piles.awaiting + handoff.piles.disputed
    if handoff.piles.total == 0:
        raise Refusal(f"Nothing of {handoff.key} is left to accept.", f"See `history {handoff.key}`.")
    if open_units == 0:
        raise Refusal(f"{handoff.key} is already accepted.", f"See `history {handoff.key}`.")
    taken = open_units if quantity is None else require_quantity(quantity)
    if taken > open_units:
        raise Refusal(
            f"{handoff.key} has {open_units} left to accept, not {taken}.",
            f"Say `accept {handoff.key}` for all of them.",
            field="quantity",
        )
    from_awaiting = min(taken, handoff.piles.awaiting)
    rest = handoff.piles.awaiting - from_awaiting
    if rest and not reason.strip():
        raise Refusal(
            f"Accepting {taken} of {open_units} disputes the other {rest}, and that needs a reason.",
            f"Say `accept {handoff.key} {taken} because …`.",
            field="reason",
        )
    from_disputed = taken - from_awaiting
    change = Piles(taken, -handoff.piles.awaiting, rest - from_disputed)
    return _changed(handoff, Entry("accepted", by, at, change, reason if rest else ""))


def accept_by_silence(handoff: Handoff, at: datetime) -> Change:
    """Nobody objected in the agreed working time: what still waits is accepted; disputes stand."""
    waiting = handoff.piles.awaiting
    change = Piles(accepted=waiting, awaiting=-waiting)
    return _changed(handoff, Entry("accepted by silence", "", at, change))


def dispute(handoff: Handoff, quantity: int | None, reason: str, by: str, at: datetime) -> Change:
    """The receiver holds units apart, with a reason. Only what still awaits acceptance can be disputed."""
    _require_standing(handoff)
    if not reason.strip():
        raise Refusal("A dispute needs a reason.", f"Say `dispute {handoff.key} because …`.", field="reason")
    waiting = handoff.piles.awaiting
    if waiting == 0:
        raise Refusal(
            f"Nothing of {handoff.key} awaits acceptance any more.",
            f"If the number is wrong, say `correct {handoff.key} to … because …`.",
        )
    held = waiting if quantity is None else require_quantity(quantity)
    if held > waiting:
        raise Refusal(
            f"{handoff.key} has {waiting} awaiting acceptance, not {held}.",
            f"Say `dispute {handoff.key} because …` for all of them.",
            field="quantity",
        )
    return _changed(handoff, Entry("disputed", by, at, Piles(awaiting=-held, disputed=held), reason))


def undo(handoff: Handoff, by: str, at: datetime) -> Change:
    """The logger takes his own slip back, within ten minutes and before anybody acted on it."""
    _require_standing(handoff)
    correct_it = f"Say `correct {handoff.key} to … because …` instead."
    if by != handoff.logged_by:
        raise Refusal("Only the person who logged it can undo it.", correct_it)
    if handoff.piles.accepted or handoff.piles.disputed:
        raise Refusal(f"{handoff.key} was already accepted or disputed, so it cannot be undone.", correct_it)
    if at - handoff.logged_at > UNDO_WITHIN:
        raise Refusal(f"{handoff.key} was logged more than 10 minutes ago.", correct_it)
    gone = Piles(awaiting=-handoff.piles.awaiting)
    changed, entry = _changed(handoff, Entry("undone", by, at, gone))
    return replace(changed, undone=True), entry


def correct(handoff: Handoff, to: int, reason: str, by: str, at: datetime, *, agreed: bool = False) -> Change:
    """Set the right quantity by a reversing entry.

    What is taken away comes from the disputed pile first (a dispute conceded), then from what
    waits, then from what was accepted; what is added waits for acceptance, unless both sides agreed to it.
    """
    _require_standing(handoff)
    if not reason.strip():
        raise Refusal("A correction needs a reason.", f"Say `correct {handoff.key} to {to} because …`.", field="reason")
    if to < 0 or to > MOST:
        raise Refusal(f"{to:,} is no possible quantity.", "Give the right number of units.", field="quantity")
    before = handoff.piles
    if to == before.total:
        raise Refusal(f"{handoff.key} already stands at {to}.", "Nothing to correct.")
    if to > before.total:
        more = to - before.total
        change = Piles(accepted=more) if agreed else Piles(awaiting=more)
    else:
        less = before.total - to
        disputed = min(less, before.disputed)
        awaiting = min(less - disputed, before.awaiting)
        change = Piles(-(less - disputed - awaiting), -awaiting, -disputed)
    return _changed(handoff, Entry("corrected", by, at, change, reason))


def _require_standing(handoff: Handoff) -> None:
    if handoff.undone:
        raise Refusal(f"{handoff.key} was undone.", "Log it again if it was right after all.")


def _changed(handoff: Handoff, entry: Entry) -> Change:
    return (
        replace(handoff, piles=handoff.piles + entry.change, revision=handoff.revision + 1),
        entry,
    )
