"""Checking by sample: drawn by lot when a slot is over, done by whom the agreement names, one member at a time."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import checks as cards
from bot.cards.checks import ToCheck
from bot.desk.duties import members
from bot.desk.duties.duties import duty_of
from bot.desk.duties.openings import SAMPLE
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.desk.sweeping import look_at
from bot.store import audit, checks, obligations, schedules
from slacore.checks import Check, Result, draw, judge, left
from slacore.commitments import Deliverable
from slacore.errors import Refusal
from slacore.obligations import Obligation


async def draw_sample(sitting: Sitting, subject: str) -> None:
    """A slot is over: draw whom of those who confirmed the checker looks at, and owe him-or-her's checking.

    The lot is the last hash of the record, which nobody can know beforehand and everybody can read
    afterwards; it is written down beside what was drawn by it.
    """
    await schedules.end(sitting.tx, SAMPLE, subject)
    slug, name, on = subject.split("/", 2)
    found = await obligations.of_slot(sitting.tx, slug, name, on)
    if not found:
        return
    first = found[0]
    terms = sitting.terms(slug, first.version)
    commitment = terms.commitment(name)
    promise = commitment.promise
    confirmed = [each.owner for each in found if each.state == "kept"]
    if not isinstance(promise, Deliverable) or not confirmed:
        return
    lot = await audit.last_hash(sitting.tx)
    drawn = draw(confirmed, promise.sample, lot)
    party = commitment.receiver if promise.checked_by in terms.party(commitment.receiver).people else commitment.giver
    duty = Obligation(
        number=await sitting.tx.next_number("O"),
        agreement=slug,
        version=first.version,
        commitment=name,
        kind="check",
        subject=on,
        party=party,
        owner=promise.checked_by,
        period_starts_on=first.period_starts_on,
        opens_at=sitting.now,
        due_at=terms.calendar_of_party(party).due(sitting.now, promise.check_within),
        look_again_at=sitting.now,
    )
    await obligations.add(sitting.tx, duty)
    for member in drawn:
        await checks.add(sitting.tx, duty, member)
    await sitting.record("SampleDrawn", duty.key, None, {"of": len(confirmed), "drawn": list(drawn), "lot": lot})
    presence = await sitting.presence()
    side = terms.party(party)
    if checker := presence.stands_in(duty.owner, (side.owner, *side.deputies), sitting.now):
        card = cards.to_check(await _of(sitting, duty), reader=checker)
        word = Word("nudge", f"check:{duty.key}:{checker}", "1", about=duty.number, while_open=True)
        await saying.to_person(sitting, terms, checker, card, word)


async def named(sitting: Sitting, duty: Obligation) -> ToCheck:
    """Whom a check duty names, and what was found so far. Refuses everybody but the checker."""
    _require_checker(sitting, duty)
    return await _of(sitting, duty)


async def check(sitting: Sitting, duty: Obligation, member: str, result: Result, reason: str) -> ToCheck:
    """Write down what was found of one member, or of all who are left where none is named.

    What failed is owed again, late; with the last of the sample the check itself is done.
    """
    _require_checker(sitting, duty)
    if duty.settled:
        raise Refusal(f"{duty.key} is done already.", f"See `check {duty.key}`.")
    known = await checks.of_duty(sitting.tx, duty.number)
    found = [each for each in known if each.member == member] if member else list(left(known))
    if not found:
        terms = sitting.terms(duty.agreement, duty.version)
        raise Refusal(f"{terms.name_of(member)} is not in this sample.", f"Say `check {duty.key}` to see who is.")
    for each in found:
        await _judge(sitting, duty, judge(each, result, reason, sitting.actor, sitting.now))
    so_far = await _of(sitting, duty)
    if not left(so_far.checks):
        late = sitting.now > duty.due_at
        done = replace(
            duty,
            state="missed" if late else "kept",
            missed_at=duty.missed_at or (duty.due_at if late else None),
            done_at=sitting.now,
            done_by=sitting.actor,
            look_again_at=None,
            revision=duty.revision + 1,
        )
        await obligations.save(sitting.tx, duty, done)
        await sitting.record("Checked", duty.key, None, {"quantity": len(so_far.checks)})
        await members.count_again(sitting, duty)
        so_far = await _of(sitting, done)
    return so_far


async def _judge(sitting: Sitting, duty: Obligation, found: Check) -> None:
    await checks.save(sitting.tx, found)
    await sitting.record(f"Check{found.result.capitalize()}", duty.key, None, {"member": found.member})
    if found.result != "failed":
        return
    slot = await obligations.of_slot(sitting.tx, duty.agreement, duty.commitment, duty.subject)
    owed = next(each for each in slot if each.owner == found.member)
    reopened = replace(
        owed, state="open", done_at=None, done_by="", evidence="", look_again_at=sitting.now, revision=owed.revision + 1
    )
    await obligations.save(sitting.tx, owed, reopened)
    await sitting.record("Reopened", owed.key, {"state": owed.state}, {"reason": found.reason})
    await look_at(sitting, reopened)
    await members.count_again(sitting, reopened)


async def _of(sitting: Sitting, duty: Obligation) -> ToCheck:
    return ToCheck(await duty_of(sitting, duty), await checks.of_duty(sitting.tx, duty.number))


def _require_checker(sitting: Sitting, duty: Obligation) -> None:
    terms = sitting.terms(duty.agreement, duty.version)
    side = terms.party(duty.party)
    if sitting.actor not in {duty.owner, side.owner, *side.deputies}:
        raise Refusal(f"{duty.key} is {terms.name_of(duty.owner)}'s.", "Whom it names is told to nobody else.")
