"""Somebody is forgotten: what says who he was goes, what the others agreed and counted with him stays.

He must have left before: whoever an agreement in force still names cannot be forgotten by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.cards.forgettings import Leaving
from bot.desk.duties import members
from bot.desk.people import handovers
from bot.desk.sitting import Sitting
from bot.store import amendments, audit, forgettings, known_ids, people, traces
from bot.store.traces import Marks, Trace
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.parties import Member, former_member, is_former
from slacore.periods import print_date

_LETTER = "F"


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that is kept of one person: what he goes by, and every row that says something of him."""

    marks: Marks
    ids: tuple[tuple[str, str], ...]
    found: tuple[Trace, ...]


async def look(sitting: Sitting, who: str, also: Sequence[str] = ()) -> Known:
    """Find everything that is kept of somebody, named by his id or his full name. `also` are words for him."""
    return await _known(sitting, await _find(sitting, who), former_member(0, "UTC"), also)


async def would(sitting: Sitting, who: str, also: Sequence[str] = ()) -> Leaving:
    """What forgetting somebody would take out and leave, without doing it. Refuses whoever still has a part."""
    known = await look(sitting, who, also)
    await _require_left(sitting, known.marks.member)
    return _leaving(sitting, known, done=False)


async def forget(sitting: Sitting, who: str, also: Sequence[str] = ()) -> Leaving:
    """Take somebody out of everything. Refuses whoever an agreement in force, or one being drafted, still names."""
    member = await _find(sitting, who)
    await _require_left(sitting, member)
    if member.id in {each.id for each in await people.everybody(sitting.tx)}:
        await people.let_go(sitting.tx, member.id)
        sitting.forget_presence()
        await members.left(sitting, member.id)
        await handovers.pass_on(sitting, member.id)
    number, instead = await _stands_in(sitting)
    known = await _known(sitting, member, instead, also)
    await forgettings.begin(sitting.tx, instead.id, number)
    vouched = await forgettings.take_out(sitting.tx, known.marks, number, known.found)
    await forgettings.end(sitting.tx, number)
    leaving = _leaving(sitting, known, done=True)
    await sitting.record(audit.FORGOTTEN, instead.id, None, vouched)
    return leaving


async def _known(sitting: Sitting, member: Member, instead: Member, also: Sequence[str]) -> Known:
    known = await known_ids.of(sitting.tx, member.id)
    names = sorted(known.names - {member.name})
    ids = frozenset(user for _, user in known.ids) | known.conversations
    marks = Marks(member, instead, ids, tuple(sorted(known.emails)), (*names, *also))
    return Known(marks, tuple(sorted(known.ids)), tuple([each async for each in traces.of(sitting.tx, marks)]))


async def _find(sitting: Sitting, who: str) -> Member:
    everybody = await people.everyone(sitting.tx)
    folded = who.strip().casefold()
    meant = [each for each in everybody if each.id == folded or each.name.casefold() == folded]
    if len(meant) != 1:
        several = f"Several people are called {who}." if meant else f"I know nobody called {who} here."
        ids = ", ".join(each.id for each in meant or everybody if not is_former(each.id))
        raise Refusal(several, f"Name one of {ids}." if ids else "`kept person` lists everybody.")
    if is_former(meant[0].id):
        raise Refusal(f"{meant[0].name} is forgotten already.", "Nothing is left that says who it was.")
    return meant[0]


async def _require_left(sitting: Sitting, member: Member) -> None:
    for agreement in sitting.agreements:
        terms = agreement.latest.terms
        over = terms.ends_on is not None and terms.ends_on < sitting.today(terms.zone)
        if not over and _is_named(terms, member.id):
            raise Refusal(
                f"{member.name} still has a part in {agreement.key} {terms.name}.",
                "Apply its file with somebody else in that place, and without the entry under `people`; then forget.",
            )
    for draft in await amendments.being_drafted(sitting.tx):
        if _is_named(draft.terms, member.id):
            raise Refusal(
                f"{member.name} still has a part in {draft.key}, which is being drafted.",
                "Draft it with somebody else in that place, or withdraw it; then forget.",
            )


def _is_named(terms: Terms, member: str) -> bool:
    return any(each.id == member for each in terms.people)


async def _stands_in(sitting: Sitting) -> tuple[int, Member]:
    """Make somebody to stand where he stood: one person still, whom nothing is known of."""
    while True:
        number = await sitting.tx.next_number(_LETTER)
        instead = former_member(number, "UTC")
        if await people.find(sitting.tx, instead.id) is None:
            await people.keep(sitting.tx, instead)
            await people.let_go(sitting.tx, instead.id)
            return number, instead


def _leaving(sitting: Sitting, known: Known, *, done: bool) -> Leaving:
    marks, found = known.marks, known.found
    rewritten = [each for each in found if each.instead and not each.goes]
    kept = [each for each in rewritten if not each.private]
    return Leaving(
        name=marks.member.name,
        instead=marks.instead.name if done else "",
        ids=known.ids,
        emails=tuple(marks.emails),
        own=sum(each.goes for each in found),
        private=sum(each.private for each in found),
        said=sum(each.table.name in ("outbox", "web_messages") for each in kept),
        entries=sum(each.table.name == "audit" for each in kept),
        versions=sum(each.table.name == "agreement_versions" for each in kept),
        wrote=sum(each.wrote and each.table.name != "audit" for each in kept),
        signed=tuple(_signature(sitting, each) for each in kept if each.table.name == "signatures"),
        still_named=tuple(f"{each.table.name} {' '.join(map(str, each.key))}" for each in found if each.named),
        called=marks.called,
    )


def _signature(sitting: Sitting, trace: Trace) -> str:
    agreement = sitting.agreement(trace.row["agreement"])
    terms = sitting.terms(trace.row["agreement"], trace.row["version"])
    party = terms.party(trace.row["party"]).name
    signed_on = print_date(trace.row["signed_at"].astimezone(ZoneInfo(terms.zone)).date())
    return f"{agreement.key} version {trace.row['version']}, for {party}, {signed_on}"
