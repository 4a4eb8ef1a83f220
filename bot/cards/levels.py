"""How a level is said: the figure against its threshold, what it takes from here, and answers to whoever logs one."""

from __future__ import annotations

from datetime import datetime

from bot.cards.offers import act
from bot.cards.words import (
    called,
    capital,
    count,
    joined,
    marked,
    moment,
    period_name,
    person,
    quoted,
    run,
    titled,
    tone_of,
)
from bot.chat.card import Block, Card, Note, Spans, Strong, Text
from slacore.agreements import Terms
from slacore.commitments import Commitment, Level
from slacore.readings import Proposal, Reading, amount_in_words, in_unit
from slacore.standing import LevelStanding

_EVENTS = {
    "availability": "outage",
    "MTBF": "failure",
    "MTBSI": "failure",
    "time to restore": "restoration",
    "time to repair": "repair",
}


def promised(level: Level) -> str:
    """What is promised: "at least 99.9 %"."""
    return f"{level.comparison} {in_unit(level, level.threshold)}"


def attained(standing: LevelStanding) -> str:
    """The figure: "99.95 %"; "none" where nothing happened, "no reading" where nobody said."""
    if standing.figure is not None:
        return in_unit(standing.level, standing.figure)
    return "none" if standing.level.is_of_incidents else "no reading"


def level_progress(standing: LevelStanding, terms: Terms, now: datetime) -> Spans:
    """Where a level stands, in a sentence: "October: 99.95 % so far, from 2 outages; at least 99.9 % is promised."."""
    label = f"{capital(period_name(standing.span.period, now, terms.zone))}: "
    over = now >= standing.due_at
    if standing.figure is None and not standing.level.is_of_incidents:
        tense = "was" if over else "is"
        return run(label, Strong("no reading" if over else "no reading yet"), f"; it {tense} due ",
                   moment(standing.due_at, terms), f". {capital(promised(standing.level))} is promised.")  # fmt: skip
    figure = Strong(_no_event(standing) if standing.figure is None else attained(standing))
    so_far = "" if over else " if nothing more happens" if standing.level.metric == "availability" else " so far"
    made = f" from {_made_of(standing)}" if standing.figure is not None and standing.count else ""
    down = " It is down now." if standing.is_down and now < standing.span.ends_at else ""
    return run(label, figure, f"{made}{so_far}; {promised(standing.level)} is promised.{down}")


def level_in_short(standing: LevelStanding) -> Spans:
    """The figure beside what is promised, for lists: "99.95 %, at least 99.9 % promised"."""
    return (f"{attained(standing)}, {promised(standing.level)} promised",)


def takes(standing: LevelStanding) -> str:
    """What it takes from here: "12 minutes of downtime are left."; "" where nothing is left to take."""
    reach, level = standing.reach, standing.level
    if reach is None:
        return ""
    match reach.kind:
        case "downtime":
            minutes = int(reach.amount)
            return f"{count(minutes, 'minute')} of downtime {'is' if minutes == 1 else 'are'} left."
        case "more":
            if not reach.amount:
                return "The sum is there." if level.comparison == "at least" else "Nothing is left of it."
            more = in_unit(level, reach.amount)
            return f"{more} more to go." if level.comparison == "at least" else f"{more} are left."
        case "next":
            limit = f"{level.comparison} {in_unit(level, reach.amount)}"
            if not level.is_of_incidents:
                there = standing.figure is not None and level.holds(standing.figure)
                return f"One more reading of {limit} {'keeps' if there else 'brings'} the mean there."
            if level.metric in ("MTBF", "MTBSI"):
                return f"The next failure must come after {limit}."
            return f"The next {_EVENTS[level.metric or 'availability']} may take {limit}."
        case "in a row":
            return f"{int(reach.amount):,} good ones in a row bring it there."
        case "nothing":
            return "Nothing that can still come keeps it."


