"""Handoffs at the desk: logged, accepted, disputed, undone, corrected.

Each changes the ledger, the tallies, the receiver's duty to answer, the receipt in the channel
and the audit log together or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.desk.handoffs import admissions, lists, receipts
from bot.desk.items import slips
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import counted, goal_for
from bot.store import audit, disputes, outbox, tallies
from bot.store import handoffs as kept_handoffs
from bot.store import obligations as kept_obligations
from bot.store.tx import counting
from slacore import handoffs
from slacore.agreements import Candidate, Terms
from slacore.commitments import Commitment, Volume
from slacore.errors import Refusal
from slacore.handoffs import Change, Entry, Handoff, Piles
from slacore.items import Item, Listed
from slacore.obligations import Obligation
from slacore.parties import require_speaker
from slacore.periods import Period, print_date

_NEEDS = (audit.NEED, outbox.NEED, counting("H"), counting("O"))
"""Rows that logging a handoff reads and moves on, whatever it is."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says he handed over, under which promise."""

    candidate: Candidate
    quantity: int
    on: date | None = None
    campaign: str = ""
    ref: str = ""
    note: str = ""
    items: tuple[Listed, ...] = ()
    list_number: int | None = None


async def log(sitting: Sitting, given: Given) -> Handoff:
    """Write a handoff down, with the items it lists. The receiver may accept or dispute it.

    It counts at once, provisionally. Refuses dates that lie ahead or in a closed period, and
    quantities nobody can hand over.
    """
    agreement, commitment = given.candidate.agreement, given.candidate.commitment
    promise = commitment.promise
    if not isinstance(promise, Volume):
        raise TypeError(f"{commitment.slug} is no volume promise")
    zone = given.candidate.version.terms.zone
    today = sitting.today(zone)
    on = given.on or today
    period = _open_period(commitment, on, today)
    version = agreement.governing(period.first_on, period.last_on, commitment.slug) or given.candidate.version
    terms = version.terms
    if on < terms.begins_on:
        raise Refusal(f"The agreement began on {print_date(terms.begins_on)}.", "Give a date from then on.", field="on")
    commitment = terms.commitment(commitment.slug)
    handed_at = _handed_at(on, sitting, terms, commitment)
    await sitting.tx.prefetch((*_NEEDS, *tallies.needs(agreement.slug, commitment.slug, period.first_on)))
    receiver = terms.calendar_of_party(commitment.receiver)
    handoff = Handoff(
        number=await sitting.tx.next_number("H"),
        agreement=agreement.slug,
        version=version.number,
        commitment=commitment.slug,
        period_starts_on=period.first_on,
        giver=commitment.giver,
        receiver=commitment.receiver,
        quantity=handoffs.require_quantity(given.quantity),
        piles=Piles(awaiting=given.quantity),
        handed_on=on,
        handed_at=handed_at,
        late=handed_at > goal_for(sitting, terms, commitment, period).due_at,
        logged_by=sitting.actor,
        logged_at=sitting.now,
        silence_at=receiver.due(sitting.now, promise.silence_accepts_after),
        campaign=given.campaign,
        ref=given.ref,
        note=given.note,
    )
    entry = handoffs.logged(handoff)
    await kept_handoffs.add(sitting.tx, handoff, entry)
    await kept_obligations.add(sitting.tx, await _answer_owed(sitting, handoff, terms))
    await lists.begin(sitting, handoff, given.items, given.list_number)
    await sitting.record("HandoffLogged", handoff.key, None, {"quantity": handoff.quantity, "on": on.isoformat()})
    await receipts.tell(sitting, handoff, terms, fresh=True)
    await _let_decide(sitting, handoff, terms)
    return handoff


async def accept(sitting: Sitting, handoff: Handoff, quantity: int | None, reason: str) -> Handoff:
    """The receiving party accepts; what it leaves out is disputed with the reason."""
    terms = sitting.terms(handoff.agreement, handoff.version)
    slips.require_promised(terms, handoff, "accept")
    require_speaker(terms.party(handoff.receiver), sitting.actor, f"accept {handoff.key}")
    await admissions.require_names(sitting, handoff, quantity, "accepting")
    changed, entry = handoffs.accept(handoff, quantity, reason, sitting.actor, sitting.now)
    return await _apply(sitting, handoff, (changed, entry), "HandoffAccepted")


