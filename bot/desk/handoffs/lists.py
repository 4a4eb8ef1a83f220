"""Lists that come with a handoff: short ones are written down at once, long ones part by part, told as they go.

A list with rows that cannot be read is laid aside with its good ones, so that whoever sent it can
take them alone without sending it again. Nothing of it counts before that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.cards import lists as cards
from bot.desk.items import items
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import handoffs as kept_handoffs
from bot.store import lists as kept
from bot.store import schedules
from slacore.commitments import Volume
from slacore.errors import Refusal
from slacore.handoffs import Handoff
from slacore.items import Listed

KIND = "list"
KEPT_FOR = timedelta(days=7)
"""How long a list waits to be handed over."""


async def lay_aside(sitting: Sitting, listed: Sequence[Listed]) -> int:
    """Keep what was read for a week, under a number that a button can say."""
    await kept.drop_unused(sitting.tx, sitting.now - KEPT_FOR)
    return await kept.lay_aside(sitting.tx, listed, sitting.actor, sitting.now)


async def take(sitting: Sitting, number: int) -> tuple[Listed, ...]:
    """A list that the speaker laid aside and has not handed over yet."""
    found = await kept.find(sitting.tx, number)
    if found.laid_by != sitting.actor:
        raise Refusal("That list is somebody else's.", "Send your own.", field="list")
    if found.handoff is not None:
        raise Refusal(f"That list was handed over with H-{found.handoff} already.", f"See `history H-{found.handoff}`.")
    return await kept.all_of(sitting.tx, number)


async def begin(sitting: Sitting, handoff: Handoff, listed: Sequence[Listed], number: int | None) -> None:
    """Write a handoff's list down: all of it now, or, where it is long, part by part from the next tick on."""
    if not listed and number is None:
        return
    if len(listed) <= kept.PART:
        await items.open_(sitting, handoff, listed, by=sitting.actor)
        if number is not None:
            await kept.hand_over(sitting.tx, number, handoff.number)
            await kept.drop_parts(sitting.tx, number)
        return
    if number is None:
        number = await lay_aside(sitting, listed)
    await kept.hand_over(sitting.tx, number, handoff.number)
    await schedules.put(sitting.tx, KIND, f"{number}/0", sitting.now)
    await _tell(sitting, handoff, number, 0, len(listed), handoff.logged_by)


async def write_on(sitting: Sitting, subject: str) -> None:
    """Write the next part of a long list down, and come round for the one after it.

    Undone meanwhile, a handoff gets no more items.
    """
    number, place = (int(each) for each in subject.split("/"))
    found = await kept.find(sitting.tx, number)
    await schedules.end(sitting.tx, KIND, subject)
    handoff = await kept_handoffs.find(sitting.tx, found.handoff or 0)
    if handoff.undone:
        await kept.drop_parts(sitting.tx, number)
        return
    listed = await kept.part(sitting.tx, number, place)
    await items.open_(sitting, handoff, listed, by=found.laid_by)
    await kept.drop_part(sitting.tx, number, place)
    done = min(found.rows, (place + 1) * kept.PART)
    if done < found.rows:
        await schedules.put(sitting.tx, KIND, f"{number}/{place + 1}", sitting.now)
    await _tell(sitting, handoff, number, done, found.rows, found.laid_by)


async def _tell(sitting: Sitting, handoff: Handoff, number: int, done: int, total: int, member: str) -> None:
    terms = sitting.terms(handoff.agreement, handoff.version)
    promise = terms.commitment(handoff.commitment).promise
    unit = promise.unit.plural if isinstance(promise, Volume) else "items"
    card = cards.progress(handoff.key, done, total, unit)
    word = Word("note", f"list:{number}", str(done), fresh=not done, level=saying.EXEMPT_FROM)
    await saying.to_person(sitting, terms, member, card, word)
