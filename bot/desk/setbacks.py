"""A look that failed is put off, so that what stands beside it goes on; when it succeeds at last, it is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.cards.healths import PutOff
from bot.desk.duties import openings
from bot.desk.misses import choices, credits, deciding, plan_times
from bot.desk.people import presences
from bot.desk.reports import reports
from bot.desk.sitting import Sitting
from bot.store import obligations, people
from bot.store import setbacks as kept
from bot.store.setbacks import Setback
from bot.store.tx import Tx
from slacore.errors import Refusal

Looked = tuple[str, str]
"""What a look was at: the kind, and the subject within it."""

COMPANY: Looked = (kept.WORKSPACE, "")
"""A look at everything that is due in one company."""

FIRST_PAUSE = timedelta(hours=1)
"""How long a look is put off that failed; twice as long each time it fails again."""
LONGEST_PAUSE = timedelta(days=1)
FIRST_PAUSE_OF_A_COMPANY = timedelta(minutes=1)
"""A whole company is tried again sooner: nothing of it is looked at meanwhile."""
LONGEST_PAUSE_OF_A_COMPANY = timedelta(hours=1)


async def put_off(tx: Tx, now: datetime, looked: Looked) -> Setback:
    """Hold a look back that failed: an hour, and longer with each time, up to a day."""
    known = await kept.find(tx, *looked)
    failures = 1 if known is None else known.failures + 1
    again_at = now + _pause(looked, failures)
    setback = Setback(*looked, failures, now if known is None else known.since, again_at)
    await kept.put(tx, setback)
    return setback


async def healed(tx: Tx, looked: Iterable[Looked]) -> tuple[Setback, ...]:
    """These looks succeeded: what was held back among them is held back no longer, and is returned."""
    succeeded = set(looked)
    over = tuple(each for each in await kept.everything(tx) if (each.kind, each.subject) in succeeded)
    await kept.end(tx, over)
    return over


async def put_off_here(sitting: Sitting) -> tuple[PutOff, ...]:
    """What cannot be looked at and is tried again, the oldest first, in words that people know it by."""
    return tuple(
        [
            PutOff(what, each.failures, each.since, each.again_at)
            for each in await kept.everything(sitting.tx)
            if (what := await _called(sitting, each)) is not None
        ]
    )


async def _called(sitting: Sitting, setback: Setback) -> str | None:
    """What people call it; None for what was settled in another way meanwhile.

    Whatever is broken about it must not break this too, so that it is called by its own name where it has no other.
    """
    agreement, _, slug = setback.subject.partition("/")
    match setback.kind:
        case kept.OBLIGATION:
            try:
                owed = await obligations.find(sitting.tx, int(setback.subject))
            except Refusal:
                return None
            if owed.look_again_at is None:
                return None
            return f"{owed.key} ({_promise(sitting, owed.agreement, owed.commitment)})"
        case openings.KIND:
            return f"The next period of {_promise(sitting, agreement, slug or agreement)}"
        case reports.KIND:
            return f"The report of {_agreement(sitting, agreement)}"
        case presences.DIGEST:
            person = await people.find(sitting.tx, setback.subject)
            return f"The digest of {person.name if person else setback.subject}"
        case plan_times.KIND:
            return f"The time for a plan for B-{setback.subject.partition('/')[0]}"
        case choices.KIND:
            return f"The offer over B-{setback.subject}"
        case deciding.KIND:
            return f"The reminder to decide over B-{setback.subject}"
        case credits.KIND:
            return f"The time to claim K-{setback.subject}"
        case _:
            return f"{setback.kind} of {_promise(sitting, agreement, slug) if slug else setback.subject}"


def _agreement(sitting: Sitting, slug: str) -> str:
    return next((each.latest.terms.name for each in sitting.agreements if each.slug == slug), slug)


def _promise(sitting: Sitting, agreement: str, slug: str) -> str:
    """What a promise is called under the newest terms that know it."""
    names = (
        each.name
        for known in sitting.agreements
        if known.slug == agreement
        for version in reversed(known.versions)
        for each in version.terms.commitments
        if each.slug == slug
    )
    return next(names, slug)


def _pause(looked: Looked, failures: int) -> timedelta:
    first, longest = FIRST_PAUSE, LONGEST_PAUSE
    if looked == COMPANY:
        first, longest = FIRST_PAUSE_OF_A_COMPANY, LONGEST_PAUSE_OF_A_COMPANY
    return min(first * (1 << min(failures - 1, 10)), longest)
