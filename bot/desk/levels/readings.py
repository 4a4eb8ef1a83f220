"""Readings at the desk: logged by whoever reports an indicator, corrected by an entry of their own.

Each is written with the duty it keeps, the period it lets be looked at, and the audit log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from bot.cards import levels as level_cards
from bot.desk.levels import levels
from bot.desk.levels.levels import Indicator
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import breaches
from bot.store import obligations as kept_obligations
from bot.store import readings as kept_readings
from slacore import obligations
from slacore.agreements import Agreement
from slacore.errors import Refusal
from slacore.periods import print_date
from slacore.readings import Proposal, Reading, require_reading, scaled, standing

_MOST_AT_ONCE = 5_000
"""Readings in one file: more than a reading a quarter of an hour for a month."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that somebody reports: its amount, of how many for good/total, and the date it holds for."""

    amount: Fraction
    out_of: Fraction | None = None
    on: date | None = None
    note: str = ""


async def log(sitting: Sitting, agreement: Agreement, slug: str, figures: tuple[Figure, ...]) -> tuple[Indicator, str]:
    """Write readings of one indicator down, all or none; give the indicator in the newest period, and the last key.

    Without a date a reading is for the period whose reading is owed, if that is over, else for
    today. Refuses whoever does not report it, dates ahead or in a closed period, and figures out
    of range. A period that was closed without a reading takes its first ones late.
    """
    if not figures:
        raise Refusal("No reading is in it.", "Write a date and a figure on each line.")
    if len(figures) > _MOST_AT_ONCE:
        raise Refusal(f"That is more than {_MOST_AT_ONCE:,} readings at once.", "Split the file.")
    today = sitting.today(agreement.latest.terms.zone)
    running = _require_indicator(agreement, slug, today)
    await levels.require_reporter(sitting, running.terms, running.commitment, f"log {running.level.indicator}")
    touched: dict[date, Indicator] = {}
    for figure in figures:
        on = figure.on or await _meant_on(sitting, running, today)
        indicator = _require_indicator(agreement, slug, on)
        _require_date(indicator, on, today)
        if indicator.period.first_on not in touched:
            await _require_open(sitting, indicator)
            touched[indicator.period.first_on] = indicator
        require_reading(indicator.level, figure.amount, figure.out_of)
        key = await _add(sitting, indicator, on, figure)
    for first_on in sorted(touched):
        await _reported(sitting, touched[first_on])
    return touched[max(touched)], key


async def correct(sitting: Sitting, reading: Reading, figure: Figure | None, reason: str) -> Reading | Proposal:
    """Put another figure, or none, in a reading's place: at once while its period is open, else with both sides.

    The other side agrees by saying the same. Gives the proposal while it waits for that.
    """
    if not reason.strip():
        raise Refusal("A correction needs a reason.", "Add `because …`.", field="reason")
    if (newer := await kept_readings.correction_of(sitting.tx, reading.number)) is not None:
        raise Refusal(f"{reading.key} was corrected already: R-{newer} stands in its place.", f"Correct R-{newer}.")
    if reading.value is None:
        raise Refusal(f"{reading.key} took a reading out; there is nothing to correct.", "Log the right figure.")
    indicator = _require_indicator(sitting.agreement(reading.agreement), reading.commitment, reading.measured_on)
    if figure is not None:
        require_reading(indicator.level, figure.amount, figure.out_of)
    value, out_of = (None, None) if figure is None else (scaled(figure.amount), _scaled(figure.out_of))
    if (value, out_of) == (reading.value, reading.out_of):
        raise Refusal(f"{reading.key} already says that.", "Nothing to correct.")
    closed = indicator.span.judged_at <= sitting.now
    if not closed:
        await levels.require_reporter(sitting, indicator.terms, indicator.commitment, f"correct {reading.key}")
    else:
        asked = await kept_readings.proposal_of(sitting.tx, reading.number)
        proposal = await _agreed(sitting, indicator, reading, value, out_of, reason)
        if proposal is not None:
            return proposal
        if asked is not None and asked.says(value, out_of):
            reason = asked.reason  # what was agreed to, and why
    return await _replace(sitting, indicator, reading, value, out_of, reason, restates=closed)


async def _agreed(
    sitting: Sitting, indicator: Indicator, reading: Reading, value: int | None, out_of: int | None, reason: str
) -> Proposal | None:
    """None where both sides want a correction of a closed period; else what now waits for the other side."""
    terms, commitment = indicator.terms, indicator.commitment
    sides = levels.correcting_sides(sitting, indicator)
    giver, receiver = terms.party(commitment.giver), terms.party(commitment.receiver)
    before = await kept_readings.proposal_of(sitting.tx, reading.number)
    if len(sides) == 2 or (before is not None and before.party not in sides and before.says(value, out_of)):
        return None
    proposal = Proposal(reading.number, value, out_of, reason, sitting.actor, sides[0], sitting.now)
    await kept_readings.propose(sitting.tx, proposal)
    await sitting.record(
        "ReadingCorrectionProposed", reading.key, _shown(reading), {"reason": reason, **_value(proposal)}
    )
    other = receiver if sides[0] == giver.slug else giver
    card = level_cards.reading_proposed(reading, proposal, indicator.commitment, indicator.terms, to=other.owner)
    word = Word("nudge", f"correction:{reading.key}", f"{sitting.now.isoformat()}")
    await saying.to_person(sitting, terms, other.owner, card, word)
    return proposal


