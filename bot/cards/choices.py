"""What makes a miss good, in words: each agreed way, whether it is open, on offer, chosen or closed, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards import plan_times
from bot.cards.breaches import choice_in_short
from bot.cards.carries import CarriedOver
from bot.cards.duties import Duty
from bot.cards.offers import act
from bot.cards.words import called, capital, cut, deadline, listed, moment, run, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Strong, Text
from slacore.breaches import Breach
from slacore.choices import Course, Offer, is_closed, is_pending
from slacore.commitments import Volume
from slacore.credits import Consequence, Option
from slacore.plans import RecoveryPlan


@dataclass(frozen=True, slots=True)
class Shown:
    """A miss with all that was agreed for it, and how far it has come.

    `carriable` units could be carried over, a `credit` accrue; `carried` is what was; `dispute` holds everything up.
    """

    breach: Breach
    duty: Duty
    course: Course
    plan: RecoveryPlan | None = None
    carried: CarriedOver | None = None
    carriable: int = 0
    credit: bool = False
    dispute: str = ""


def choice(shown: Shown, now: datetime, *, reader: str) -> Card:
    """Answer `choose`: the ways there are, which one was chosen by whom, and what the reader can do."""
    breach, duty, course = shown.breach, shown.duty, shown.course
    terms, name = duty.terms, cut(duty.name(now), 50)
    agreed = terms.consequence_of(duty.commitment)
    if agreed is None:
        words = "Nothing was agreed for a miss of this promise."
        return Card(titled(f"{breach.key} · {name}"), words, (Text((words,)),), ref=breach.key)
    blocks: list[Block] = [Text(run(Strong(_how(agreed)), ":"))]
    blocks += [
        Fact(capital(each), run(agreed.option_in_words(each, _short(shown)), "; ", _stands(shown, agreed, each)))
        for each in agreed.options
    ]
    if agreed.otherwise:
        follows = "; it follows" if course.followed else ""
        then = f"{agreed.option_in_words(agreed.otherwise, _short(shown))}{follows}"
        blocks.append(Fact("Without a plan in time", (then,)))
    if course.offer is not None:
        blocks.append(Fact("On offer", _on_offer(duty, course.offer)))
    if course.choice is not None:
        blocks.append(Fact("Chosen", choice_in_short(course.choice, terms)))
    state = _state(shown, agreed)
    blocks.append(Note((state,)))
    heading = f"Chosen: {course.choice.option}" if course.choice is not None else "What follows"
    return Card(
        title=titled(f"{breach.key} · {heading} · {name}"),
        summary=f"{breach.key}, {name}: {agreed.in_words(_short(shown))}. {state}",
        blocks=tuple(blocks),
        buttons=(*_buttons(shown, agreed, reader), act("History", f"history {breach.key}")),
        ref=breach.key,
    )


def offered(duty: Duty, breach: Breach, offer: Offer, now: datetime) -> Card:
    """Put what one side offers before the owner of the other."""
    terms, name = duty.terms, cut(duty.name(now), 50)
    what = offer_in_words(duty, offer)
    side = terms.party(offer.side).name
    return Card(
        title=titled(f"{breach.key} · {side} offers: {what}"),
        summary=f"{breach.key}, {name}: {side} offers {what}.",
        blocks=(
            Text(run(f"{called(terms, offer.by)} of {side} offers for {breach.key}, {name}: ", Strong(what), ".")),
            Note(
                run(
                    "With your yes it counts. Another offer takes its place. If you do nothing, it comes to nothing ",
                    deadline(offer.until, terms),
                    ".",
                )
            ),
        ),
        buttons=(
            act("Take the offer", _says(breach, offer.option, offer.units), style="primary"),
            act("Something else", f"choose {breach.key}"),
            act("History", f"history {breach.key}"),
        ),
        ref=breach.key,
    )


def lapsed(duty: Duty, breach: Breach, offer: Offer, now: datetime) -> Card:
    """Say that nobody answered an offer in its time, and that nothing follows from it."""
    terms, name = duty.terms, cut(duty.name(now), 50)
    what = offer_in_words(duty, offer)
    return Card(
        title=titled(f"{breach.key} · The offer was not answered · {name}"),
        summary=f"{breach.key}, {name}: the offer of {terms.party(offer.side).name} was not answered in time.",
        blocks=(
            Text(
                run(
                    f"{terms.party(offer.side).name} had offered {what}, until ",
                    deadline(offer.until, terms),
                    ". Nobody answered, so nothing follows from it.",
                )
            ),
            Note(("The miss stays on the record. Either side may offer again.",)),
        ),
        buttons=(act("What follows", f"choose {breach.key}"), act("History", f"history {breach.key}")),
        ref=breach.key,
    )


def offer_in_words(duty: Duty, offer: Offer) -> str:
    """What is on offer: "9 qualified leads carried over"."""
    agreed, promise = duty.terms.consequence_of(duty.commitment), duty.commitment.promise
    if agreed is None:
        return offer.option
    short = promise.unit.counted(offer.units) if isinstance(promise, Volume) else duty.thing
    return agreed.option_in_words(offer.option, short)


def _how(agreed: Consequence) -> str:
    if agreed.is_a_choice:
        return "One of these was agreed for it"
    return "All of these were agreed for it" if len(agreed.options) > 1 else "This was agreed for it"


def _short(shown: Shown) -> str:
    promise = shown.duty.commitment.promise
    return promise.unit.counted(shown.breach.shortfall) if isinstance(promise, Volume) else shown.duty.thing


def _stands(shown: Shown, agreed: Consequence, option: Option) -> Spans:
    """How one way stands: open, chosen, done, closed."""
    course = shown.course
    if option == "recovery plan" and course.plan_time is not None:
        return plan_times.in_short(shown.duty, course.plan_time, shown.plan)
    if option == "carry-over" and shown.carried is not None:
        return (f"{shown.carried.units:,} carried, {shown.carried.decided}",)
    if is_closed(agreed, course, option):
        return ("closed",)
    if course.choice is not None:
        return ("chosen",)
    return ("not possible here" if _is_impossible(shown, option) else "open",)


def _is_impossible(shown: Shown, option: Option) -> bool:
    return (option == "carry-over" and not shown.carriable) or (option == "service credit" and not shown.credit)


def _on_offer(duty: Duty, offer: Offer) -> Spans:
    terms = duty.terms
    by = f"{offer_in_words(duty, offer)}, by {called(terms, offer.by)} of {terms.party(offer.side).name}, "
    return run(by, moment(offer.at, terms), "; it stands until ", deadline(offer.until, terms))


def _state(shown: Shown, agreed: Consequence) -> str:
    breach, course, terms = shown.breach, shown.course, shown.duty.terms
    decider = terms.decider_of(shown.duty.commitment)
    if shown.dispute:
        return f"{shown.dispute} is open over {breach.key}: nothing follows before it has ended."
    if not breach.counts:
        how = "still provisional" if breach.provisional else "excused" if breach.excused_at else "made good"
        return f"{breach.key} is {how}, so nothing follows from it."
    if course.choice is not None:
        return "The other ways are closed. It is chosen once."
    sides = listed([terms.party(each).name for each in (breach.party, shown.duty.other_side)])
    if is_pending(agreed, course):
        who = f"{called(terms, decider)} chooses one of them" if decider else f"{sides} choose one of them together"
        return f"{who}, which closes the others. Until then nothing follows."
    return (
        f"{called(terms, decider)} decides." if decider else f"{sides} decide together: one offers, the other agrees."
    )


def _buttons(shown: Shown, agreed: Consequence, reader: str) -> tuple[Button, ...]:
    """A button for each way that the reader may take now."""
    breach, duty, course = shown.breach, shown.duty, shown.course
    if shown.dispute or not breach.counts or course.choice is not None or not _may_choose(duty, reader):
        return ()
    found: list[Button] = []
    if course.offer is not None and reader not in _people(duty, course.offer.side):
        found.append(act("Take the offer", _says(breach, course.offer.option, course.offer.units), style="primary"))
    for option in agreed.options:
        on_offer = course.offer is not None and course.offer.is_same(option, _units(shown, option))
        if on_offer or is_closed(agreed, course, option) or _is_impossible(shown, option):
            continue
        if option == "carry-over":
            found.append(act(f"Carry {shown.carriable:,} over", f"carry {breach.key}"))
        elif option == "notice" and duty.terms.decider_of(duty.commitment):
            found.append(act("Notice", f"notice {breach.key}"))
        elif option == "recovery plan" or agreed.is_a_choice:
            found.append(act(capital(option), _says(breach, option, 0)))
    return tuple(found)


def _units(shown: Shown, option: Option) -> int:
    return shown.carriable if option == "carry-over" else 0


def _says(breach: Breach, option: Option, units: int) -> str:
    return f"choose {breach.key} {option}" + (f" {units}" if units else "")


def _may_choose(duty: Duty, reader: str) -> bool:
    decider = duty.terms.decider_of(duty.commitment)
    if decider:
        return reader == decider
    return any(reader in _people(duty, side) for side in (duty.obligation.party, duty.other_side))


def _people(duty: Duty, side: str) -> set[str]:
    party = duty.terms.party(side)
    return {party.owner, party.signs, *party.deputies}
