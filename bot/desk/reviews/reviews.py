"""The review at the desk: it is set by its rhythm, asked about beforehand, held in chat, and ends in steps owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.cards import reviews as cards
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.misses import steps
from bot.desk.reviews import packs, prints
from bot.desk.sitting import CLOCK, Sitting
from bot.store import obligations, schedules
from bot.store import reviews as kept
from slacore import reviews
from slacore.agreements import Agreement, Terms, require_agreed
from slacore.commitments import Commitment
from slacore.errors import Refusal
from slacore.obligations import Obligation
from slacore.periods import Period, PeriodRule, Slot
from slacore.reviews import Minute, Review, Sort, Voice, participants_of

KIND = "review"
INVITED_BEFORE, PACKED_BEFORE, CLOSED_AFTER = 5, 1, 1
"""Working days: people are asked five before, see the numbers one before, and are asked to end it one after."""
MONTH = PeriodRule("month")
_FAR_BACK = 120
"""Reviews among which that of a month is looked for: ten years of them."""

Occasion = Literal["invite", "pack", "close"]


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """Set the rhythm of an agreement's reviews going, where its terms name one."""
    if agreement.latest.terms.review is None or await schedules.find(sitting.tx, KIND, agreement.slug) is not None:
        return
    await _look_next(sitting, agreement, sitting.now)


async def look(sitting: Sitting, slug: str, looked_for: datetime) -> None:
    """Do what the rhythm asks for by now: invite, lay out the pack, ask to end what was left open.

    After an outage only what still makes sense is done: nobody is invited to a meeting that is over.
    """
    agreement = sitting.agreement(slug)
    if agreement.in_force(sitting.today(agreement.latest.terms.zone)) is None:
        await _look_next(sitting, agreement, sitting.now)
        return
    for at, occasion, slot in _occasions(agreement.latest.terms, looked_for - timedelta(microseconds=1)):
        if at > sitting.now:
            break
        review = await kept.of_slot(sitting.tx, slug, slot.on)
        if occasion == "close":
            await _ask_to_close(sitting, review)
        elif slot.at > sitting.now or occasion == "pack":
            review = review or await _set(sitting, agreement, slot)
            await (_invite(sitting, review) if occasion == "invite" else _show(sitting, review))
    await _look_next(sitting, agreement, sitting.now)


async def speak(sitting: Sitting, review: Review, words: str, *, content: bool) -> Review:
    """A participant says beforehand whether his side is content; it is shown when the review begins."""
    terms = packs.terms_of(sitting.agreement(review.agreement), review)
    party = next(iter(terms.parties_of(sitting.actor)), None)
    if party is None:
        raise Refusal("Only the parties' people are asked.", "Tell it to somebody of theirs.")
    if review.state == "closed":
        raise Refusal(f"{review.key} is over.", "Say it at the next one.")
    await kept.say(sitting.tx, review.number, Voice(party.slug, sitting.actor, content, words, sitting.now))
    await sitting.record("VoiceHeard", review.key, None, {"content": content, "note": words})
    if review.state == "open":
        await _show(sitting, review)
    return review


async def attend(sitting: Sitting, review: Review) -> Review:
    """Somebody is there; the first opens the meeting."""
    terms = packs.terms_of(sitting.agreement(review.agreement), review)
    if not terms.parties_of(sitting.actor) and sitting.actor not in {*participants_of(terms), terms.sponsor}:
        raise Refusal("This review is the parties' own.", "Ask one of them to tell you of it.")
    after = reviews.attended(review, sitting.now)
    if after != review:
        await kept.save(sitting.tx, review, after)
    await kept.attend(sitting.tx, review.number, sitting.actor, sitting.now)
    await sitting.record("Attended", review.key, None, None)
    await _show(sitting, after)
    return after


async def write_down(sitting: Sitting, review: Review, sort: Sort, words: str) -> Review:
    """Put a decision or a lesson into the minutes; a decision needs a quorum."""
    reviews.require_open(review)
    pack = await packs.of_review(sitting, review)
    _require_part(sitting, pack.terms)
    if sort == "decision" and not pack.quorum:
        raise Refusal(
            f"No decision yet: {pack.lacking}.", "Whoever is there says `review here`; then say it once more."
        )
    await kept.write_down(sitting.tx, review.number, Minute(sort, words, sitting.actor, sitting.now))
    await sitting.record("MinuteWritten", review.key, None, {"sort": sort, "note": words})
    await _show(sitting, review)
    return review