async def _replace(
    sitting: Sitting,
    indicator: Indicator,
    reading: Reading,
    value: int | None,
    out_of: int | None,
    reason: str,
    *,
    restates: bool,
) -> Reading:
    new = replace(
        reading,
        number=await sitting.tx.next_number("R"),
        value=value,
        out_of=out_of,
        corrects=reading.number,
        reason=reason,
        logged_by=sitting.actor,
        logged_at=sitting.now,
    )
    await kept_readings.end_proposal(sitting.tx, reading.number)
    await kept_readings.add(sitting.tx, new)
    what = "ReadingRestated" if restates else "ReadingCorrected"
    after = {"reason": reason, "by": new.key, **_shown(new)}
    await sitting.record(what, reading.key, _shown(reading), after)
    if value is None:
        await _owed_again(sitting, indicator)
    await levels.look_again(sitting, indicator)
    return new


async def _add(sitting: Sitting, indicator: Indicator, on: date, figure: Figure) -> str:
    reading = Reading(
        number=await sitting.tx.next_number("R"),
        agreement=indicator.agreement.slug,
        version=indicator.version,
        commitment=indicator.commitment.slug,
        period_starts_on=indicator.period.first_on,
        measured_on=on,
        value=scaled(figure.amount),
        out_of=_scaled(figure.out_of),
        logged_by=sitting.actor,
        logged_at=sitting.now,
        note=figure.note,
    )
    await kept_readings.add(sitting.tx, reading)
    await sitting.record("ReadingLogged", reading.key, None, {**_shown(reading), "on": on.isoformat()})
    return reading.key


async def _reported(sitting: Sitting, indicator: Indicator) -> None:
    """A figure of a period is there: the duty to report it is kept, late if so, and the period is looked at."""
    owed = await _reading_owed(sitting, indicator)
    if owed is not None and not owed.settled:
        done = obligations.delivered(owed, indicator.level.indicator, sitting.actor, sitting.now)
        await kept_obligations.save(sitting.tx, owed, done)
        if (breach := await breaches.of_obligation(sitting.tx, owed.number)) is not None:
            await breaches.make_good(sitting.tx, breach, sitting.now)
        await sitting.record("Delivered", owed.key, {"state": owed.state}, {"evidence": indicator.level.indicator})
    await levels.look_again(sitting, indicator)


async def _owed_again(sitting: Sitting, indicator: Indicator) -> None:
    """The last reading of a period was taken out: one is owed again."""
    logged = await kept_readings.of_period(
        sitting.tx, indicator.agreement.slug, indicator.commitment.slug, indicator.period.first_on
    )
    owed = await _reading_owed(sitting, indicator)
    if owed is None or owed.done_at is None or standing(logged):
        return
    again = replace(
        owed, state="open", done_at=None, done_by="", evidence="", look_again_at=sitting.now, revision=owed.revision + 1
    )
    await kept_obligations.save(sitting.tx, owed, again)


async def _reading_owed(sitting: Sitting, indicator: Indicator) -> obligations.Obligation | None:
    return await kept_obligations.of_subject(
        sitting.tx,
        indicator.agreement.slug,
        indicator.commitment.slug,
        "reading",
        indicator.period.first_on.isoformat(),
    )


async def _meant_on(sitting: Sitting, running: Indicator, today: date) -> date:
    """The date a reading without one holds for: the end of the last period while its reading is owed, else today."""
    before = running.commitment.period.previous(running.commitment.period.containing(today))
    last = levels.indicator_on(running.agreement, running.commitment.slug, before.last_on)
    owed = await _reading_owed(sitting, last) if last is not None else None
    return before.last_on if owed is not None and not owed.settled else today


def _require_date(indicator: Indicator, on: date, today: date) -> None:
    if on > today:
        raise Refusal(f"{print_date(on)} has not come yet.", "Log a reading on its day, or later.", field="on")
    if on < indicator.terms.begins_on:
        began = print_date(indicator.terms.begins_on)
        raise Refusal(f"The agreement began on {began}.", "Give a date from then on.", field="on")


async def _require_open(sitting: Sitting, indicator: Indicator) -> None:
    """Refuse a period that has been judged by its readings."""
    if sitting.now < indicator.span.judged_at:
        return
    found = await kept_readings.of_period(
        sitting.tx, indicator.agreement.slug, indicator.commitment.slug, indicator.period.first_on
    )
    counted = standing(found)
    if counted:
        raise Refusal(
            f"{indicator.period.label} is closed: it was judged by {counted[-1].key}"
            f"{f' and {len(counted) - 1} more' if len(counted) > 1 else ''}.",
            f"Say `correct reading {counted[-1].key} to … because …`; both sides must say it, and it is shown as "
            "restated.",
            field="on",
        )


def _require_indicator(agreement: Agreement, slug: str, on: date) -> Indicator:
    found = levels.indicator_on(agreement, slug, on)
    if found is None:
        terms = agreement.latest.terms
        raise Refusal(f"{terms.name} promised no such level on {print_date(on)}.", "Give another date.", field="on")
    if found.level.is_of_incidents:
        raise Refusal(
            f"{found.level.indicator.capitalize()} is worked out from incidents, so nobody logs it.",
            f"Say `incident start {found.level.service}` when it fails.",
        )
    return found


def _scaled(amount: Fraction | None) -> int | None:
    return None if amount is None else scaled(amount)


def _value(proposal: Proposal) -> dict[str, int | None]:
    return {"value": proposal.value, "out_of": proposal.out_of}


def _shown(reading: Reading) -> dict[str, int | None]:
    return {"value": reading.value, "out_of": reading.out_of}
