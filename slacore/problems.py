"""What cannot stand in proposed terms, told before anybody signs them.

Terms can be well-formed and still lead nowhere: a name that nobody has, a promise that contradicts
itself, two parties that answer to one word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter

from slacore.agreements import Terms
from slacore.commitments import Commitment, Deliverable, FollowUps, Level, Outcome, Response, Volume
from slacore.credits import Consequence
from slacore.parties import Party
from slacore.periods import SlotRule

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in proposed terms that cannot stand: where, what, and the mend."""

    path: Path
    what: str
    mend: str


def problems_of(terms: Terms) -> Iterator[Problem]:
    """Everything that cannot stand in terms that are well-formed. None means that they can be signed."""
    names = _Names(terms)
    yield from _problems_of_parties(terms, names)
    for commitment in terms.commitments:
        yield from _problems_of_commitment(commitment, terms, names)
    yield from _problems_of_order(terms)
    yield from _problems_of_telling(terms, names)
    yield from _problems_of_signatures(terms, names)
    for consequence in terms.consequences:
        yield from _problems_of_consequence(consequence, terms, names)
    yield from _problems_of_misses(terms, names)
    if terms.ends_on is not None and terms.ends_on < terms.effective_on:
        yield Problem(("ends_on",), "it ends before it begins", "Give a date on or after effective_on.")


class _Names:
    """The names that terms declare, and what is wrong with one that they do not."""

    def __init__(self, terms: Terms) -> None:
        self._people = [person.id for person in terms.people]
        self._parties = [party.slug for party in terms.parties]
        self._calendars = list(terms.calendars)
        self._commitments = [commitment.slug for commitment in terms.commitments]
        self._consequences = [consequence.slug for consequence in terms.consequences]
        self._escalations = list({"default": None, **terms.escalations})

    def person(self, path: Path, *ids: str) -> Iterator[Problem]:
        yield from _unknown(path, "person", ids, self._people)

    def party(self, path: Path, *slugs: str) -> Iterator[Problem]:
        yield from _unknown(path, "party", slugs, self._parties)

    def party_or_person(self, path: Path, *names: str) -> Iterator[Problem]:
        yield from _unknown(path, "party or person", names, [*self._parties, *self._people])

    def calendar(self, path: Path, slug: str) -> Iterator[Problem]:
        yield from _unknown(path, "calendar", (slug,), self._calendars)

    def commitment(self, path: Path, *slugs: str) -> Iterator[Problem]:
        yield from _unknown(path, "commitment", slugs, self._commitments)

    def consequence(self, path: Path, slug: str) -> Iterator[Problem]:
        yield from _unknown(path, "consequence", (slug,), self._consequences)

    def escalation(self, path: Path, slug: str) -> Iterator[Problem]:
        yield from _unknown(path, "escalation policy", (slug,), self._escalations)