async def take_on(
    sitting: Sitting, review: Review, thing: str, owner: str, by: date, commitment: str = ""
) -> Obligation:
    """Somebody takes something on: an obligation like others, due at the close of that day."""
    reviews.require_open(review)
    agreement = sitting.agreement(review.agreement)
    version = agreement.in_force(sitting.today(agreement.latest.terms.zone)) or require_agreed(agreement)
    terms = version.terms
    _require_part(sitting, terms)
    promise, party = _serves(terms, owner, commitment)
    taken = await obligations.steps_of(sitting.tx, agreement.slug, review.key)
    step = await steps.owe(
        sitting, terms, version.number, promise,
        subject=f"{review.key}.{len(taken) + 1}", thing=thing, party=party, owner=owner, by=by,
    )  # fmt: skip
    await sitting.record("ActionTaken", step.key, None, {"review": review.key, "note": thing, "owner": owner})
    await _show(sitting, review)
    return step


async def move(sitting: Sitting, review: Review, to: datetime) -> Review:
    """Meet at another moment; everybody invited is told again, with the new date."""
    _require_part(sitting, packs.terms_of(sitting.agreement(review.agreement), review))
    after = reviews.moved(review, to, sitting.now)
    await kept.save(sitting.tx, review, after)
    await sitting.record(
        "ReviewMoved", review.key, {"at": review.meets_at.isoformat()}, {"at": after.meets_at.isoformat()}
    )
    await _invite(sitting, after)
    await _show(sitting, after, edit_only=True)
    return after


async def close(sitting: Sitting, review: Review) -> Review:
    """The meeting is over; the channel keeps what it came to."""
    _require_part(sitting, packs.terms_of(sitting.agreement(review.agreement), review))
    after = reviews.closed(review, sitting.actor, sitting.now)
    await kept.save(sitting.tx, review, after)
    await sitting.record("ReviewClosed", review.key, None, None)
    await _show(sitting, after)
    return after


async def the_one(sitting: Sitting, agreement: Agreement, number: int | None) -> Review:
    """The review that is meant: by its number, or the newest of an agreement; set now where there is none yet."""
    if number is not None:
        return await kept.find(sitting.tx, number)
    newest = await kept.newest(sitting.tx, agreement.slug)
    if newest:
        return newest[0]
    terms = require_agreed(agreement).terms
    upcoming = next(_slots(terms, sitting.now), None)
    if upcoming is None:
        raise Refusal(f"{terms.name} has no review.", "Add `review:` to its file, such as first Tuesday 10:00.")
    return await _set(sitting, agreement, upcoming)


async def of_month(sitting: Sitting, agreement: Agreement, on: date) -> Review:
    """The newest review that looks at the month of a date; the coming one is set where it is that. Refuses others."""
    for review in await kept.newest(sitting.tx, agreement.slug, most=_FAR_BACK):
        if review.first_on <= on <= review.last_on:
            return review
    upcoming = next(_slots(require_agreed(agreement).terms, sitting.now), None)
    if upcoming is not None and _looks_at(upcoming) == MONTH.containing(on):
        return await _set(sitting, agreement, upcoming)
    problem = f"There is no review of {MONTH.containing(on).label}."
    raise Refusal(problem, "Say `review` to see the newest one.", field="month")


def _looks_at(slot: Slot) -> Period:
    return MONTH.previous(MONTH.containing(slot.on))


async def _set(sitting: Sitting, agreement: Agreement, slot: Slot) -> Review:
    """Write a meeting down: it looks at the last month that is over by its day."""
    period = _looks_at(slot)
    review = Review(
        number=await sitting.tx.next_number("V"),
        agreement=agreement.slug,
        slot_on=slot.on,
        first_on=period.first_on,
        last_on=period.last_on,
        label=period.label,
        meets_at=slot.at,
    )
    await kept.add(sitting.tx, review)
    await sitting.record("ReviewSet", review.key, None, {"at": review.meets_at.isoformat()})
    return review


