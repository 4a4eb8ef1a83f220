"""Somebody's own page in a chat that has no place for one: a card that is drawn anew where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards.duties import Duty
from bot.cards.mine import SHOWN, buttons_for, mine
from bot.cards.owed import overdue, owed_table
from bot.cards.words import count
from bot.chat.card import Block, Button, Card, Chart, Note, Strong, Table, Text

REF = "home"


def home(
    owes: Sequence[Duty],
    gets: Sequence[Duty],
    member: str,
    now: datetime,
    *,
    soon: datetime,
    held: int = 0,
    where: Card | None = None,
) -> Card:
    """What needs `member` (until `soon`), what they are owed, where the promises stand, what is held back.

    `where` is the card that `status` answers with; its picture is left out, since its lines say the same.
    """
    near = [duty for duty in owes if duty.obligation.due_at <= soon]
    later = len(owes) - len(near)
    late = len(overdue(gets))
    blocks: list[Block] = []
    if near:
        table = next(block for block in mine(near, (), member, now).blocks if isinstance(block, Table))
        blocks.append(Table(table.columns, table.rows, caption="Needs you, in the next 7 days", numeric=table.numeric))
    else:
        blocks.append(Text((Strong("Nothing needs you in the next 7 days."),)))
    if later:
        blocks.append(Text((f"{count(later, 'more thing')} later: `mine` shows everything.",)))
    if gets:
        blocks.append(owed_table(gets[:SHOWN], now))
    if where is not None:
        blocks.append(Text((Strong("Where the promises stand"),)))
        blocks += [block for block in where.blocks if not isinstance(block, Chart | Note)]
    if held:
        blocks.append(Note((f"{count(held, 'message')} held back until your quiet hours end.",)))
    title = f"Home: {count(len(near), 'thing') if near else 'nothing'} to do this week"
    said = f"{title}; you are owed {count(len(gets), 'thing') if gets else 'nothing'}, {late} late."
    buttons = (
        *buttons_for(near),
        Button("Refresh", REF),
        Button("Status", "status"),
        Button("Quiet hours…", "quiet …"),
    )
    return Card(title=title, summary=said, blocks=tuple(blocks), buttons=buttons, ref=REF)
