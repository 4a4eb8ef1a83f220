"""Credits and the entries that they add up from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import credit_entries, credits
from bot.store.tx import Tx
from slacore.accruals import Credit, CreditEntry
from slacore.errors import Refusal
from slacore.money import Money

_PLAIN = (
    "number", "breach", "agreement", "version", "commitment", "consequence", "party", "claimant",
    "period_starts_on", "period_ends_on", "accrued_at", "claim_until", "status", "revision",
)  # fmt: skip
_OF_BREACH = (
    select(credits).where(mine(credits), credits.c.breach == bindparam("breach")).order_by(credits.c.number.desc())
)
_ENDED_IN = (
    select(credits)
    .where(
        mine(credits),
        credits.c.agreement == bindparam("agreement"),
        credits.c.period_ends_on.between(bindparam("since"), bindparam("until")),
    )
    .order_by(credits.c.number)
)
_ENTRIES = (
    select(credit_entries)
    .where(mine(credit_entries), credit_entries.c.credit == bindparam("credit"))
    .order_by(credit_entries.c.seq)
)


async def find(tx: Tx, number: int) -> Credit:
    """The credit people call `K-<number>`; refuses a number that was never given."""
    row = await tx.get(credits, number)
    if row is None:
        raise Refusal(f"There is no K-{number}.", "Say `credits` to see the ones there are.", field="key")
    return _credit(row)


async def of_breach(tx: Tx, breach: int) -> tuple[Credit, ...]:
    """Every credit that a miss was ever worth, newest first."""
    return tuple(map(_credit, await tx.rows(_OF_BREACH, breach=breach)))


async def ended_in(tx: Tx, agreement: str, since: date, until: date) -> tuple[Credit, ...]:
    """The credits under an agreement for periods that ended between two dates, in the order in which they accrued."""
    return tuple(map(_credit, await tx.rows(_ENDED_IN, agreement=agreement, since=since, until=until)))


async def entries(tx: Tx, number: int) -> tuple[CreditEntry, ...]:
    """The ledger of one credit, oldest first."""
    rows = await tx.rows(_ENTRIES, credit=number)
    if not rows:
        return ()
    currency = (await find(tx, number)).amount.currency
    return tuple(
        CreditEntry(
            row["credit"], row["seq"], row["happened"], Money(row["amount"], currency), row["by"], row["at"], row["why"]
        )
        for row in rows
    )


async def add(tx: Tx, credit: Credit, entry: CreditEntry) -> None:
    """Keep a new credit, with the entry by which it came about."""
    values = {name: getattr(credit, name) for name in _PLAIN}
    money = {"worth": credit.worth.amount, "amount": credit.amount.amount, "currency": credit.amount.currency}
    tx.insert(credits, {**values, **money, "share": str(credit.share)})
    _write(tx, entry)


async def save(tx: Tx, before: Credit, after: Credit, entry: CreditEntry | None = None) -> None:
    """Keep what became of a credit, with the entry that says so; without one, that it can be claimed for longer."""
    changed = {name: new for name in _PLAIN if (new := getattr(after, name)) != getattr(before, name)}
    tx.update(credits, (before.number,), changed)
    if entry is not None:
        _write(tx, entry)


def _write(tx: Tx, entry: CreditEntry) -> None:
    values = {"happened": entry.happened, "amount": entry.amount.amount, "by": entry.by, "at": entry.at}
    tx.insert(credit_entries, {"credit": entry.credit, "seq": entry.seq, **values, "why": entry.why})


def _credit(row: Mapping[str, Any]) -> Credit:
    return Credit(
        **{name: row[name] for name in _PLAIN},
        share=Fraction(row["share"]),
        worth=Money(row["worth"], row["currency"]),
        amount=Money(row["amount"], row["currency"]),
    )