async def _invite(sitting: Sitting, review: Review) -> None:
    pack = await packs.of_review(sitting, review)
    for member in pack.invited:
        card = cards.invitation(pack, member, sitting.now, prints.meeting(review, member))
        word = Word("note", f"review:{review.key}:{member}", str(review.revision))
        await saying.to_person(sitting, pack.terms, member, card, word)


async def _show(sitting: Sitting, review: Review, *, edit_only: bool = False) -> None:
    """Lay the pack out where the parties talk; again, it is edited in place."""
    pack = await packs.of_review(sitting, review)
    stamp = f"{review.revision}.{len(pack.present)}.{len(pack.minutes)}.{len(pack.actions)}.{len(pack.voices)}"
    word = Word("report", f"review:{review.key}", stamp, edit_only=edit_only)
    card = cards.pack(pack, sitting.now, prints.review_to_read(review, CLOCK))
    for channel in pack.terms.channels:
        await saying.in_channel(sitting, channel, card, word)


async def _ask_to_close(sitting: Sitting, review: Review | None) -> None:
    if review is None or review.state != "open":
        return
    pack = await packs.of_review(sitting, review)
    first = next((member for member in pack.present if pack.terms.parties_of(member)), "")
    if first:
        word = Word("note", f"review:{review.key}:close:{first}")
        await saying.to_person(sitting, pack.terms, first, cards.asks_to_close(pack, sitting.now), word)


async def _look_next(sitting: Sitting, agreement: Agreement, after: datetime) -> None:
    upcoming = next(_occasions(agreement.latest.terms, after), None)
    if upcoming is None:
        await schedules.end(sitting.tx, KIND, agreement.slug)
    else:
        await schedules.put(sitting.tx, KIND, agreement.slug, upcoming[0])


def _occasions(terms: Terms, after: datetime) -> Iterator[tuple[datetime, Occasion, Slot]]:
    """What the rhythm asks for after an instant, in order: (when, what, for which date)."""
    calendar = terms.calendars[terms.calendar]
    pending: list[tuple[datetime, Occasion, Slot]] = []
    for slot in _slots(terms, after - timedelta(days=14)):
        pending.append((calendar.before_working_days(slot.at, INVITED_BEFORE), "invite", slot))
        pending.append((calendar.before_working_days(slot.at, PACKED_BEFORE), "pack", slot))
        pending.append((calendar.after_whole_working_days(slot.at, CLOSED_AFTER), "close", slot))
        pending.sort(key=lambda each: each[0])
        horizon = calendar.before_working_days(slot.at, INVITED_BEFORE)
        while pending and pending[0][0] <= horizon:
            if (event := pending.pop(0))[0] > after:
                yield event
    yield from (each for each in pending if each[0] > after)


def _slots(terms: Terms, after: datetime) -> Iterator[Slot]:
    """When the parties meet, from an instant on, while the terms are in force: never before a month is over."""
    if terms.review is None:
        return
    zone = ZoneInfo(terms.zone)
    calendar = terms.calendars[terms.calendar]
    first = MONTH.following(MONTH.containing(terms.effective_on)).first_on
    period = MONTH.containing(max(after.astimezone(zone).date(), first))
    while terms.last_on is None or period.first_on <= terms.last_on + timedelta(days=31):
        yield from (slot for slot in terms.review.slots.slots(period, calendar, terms.zone) if slot.at > after)
        period = MONTH.following(period)


def _serves(terms: Terms, owner: str, commitment: str) -> tuple[Commitment, str]:
    """The promise that a step serves, and the party that owes it: the named one, or the owner's own first."""
    mine = {party.slug for party in terms.parties_of(owner)}
    for each in terms.commitments:
        sides = [slug for slug in (each.giver, each.receiver) if slug in mine]
        if sides and commitment in ("", each.slug):
            return each, sides[0]
    who = terms.name_of(owner)
    if not mine:
        raise Refusal(f"{who} belongs to no party of {terms.name}.", "Name somebody who does.", field="owner")
    raise Refusal(f"{who} has no part in that promise.", "Name another promise, or leave it out.", field="under")


def _require_part(sitting: Sitting, terms: Terms) -> None:
    if not terms.parties_of(sitting.actor) and sitting.actor != terms.sponsor:
        raise Refusal("Only the parties' people and their sponsor can do this.", "Ask one of them.")
