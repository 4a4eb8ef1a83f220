"""Drafts of agreements, with who signed them and what was said of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select

from bot.documents import encode, recorded
from bot.store import channel_names
from bot.store.detours import Spot, redirected
from bot.store.fences import mine
from bot.store.tables import amendment_remarks, amendment_signatures, amendments
from bot.store.tx import Tx
from slacore.agreements import Signature, Terms
from slacore.amendments import OPEN, Amendment, Remark
from slacore.errors import Refusal

_OF = (
    select(amendments)
    .where(mine(amendments), amendments.c.agreement == bindparam("agreement"))
    .order_by(amendments.c.number)
)
_OPEN = select(amendments).where(mine(amendments), amendments.c.state.in_(sorted(OPEN))).order_by(amendments.c.number)
_SIGNATURES = (
    select(amendment_signatures)
    .where(mine(amendment_signatures), amendment_signatures.c.amendment == bindparam("number"))
    .order_by(amendment_signatures.c.signed_at, amendment_signatures.c.party)
)
_REMARKS = (
    select(amendment_remarks)
    .where(mine(amendment_remarks), amendment_remarks.c.amendment == bindparam("number"))
    .order_by(amendment_remarks.c.seq)
)


async def find(tx: Tx, number: int) -> Amendment:
    """The draft people call `X-<number>`; refuses a number that was never given."""
    row = await tx.get(amendments, number)
    if row is None:
        raise Refusal(f"There is no X-{number}.", "Say `agreement show` to see what is proposed.", field="key")
    return _draft(row, await tx.rows(_SIGNATURES, number=number), await channel_names.everything(tx))


async def of_agreement(tx: Tx, agreement: str) -> tuple[Amendment, ...]:
    """Every draft there was of an agreement, oldest first."""
    rows, names = await tx.rows(_OF, agreement=agreement), await channel_names.everything(tx)
    return tuple([_draft(row, await tx.rows(_SIGNATURES, number=row["number"]), names) for row in rows])


async def open_of(tx: Tx, agreement: str) -> tuple[Amendment, ...]:
    """The drafts of an agreement that something can still come of, oldest first."""
    return tuple(each for each in await of_agreement(tx, agreement) if each.state in OPEN)


async def being_drafted(tx: Tx) -> tuple[Amendment, ...]:
    """Every draft that something can still come of, of whatever agreement."""
    rows, names = await tx.rows(_OPEN), await channel_names.everything(tx)
    return tuple([_draft(row, await tx.rows(_SIGNATURES, number=row["number"]), names) for row in rows])


async def add(tx: Tx, draft: Amendment) -> None:
    """Keep a new draft. Its signatures, if terms from a file brought some, stay with their version."""
    tx.insert(amendments, {"number": draft.number, **_values(draft)})


async def save(tx: Tx, draft: Amendment) -> None:
    """Keep what became of a draft; its signatures are kept by `sign`."""
    tx.update(amendments, (draft.number,), _values(draft))


async def sign(tx: Tx, draft: Amendment, signatures: Iterable[Signature], via: str) -> None:
    """Keep who put his name to a draft, and from where."""
    for each in signatures:
        key = {"amendment": draft.number, "party": each.party}
        tx.insert(amendment_signatures, {**key, "member": each.member, "signed_at": each.signed_at, "via": via})


async def remark(tx: Tx, number: int, said: Remark) -> None:
    """Keep what somebody said about a draft."""
    seq = len(await tx.rows(_REMARKS, number=number)) + 1
    values = {"kind": said.kind, "member": said.member, "text": said.text, "said_at": said.at}
    tx.insert(amendment_remarks, {"amendment": number, "seq": seq, **values})


async def remarks(tx: Tx, number: int) -> tuple[Remark, ...]:
    """What was said about a draft, oldest first."""
    return tuple(
        Remark(row["kind"], row["member"], row["text"], row["said_at"])
        for row in await tx.rows(_REMARKS, number=number)
    )


def _values(draft: Amendment) -> dict[str, Any]:
    return {
        "agreement": draft.agreement,
        "based_on": draft.based_on,
        "version": draft.version,
        "answers": draft.answers,
        "document": json.dumps(encode(_unsigned(draft.terms)), separators=(",", ":"), ensure_ascii=False),
        "because": draft.because,
        "drafted_by": draft.drafted_by,
        "side": draft.side,
        "drafted_at": draft.drafted_at,
        "state": draft.state,
        "proposed_at": draft.proposed_at,
        "ended_at": draft.ended_at,
        "ended_by": draft.ended_by,
        "ended_why": draft.ended_why,
        "revision": draft.revision,
    }


def _unsigned(terms: Terms) -> Terms:
    return replace(terms, signatures=())


def _draft(row: Mapping[str, Any], signed: Sequence[Mapping[str, Any]], names: Mapping[Spot, str]) -> Amendment:
    signatures = tuple(Signature(each["party"], each["member"], each["signed_at"]) for each in signed)
    return Amendment(
        number=row["number"],
        agreement=row["agreement"],
        based_on=row["based_on"],
        terms=redirected(replace(recorded(row["document"]), signatures=signatures), {}, names),
        because=row["because"],
        drafted_by=row["drafted_by"],
        drafted_at=row["drafted_at"],
        side=row["side"],
        state=row["state"],
        version=row["version"],
        answers=row["answers"],
        proposed_at=row["proposed_at"],
        ended_at=row["ended_at"],
        ended_by=row["ended_by"],
        ended_why=row["ended_why"],
        revision=row["revision"],
    )
