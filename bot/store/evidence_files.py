"""Files that show that something was delivered, kept as they came."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import bindparam, select

from bot.store.fences import mine
from bot.store.tables import evidence_files
from bot.store.tx import Tx
from slacore.errors import Refusal

_ABOUT = (
    select(
        evidence_files.c.place,
        evidence_files.c.name,
        evidence_files.c.kind,
        evidence_files.c.size,
        evidence_files.c.digest,
    )
    .where(mine(evidence_files), evidence_files.c.obligation == bindparam("of"))
    .order_by(evidence_files.c.place)
)


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file by what is known of it without its content: `kind` is its media type, `digest` its SHA-256 in hex."""

    place: int
    name: str
    kind: str
    size: int
    digest: str


async def of_obligation(tx: Tx, number: int) -> tuple[EvidenceFile, ...]:
    """The files that show something, in the order in which they came."""
    return tuple(EvidenceFile(**row) for row in await tx.rows(_ABOUT, of=number))


async def add(tx: Tx, obligation: int, files: Sequence[tuple[str, str, bytes]]) -> None:
    """Keep files behind those that are there: of each its name, its media type and what it holds."""
    first = len(await of_obligation(tx, obligation)) + 1
    for place, (name, kind, content) in enumerate(files, first):
        row = {
            "obligation": obligation,
            "place": place,
            "name": name,
            "kind": kind,
            "size": len(content),
            "digest": sha256(content).hexdigest(),
            "content": b64encode(content).decode(),
        }
        tx.insert(evidence_files, row)


async def content(tx: Tx, obligation: int, place: int) -> bytes:
    """What a file holds. Refuses one that there is not."""
    row = await tx.get(evidence_files, obligation, place)
    if row is None:
        raise Refusal("There is no such file.", f"Say `evidence O-{obligation}` to see what there is.")
    return b64decode(row["content"])