def logged(
    commitment: Commitment, standing: LevelStanding, terms: Terms, now: datetime, *, readings: int, key: str
) -> Card:
    """The answer to whoever logged readings: where the promise stands with them."""
    name = f"{commitment.name}, {period_name(standing.span.period, now, terms.zone)}"
    what = count(readings, "reading") if readings != 1 else "Reading"
    return Card(
        title=titled(f"{what} logged · {name} · {marked(standing.state, standing.provisional)}"),
        summary=f"{what} logged. {name}: {attained(standing)}, {promised(standing.level)} promised.",
        blocks=(
            Text(joined((level_progress(standing, terms, now), (takes(standing),)))),
            _judged(standing, terms, now),
        ),
        buttons=(act("Status", f"status {key}"), act("History", f"history {key}")),
        tone=tone_of(standing.state, standing.provisional),
        ref=key,
    )


def corrected(old: Reading, new: Reading, level: Level, *, restated: bool) -> Card:
    """A reading has another's place, or none."""
    title = f"{old.key} is {'restated' if restated else 'corrected'}: {_value(level, new.value, new.out_of)}"
    was = f"It said {_value(level, old.value, old.out_of)}. "
    what = f"{was}{new.key} stands in its place, and both stay on the record."
    if new.value is None:
        title, what = f"{old.key} is taken out", f"{was}Both entries stay on the record."
    blocks = (Text((what,)),)
    return Card(titled(title), f"{title}. {what}", blocks, (act("History", f"history {old.key}"),), ref=new.key)


def reading_proposed(
    reading: Reading, proposal: Proposal, commitment: Commitment, terms: Terms, *, to: str = ""
) -> Card:
    """A correction of a closed period: the other side (`to`) is asked to say the same; else the asker's answer."""
    level = commitment.promise
    if not isinstance(level, Level):
        raise TypeError(f"{commitment.slug} is no level promise")
    wanted = _value(level, proposal.value, proposal.out_of)
    figure = "none" if proposal.value is None else amount_in_words(proposal.value, proposal.out_of)
    says = f"correct reading {reading.key} to {figure} because I agree"
    asker = person(terms, proposal.by)
    was, out = _value(level, reading.value, reading.out_of), proposal.value is None
    why = run(asker, f" asks to take {reading.key} of {commitment.name} out, which says {was}" if out else
              f" asks to correct {reading.key} of {commitment.name} from {was} to {wanted}",
              f": {quoted(proposal.reason)}.")  # fmt: skip
    note = "Its period is closed, so nothing changes before both sides say the same; then it is shown as restated."
    if not to:
        asked = f"{reading.key}: the other side is asked to agree to {'taking it out' if out else wanted}"
        return Card(titled(asked), note, (Note((note,)),), ref=reading.key)
    by = called(terms, proposal.by)
    return Card(
        title=titled(f"{reading.key} · {'Take it out' if out else f'Correct it to {wanted}'}?"),
        summary=f"{by} asks to take {reading.key} out." if out else f"{by} asks to correct {reading.key} to {wanted}.",
        blocks=(Text(why), Note((note,))),
        buttons=(act("Agree", says, style="primary", may=(to,)), act("History", f"history {reading.key}")),
        ref=reading.key,
    )


def _judged(standing: LevelStanding, terms: Terms, now: datetime) -> Block:
    if now >= standing.due_at:
        return Note(("Its period is closed: it counts late, and what was missed stays on the record.",))
    return Note(run("It is judged ", moment(standing.due_at, terms), "."))


def _made_of(standing: LevelStanding) -> str:
    level = standing.level
    word = _EVENTS[level.metric] if level.metric else "reading"
    return count(standing.count, word)


def _no_event(standing: LevelStanding) -> str:
    word = _EVENTS[standing.level.metric] if standing.level.metric else "reading"
    return f"no {word}"


def _value(level: Level, value: int | None, out_of: int | None) -> str:
    if value is None:
        return "nothing"
    words = amount_in_words(value, out_of)
    return words if out_of is not None else f"{words} {level.unit}".strip()
