"""Somebody is asked to take items over: the asking, the answer, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.offers import act, ask
from bot.cards.words import called, count, cut, joined, listed, moment, party, person, quoted, run, titled
from bot.chat.card import Block, Card, Note, Spans, Table, Text
from slacore.agreements import Terms
from slacore.items import Item
from slacore.obligations import Obligation

_SHOWN = 10

Owed = tuple[Item, Obligation | None]
"""An item, and what is owed about it first."""


def asked(found: Sequence[Owed], by: str, to: str, note: str, terms: Terms) -> Card:
    """Ask somebody to take items over; nothing changes before he does."""
    items = [item for item, _ in found]
    title = f"{called(terms, by)} asks you to take {_named(items)}"
    keys = " ".join(item.key for item in items)
    may = (to,)
    words: list[Block] = [Text(run(person(terms, by), f": {quoted(note)}"))] if note else []
    one_of = party(terms, items[0].handed.receiver)
    return Card(
        title=titled(title),
        summary=f"{title}.",
        blocks=(
            *words,
            _table(found, terms),
            Note((f"You are of {one_of}. {_until_then(items, terms)}",)),
        ),
        buttons=(
            act(f"Take {_them(items)}", f"take {keys}", style="primary", may=may),
            ask("Decline", f"decline {keys}", may=may),
        ),
        ref=items[0].key,
    )


def assigned(given: Sequence[Item], waiting: Sequence[Item], to: str, terms: Terms) -> Card:
    """Answer `assign`: what is somebody's now, and what waits for his word."""
    name = called(terms, to)
    parts: list[str] = []
    if given:
        parts.append(f"{_named(given)} {'is' if len(given) == 1 else 'are'} {name}'s now.")
    if waiting:
        parts.append(f"{name} is asked to take {_named(waiting)}. {_until_then(waiting, terms)}")
    title = f"{name} is asked" if waiting else f"Assigned to {name}"
    first = (*given, *waiting)[0]
    return Card(
        titled(f"{title}: {_named((*given, *waiting))}"),
        " ".join(parts),
        (Text((" ".join(parts),)),),
        (act("Show item", f"item {first.key}"),) if len(given) + len(waiting) == 1 else (),
        ref=first.key,
    )


def taken(items: Sequence[Item], by: str, terms: Terms, reader: str) -> Card:
    """Tell that somebody took items over: to himself, or to whom they were his before."""
    who = "You have" if reader == by else f"{called(terms, by)} has"
    title = f"{who} {_named(items)} now"
    follows = "What is owed about them is yours, by the same dates." if reader == by else "You hear no more of them."
    buttons = (act("My part", "mine"),) if reader == by else ()
    return Card(titled(title), f"{title}.", (Text((_singular(follows, items),)),), buttons, "good", items[0].key)


def declined(items: Sequence[Item], by: str, reason: str, terms: Terms, reader: str) -> Card:
    """Tell that somebody does not take items over, and whose they stay."""
    who = "You do" if reader == by else f"{called(terms, by)} does"
    title = f"{who} not take {_named(items)}"
    said = run(person(terms, by), f": {quoted(reason)} ") if reason and reader != by else ()
    owners = listed(sorted({called(terms, item.owner) for item in items if item.owner})) or "nobody"
    stays = f"{'It stays' if len(items) == 1 else 'They stay'} {owners}'s; nothing has changed."
    keys = " ".join(item.key for item in items)
    buttons = () if reader == by else (ask("Ask somebody else", f"assign {keys}"),)
    return Card(titled(title), f"{title}.", (Text(joined((said, (stays,)))),), buttons, ref=items[0].key)


def _table(found: Sequence[Owed], terms: Terms) -> Table:
    rows: list[tuple[Spans, ...]] = []
    for item, obligation in found[:_SHOWN]:
        due: Spans = run(moment(obligation.due_at, terms)) if obligation is not None else ("nothing is due",)
        owner: Spans = run(person(terms, item.owner)) if item.owner else ("nobody",)
        rows.append(((f"{item.key} {cut(item.name, 40)}",), due, owner))
    more = f"and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return Table(("Item", "Due", "Whose"), tuple(rows), more)


def _until_then(items: Sequence[Item], terms: Terms) -> str:
    owners = listed(sorted({called(terms, item.owner) for item in items if item.owner}))
    stays = "it stays" if len(items) == 1 else "they stay"
    return f"Until then {stays} {owners}'s, and whoever is late with {_them(items)} hears of it."


def _named(items: Sequence[Item]) -> str:
    if len(items) == 1:
        return f"{items[0].key} {cut(items[0].name, 40)}"
    return f"{count(len(items), 'item')} ({', '.join(item.key for item in items[:3])}{' …' if len(items) > 3 else ''})"


def _them(items: Sequence[Item]) -> str:
    return "it" if len(items) == 1 else "them"


def _singular(text: str, items: Sequence[Item]) -> str:
    return text.replace("them", "it") if len(items) == 1 else text
