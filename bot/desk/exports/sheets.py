"""What an export holds: a sheet a sort of thing that happened, a line a thing, named as people name it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.desk.sitting import Sitting
from bot.store import commitments, exports
from bot.store.exports import Row
from slacore.agreements import Agreement, Terms
from slacore.money import Money

Cell = str | int | bool | date | datetime | None
Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose month it is: one agreement from its first to its last local date. `keys` are the promises' keys by slug."""

    sitting: Sitting
    agreement: Agreement
    first_on: date
    last_on: date
    keys: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        """The agreement's zone, which its dates are local to and its moments are written in."""
        return ZoneInfo(self.agreement.latest.terms.zone)

    @property
    def begins_at(self) -> datetime:
        """The instant the first date begins."""
        return datetime.combine(self.first_on, time(), self.zone)

    @property
    def ends_at(self) -> datetime:
        """The instant after the last date."""
        return datetime.combine(self.last_on + timedelta(days=1), time(), self.zone)

    def terms(self, row: Row) -> Terms:
        """The terms that something began under."""
        return self.agreement.version(row["version"]).terms

    def promise(self, row: Row) -> tuple[str, str]:
        """A promise by its key, and what it is called."""
        return self.keys.get(row["commitment"], ""), self.terms(row).commitment(row["commitment"]).name

    def who(self, member: str) -> str:
        """A person's name; "" for what time or silence did."""
        return self.agreement.latest.terms.name_of(member) if member else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export: its name, its columns, and where its lines come from, a page at a time."""

    name: str
    columns: tuple[str, ...]
    pages: Callable[[Selection], AsyncIterator[list[Line]]]


async def select(sitting: Sitting, agreement: Agreement, first_on: date, last_on: date) -> Selection:
    """Choose a month of an agreement."""
    known = await commitments.keys(sitting.tx)
    keys = {slug: key for (of, slug), key in known.items() if of == agreement.slug}
    return Selection(sitting, agreement, first_on, last_on, keys)


async def _handoffs(chosen: Selection) -> AsyncIterator[list[Line]]:
    found = exports.handed_over(chosen.sitting.tx, chosen.agreement.slug, chosen.first_on, chosen.last_on)
    async for page in found:
        yield [_handoff(chosen, row) for row in page]


def _handoff(chosen: Selection, row: Row) -> Line:
    terms = chosen.terms(row)
    parties = terms.party(row["giver"]).name, terms.party(row["receiver"]).name
    piles = row["quantity"], row["accepted"], row["awaiting"], row["disputed"]
    logged = chosen.who(row["logged_by"]), row["logged_at"]
    words = row["campaign"], row["ref"], row["note"]
    return (
        f"H-{row['number']}", *chosen.promise(row), *parties, *piles,
        row["handed_on"], row["late"], *logged, *words, row["undone"],
    )  # fmt: skip


async def _entries(chosen: Selection) -> AsyncIterator[list[Line]]:
    tx = chosen.sitting.tx
    async for page in exports.handed_over(tx, chosen.agreement.slug, chosen.first_on, chosen.last_on):
        yield [_entry(chosen, row) for row in await exports.entries_of(tx, page)]


def _entry(chosen: Selection, row: Row) -> Line:
    moved = row["accepted"], row["awaiting"], row["disputed"]
    by = chosen.who(row["done_by"])
    return f"H-{row['handoff']}", row["seq"], row["happened"], *moved, row["reason"], by, row["happened_at"]


async def _obligations(chosen: Selection) -> AsyncIterator[list[Line]]:
    tx = chosen.sitting.tx
    async for page in exports.fallen_due(tx, chosen.agreement.slug, chosen.begins_at, chosen.ends_at):
        yield [_obligation(chosen, row) for row in page]


def _obligation(chosen: Selection, row: Row) -> Line:
    what = row["kind"], row["subject"]
    owes = chosen.terms(row).party(row["party"]).name, chosen.who(row["owner"])
    when = row["opens_at"], row["due_at"]
    ended = row["missed_at"], row["done_at"], chosen.who(row["done_by"]), row["evidence"]
    return f"O-{row['number']}", *chosen.promise(row), *what, *owes, *when, row["state"], *ended


async def _breaches(chosen: Selection) -> AsyncIterator[list[Line]]:
    async for misses in _misses(chosen):
        decided = await exports.chosen_of(chosen.sitting.tx, misses)
        yield [_breach(chosen, row, decided.get(row["number"], {})) for row in misses]


def _breach(chosen: Selection, row: Row, decided: Row) -> Line:
    keys = f"B-{row['number']}", f"O-{row['obligation']}"
    party = chosen.terms(row).party(row["party"]).name
    rest = row["shortfall"], row["provisional"], row["recorded_at"], row["made_good_at"]
    by, offered_by = (chosen.who(decided.get(each, "")) for each in ("by", "proposed_by"))
    plan = decided.get("until"), decided.get("lapsed_at"), decided.get("followed", "")
    return (
        *keys,
        *chosen.promise(row),
        party,
        *rest,
        decided.get("option", ""),
        by,
        offered_by,
        decided.get("at"),
        *plan,
    )


async def _carried(chosen: Selection) -> AsyncIterator[list[Line]]:
    async for misses in _misses(chosen):
        carried, _ = await exports.made_of(chosen.sitting.tx, misses)
        versions = {row["number"]: row["version"] for row in misses}
        yield [
            (
                f"B-{row['breach']}", *chosen.promise({**row, "version": versions[row["breach"]]}),
                row["from_starts_on"], row["to_starts_on"], row["units"], chosen.who(row["by"]), row["at"], row["why"],
            )
            for row in carried
        ]  # fmt: skip


async def _notices(chosen: Selection) -> AsyncIterator[list[Line]]:
    async for misses in _misses(chosen):
        _, given = await exports.made_of(chosen.sitting.tx, misses)
        yield [
            (
                f"B-{row['breach']}", *chosen.promise(row), row["matter"], row["because"],
                chosen.who(row["given_by"]), row["given_at"],
                chosen.who(row["acknowledged_by"]), row["acknowledged_at"],
            )
            for row in given
        ]  # fmt: skip


async def _misses(chosen: Selection) -> AsyncIterator[Sequence[Row]]:
    tx = chosen.sitting.tx
    async for page in exports.fallen_due(tx, chosen.agreement.slug, chosen.begins_at, chosen.ends_at):
        yield await exports.breaches_of(tx, page)


async def _sales(chosen: Selection) -> AsyncIterator[list[Line]]:
    found = exports.sold(chosen.sitting.tx, chosen.agreement.slug, chosen.first_on, chosen.last_on)
    async for page in found:
        yield [_sale(chosen, row) for row in page]


def _sale(chosen: Selection, row: Row) -> Line:
    terms = chosen.agreement.latest.terms
    names = {each.slug: each.name for each in terms.commitments}
    promise = chosen.keys.get(row["commitment"], ""), names.get(row["commitment"], row["commitment"])
    found_by = next((each.name for each in terms.parties if each.slug == row["found_by"]), row["found_by"])
    price = None if row["amount"] is None else str(Money(row["amount"], row["currency"]))
    item = None if row["item"] is None else f"L-{row['item']}"
    logged = chosen.who(row["logged_by"]), row["logged_at"]
    gone = row["withdrawn_at"], row["withdrawn_why"]
    sums = row["quantity"], price, row["leads"]
    return f"W-{row['number']}", *promise, row["closed_on"], found_by, item, *sums, *logged, row["note"], *gone


_PROMISE = ("promise", "promise_name")

SHEETS = (
    Sheet(
        "handoffs",
        (
            "handoff", *_PROMISE, "from", "to", "quantity", "accepted", "awaiting", "disputed",
            "handed_on", "late", "logged_by", "logged_at", "campaign", "ref", "note", "undone",
        ),
        _handoffs,
    ),
    Sheet(
        "entries",
        ("handoff", "entry", "happened", "accepted", "awaiting", "disputed", "reason", "done_by", "happened_at"),
        _entries,
    ),
    Sheet(
        "obligations",
        (
            "obligation", *_PROMISE, "kind", "subject", "party", "owner", "opens_at", "due_at",
            "state", "missed_at", "done_at", "done_by", "evidence",
        ),
        _obligations,
    ),
    Sheet(
        "breaches",
        (
            "breach", "obligation", *_PROMISE, "party", "shortfall", "provisional", "recorded_at", "made_good_at",
            "chosen", "chosen_by", "offered_by", "chosen_at", "plan_wanted_by", "no_plan_since", "followed_instead",
        ),
        _breaches,
    ),
    Sheet(
        "carried",
        ("breach", *_PROMISE, "from_period", "to_period", "units", "decided_by", "at", "why"),
        _carried,
    ),
    Sheet(
        "notices",
        (
            "breach", *_PROMISE, "matter", "added", "given_by", "given_at", "acknowledged_by", "acknowledged_at",
        ),
        _notices,
    ),
    Sheet(
        "sales",
        (
            "sale", *_PROMISE, "closed_on", "found_by", "item", "sales", "price", "leads",
            "logged_by", "logged_at", "note", "taken_back_at", "taken_back_because",
        ),
        _sales,
    ),
)  # fmt: skip
"""Every sort of thing that an export holds, in order."""
