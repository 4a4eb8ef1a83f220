"""What a good colleague would say of proposed terms before anybody signs them.

None of it forbids a signature: problems do that. Advice points at what the terms leave open, and
that will be missed on the day when a promise is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slacore.agreements import Terms
from slacore.capacities import overcommitments
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Response, Volume
from slacore.credits import Consequence
from slacore.vacancies import vacancies

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """Something worth a second thought: where it stands in the terms, what was seen, what to consider."""

    path: Path
    seen: str
    consider: str


def advice_on(terms: Terms) -> Iterator[Advice]:
    """Everything that a second pair of eyes would raise, promise by promise and then for the whole."""
    for commitment in terms.commitments:
        yield from _on_commitment(commitment, terms)
    yield from _on_parties(terms)
    yield from _on_consequences(terms)
    yield from _on_support(terms)
    yield from _on_rhythm(terms)
    yield from _on_vacancies(terms)


def _on_commitment(commitment: Commitment, terms: Terms) -> Iterator[Advice]:
    here = ("commitments", commitment.slug)
    name, receiver = commitment.name, terms.party(commitment.receiver).name
    if not commitment.intent:
        yield Advice(
            (*here, "intent"),
            f"Nobody wrote down what {name!r} is really for",
            f"Add the sentence that says which goal of {receiver} it serves: a review asks whether it still does.",
        )
    if not commitment.consequence and not isinstance(commitment.promise, Deliverable):
        yield Advice(
            (*here, "consequence"),
            f"A miss of {name!r} brings nothing",
            "Agree on what makes up for it while nobody is angry: a recovery plan, a carry-over, a credit.",
        )
    if terms.channels and not terms.channels_of(commitment):
        giver = terms.party(commitment.giver).name
        yield Advice(
            ("channels",),
            f"{giver} and {receiver} share no channel, so {name!r} is never spoken of in public",
            "Add one where both are.",
        )
    yield from _on_owner(commitment, terms)
    yield from _on_promise(commitment, here, carried_on=_is_followed_up(commitment, terms))


def _on_owner(commitment: Commitment, terms: Terms) -> Iterator[Advice]:
    giver = terms.party(commitment.giver)
    if commitment.owner not in giver.people:
        yield Advice(
            ("commitments", commitment.slug, "owner"),
            f"{terms.name_of(commitment.owner)} answers for {commitment.name!r} and does not speak for {giver.name}",
            f"Let somebody of {giver.name} own it: who answers for a promise must be able to keep it.",
        )


def _is_followed_up(commitment: Commitment, terms: Terms) -> bool:
    """Whether another promise of the same party carries on where this one's first answer ends."""
    others = [each for each in terms.commitments if each.giver == commitment.giver]
    return any(isinstance(each.promise, FollowUps) for each in others)


def _on_promise(commitment: Commitment, here: Path, *, carried_on: bool) -> Iterator[Advice]:
    name = commitment.name
    match commitment.promise:
        case Volume(dispute_reasons=()):
            yield Advice(
                (*here, "dispute_reasons"),
                f"{name!r} can be disputed for any reason at all",
                "List the reasons that both sides accept, such as duplicate or out of area.",
            )
        case Response(resolved_within=None, updated_every=None, resolved_by_priority=()) if not carried_on:
            yield Advice(
                (*here, "resolved_within"),
                f"{name!r} ends with the first answer, which a standard reply could give",
                "Promise a resolution or regular updates too, or let a follow-up promise carry on from there.",
            )
        case Deliverable(evidence="none", by_every_member=False):
            yield Advice(
                (*here, "evidence"),
                f"{name!r} is kept by saying so, and nothing shows that it was done",
                "Ask for a link, a file or a few words.",
            )
        case Level(metric=None) if not commitment.source:
            yield Advice(
                (*here, "source"),
                f"Nobody says where the figures of {name!r} come from",
                "Name the report or system that they are read from, so that both sides read the same.",
            )
        case _:
            pass
    if isinstance(commitment.promise, Level) and not commitment.reporter:
        what = "logs its incidents" if commitment.promise.is_of_incidents else "gives its figures"
        yield Advice(
            (*here, "reporter"),
            f"{name!r} is a target that nobody measures: no one is named who {what}",
            "Name a reporter; a figure that nobody owes is a figure that nobody has.",
        )


def _on_parties(terms: Terms) -> Iterator[Advice]:
    met = {
        each.receiver for each in terms.commitments if isinstance(each.promise, Deliverable) and each.promise.of_both
    }
    givers = met | {each.giver for each in terms.commitments}
    concerned = givers | {each.receiver for each in terms.commitments}
    owners: dict[str, str] = {}
    for party in terms.parties:
        here = ("parties", party.slug)
        if not party.deputies:
            yield Advice(
                (*here, "deputies"),
                f"{party.name} has nobody who acts while {terms.name_of(party.owner)} is away",
                "Name a deputy, or its nudges reach no one in those weeks.",
            )
        if other := owners.get(party.owner):
            yield Advice(
                (*here, "owner"),
                f"{terms.name_of(party.owner)} answers for {other} and for {party.name}",
                "Let somebody else own one of them: nobody holds himself to a promise.",
            )
        owners.setdefault(party.owner, party.name)
        if party.slug not in concerned:
            yield Advice(
                here,
                f"{party.name} is a party, and no promise is made by it or to it",
                "Write down what it owes or is owed, or leave it out.",
            )
            continue
        if party.kind == "team" and party.slug not in givers and len(terms.parties) == 2:
            yield Advice(
                ("commitments",),
                f"{party.name} is promised everything and promises nothing",
                "Ask what the other side needs from it: an agreement lasts when both owe something.",
            )


