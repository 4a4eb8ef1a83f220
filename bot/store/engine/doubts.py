"""Whether a transaction was committed, when the connection broke before PostgreSQL could say.

To run its jobs again then could do everything twice, not to could lose it. PostgreSQL remembers
what became of every transaction, so it is asked, over another connection.
"""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_EVERY = 0.05


async def mark(connection: AsyncConnection) -> str | None:
    """Name the transaction under way, for asking later; None while it has written nothing."""
    found = await connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned()::text")
    return found.scalar_one()  # type: ignore[no-any-return]


async def was_committed(engine: AsyncEngine, marked: str) -> bool:
    """Tell what became of a marked transaction, waiting for its end. Raises DBAPIError while nobody can be asked."""
    while True:
        async with engine.connect() as connection:
            found = await connection.exec_driver_sql("SELECT pg_xact_status(%s::text::xid8)", (marked,))
            status = found.scalar_one()
        if status != "in progress":
            return bool(status == "committed")
        await asyncio.sleep(_EVERY)
