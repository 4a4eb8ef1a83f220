"""The few kinds of column that every table is made of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKeyConstraint, MetaData, Text

from bot.store.moments import UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def mine() -> Column[str]:
    """The workspace a row belongs to: the first part of every key."""
    return Column("workspace_id", Text, primary_key=True)


def key(name: str, kind: Any = Text) -> Column[Any]:
    """A part of the primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def phrase(name: str) -> Column[str]:
    """Text that is always there."""
    return Column(name, Text, nullable=False)


def words(name: str) -> Column[str]:
    """Text that may be empty."""
    return Column(name, Text, nullable=False, default="")


def words_or_none(name: str) -> Column[str | None]:
    """Text that may be absent, which is something else than empty: it is left out of indexes."""
    return Column(name, Text)


def whole(name: str, default: int | None = None) -> Column[int]:
    """A whole number; a quantity, a count, or what is said after a key's letter."""
    return Column(name, BigInteger, nullable=False, default=default)


def whole_or_none(name: str) -> Column[int | None]:
    """A whole number that may be absent."""
    return Column(name, BigInteger)


def flag(name: str, *, default: bool = False) -> Column[bool]:
    """Yes or no."""
    return Column(name, Boolean, nullable=False, default=default)


def day(name: str) -> Column[date]:
    """A local date, in the zone of whatever it belongs to."""
    return Column(name, Date, nullable=False)


def moment(name: str) -> Column[datetime]:
    """An instant."""
    return Column(name, UtcDateTime, nullable=False)


def moment_or_never(name: str) -> Column[datetime | None]:
    """An instant that may not have come."""
    return Column(name, UtcDateTime)


def belongs_to(target: str, *columns: str, keys: tuple[str, ...] = ()) -> ForeignKeyConstraint:
    """A reference within the same workspace. `keys` are the target's names where they differ."""
    theirs = ("workspace_id", *(keys or columns))
    return ForeignKeyConstraint(["workspace_id", *columns], [f"{target}.{each}" for each in theirs])


def one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    """Only these words may stand there."""
    listed = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def never_negative(*columns: str) -> CheckConstraint:
    """None of these may fall below zero."""
    return CheckConstraint(" AND ".join(f"{column} >= 0" for column in columns), name="never_negative")


def piles() -> tuple[Any, ...]:
    """Units by what has become of them, and that none of it is negative."""
    return (
        whole("accepted", 0),
        whole("awaiting", 0),
        whole("disputed", 0),
        never_negative("accepted", "awaiting", "disputed"),
    )
