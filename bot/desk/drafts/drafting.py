"""Writing drafts: an amendment of some figures, an end, an answer to somebody else's draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.desk.drafts import papers
from bot.desk.sitting import Sitting
from bot.documents import difference, figures
from bot.documents.starters import begun
from bot.store import amendments
from slacore import amendments as rules
from slacore.agreements import Agreement, Terms
from slacore.amendments import Amendment
from slacore.commitments import Commitment
from slacore.errors import Refusal
from slacore.periods import PeriodRule, print_date
from slacore.renewals import renewed_until, require_later

MONTH = PeriodRule.parse("month")


async def amend(
    sitting: Sitting,
    agreement: Agreement,
    commitment: Commitment,
    changes: Mapping[str, str],
    on: date | None,
    why: str,
) -> Amendment:
    """Draft the newest version with some figures of a promise changed, from a day on (its next period's first).

    What the same side has drafted and not proposed yet is added to, so that several figures come
    in one version. Refuses days that have begun, and figures that change nothing.
    """
    base = newest(agreement)
    side = rules.require_drafter(base, sitting.actor, f"amend {agreement.key}")
    running = await own_draft(sitting, agreement, side)
    terms = running.terms if running else base
    begins = _begins(sitting, terms, on or (running.terms.effective_on if running else None), commitment.period)
    changed = figures.amended(terms, terms.commitment(commitment.slug), changes, begins, field="value")
    if not _differs(base, changed):
        raise Refusal(
            f"That is what {commitment.name} says already.", "Name another figure, or another value.", field="value"
        )
    if running is None:
        return await _add(sitting, agreement, changed, side, why)
    reasons = "; ".join(dict.fromkeys(each for each in (running.because, why) if each))
    more = replace(running, terms=changed, because=reasons, revision=running.revision + 1)
    await amendments.save(sitting.tx, more)
    await sitting.record("DraftChanged", more.key, None, {"changes": dict(changes), "from": begins.isoformat()})
    return more  # fmt: skip


async def next_version(
    sitting: Sitting, agreement: Agreement, period: PeriodRule, on: date | None, why: str
) -> Amendment:
    """What the speaker's side drafts as the next version: the draft that it has, or one that says what holds now.

    It begins `on` a day that is still to come; left out, on that of the draft, else with the next
    `period`. A draft that says nothing else is no draft: `require_change` refuses it once it was changed.
    """
    base = newest(agreement)
    side = rules.require_drafter(base, sitting.actor, f"amend {agreement.key}")
    running = await own_draft(sitting, agreement, side)
    if running is not None:
        return await retimed(sitting, running, on or running.terms.effective_on, why)
    begins = _begins(sitting, base, on, period)
    return await _add(sitting, agreement, replace(base, effective_on=begins, signatures=()), side, why)


async def retimed(sitting: Sitting, draft: Amendment, on: date | None, why: str) -> Amendment:
    """The same draft of an amendment from another day on, or with one more reason."""
    begins = _begins(sitting, draft.terms, on, MONTH) if on else draft.terms.effective_on
    reasons = "; ".join(dict.fromkeys(each for each in (draft.because, why) if each))
    if (begins, reasons) == (draft.terms.effective_on, draft.because):
        return draft
    terms = replace(draft.terms, effective_on=begins)
    more = replace(draft, terms=terms, because=reasons, revision=draft.revision + 1)
    await amendments.save(sitting.tx, more)
    await sitting.record("DraftChanged", more.key, None, {"from": begins.isoformat(), "because": why})
    return more


def require_change(agreement: Agreement, draft: Amendment) -> None:
    """Refuse a draft that says what is agreed already."""
    if not _differs(newest(agreement), draft.terms):
        raise Refusal(f"That is what {agreement.key} says already.", "Name another value.")


async def by_file(sitting: Sitting, agreement: Agreement, terms: Terms) -> Amendment:
    """Draft the newest version as a changed file has it; what the same side had drafted already becomes that."""
    base = newest(agreement)
    side = rules.require_drafter(base, sitting.actor, f"amend {agreement.key}")
    if terms.effective_on <= sitting.today(base.zone):
        raise Refusal(
            f"An amendment cannot begin on {print_date(terms.effective_on)}: that day has begun.",
            "Set `effective_on` to a day that is still to come; what runs keeps its terms until then.",
            field="file",
        )
    if not _differs(base, terms):
        raise Refusal("The file says what is agreed already.", "Change something in it first.", field="file")
    running = await own_draft(sitting, agreement, side)
    if running is None:
        return await _add(sitting, agreement, terms, side, "")
    more = replace(running, terms=terms, revision=running.revision + 1)
    await amendments.save(sitting.tx, more)
    await sitting.record("DraftChanged", more.key, None, {"by": "file"})
    return more


async def counter(
    sitting: Sitting, draft: Amendment, period: PeriodRule, on: date | None = None, why: str = ""
) -> Amendment:
    """Answer a proposal with a draft of one's own: the same text until it is changed. Proposing it replaces theirs.

    It begins `on` a day that is still to come, else as theirs, or with the next `period` where that has begun.
    The answer that this side is writing already is gone on with.
    """
    side = rules.require_drafter(draft.terms, sitting.actor, f"answer {draft.key}")
    if side == draft.side:
        raise Refusal(
            f"{draft.key} is your own side's.", f"Withdraw it and draft another: `agreement withdraw {draft.key}`."
        )
    if draft.state not in ("proposed", "declined"):
        raise Refusal(
            f"{draft.key} is not before you any more.",
            "Look at what there is.",
            offers=((f"Show {draft.key}", f"agreement show {draft.key}"),),
            field="key",
        )
    mine = await own_answer(sitting, draft, side)
    if draft.is_new:
        return await _redraft(sitting, draft, side, on, why) if mine is None else await retimed(sitting, mine, on, why)
    agreement = sitting.agreement(draft.agreement)
    if agreement.latest.number not in (draft.based_on, draft.version):
        raise Refusal(
            f"{draft.key} was written on version {draft.based_on} of {agreement.key}, "
            f"and version {agreement.latest.number} has been signed since.",
            f"Draft a change of what holds now: `agreement amend {agreement.key} …`.",
            field="key",
        )
    if mine is not None:
        return await retimed(sitting, mine, on, why)
    begins = _begins(sitting, draft.terms, on or _still_to_come(sitting, draft.terms), period)
    terms = replace(draft.terms, effective_on=begins, signatures=())
    return await _add(sitting, agreement, terms, side, why, answers=draft.number)


async def _redraft(sitting: Sitting, draft: Amendment, side: str, on: date | None, why: str) -> Amendment:
    """The whole text of a new agreement, to be changed by the side that was asked to sign it."""
    terms, today = replace(draft.terms, signatures=()), sitting.today(draft.terms.zone)
    if on is not None and on <= today:
        raise Refusal(f"{print_date(on)} has begun.", "Name a day that is still to come.", field="from")
    if on is not None or terms.effective_on <= today:
        terms = begun(terms, on or MONTH.following(MONTH.containing(today)).first_on, terms.zone)
    redraft = Amendment(
        number=await sitting.tx.next_number("X"),
        agreement=draft.agreement,
        based_on=0,
        terms=terms,
        because=why,
        drafted_by=sitting.actor,
        drafted_at=sitting.now,
        side=side,
        answers=draft.number,
    )
    await amendments.add(sitting.tx, redraft)
    await sitting.record("Drafted", redraft.key, None, {"answers": draft.key, "because": why})
    return redraft


async def own_answer(sitting: Sitting, draft: Amendment, side: str) -> Amendment | None:
    """The answer to a proposal that a side is writing, and has not put before anybody."""
    found = await papers.proposals_of(sitting, draft.agreement)
    ours = ("draft", side, draft.number)
    return next((each for each in found if (each.state, each.side, each.answers) == ours), None)


def require_answer(theirs: Amendment, mine: Amendment) -> None:
    """Refuse an answer that says what it answers."""
    if not _differs(theirs.terms, mine.terms):
        raise Refusal(f"That is what {theirs.key} says already.", "Name another figure, or sign it.", field="value")


async def end(sitting: Sitting, agreement: Agreement, on: date, why: str) -> Amendment:
    """Draft the end of an agreement on a last day, to be signed by everybody like any amendment.

    It begins with the month of that day, or on the day itself where the month has begun, so that
    what runs keeps its terms.
    """
    base = newest(agreement)
    side = rules.require_drafter(base, sitting.actor, f"end {agreement.key}")
    today = sitting.today(base.zone)
    if on <= today:
        raise Refusal(
            f"{agreement.key} cannot end on {print_date(on)}: that day has begun.",
            "Name a day that is still to come.",
            field="on",
        )
    if base.ends_on is not None and base.ends_on == on:
        raise Refusal(f"{agreement.key} ends on {print_date(on)} already.", "Nothing is to change.", field="on")
    first_on = MONTH.containing(on).first_on
    begins = max(first_on, base.effective_on) if first_on > today else on
    return await _add(sitting, agreement, figures.ended(base, begins, on), side, why)


async def renew(sitting: Sitting, agreement: Agreement, until: date | None, why: str) -> Amendment:
    """Draft a later last day, for as long again unless one is named; the draft begins before the old one is over."""
    base = newest(agreement)
    side = rules.require_drafter(base, sitting.actor, f"renew {agreement.key}")
    today = sitting.today(base.zone)
    later = until or (renewed_until(agreement, base.ends_on) if base.ends_on is not None else today)
    ends_on = require_later(agreement, base.ends_on, later, today)
    begins = max(MONTH.containing(ends_on).first_on, base.effective_on)
    if begins <= today:
        begins = ends_on + timedelta(days=1)
    return await _add(sitting, agreement, figures.ended(base, begins, later), side, why)


async def withdraw(sitting: Sitting, draft: Amendment) -> Amendment:
    """The side that wrote a draft takes it back."""
    over = rules.withdraw(draft, sitting.actor, sitting.now)
    await amendments.save(sitting.tx, over)
    await sitting.record("DraftWithdrawn", draft.key, {"state": draft.state}, None)
    await papers.ended(sitting, over)
    return over


async def of_version(sitting: Sitting, agreement: Agreement) -> Amendment:
    """The draft that an unsigned version from a file is, so that it can be proposed and signed in chat."""
    for draft in await papers.proposals_of(sitting, agreement.slug):
        if draft.version == agreement.latest.number:
            return draft
    terms = agreement.latest.terms
    side = rules.require_drafter(terms, sitting.actor, f"propose {agreement.key}")
    before = agreement.versions[-2].number if len(agreement.versions) > 1 else 0
    return await _add(sitting, agreement, terms, side, "", version=agreement.latest.number, based_on=before)


async def _add(
    sitting: Sitting,
    agreement: Agreement,
    terms: Terms,
    side: str,
    why: str,
    *,
    answers: int | None = None,
    version: int | None = None,
    based_on: int | None = None,
) -> Amendment:
    draft = Amendment(
        number=await sitting.tx.next_number("X"),
        agreement=agreement.slug,
        based_on=agreement.latest.number if based_on is None else based_on,
        terms=terms,
        because=why,
        drafted_by=sitting.actor,
        drafted_at=sitting.now,
        side=side,
        answers=answers,
        version=version,
    )
    await amendments.add(sitting.tx, draft)
    after = {"agreement": agreement.key, "from": terms.effective_on.isoformat(), "because": why}
    await sitting.record("Drafted", draft.key, None, after)
    return draft


def newest(agreement: Agreement) -> Terms:
    """The terms that a draft is written on; refuses while the newest version itself waits for signatures."""
    terms = agreement.latest.terms
    if missing := terms.unsigned():
        names = ", ".join(terms.name_of(party.signs) for party in missing)
        raise Refusal(
            f"Version {agreement.latest.number} of {agreement.key} still waits for {names} to sign.",
            "Propose it to them, or apply a corrected file.",
            offers=((f"Propose {agreement.key}", f"agreement propose {agreement.key}"),),
        )
    return terms


async def own_draft(sitting: Sitting, agreement: Agreement, side: str) -> Amendment | None:
    """What a side has drafted on the newest version and not put before anybody."""
    found = await papers.proposals_of(sitting, agreement.slug)
    return next((each for each in found if (each.state, each.side, each.answers) == ("draft", side, None)), None)


def _begins(sitting: Sitting, terms: Terms, on: date | None, period: PeriodRule) -> date:
    today = sitting.today(terms.zone)
    if on is None:
        begins = period.following(period.containing(max(today, terms.effective_on))).first_on
    elif on <= today:
        raise Refusal(
            f"An amendment cannot begin on {print_date(on)}: that day has begun.",
            f"Name a day from {print_date(today + timedelta(days=1))} on; what runs keeps its terms until then.",
            field="from",
        )
    else:
        begins = on
    if terms.ends_on is not None and terms.ends_on < begins:
        how = "ended" if terms.ends_on < today else "ends"
        raise Refusal(
            f"{terms.name} {how} on {print_date(terms.ends_on)}, so nothing would count from {print_date(begins)}.",
            f"To go on, agree on a later last day: `agreement end {sitting.agreement(terms.slug).key} on …`.",
            field="from",
        )
    return begins


def _still_to_come(sitting: Sitting, terms: Terms) -> date | None:
    return terms.effective_on if terms.effective_on > sitting.today(terms.zone) else None


def _differs(before: Terms, after: Terms) -> bool:
    """Whether anything but the day it begins on, and who signed, is another."""
    same_day = replace(after, effective_on=before.effective_on, signatures=())
    return bool(difference(replace(before, signatures=()), same_day))
