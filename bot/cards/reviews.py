"""The review in words: the invitation, the pack that grows during the meeting, and what it ended with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards import lines
from bot.cards.amends import SHOWN, disputed_units, misses, over, steps
from bot.cards.bests import best
from bot.cards.deals import money, prices_wanted
from bot.cards.lines import Overview
from bot.cards.offers import act, ask, one_next
from bot.cards.packs import ReviewPack
from bot.cards.pasts import history
from bot.cards.reruns import needed, needed_buttons
from bot.cards.words import (
    count,
    cut,
    day_text_of,
    joined,
    listed,
    moment,
    people,
    person,
    quoted,
    run,
    speakers,
    titled,
)
from bot.chat.card import Block, Button, Card, Fact, File, Note, Spans, Strong, Table, Text
from slacore.agreements import Terms
from slacore.periods import Period
from slacore.reviews import Review, Voice


def invitation(pack: ReviewPack, reader: str, now: datetime, date: File) -> Card:
    """Ask one participant beforehand what the numbers do not say, with the date to put into a calendar."""
    terms, review = pack.terms, pack.review
    title = titled(f"Review of {review.label} · {cut(terms.name, 40)}")
    others = [member for member in pack.invited if member != reader]
    blocks: list[Block] = [
        Text(run("You meet ", moment(review.meets_at, terms), " with ", people(terms, others), "."))
        if others
        else Text(run("It is ", moment(review.meets_at, terms), ".")),
        Text((f"{_numbers_in_short(pack.scorecard)} Do they say what {review.label} was like for your side?",)),
    ]
    blocks.append(date)
    mine = next((voice for voice in pack.voices if voice.member == reader), None)
    if mine is not None:
        blocks.append(Fact("You said", _voice(mine)))
    blocks.append(Note(("Your answer is shown to both sides when the review begins, not before.",)))
    buttons = (
        act("We are content", f"review content {review.key}", style="primary", may=(reader,)),
        ask("Green but unhappy", f"review unhappy {review.key}", may=(reader,)),
        ask("Another time", f"review move {review.key}", may=(reader,)),
    )
    at = day_text_of(review.meets_at, now, terms.zone)
    return Card(title, f"{title}: {at}. Are you content?", tuple(blocks), buttons, ref=review.key)


def pack(told: ReviewPack, now: datetime, files: Sequence[File] = ()) -> Card:
    """The pack in the channel: edited in place while the meeting goes on. `files` are it as a page and on paper."""
    review, terms = told.review, told.terms
    blocks = [block for _, section in _sections(told, now, SHOWN) for block in section]
    title = titled(f"{_heading(review)} · {cut(terms.name, 40)}")
    return Card(title, f"{title}. {_in_short(told)}", (*blocks, *files), _buttons(told), ref=review.key)


def paper(told: ReviewPack, now: datetime) -> tuple[Card, ...]:
    """The same to read at length, a section a card, with the lessons that were learnt so far."""
    found = [(heading, blocks) for heading, blocks in _sections(told, now, None) if blocks]
    if told.lessons:
        rows: list[tuple[Spans, ...]] = [((label,), (quoted(cut(each.words, 300)),)) for label, each in told.lessons]
        found.append(("Register of lessons", [Table(("Review of", "What was learnt"), tuple(rows))]))
    return tuple(Card(heading, f"{heading}.", tuple(blocks)) for heading, blocks in found)


def _sections(told: ReviewPack, now: datetime, most: int | None) -> tuple[tuple[str, list[Block]], ...]:
    """Everything a meeting looks at, under the headings that it has on paper; of each list at `most` so many."""
    review, terms = told.review, told.terms
    return (
        ("The meeting", _meeting(told)),
        ("The numbers", _numbers(told, now)),
        ("The last periods", _last_periods(told, now)),
        ("Money and target", _money(told, now)),
        ("Misses, and what came of them", misses(told.missed, terms, now, most)),
        ("Disputes over what was handed over", disputed_units(told.disputed, terms, most)),
        ("Taken on before", steps(told.before, terms, f"From the last review ({told.last})", most)),
        ("What each side says", _said_by_sides(told)),
        ("Decided and taken on", [*_written(told, most), *steps(told.actions, terms, "Actions", most)]),
        ("What it is for", _purpose(terms) if review.state != "closed" else []),
    )


def _meeting(told: ReviewPack) -> list[Block]:
    blocks: list[Block] = [Text(_when(told))]
    if told.is_green and told.unhappy:
        sides = Strong(f"Green, but {_sides(told.unhappy, told.terms)}. ")
        blocks.append(Text(run(sides, _voices(told.unhappy, told.terms))))
    return blocks


def _numbers(told: ReviewPack, now: datetime) -> list[Block]:
    picture = lines.picture(told.scorecard, f"{told.terms.name}, {told.review.label}", now)
    return [*([picture] if picture is not None else []), lines.table(told.scorecard, now, "Scorecard")]


def _last_periods(told: ReviewPack, now: datetime) -> list[Block]:
    blocks = history(told.past, f"{told.terms.name}, how it went")
    if told.best is not None:
        month = Period(told.review.first_on, told.review.last_on, told.review.label)
        blocks.append(best(told.best, month, told.terms, now))
    return blocks


def _money(told: ReviewPack, now: datetime) -> list[Block]:
    earned = [block for each in told.earnings for block in money(each, now)]
    return [*earned, *(block for each in told.reruns for block in needed(each, now))]


def _said_by_sides(told: ReviewPack) -> list[Block]:
    """What each side said beforehand, once the meeting has begun; what the pack leads with is not said twice."""
    if told.review.state == "invited":
        asked = f"{count(len(told.voices), 'answer')} to “green but unhappy?” so far; shown when the review begins."
        return [Note((asked,))] if told.voices else []
    led = told.unhappy if told.is_green else ()
    return [
        Fact(f"{told.terms.party(voice.party).name} says", _voice(voice)) for voice in told.voices if voice not in led
    ]


def _purpose(terms: Terms) -> list[Block]:
    if not terms.objective.strip():
        return []
    return [Note((f"What it is for: {quoted(cut(terms.objective.strip(), 240))} Does it still serve that?",))]


def noted(review: Review, what: str) -> Card:
    """Confirm privately that something was written down."""
    title = titled(f"{review.key}: {what}")
    return Card(title, f"{title}.", (), (act("See the review", f"review {review.key}"),))


def asks_to_close(told: ReviewPack, now: datetime) -> Card:
    """A review was left open for a working day: ask whoever opened it to end it."""
    review = told.review
    title = titled(f"Is the review of {review.label} over?")
    began = day_text_of(review.opened_at or review.meets_at, now, told.terms.zone)
    words = f"{review.key} began {began} and is still open: its decisions and actions stand either way."
    return Card(title, f"{title} {words}", (Text((words,)),), (act("Close it", f"review close {review.key}"),))


def _heading(review: Review) -> str:
    match review.state:
        case "invited":
            return f"Review of {review.label}"
        case "open":
            return f"Reviewing {review.label}"
        case "closed":
            return f"Reviewed: {review.label}"


def _when(told: ReviewPack) -> Spans:
    terms, review = told.terms, told.review
    if review.state == "invited":
        return run("You meet ", moment(review.meets_at, terms), ": ", people(terms, told.invited), ".")
    there = run("There: ", people(terms, told.present), ".")
    if review.state == "closed":
        return there
    return there if told.quorum else run(there, f" No decision yet: {told.lacking}.")


def _in_short(told: ReviewPack) -> str:
    """The sentence for notifications: what the numbers say, and who is unhappy all the same."""
    numbers = _numbers_in_short(told.scorecard)
    return f"{numbers} But {_sides(told.unhappy, told.terms)}." if told.is_green and told.unhappy else numbers


def _sides(unhappy: Sequence[Voice], terms: Terms) -> str:
    """Give "Sales is unhappy", "Marketing and Sales are unhappy"."""
    names = list(dict.fromkeys(cut(terms.party(each.party).name, 30) for each in unhappy))
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} unhappy"


def _voices(unhappy: Sequence[Voice], terms: Terms) -> Spans:
    return joined([run(person(terms, each.member), f": {quoted(cut(each.words, 300))}") for each in unhappy])


def _numbers_in_short(scorecard: Sequence[Overview]) -> str:
    good = sum(each.line.state in ("met", "on pace") for each in scorecard)
    return f"{good} of {count(len(scorecard), 'promise', 'promises')} met or on pace."


def _written(told: ReviewPack, most: int | None) -> list[Block]:
    blocks: list[Block] = []
    for sort, label in (("decision", "Decided"), ("lesson", "Learnt")):
        said = [each for each in told.minutes if each.sort == sort]
        blocks += [
            Text(run(Strong(f"{label}: "), quoted(cut(each.words, 400)), " (", person(told.terms, each.by), ")"))
            for each in said[:most]
        ]
        blocks += over(said, most)
    return blocks


def _voice(voice: Voice) -> Spans:
    feeling = "content" if voice.content else "unhappy"
    return (f"{feeling}: {quoted(cut(voice.words, 300))}" if voice.words else feeling,)


def _buttons(told: ReviewPack) -> tuple[Button, ...]:
    review, may = told.review, speakers(told.terms, *(party.slug for party in told.terms.parties))
    here = act("I am here", f"review here {review.key}", style="primary", may=may)
    amend = [button for each in told.reruns for button in needed_buttons(each)]
    if told.drafts:  # a change is on its way already: look at it rather than draft another
        amend = [act(f"Show {key}", f"agreement show {key}") for key in told.drafts]
    amend += [button for each in told.earnings for button in prices_wanted(each)]
    match review.state:
        case "invited":
            return one_next((here, *amend))
        case "open":
            minutes = (
                ask("Decided", f"review decide {review.key}", may=may),
                ask("Action", f"review action {review.key}", may=may),
                ask("Learnt", f"review learn {review.key}", may=may),
                act("Close", f"review close {review.key}", may=may),
            )
            return one_next((here, *amend, *minutes))
        case "closed":
            return one_next(amend)


def in_words(told: ReviewPack) -> str:
    """What a meeting came to: "2 decisions, 1 action, 1 lesson"."""
    decisions = sum(each.sort == "decision" for each in told.minutes)
    parts = [
        count(decisions, "decision"),
        count(len(told.actions), "action"),
        count(len(told.minutes) - decisions, "lesson"),
    ]
    return listed(parts)
