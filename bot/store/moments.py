"""Moments in the database: always aware, always UTC, never off by a zone.

SQLite has no type for an instant: SQLAlchemy's own DateTime drops the zone there, and an overdue
row is then not found. So a moment is kept as whole microseconds since 1970 on SQLite, which
compares and sorts as it should, and as `timestamp with time zone` on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Naive datetimes are refused (ValueError); what comes back is aware UTC."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose what the database keeps: its own instants where it has them."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """The way of saying it, found once a statement and not once a value."""
        return super().bind_processor(dialect) if dialect.name == "postgresql" else _micros

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | datetime | None:
        """Refuse what names no zone, then say it the database's way."""
        if dialect.name != "postgresql":
            return _micros(value)
        return None if value is None else _aware(value)

    def process_result_value(self, value: int | datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Give an aware UTC datetime, whatever the database or its session's zone."""
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return _EPOCH + timedelta(microseconds=value)


def _micros(value: datetime | None) -> int | None:
    return None if value is None else (_aware(value) - _EPOCH) // _MICROSECOND


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        msg = f"{value.isoformat()} names no zone, so it is no moment; give an aware datetime"
        raise ValueError(msg)
    return value
