"""Files that show something, kept as they came: that it was delivered, or what is the matter with what was raised."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlalchemy import Table, bindparam, select

from bot.store.fences import mine
from bot.store.tables import evidence_files, raised_files
from bot.store.tx import Tx
from slacore.errors import Refusal

About = Literal["obligation", "handoff"]
"""What files belong to: something owed, which they show to be delivered, or what was raised, whose matter they show."""

_TABLES: Mapping[About, Table] = {"obligation": evidence_files, "handoff": raised_files}
_LISTED = {
    about: select(table.c.place, table.c.name, table.c.kind, table.c.size, table.c.digest)
    .where(mine(table), table.c[about] == bindparam("of"))
    .order_by(table.c.place)
    for about, table in _TABLES.items()
}


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file by what is known of it without its content: `kind` is its media type, `digest` its SHA-256 in hex."""

    place: int
    name: str
    kind: str
    size: int
    digest: str


async def of(tx: Tx, about: About, number: int) -> tuple[EvidenceFile, ...]:
    """The files that show something, in the order in which they came."""
    return tuple(EvidenceFile(**row) for row in await tx.rows(_LISTED[about], of=number))


async def add(tx: Tx, about: About, number: int, files: Sequence[tuple[str, str, bytes]]) -> None:
    """Keep files behind those that are there: of each its name, its media type and what it holds."""
    first = len(await of(tx, about, number)) + 1
    for place, (name, kind, content) in enumerate(files, first):
        row = {
            about: number,
            "place": place,
            "name": name,
            "kind": kind,
            "size": len(content),
            "digest": sha256(content).hexdigest(),
            "content": b64encode(content).decode(),
        }
        tx.insert(_TABLES[about], row)


async def content(tx: Tx, about: About, number: int, place: int) -> bytes:
    """What a file holds. Refuses one that there is not."""
    row = await tx.get(_TABLES[about], number, place)
    if row is None:
        key = f"{'O' if about == 'obligation' else 'H'}-{number}"
        raise Refusal("There is no such file.", f"Say `evidence {key}` to see what there is.")
    return b64decode(row["content"])
