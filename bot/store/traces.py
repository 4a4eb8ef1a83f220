"""What is kept of one person, wherever it stands: a walk over every row of the company.

Each column with words in it is of one kind: it names a member, it is a key put together of names, it
holds words that somebody wrote, a card, or an agreement's document. A column of a new name has to be
put among them; a test asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Select, Table, Text, bindparam, select

from bot.documents import departures
from bot.store.fences import mine
from bot.store.tables import audit, metadata
from bot.store.tx import Tx
from slacore.parties import Member


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


MEMBER = _names(
    "acked_by acknowledged_by actor answered_by applied_by approved_by asked_by by checked_by closed_by "
    "contested_by decided_by deputy done_by drafted_by ended_by excused_by given_by goes_to laid_by logged_by "
    "made_by member noted_by opened_by owner person proposed_by said_by withdrawn_by"
)
"""Names a member."""
KEYED = _names(
    "account conversation dedupe_key delivery delivery_id installed_by newest_of place place_id series subject "
    "used_by user_id"
)
"""A key that may have a member or a platform's id among its parts."""
WORDS = _names(
    "because cause contested_why ended_why evidence excused_why folded matter note obstacle place_name "
    "proposed_reason quantity reason tags text thing title why withdrawn_why words"
)
"""What somebody wrote."""
WIRE = _names("activity after before body card excluded message_ref proposed reply totals utterance")
"""A card, a message or a figure's before and after, as JSON."""
DOCUMENT = frozenset(("document",))
"""An agreement as the record keeps it."""
NEITHER = _names(
    "action agreement agreements_stamp app bot bot_id bot_user broken broken_why campaign channel_id claimant "
    "commitment consequence content counted currency digest ended_how enterprise followed found_by giver goes "
    "happened hash hold_reason id joined_to key kind label last_edit last_hash leads_to letter link missed_by "
    "name new_id new_name option outcome owed_to party place_kind platform priority proposed_party purpose "
    "receiver ref refresh_token response_url result salt scopes service service_url sha256 share side slug "
    "sort stage standing state status team team_name tenant thread token unit via what within words_hash zone"
)
"""Names of things and words of ours. What was handed over is not about who did it: no file, and no lead's name."""
_OTHERWISE: Mapping[tuple[str, str], str] = {
    ("evidence_files", "name"): "words",
    ("handoffs", "ref"): "words",
    ("outbox", "owner"): "neither",  # the process that says it
    ("people", "name"): "words",
    ("raised_files", "name"): "words",
    ("schedules", "subject"): "neither",  # an agreement's or a promise's, unless it is a digest, which goes
    ("setbacks", "subject"): "neither",
}
_OWN: Mapping[str, tuple[str, ...]] = {
    "administrators": ("user_id",),
    "connect_codes": ("person", "user_id"),
    "conversations": ("conversation",),
    "echoes": ("person",),
    "identities": ("person",),
    "people": ("id",),
    "preferences": ("person",),
    "presence": ("person",),
    "teams_accounts": ("user_id", "account"),
    "teams_conversations": ("conversation",),
    "web_reads": ("member", "place_id"),
    "wrong_codes": ("user_id",),
}
"""Tables with rows that are only about him, by the columns that tell so: these go."""
_FILES = frozenset((("evidence_files", "content"), ("raised_files", "content"), ("list_parts", "content")))
"""Megabytes that nobody looks into."""
SECRET = _names("digest refresh_token response_url salt token")
"""What is nobody's to see, whoever it is about."""
_AT_ONCE = 2_000
_PARTS = re.compile(r"([:/@#|,\s]+)")


def kind_of(column: Column[Any]) -> str:
    """What kind of words a column holds: "" for no words. Raises KeyError for one that nobody thought about."""
    if not isinstance(column.type, Text) or column.name == "workspace_id":
        return ""
    otherwise = _OTHERWISE.get((column.table.name, column.name))
    if otherwise is not None:
        return otherwise
    kinds = {"member": MEMBER, "keyed": KEYED, "words": WORDS, "wire": WIRE, "document": DOCUMENT, "neither": NEITHER}
    found = [kind for kind, names in kinds.items() if column.name in names]
    if len(found) != 1:
        msg = f"{column.table.name}.{column.name} may say something of a person, or may not: put it in bot.store.traces"
        raise KeyError(msg)
    return found[0]


