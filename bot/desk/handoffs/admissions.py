"""What a handoff's dispute, acceptance or withdrawal makes of the items it listed.

What is held apart is held apart item by item: nobody need act on a disputed item, while its time runs
on. Taken back in it is owed as before; conceded or undone it was never owed.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.items import items as desk
from bot.desk.sitting import Sitting
from bot.store import items as kept
from slacore import items
from slacore.errors import Refusal
from slacore.handoffs import Entry, Handoff
from slacore.items import Item, Standing


async def named(sitting: Sitting, handoff: Handoff, numbers: Sequence[int]) -> tuple[Item, ...]:
    """The items of a handoff that somebody names to hold apart. Refuses those of another one, and disputed ones."""
    found = await kept.find_many(sitting.tx, numbers)
    for item in found:
        if item.handed.handoff != handoff.number:
            raise Refusal(
                f"{item.key} came with H-{item.handed.handoff}, not with {handoff.key}.",
                f"Say `dispute H-{item.handed.handoff} {item.key} because …`.",
                field="items",
            )
        if item.standing != "owed":
            raise Refusal(f"{item.key} is already {item.standing}.", f"See `item {item.key}`.", field="items")
    return found


async def require_names(sitting: Sitting, handoff: Handoff, quantity: int | None, verb: str) -> None:
    """Refuse a part of a handoff that lists its items where it is not said which."""
    waiting = handoff.piles.awaiting
    if quantity is None or quantity >= waiting or not await kept.any_of(sitting.tx, handoff.number):
        return
    raise Refusal(
        f"{handoff.key} lists what was handed over one by one, so {verb} a part needs the ones that are meant.",
        f"Say `dispute {handoff.key} L-… because …` with the keys of those that are not right.",
        field="items",
    )


async def require_unanswered(sitting: Sitting, handoff: Handoff) -> None:
    """Refuse to take back what somebody has answered already."""
    for item in await kept.of_handoff(sitting.tx, handoff.number):
        if item.response is not None:
            raise Refusal(
                f"{item.key} was answered already, so {handoff.key} cannot be undone.", f"See `item {item.key}`."
            )


async def follow(sitting: Sitting, before: Handoff, after: Handoff, entry: Entry, meant: Sequence[Item] = ()) -> None:
    """Bring the items of a handoff in step with one entry of its ledger."""
    more = after.piles.disputed - before.piles.disputed
    if after.undone:
        for item in await kept.of_handoff(sitting.tx, after.number):
            await _withdraw(sitting, item, entry)
    elif more > 0:
        for item in meant or await _standing(sitting, after, "owed"):
            change = items.dispute(item, entry.reason, sitting.actor, sitting.now)
            await desk.apply(sitting, item, change, "ItemDisputed")
    elif more < 0 and not after.piles.disputed:
        for item in await _standing(sitting, after, "disputed"):
            if entry.happened == "corrected":
                await _withdraw(sitting, item, entry)
            else:
                change = items.readmit(item, sitting.actor, sitting.now)
                await desk.apply(sitting, item, change, "ItemReadmitted")


async def _standing(sitting: Sitting, handoff: Handoff, standing: Standing) -> list[Item]:
    return [each for each in await kept.of_handoff(sitting.tx, handoff.number) if each.standing == standing]


async def _withdraw(sitting: Sitting, item: Item, entry: Entry) -> None:
    reason = entry.reason or "its handoff was undone"
    await desk.apply(sitting, item, items.withdraw(item, reason, sitting.actor, sitting.now), "ItemWithdrawn")