async def dispute(
    sitting: Sitting, handoff: Handoff, quantity: int | None, reason: str, named: Sequence[int] = ()
) -> Handoff:
    """The receiving party holds units apart, with its reason: by number, or item by item where they are listed."""
    terms = sitting.terms(handoff.agreement, handoff.version)
    slips.require_promised(terms, handoff, "dispute")
    require_speaker(terms.party(handoff.receiver), sitting.actor, f"dispute {handoff.key}")
    found = await admissions.named(sitting, handoff, named)
    if found and quantity not in (None, len(found)):
        raise Refusal(
            f"You said {quantity} and named {len(found)}.", "Name them, without the number.", field="quantity"
        )
    if not found:
        await admissions.require_names(sitting, handoff, quantity, "disputing")
    change = handoffs.dispute(handoff, len(found) or quantity, reason, sitting.actor, sitting.now)
    return await _apply(sitting, handoff, change, "HandoffDisputed", found)


async def undo(sitting: Sitting, handoff: Handoff) -> Handoff:
    """The logger takes his own slip back; what was raised, while nobody has answered any of it."""
    if slips.is_raised(sitting.terms(handoff.agreement, handoff.version), handoff):
        await admissions.require_unanswered(sitting, handoff)
    change = handoffs.undo(handoff, sitting.actor, sitting.now)
    return await _apply(sitting, handoff, change, "HandoffUndone")


async def accept_by_silence(sitting: Sitting, handoff: Handoff) -> Handoff:
    """The agreed working time passed without an answer."""
    change = handoffs.accept_by_silence(handoff, sitting.now)
    return await _apply(sitting, handoff, change, "HandoffAcceptedBySilence")


async def correct(sitting: Sitting, handoff: Handoff, to: int, reason: str) -> Handoff:
    """Set the right quantity: the giver's own unaccepted claim at once, everything else with both sides.

    The other side agrees by saying the same: `correct H-41 to 23 because …` with the same number.
    """
    terms = sitting.terms(handoff.agreement, handoff.version)
    slips.require_promised(terms, handoff, "correct")
    giver, receiver = terms.party(handoff.giver), terms.party(handoff.receiver)
    sides = [party.slug for party in (giver, receiver) if sitting.actor in party.people]
    if not sides:
        raise Refusal(
            f"Only {giver.name} or {receiver.name} can correct {handoff.key}.", f"See `history {handoff.key}`."
        )
    proposal = await kept_handoffs.proposal_of(sitting.tx, handoff.number)
    agreed = (proposal is not None and proposal.to == to and proposal.party not in sides) or len(sides) == 2
    change = handoffs.correct(handoff, to, reason, sitting.actor, sitting.now, agreed=agreed)
    commitment = terms.commitment(handoff.commitment)
    closed = _period_of(commitment, handoff).ends_at(terms.zone) <= sitting.now
    own = handoff.giver in sides and not change[1].change.accepted
    if agreed or (own and not closed):
        await kept_handoffs.end_proposal(sitting.tx, handoff.number)
        return await _apply(sitting, handoff, change, "HandoffRestated" if closed else "HandoffCorrected")
    await kept_handoffs.propose(
        sitting.tx, handoff.number, to=to, reason=reason, by=sitting.actor, party=sides[0], at=sitting.now
    )
    changed = replace(handoff, revision=handoff.revision + 1)
    await kept_handoffs.save(sitting.tx, handoff, changed)
    await sitting.record("CorrectionProposed", handoff.key, {"total": handoff.piles.total}, {"total": to})
    await tell_again(sitting, changed)
    return changed


async def tell_again(sitting: Sitting, handoff: Handoff) -> None:
    """Bring the receipt up to what is true now."""
    terms = sitting.terms(handoff.agreement, handoff.version)
    if slips.is_raised(terms, handoff):
        await slips.tell(sitting, handoff)
        return
    await receipts.tell(sitting, handoff, terms)
    await _let_decide(sitting, handoff, terms)


async def _apply(sitting: Sitting, before: Handoff, change: Change, fact: str, meant: Sequence[Item] = ()) -> Handoff:
    """Write one ledger entry and all that follows from it."""
    changed, entry = change
    await kept_handoffs.change(sitting.tx, before, changed, entry)
    await _follow_dispute(sitting, before, changed, entry)
    await admissions.follow(sitting, before, changed, entry, meant)
    if changed.piles.awaiting and not before.piles.awaiting:
        changed = await _ask_again(sitting, changed)
    if not changed.piles.awaiting:
        await kept_obligations.close_subject(
            sitting.tx, changed.agreement, changed.commitment, "acceptance", changed.key, sitting.now, sitting.actor,
            withdrawn=changed.undone,
        )  # fmt: skip
    await sitting.record(fact, before.key, _piles(before), _piles(changed) | {"reason": entry.reason})
    await tell_again(sitting, changed)
    return changed