@dataclass(frozen=True)
class Marks:
    """What somebody is known by, and who stands in his place: `ids` are those of platforms, `also` further words."""

    member: Member
    instead: Member
    ids: frozenset[str] = frozenset()
    emails: Collection[str] = ()
    also: Collection[str] = ()

    @cached_property
    def called(self) -> str:
        """His first name, by which cards speak of him."""
        return self.member.name.split(maxsplit=1)[0] if self.member.name.strip() else self.member.id

    @cached_property
    def _all(self) -> frozenset[str]:
        return self.ids | {self.member.id}

    @cached_property
    def _said(self) -> re.Pattern[str]:
        told_apart = (each for each in self.ids if each != self.member.id and len(each) > 5)
        known = {self.member.name, *self.emails, *self.also, f"@{self.member.id}", *told_apart}
        either = "|".join(re.escape(each) for each in sorted(filter(None, known), key=len, reverse=True))
        return re.compile(rf"<@(?:{either})>|(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

    @cached_property
    def _first_name(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){re.escape(self.called)}(?!\w)")

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        known = {self.member.name, self.called, *self.emails, *self.also, *self._all} - {""}
        spelled = known | {json.dumps(each)[1:-1] for each in known}
        return re.compile("|".join(map(re.escape, spelled)), re.IGNORECASE)

    def may_stand_in(self, spelled: str) -> bool:
        """Whether JSON is worth reading: most of it says nothing of any one person."""
        return self._anywhere.search(spelled) is not None

    def words(self, text: str) -> str:
        """What somebody wrote, without his name."""
        return self._said.sub(self.instead.name, text)

    def card(self, text: str) -> str:
        """What we said, which calls him by his first name."""
        return self._first_name.sub(self.instead.name, self.words(text))

    def names(self, text: str) -> bool:
        """Whether words that somebody wrote still have his first name in them, which may be another's."""
        return self._first_name.search(self.words(text)) is not None

    def is_his(self, text: str | None) -> bool:
        """Whether a key is his, whole or in part."""
        return text is not None and any(part in self._all for part in (text, *_PARTS.split(text)))

    def keyed(self, text: str) -> str:
        """A key with his place taken."""
        if text in self._all:
            return self.instead.id
        return "".join(self.instead.id if part in self._all else part for part in _PARTS.split(text))

    def wire(self, value: Any, *, ours: bool) -> Any:
        """JSON with his place taken; `ours` are words of our own."""
        if isinstance(value, dict):
            return {self._whole(key): self.wire(inner, ours=ours) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.wire(each, ours=ours) for each in value]
        if not isinstance(value, str):
            return value
        if (whole := self._whole(value)) != value:
            return whole
        return self.card(value) if ours else self.words(value)

    def _whole(self, text: str) -> str:
        return self.instead.id if text in self._all else text

    def document(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """An agreement with somebody else in his place."""
        return departures.without(document, self.member.id, self.instead, self.words)


@dataclass(frozen=True, slots=True)
class Trace:
    """A row that says something of him: what it would say instead, whether it goes, whether only he ever read it.

    `wrote` says that he is its author or owner; `named` that words in it still have his first name.
    """

    table: Table
    row: Mapping[str, Any]
    instead: Mapping[str, Any] = field(default_factory=dict)
    goes: bool = False
    private: bool = False
    wrote: bool = False
    named: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """The row's key, without the workspace."""
        return tuple(self.row[column.name] for column in self.table.primary_key if column.name != "workspace_id")


async def of(tx: Tx, marks: Marks) -> AsyncIterator[Trace]:
    """Every row that says something of somebody, table by table; parents come before children."""
    for table in metadata.sorted_tables:
        kinds = [(column.name, kind) for column in table.columns if (kind := kind_of(column))]
        skip = 0
        while page := await tx.rows(_pages(table), most=_AT_ONCE, skip=skip):
            for row in page:
                trace = _trace(table, kinds, row, marks)
                if trace is not None:
                    yield trace
            skip += len(page)


def shown(trace: Trace, member: str) -> dict[str, Any]:
    """A row as somebody is shown what is kept of him: of an agreement, what it says of him and not of the others."""
    told: dict[str, Any] = {}
    for column in trace.table.columns:
        value = trace.row.get(column.name)
        if column.name == "workspace_id" or column.name in SECRET or value in (None, ""):
            continue
        kind = kind_of(column)
        if kind in ("wire", "document"):
            with suppress(ValueError):
                value = json.loads(value)
        if kind == "document":
            value = {"people": {member: value.get("people", {}).get(member)}}
        told[column.name] = value.isoformat() if isinstance(value, date | time) else value
    return told


_PAGES: dict[Table, Select[Any]] = {}


def _pages(table: Table) -> Select[Any]:
    if table not in _PAGES:
        columns = (each for each in table.columns if (table.name, each.name) not in _FILES)
        ordered = select(*columns).where(mine(table)).order_by(*table.primary_key.columns)
        _PAGES[table] = ordered.limit(bindparam("most")).offset(bindparam("skip"))
    return _PAGES[table]


def _trace(table: Table, kinds: list[tuple[str, str]], row: Mapping[str, Any], marks: Marks) -> Trace | None:
    digest = table.name in ("schedules", "setbacks") and (row["kind"], row["subject"]) == ("digest", marks.member.id)
    if digest or any(marks.is_his(row[name]) for name in _OWN.get(table.name, ())):
        return Trace(table, row, goes=True)
    changed: dict[str, Any] = {}
    wrote = named = False
    for name, kind in kinds:
        value = row[name]
        if not value or kind == "neither":
            continue
        now = _instead(table, kind, value, marks)
        wrote = wrote or (kind == "member" and now != value)
        named = named or (kind == "words" and marks.names(value))
        if now != value:
            changed[name] = now
    direct = row.get("place_kind") == "direct"
    private = direct and (row.get("person") == marks.member.id or marks.is_his(row["place_id"]))
    if not changed and not named and not private:
        return None
    return Trace(table, row, changed, private=private, wrote=wrote, named=named)


def _instead(table: Table, kind: str, value: str, marks: Marks) -> str:
    if kind == "member":
        return marks.instead.id if value == marks.member.id else value
    if kind == "keyed":
        return marks.keyed(value)
    if kind == "words":
        return marks.words(value)
    if not marks.may_stand_in(value):
        return value
    try:
        read = json.loads(value)
    except ValueError:
        return marks.words(value)
    now = marks.document(read) if kind == "document" else marks.wire(read, ours=table is not audit)
    if now == read:
        return value
    # As it was spelt: what the record hashes is spelt in one way, and cards and documents in theirs.
    return json.dumps(now, separators=(",", ":"), ensure_ascii=value.isascii())
