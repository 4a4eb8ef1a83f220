"""Agreements with all their versions, as documents; and, read from them, as terms.

Terms are decoded once a process and change. A stamp on the workspace, new with every change,
tells whether what is remembered still holds; it is never the same twice, so that a change that
was rolled back leaves nothing behind that could be taken for true.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.documents import recorded
from bot.store import channel_names, commitments
from bot.store import detours as kept_detours
from bot.store.detours import Detour, Spot
from bot.store.fences import mine
from bot.store.tables import agreement_channels, agreement_versions, agreements, signatures, workspaces
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.agreements import Agreement, Signature, Terms, Version, cut_short

_ALL = select(agreements).where(mine(agreements)).order_by(agreements.c.number)
_VERSIONS = (
    select(agreement_versions)
    .where(mine(agreement_versions))
    .order_by(agreement_versions.c.agreement, agreement_versions.c.version)
)
_SIGNATURES = select(signatures).where(mine(signatures)).order_by(signatures.c.signed_at, signatures.c.party)
_CHANNELS = (
    select(agreement_channels)
    .where(mine(agreement_channels), agreement_channels.c.agreement == bindparam("agreement"))
    .order_by(agreement_channels.c.platform, agreement_channels.c.channel_id)
)
_DROP_CHANNEL = delete(agreement_channels).where(
    mine(agreement_channels),
    agreement_channels.c.agreement == bindparam("of"),
    agreement_channels.c.platform == bindparam("on"),
    agreement_channels.c.channel_id == bindparam("id"),
)
_CALL_CHANNEL = (
    update(agreement_channels)
    .where(
        mine(agreement_channels),
        agreement_channels.c.platform == bindparam("on"),
        agreement_channels.c.channel_id == bindparam("id"),
    )
    .values(name=bindparam("called"))
)

NEED: Need = (workspaces, ())
"""What `everything` will ask for."""


@dataclass(frozen=True, slots=True)
class KnownChannel:
    """A channel an agreement is spoken of in; `broken_at` since when nothing can be said there, and why."""

    platform: str
    id: str
    name: str
    broken_at: datetime | None = None
    broken_why: str = ""


async def everything(tx: Tx) -> tuple[Agreement, ...]:
    """All agreements of the workspace that have a version, with all of them, in the order they were first applied."""
    row = await tx.get(workspaces)
    if row is None:
        return ()
    stamp = row["agreements_stamp"]
    known = tx.memory.get(("agreements", tx.workspace))
    if known is not None and known[0] == stamp:
        return known[1]  # type: ignore[no-any-return]
    detours = await kept_detours.everything(tx)
    found = await _read(tx, detours, await channel_names.everything(tx))
    tx.memory["agreements", tx.workspace] = (stamp, found, detours)
    return found


async def detours(tx: Tx) -> Mapping[Spot, Detour]:
    """What was decided for channels that cannot be spoken in, by the channel as it was agreed."""
    if not await everything(tx):
        return {}
    return tx.memory["agreements", tx.workspace][2]  # type: ignore[no-any-return]


async def detour(tx: Tx, platform: str, channel: str, decided: Detour) -> None:
    """Decide where the words of an agreed channel go from now on."""
    await kept_detours.decide(tx, platform, channel, decided)
    await read_anew(tx)


async def resume(tx: Tx, platform: str, channel: str) -> bool:
    """An agreed channel is spoken in again; True if that is news."""
    if not await kept_detours.end(tx, platform, channel):
        return False
    await read_anew(tx)
    return True


async def renamed(tx: Tx, platform: str, channel: str, name: str) -> bool:
    """A channel is called otherwise from now on, wherever it is spoken of; True if that is news."""
    if (await channel_names.everything(tx)).get((platform, channel)) == name:
        return False
    await channel_names.keep(tx, platform, channel, name)
    await tx.rows(_CALL_CHANNEL, on=platform, id=channel, called=name)
    await read_anew(tx)
    return True


async def add_version(
    tx: Tx, document: Mapping[str, Any], terms: Terms, *, applied_at: datetime, applied_by: str
) -> int:
    """Keep terms as the next version of their agreement, with its signatures, promises and channels; its number.

    People and workspace are known already. `document` is what `bot.documents.recorded` reads back.
    """
    before = [each for each in await everything(tx) if each.slug == terms.slug]
    number = before[0].latest.number + 1 if before else 1
    row = await tx.get(agreements, terms.slug)
    if row is None:
        await reserve(tx, terms.slug, terms.name)
    elif row["name"] != terms.name:
        tx.update(agreements, (terms.slug,), {"name": terms.name})
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    tx.insert(
        agreement_versions,
        {
            "agreement": terms.slug,
            "version": number,
            "document": text,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "effective_on": terms.effective_on,
            "ends_on": terms.ends_on,
            "applied_at": applied_at,
            "applied_by": applied_by,
            "state": "proposed" if terms.unsigned() else "signed",
        },
    )
    for commitment in terms.commitments:
        await commitments.know(tx, terms.slug, commitment.slug)
    for signature in terms.signatures:
        _sign(tx, terms.slug, number, signature)
    await _speak_in(tx, terms)
    await read_anew(tx)
    return number


async def reserve(tx: Tx, slug: str, name: str) -> str:
    """Give an agreement that is only drafted its key (`A-3`): it has no version before all have signed one."""
    number = await tx.next_number("A")
    tx.insert(agreements, {"slug": slug, "number": number, "name": name})
    return f"A-{number}"


async def key_of(tx: Tx, slug: str) -> str | None:
    """The key of an agreement, drafted or made; None where there is none of that short name."""
    row = await tx.get(agreements, slug)
    return None if row is None else f"A-{row['number']}"


async def sign(tx: Tx, agreement: str, version: int, signature: Signature) -> None:
    """Keep that a party put its name to a version."""
    _sign(tx, agreement, version, signature)
    await read_anew(tx)


async def channels_of(tx: Tx, agreement: str) -> tuple[KnownChannel, ...]:
    """Where an agreement is spoken of, and which of those places are broken."""
    return tuple(
        KnownChannel(row["platform"], row["channel_id"], row["name"], row["broken_at"], row["broken_why"])
        for row in await tx.rows(_CHANNELS, agreement=agreement)
    )


async def channel_broke(tx: Tx, agreement: str, platform: str, channel: str, why: str, at: datetime) -> bool:
    """A channel can no longer be spoken in; True if that is news."""
    channel = kept_detours.agreed(platform, channel, await detours(tx))
    row = await tx.get(agreement_channels, agreement, platform, channel)
    if row is None or row["broken_at"] is not None:
        return False
    tx.update(agreement_channels, (agreement, platform, channel), {"broken_at": at, "broken_why": why})
    return True


async def channel_mended(tx: Tx, agreement: str, platform: str, channel: str) -> bool:
    """A channel can be spoken in again; True if that is news."""
    channel = kept_detours.agreed(platform, channel, await detours(tx))
    row = await tx.get(agreement_channels, agreement, platform, channel)
    if row is None or row["broken_at"] is None:
        return False
    tx.update(agreement_channels, (agreement, platform, channel), {"broken_at": None, "broken_why": ""})
    return True


async def _read(tx: Tx, detours: Mapping[Spot, Detour], names: Mapping[Spot, str]) -> tuple[Agreement, ...]:
    signed: defaultdict[tuple[str, int], list[Signature]] = defaultdict(list)
    for row in await tx.rows(_SIGNATURES):
        signature = Signature(row["party"], row["member"], row["signed_at"])
        signed[row["agreement"], row["version"]].append(signature)
    versions: defaultdict[str, list[Version]] = defaultdict(list)
    for row in await tx.rows(_VERSIONS):
        slug, number = row["agreement"], row["version"]
        read = replace(recorded(row["document"]), signatures=tuple(signed[slug, number]))
        terms = kept_detours.redirected(read, detours, names)
        versions[slug].append(Version(number, terms))
    return tuple(
        Agreement(f"A-{row['number']}", row["slug"], cut_short(versions[row["slug"]]))
        for row in await tx.rows(_ALL)
        if versions[row["slug"]]
    )


async def _speak_in(tx: Tx, terms: Terms) -> None:
    """Bring the known channels in line with the newest terms; what is broken stays so until it is mended."""
    known = {(each.platform, each.id): each for each in await channels_of(tx, terms.slug)}
    names = await channel_names.everything(tx)
    for channel in (each.as_agreed for each in terms.channels):
        there = known.pop((channel.platform, channel.id), None)
        key, name = (terms.slug, channel.platform, channel.id), names.get((channel.platform, channel.id), channel.name)
        if there is None:
            tx.insert(agreement_channels, {"agreement": key[0], "platform": key[1], "channel_id": key[2], "name": name})
        elif there.name != name:
            tx.update(agreement_channels, key, {"name": name})
    for platform, channel_id in known:
        await tx.rows(_DROP_CHANNEL, of=terms.slug, on=platform, id=channel_id)


async def read_anew(tx: Tx) -> None:
    """Let nobody take for true what was remembered of the agreements, in this process or another."""
    tx.update(workspaces, (), {"agreements_stamp": secrets.token_hex(8)})


def _sign(tx: Tx, agreement: str, version: int, signature: Signature) -> None:
    tx.insert(
        signatures,
        {
            "agreement": agreement,
            "version": version,
            "party": signature.party,
            "member": signature.member,
            "signed_at": signature.signed_at,
        },
    )