async def _ask_again(sitting: Sitting, handoff: Handoff) -> Handoff:
    """Units were added after the receiver had answered: an answer is owed anew, and silence gives it in time."""
    terms = sitting.terms(handoff.agreement, handoff.version)
    promise = terms.commitment(handoff.commitment).promise
    answer = await kept_obligations.of_subject(
        sitting.tx, handoff.agreement, handoff.commitment, "acceptance", handoff.key
    )
    if answer is None or not isinstance(promise, Volume):
        return handoff
    silence_at = terms.calendar_of_party(handoff.receiver).due(sitting.now, promise.silence_accepts_after)
    asked = replace(
        answer,
        state="open",
        done_at=None,
        done_by="",
        due_at=silence_at,
        look_again_at=silence_at,
        revision=answer.revision + 1,
    )
    await kept_obligations.save(sitting.tx, answer, asked)
    later = replace(handoff, silence_at=silence_at)
    await kept_handoffs.save(sitting.tx, handoff, later)
    return later


async def _follow_dispute(sitting: Sitting, before: Handoff, after: Handoff, entry: Entry) -> None:
    """Open a dispute when units are held apart, end it when none are."""
    if after.piles.disputed > before.piles.disputed:
        number = await sitting.tx.next_number("D")
        await disputes.open_(
            sitting.tx, number, after, after.piles.disputed - before.piles.disputed, entry.reason, entry.by, entry.at
        )
    elif before.piles.disputed and not after.piles.disputed:
        how = "conceded" if entry.happened == "corrected" else "withdrawn"
        await disputes.end(sitting.tx, after.number, how, entry.by, entry.at)


async def _let_decide(sitting: Sitting, handoff: Handoff, terms: Terms) -> None:
    """Let the period look again where a change of what counts may decide it."""
    commitment = terms.commitment(handoff.commitment)
    period = _period_of(commitment, handoff)
    goal, tally = await counted(sitting, terms, commitment, period)
    if goal.due_at <= sitting.now or tally.on_time.accepted >= goal.target:
        await kept_obligations.touch(
            sitting.tx, handoff.agreement, handoff.commitment, "period", period.first_on.isoformat(), sitting.now
        )


async def _answer_owed(sitting: Sitting, handoff: Handoff, terms: Terms) -> Obligation:
    """What the receiver owes now: an answer before silence accepts."""
    return Obligation(
        number=await sitting.tx.next_number("O"),
        agreement=handoff.agreement,
        version=handoff.version,
        commitment=handoff.commitment,
        kind="acceptance",
        subject=handoff.key,
        party=handoff.receiver,
        owner=terms.party(handoff.receiver).owner,
        period_starts_on=handoff.period_starts_on,
        opens_at=handoff.logged_at,
        due_at=handoff.silence_at,
        look_again_at=handoff.silence_at,
    )


def _open_period(commitment: Commitment, on: date, today: date) -> Period:
    if on > today:
        raise Refusal(
            f"{print_date(on)} has not come yet.", "Log a handoff on the day it happens, or later.", field="on"
        )
    running = commitment.period.containing(today)
    period = running if on == today else commitment.period.containing(on)
    if period != running:
        raise Refusal(
            f"{print_date(on)} lies in {period.label}, which is closed.",
            f"Give a date from {print_date(running.first_on)} on; or, if both sides agree, raise the number of a "
            f"handoff of {period.label}: `correct H-… to … because …`.",
            field="on",
        )
    return period


def _handed_at(on: date, sitting: Sitting, terms: Terms, commitment: Commitment) -> datetime:
    """The instant that decides whether a handoff was late: now, or the close of the earlier date it is logged for."""
    if on == sitting.today(terms.zone):
        return sitting.now
    calendar = terms.calendar_of(commitment)
    if (closes := calendar.closes_on(on)) is not None:
        return min(closes, sitting.now)
    noon = datetime.combine(on, time(12), ZoneInfo(terms.zone)).astimezone(sitting.now.tzinfo)
    return min(noon, sitting.now - timedelta(microseconds=1))


def _period_of(commitment: Commitment, handoff: Handoff) -> Period:
    return commitment.period.containing(handoff.period_starts_on)


def _piles(handoff: Handoff) -> dict[str, int | str]:
    piles = handoff.piles
    return {"accepted": piles.accepted, "awaiting": piles.awaiting, "disputed": piles.disputed}
