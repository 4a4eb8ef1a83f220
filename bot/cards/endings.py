"""An agreement draws near its last day, somebody lets it end, and it is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.cards.offers import act, ask
from bot.cards.words import called, count, cut, day_text, listed, titled
from bot.chat.card import Block, Button, Card, Note, Text
from slacore.agreements import Terms


def ends_soon(
    key: str, terms: Terms, days: int, now: datetime, *, until: date, letting: Sequence[str] = (), drafts: Sequence[str]
) -> Card:
    """An agreement has a last day, and it draws near. It could be renewed `until` a day.

    `letting` are the parties (slugs) that have said to let it end, `drafts` the amendments on their way.
    """
    on = day_text(terms.ends_on or terms.effective_on, now, terms.zone)
    when = "today" if not days else f"in {count(days, 'day')}"
    title = f"{key} ends {when}, on {on}"
    promises = listed([cut(each.name, 60) for each in terms.commitments[:8]])
    blocks: list[Block] = [Text((f"{terms.name} ends on {on}, and with it: {promises}.",))]
    if letting:
        names = [terms.party(slug).name for slug in letting]
        blocks.append(Text((f"{listed(names)} {'lets' if len(names) == 1 else 'let'} it end.",)))
    going_on = "To go on, everybody signs a later last day: the button drafts one."
    blocks.append(Note((f"Nothing new begins after that day; if nobody does anything, it ends. {going_on}",)))
    later = day_text(until, now, terms.zone)
    on_the_way: tuple[Button, ...] = tuple(act(f"Show {each}", f"agreement show {each}") for each in drafts[:3])
    renew = (
        act(f"Renew until {later}", f"agreement renew {key} until {until.isoformat()}", style="primary"),
        ask("Another last day", f"agreement renew {key}"),
    )
    return Card(
        title=titled(title),
        summary=f"{title}: {cut(terms.name, 80)}.",
        blocks=tuple(blocks),
        buttons=(
            *(on_the_way or renew),
            act("Let it end", f"agreement expire {key}"),
            act("Whole text", f"agreement show {key}"),
        ),
        tone="warning",
        ref=key,
    )


def lets_end(key: str, terms: Terms, side: str, by: str, now: datetime) -> Card:
    """A side does not renew: its own answer, and what the others hear."""
    on = day_text(terms.ends_on or terms.effective_on, now, terms.zone)
    name = terms.party(side).name if side else "The sponsor"
    title = f"{name} lets {key} end on {on}"
    words = (
        f"{called(terms, by)} said so. Until that day everything counts; whoever wants it to go on can still renew it."
    )
    return Card(
        title=titled(title),
        summary=f"{title}: {cut(terms.name, 80)}.",
        blocks=(Text((words,)),),
        buttons=(ask("Renew", f"agreement renew {key}"), act("Whole text", f"agreement show {key}")),
        ref=key,
    )


def over_and_done(key: str, terms: Terms, now: datetime) -> Card:
    """An agreement has had its last day."""
    on = day_text(terms.ends_on or terms.effective_on, now, terms.zone)
    title = f"{key} ended on {on}"
    return Card(
        title=titled(title),
        summary=f"{title}: {cut(terms.name, 80)}. Nothing new begins under it.",
        blocks=(Text((f"{terms.name} ended on {on}. Nothing new begins under it; what was still open is judged.",)),),
        buttons=(act("Whole text", f"agreement show {key}"),),
        ref=key,
    )