def _unknown(path: Path, what: str, names: Iterable[str], known: list[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            mend = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."
            yield Problem(path, f"there is no {what} {name!r}", mend if known else f"Declare the {what} first.")


def _problems_of_consequence(consequence: Consequence, terms: Terms, names: _Names) -> Iterator[Problem]:
    here = ("consequences", consequence.slug)
    if consequence.decider:
        yield from names.person((*here, "decider"), consequence.decider)
    yield from _problems_of_otherwise(consequence)
    tells_sponsor = [*consequence.named, *(each.then for each in consequence.repeated)]
    if "notice" in tells_sponsor and not terms.sponsor:
        yield Problem((*here, "options"), "a notice goes to the sponsor, and there is none", "Name a sponsor.")
    rules = [(each.misses, each.within) for each in consequence.repeated]
    for index, rule in enumerate(rules):
        if rule in rules[:index]:
            yield Problem(
                (*here, "repeated", index), "the same number in the same time stands there twice", "Keep one of them."
            )
    charge, minimum = consequence.charge, consequence.minimum
    if charge is not None and minimum is not None and minimum.currency != charge.currency:
        yield Problem(
            (*here, "minimum"),
            f"{minimum} and the charge of {charge} are of different currencies",
            f"Give it in {charge.currency}.",
        )


def _problems_of_otherwise(consequence: Consequence) -> Iterator[Problem]:
    """What follows without a plan needs a plan to wait for, and a time; and it is not what applies anyway."""
    here, then = ("consequences", consequence.slug, "otherwise"), consequence.otherwise
    if then and ("recovery plan" not in consequence.options or consequence.plan_within is None):
        yield Problem(
            here,
            "it follows where no recovery plan was agreed in time, and none is due by any time",
            "Give `plan_within`, with `recovery plan` among the options; or take `otherwise` out.",
        )
    elif then in consequence.options and not consequence.is_a_choice:
        yield Problem(here, f"{then} applies in any case", "Name something else, or take `otherwise` out.")


def _problems_of_misses(terms: Terms, names: _Names) -> Iterator[Problem]:
    here, misses = ("misses",), terms.misses
    if misses.disputes_decided_by:
        yield from names.person((*here, "disputes_decided_by"), misses.disputes_decided_by)
    yield from names.party_or_person((*here, "excused_by"), *misses.excused_by)
    for key, words in (("reasons", misses.reasons), ("grounds", misses.grounds)):
        folded = [each.casefold() for each in words]
        if twice := next((each for each in words if folded.count(each.casefold()) > 1), None):
            yield Problem((*here, key), f"{twice!r} stands there twice", "Keep one of them.")


def _problems_of_parties(terms: Terms, names: _Names) -> Iterator[Problem]:
    called: dict[str, str] = {}
    for party in terms.parties:
        here = ("parties", party.slug)
        yield from names.calendar((*here, "calendar"), party.calendar)
        yield from names.person((*here, "owner"), party.owner)
        for key, member in (("contact", party.contact), ("manager", party.manager), ("signatory", party.signatory)):
            if member:
                yield from names.person((*here, key), member)
        yield from names.person((*here, "deputies"), *party.deputies)
        yield from names.person((*here, "members"), *party.members)
        yield from names.person((*here, "reviewers"), *party.reviewers)
        yield from _problems_of_routing(party, (*here, "routing"))
        for word in (party.slug, party.name, *party.aliases):
            other = called.setdefault(word.casefold(), party.slug)
            if other != party.slug:
                yield Problem(here, f"{word!r} is what {other!r} is called too", "Give them names apart.")


def _problems_of_routing(party: Party, here: Path) -> Iterator[Problem]:
    """Who gets things must be of the party: nobody else can act on them."""
    if (routing := party.routing) is None:
        return
    named = {
        "members": routing.members,
        "capacities": tuple(member for member, _ in routing.capacities),
        "rota": tuple(member for _, on_duty in routing.rota for member in on_duty),
    }
    for key, members in named.items():
        for member in dict.fromkeys(members):
            if member not in party.people:
                yield Problem((*here, key), f"{member!r} is not of {party.name}", "Make that person a member of it.")


def _problems_of_commitment(commitment: Commitment, terms: Terms, names: _Names) -> Iterator[Problem]:
    here = ("commitments", commitment.slug)
    yield from _problems_of_frame(commitment, names, here)
    match commitment.promise:
        case Volume() as promise:
            yield from _problems_of_checkpoints(promise, (*here, "checkpoints", "quantities"))
        case FollowUps() as promise:
            for outcome in promise.outcomes:
                yield from _problems_of_outcome(outcome, terms, (*here, "outcomes", outcome.slug))
        case Response() as promise:
            yield from _problems_of_outside(promise, names, (*here, "outside_calendar"))
        case Level() as promise:
            yield from _problems_of_level(promise, commitment, here)
        case Deliverable() as promise:
            yield from _problems_of_deliverable(commitment, promise, terms)


def _problems_of_deliverable(commitment: Commitment, promise: Deliverable, terms: Terms) -> Iterator[Problem]:
    here = ("commitments", commitment.slug)
    if promise.within is not None and commitment.slug not in _opened(terms):
        yield Problem(
            (*here, "within"),
            "no outcome opens this promise",
            f"Say opens: {commitment.slug} of one under outcomes, or give it slots.",
        )
    if commitment.due is not None:
        yield Problem((*here, "due"), "a deliverable is due at its slots", "Take it out.")
    if promise.report and commitment.slug not in {each.commitment for each in terms.reports}:
        yield Problem(
            (*here, "report"),
            "no report of the agreement keeps this promise",
            f"Name it under reports with commitment: {commitment.slug}.",
        )
    yield from _problems_of_checking(commitment, promise, terms)
    if promise.of_both and (promise.by_every_member or promise.report or promise.friction or promise.within):
        yield Problem(
            (*here, "of_both"), "a meeting of both is nothing else besides", "Keep of_both, or the other key."
        )
    if promise.friction and (promise.report or promise.by_every_member):
        yield Problem((*here, "friction"), "one report cannot be two", "Keep friction, or the other key.")


def _problems_of_frame(commitment: Commitment, names: _Names, here: Path) -> Iterator[Problem]:
    yield from names.party((*here, "giver"), commitment.giver)
    yield from names.party((*here, "receiver"), commitment.receiver)
    yield from names.person((*here, "owner"), commitment.owner)
    yield from names.calendar((*here, "calendar"), commitment.calendar)
    yield from names.commitment((*here, "depends_on"), *_own(commitment.depends_on))
    yield from names.commitment((*here, "supports"), *_own(commitment.supports))
    yield from names.escalation((*here, "escalation"), commitment.escalation)
    if commitment.reporter:
        yield from names.person((*here, "reporter"), commitment.reporter)
    if commitment.consequence:
        yield from names.consequence((*here, "consequence"), commitment.consequence)
    if commitment.giver == commitment.receiver:
        yield Problem((*here, "receiver"), "a promise needs two parties", "Name the party that is owed.")
    if commitment.due is not None and _dates_picked(commitment.due) != 1:
        yield Problem((*here, "due"), "it names more than one date", "Name one, such as last Friday 17:00.")


def _problems_of_outside(promise: Response, names: _Names, here: Path) -> Iterator[Problem]:
    if not promise.outside_calendar:
        return
    yield from names.calendar(here, promise.outside_calendar)
    if promise.outside_hours is None:
        yield Problem(here, "no time is promised in it", "Give outside_hours, or take the calendar out.")


def _problems_of_checking(commitment: Commitment, promise: Deliverable, terms: Terms) -> Iterator[Problem]:
    here = ("commitments", commitment.slug)
    if promise.by_every_member and promise.slots is None:
        yield Problem((*here, "by_every_member"), "every member needs a date", "Give it slots instead of within.")
    if promise.sample and not promise.by_every_member:
        yield Problem((*here, "sample"), "only what every member owes is checked by sample", "Take it out.")
    if promise.sample and not promise.checked_by:
        yield Problem((*here, "checked_by"), "nobody checks the sample", "Name the person who does.")
    if promise.checked_by:
        sides = [each for each in terms.parties if each.slug in (commitment.giver, commitment.receiver)]
        if not any(promise.checked_by in each.people for each in sides):
            yield Problem(
                (*here, "checked_by"),
                f"{promise.checked_by!r} speaks for neither party",
                "Name somebody of the giver or the receiver.",
            )


def _problems_of_outcome(outcome: Outcome, terms: Terms, here: Path) -> Iterator[Problem]:
    if not outcome.opens:
        return
    path = (*here, "opens")
    awaits = [
        each.slug
        for each in terms.commitments
        if isinstance(each.promise, Deliverable) and each.promise.within is not None
    ]
    if outcome.opens not in awaits:
        known = (
            f"Name one of these: {', '.join(awaits)}." if awaits else "Give a deliverable a within instead of slots."
        )
        yield Problem(path, f"{outcome.opens!r} is no deliverable with a within", known)
    if not outcome.final:
        yield Problem(path, "only a final outcome opens a promise", "Say final: true, or take it out.")


def _opened(terms: Terms) -> frozenset[str]:
    """The promises that an outcome opens."""
    return frozenset(
        outcome.opens
        for each in terms.commitments
        if isinstance(each.promise, FollowUps)
        for outcome in each.promise.outcomes
    )


def _problems_of_level(promise: Level, commitment: Commitment, here: Path) -> Iterator[Problem]:
    if promise.is_of_incidents and commitment.due is not None:
        yield Problem((*here, "due"), "incidents are judged at the end of the period", "Take it out.")
    if promise.metric not in (None, "availability") and promise.unit_length is None:
        yield Problem(
            (*here, _side(promise)), f"{promise.unit or 'a bare number'!r} is no unit of time", "Write hours."
        )
    if promise.metric == "availability" and promise.unit not in ("", "%"):
        yield Problem((*here, _side(promise)), f"{promise.unit!r} is no unit of a share", "Write it like 99.9 %.")
    lowest, highest = promise.lowest, promise.highest
    if lowest is not None and highest is not None and lowest >= highest:
        yield Problem((*here, "highest"), "it lies below the lowest", "Exchange the two.")
    elif (lowest is not None and promise.threshold < lowest) or (highest is not None and promise.threshold > highest):
        yield Problem((*here, _side(promise)), "the threshold lies outside of the range", "Widen the range.")


def _side(promise: Level) -> str:
    return "at_least" if promise.comparison == "at least" else "at_most"


def _problems_of_checkpoints(promise: Volume, here: Path) -> Iterator[Problem]:
    if promise.checkpoints is None:
        return
    quantities = promise.checkpoints.quantities
    if list(quantities) != sorted(set(quantities)):
        yield Problem(here, "checkpoints must rise", "Write them in order, such as 25, 50, 75, 100.")
    elif quantities[-1:] > (promise.target,):
        yield Problem(
            here,
            f"the last checkpoint ({quantities[-1]}) lies above the target ({promise.target})",
            "Lower the checkpoint or raise the target.",
        )
    dates = _dates_picked(promise.checkpoints.slots)
    if dates not in (None, len(quantities)):
        yield Problem(here, f"{len(quantities)} quantities for {dates} dates", "Give one quantity a date.")


def _dates_picked(slots: SlotRule) -> int | None:
    """How many dates of a period a rule picks, where that is the same for every period; else None."""
    if slots.pick == "every" or slots.each != "period":
        return None
    return len(slots.numbers) if slots.pick == "nth" else slots.numbers[0]


def _own(names: Iterable[str]) -> tuple[str, ...]:
    """References within the agreement; those into others are checked where all agreements are known."""
    return tuple(name for name in names if "/" not in name)


def _problems_of_order(terms: Terms) -> Iterator[Problem]:
    for key, needs in (
        ("depends_on", {each.slug: _own(each.depends_on) for each in terms.commitments}),
        ("supports", {each.slug: _own(each.supports) for each in terms.commitments}),
    ):
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            yield Problem(
                ("commitments", circle[0], key), f"it leads in a circle: {' → '.join(circle)}", "Cut it once."
            )


def _problems_of_telling(terms: Terms, names: _Names) -> Iterator[Problem]:
    if terms.sponsor:
        yield from names.person(("sponsor",), terms.sponsor)
    yield from names.calendar(("calendar",), terms.calendar)
    yield from names.person(("observers",), *terms.observers)
    for index, channel in enumerate(terms.channels):
        yield from names.party(("channels", index, "parties"), *channel.parties)
    deliverables = [each.slug for each in terms.commitments if isinstance(each.promise, Deliverable)]
    for index, report in enumerate(terms.reports):
        yield from names.person(("reports", index, "reporter"), report.reporter)
        if report.commitment and report.commitment not in deliverables:
            yield Problem(
                ("reports", index, "commitment"),
                f"{report.commitment!r} is no deliverable of this agreement",
                "Name the commitment that approving the report keeps, or leave the key out.",
            )
    if terms.review is not None:
        yield from names.person(("review", "participants"), *terms.review.participants)


def _problems_of_signatures(terms: Terms, names: _Names) -> Iterator[Problem]:
    signed: set[str] = set()
    for index, signature in enumerate(terms.signatures):
        yield from names.party(("signed", index, "party"), signature.party)
        for party in terms.parties:
            if party.slug == signature.party and signature.member != party.signs:
                yield Problem(
                    ("signed", index, "by"),
                    f"{signature.member!r} does not sign for {party.name}",
                    f"{party.signs!r} does; or name another signatory under the party.",
                )
        if signature.party in signed:
            yield Problem(("signed", index, "party"), f"{signature.party!r} has signed already", "Keep one of them.")
        signed.add(signature.party)