def _on_consequences(terms: Terms) -> Iterator[Advice]:
    used = {each.consequence for each in terms.commitments}
    for consequence in terms.consequences:
        here = ("consequences", consequence.slug)
        if consequence.slug not in used:
            yield Advice(here, f"No promise leads to {consequence.slug!r}", "Name it under a promise, or take it out.")
        yield from _on_choice(consequence, terms)
        if "service credit" in consequence.named and not consequence.tiers:
            yield Advice(
                (*here, "tiers"),
                f"{consequence.slug!r} gives a service credit, and nobody says how much",
                "Give its tiers, such as 10 % of the charge where less than 99.9 % is attained.",
            )
        others = [each.name for each in terms.commitments if _is_carried_in_vain(each, consequence)]
        if others:
            yield Advice(
                (*here, "options"),
                f"Nothing can be carried over of {others[0]!r}: it promises no quantity",
                "Give it a consequence of its own, such as a recovery plan.",
            )
        if "service credit" in consequence.named and consequence.tiers and consequence.charge is None:
            yield Advice(
                (*here, "charge"),
                f"The tiers of {consequence.slug!r} are shares of a charge that is not given",
                "Say what the service costs a period, so that cost and service are weighed together.",
            )
        rules = {str(each.period): None for each in terms.commitments if each.consequence == consequence.slug}
        if consequence.gives_credit and len(rules) > 1:
            yield Advice(
                (*here, "charge"),
                f"{consequence.slug!r} is the charge of one period, and its promises have several: {', '.join(rules)}",
                "Give each length of period a consequence of its own, with what it costs.",
            )


def _on_choice(consequence: Consequence, terms: Terms) -> Iterator[Advice]:
    here = ("consequences", consequence.slug)
    if len(consequence.options) > 1 and not consequence.applies:
        which = "one of them is chosen" if consequence.is_a_choice else "all of them apply"
        yield Advice(
            (*here, "applies"),
            f"{consequence.slug!r} names several ways to make a miss good, and not whether one or all of them apply",
            f"Write `applies: one of them` or `applies: all of them`; as it stands, {which}.",
        )
    if not consequence.decider and not terms.sponsor:
        yield Advice(
            (*here, "decider"),
            f"Nobody decides what follows a miss under {consequence.slug!r}",
            "Name who does, or a sponsor: as it stands, both sides have to agree each time.",
        )


def _on_support(terms: Terms) -> Iterator[Advice]:
    if terms.kind != "SLA" and not any(each.supports for each in terms.commitments):
        yield Advice(
            ("commitments",),
            f"It is an {terms.kind} and supports no promise to a customer",
            "Name under `supports` what rests on it, so that it can be checked to carry that.",
        )
    for each in overcommitments(terms):
        yield Advice(
            ("commitments", each.commitment.slug),
            f"{each.party.name} has not the hours for {each.commitment.name!r}",
            "Promise less, or say when you sign why you do all the same.",
        )
    outside = [party.name for party in terms.parties if party.kind != "team"]
    if outside and not terms.legally_binding:
        yield Advice(
            ("legally_binding",),
            f"{outside[0]} is from outside, and it is not said to bind anybody in law",
            "Say `legally_binding: true` if it is a contract; if not, both sides should know.",
        )


def _on_vacancies(terms: Terms) -> Iterator[Advice]:
    if found := vacancies(terms):
        yield Advice(
            ("people",),
            f"Still to be named: {', '.join(each.role for each in found)}",
            "Give their names: nothing is put before anybody until all are known. A deputy may be left out.",
        )


def _is_carried_in_vain(commitment: Commitment, consequence: Consequence) -> bool:
    """Whether a miss of a promise is to be made good by units that it does not count."""
    leads_here = commitment.consequence == consequence.slug
    return leads_here and "carry-over" in consequence.named and not isinstance(commitment.promise, Volume)


def _on_rhythm(terms: Terms) -> Iterator[Advice]:
    if not terms.channels:
        yield Advice(
            ("channels",),
            "No channel is named, so nothing of it is ever spoken of in public",
            "Add the one where the parties talk.",
        )
    if not terms.sponsor:
        yield Advice(("sponsor",), "Nobody decides when both sides disagree", "Name a sponsor whom both answer to.")
    if not terms.reports:
        yield Advice(
            ("reports",), "No report shows both sides the same numbers", "Add one, such as every Friday 16:00."
        )
    if terms.review is None:
        yield Advice(
            ("review",),
            "No date is set on which both sides ask whether the promises still serve them",
            "Add a review, such as the first working day of each month.",
        )
    elif not terms.review.participants:
        yield Advice(
            ("review", "participants"),
            "Nobody is named who comes to the review",
            "Name somebody of each side, and how many must be there to decide.",
        )
