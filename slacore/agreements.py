"""What parties have signed: an agreement, its versions, and who put a name to each.

Terms never change. An amendment is a new version, signed again; an obligation keeps the version
it began under. What is not signed by every party is not an agreement and starts no clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from slacore.calendars import Calendar, zone_named
from slacore.commitments import Commitment, Unit, Volume
from slacore.credits import Consequence
from slacore.errors import Refusal
from slacore.escalation import DEFAULT, Policy
from slacore.misses import Misses
from slacore.parties import Member, Party, name_without_terms
from slacore.periods import SlotRule

Kind = Literal["SLA", "OLA", "underpinning contract"]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a version for which party, and when (aware UTC)."""

    party: str
    member: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Definition:
    """A word both sides measure by, such as "qualified lead", with its entry criteria."""

    word: str
    means: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """Where the parties talk: a platform's channel that this agreement is spoken of in.

    `parties` are the ones who talk there; empty means all. A promise is spoken of where both of
    its parties are, or, where they share no channel, in each one's own. `agreed` is the channel as
    it was signed, where it is called otherwise by now or its words go elsewhere for a while.
    """

    platform: Literal["slack", "teams", "web"]
    id: str
    name: str
    parties: tuple[str, ...] = ()
    agreed: Channel | None = None

    @property
    def as_agreed(self) -> Channel:
        """The channel as it was signed."""
        return self.agreed or self


@dataclass(frozen=True, slots=True)
class ReportSchedule:
    """When the bot posts the agreement's report, for whom it is drafted, and which promise it serves.

    The reporter sees it `preview_working_days` earlier. `commitment` is the deliverable that
    approving the report keeps; in a week whose slot nobody owes, the report goes out all the same.
    """

    slots: SlotRule
    reporter: str
    commitment: str = ""
    preview_working_days: int = 1


@dataclass(frozen=True, slots=True)
class ReviewSchedule:
    """When the parties meet, who comes, and how many make a quorum."""

    slots: SlotRule
    participants: tuple[str, ...] = ()
    quorum: int = 0


END_NOTICE = (30, 7)
"""Days before its end that both sides hear of it, unless the agreement says otherwise."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that was agreed in one version.

    `zone` is the agreement's own time zone (IANA): its periods and slots are local to it.
    `effective_on` is the first local date it is made for, `ends_on` the last, if any; both sides hear of that
    `end_notice` days before, the most first. `begins_on` is the first date on which it counts: that of the
    last signature where that came later, for what is not signed starts no clock. `cut_on` is an earlier last day
    that a later version set, by which what runs comes to its end; None where none did. `dropped` is the last day
    of each promise, by its short name, that a later version leaves out.
    """

    slug: str
    name: str
    kind: Kind
    level: Literal["corporate", "customer", "service"]
    zone: str
    effective_on: date
    parties: tuple[Party, ...]
    people: tuple[Member, ...]
    calendars: Mapping[str, Calendar]
    calendar: str
    commitments: tuple[Commitment, ...]
    ends_on: date | None = None
    end_notice: tuple[int, ...] = END_NOTICE
    objective: str = ""
    services: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    channels: tuple[Channel, ...] = ()
    escalations: Mapping[str, Policy] = field(default_factory=dict)
    consequences: tuple[Consequence, ...] = ()
    misses: Misses = field(default_factory=Misses)
    reports: tuple[ReportSchedule, ...] = ()
    review: ReviewSchedule | None = None
    sponsor: str = ""
    observers: tuple[str, ...] = ()
    legally_binding: bool = False
    signatures: tuple[Signature, ...] = ()
    cut_on: date | None = None
    dropped: Mapping[str, date] = field(default_factory=dict)
    begins_on: date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        begins_on = self.effective_on
        if self.signatures and not self.unsigned():
            begins_on = max(begins_on, self.signed_at.astimezone(zone_named(self.zone)).date())
        object.__setattr__(self, "begins_on", begins_on)

    @property
    def last_on(self) -> date | None:
        """The last local date on which it counts, if there is one."""
        return min((each for each in (self.ends_on, self.cut_on) if each is not None), default=None)

    def last_on_of(self, commitment: str) -> date | None:
        """The last local date on which a promise is owed, if there is one: a later version may leave it out."""
        ends = (self.last_on, self.dropped.get(commitment))
        return min((each for each in ends if each is not None), default=None)

    def party(self, slug: str) -> Party:
        """The party of that name; KeyError if the terms name none (they are checked when applied)."""
        for party in self.parties:
            if party.slug == slug:
                return party
        raise KeyError(slug)

    def commitment(self, slug: str) -> Commitment:
        """The promise of that name; KeyError if there is none."""
        for commitment in self.commitments:
            if commitment.slug == slug:
                return commitment
        raise KeyError(slug)

    def person(self, member: str) -> Member:
        """The person with that id."""
        return next(person for person in self.people if person.id == member)

    def name_of(self, member: str) -> str:
        """How a person is called; the id itself for somebody these terms no longer know."""
        return next((person.name for person in self.people if person.id == member), name_without_terms(member))

    def calendar_of(self, commitment: Commitment) -> Calendar:
        """The working time a promise is measured in: of the party who owes unless named."""
        return self.calendars[commitment.calendar]

    def calendar_of_party(self, slug: str) -> Calendar:
        """The working time of a party."""
        return self.calendars[self.party(slug).calendar]

    def policy_of(self, commitment: Commitment) -> Policy:
        """The ladder that a promise climbs."""
        return self.escalations.get(commitment.escalation, DEFAULT)

    def consequence_of(self, commitment: Commitment) -> Consequence | None:
        """What a miss of that promise was agreed to cost, if anything was."""
        return next((each for each in self.consequences if each.slug == commitment.consequence), None)

    def decider_of(self, commitment: Commitment) -> str:
        """Who decides what follows a miss of that promise: whom its consequence names, else the sponsor, if any."""
        agreed = self.consequence_of(commitment)
        return (agreed.decider if agreed is not None else "") or self.sponsor

    def channels_of(self, commitment: Commitment) -> tuple[Channel, ...]:
        """Where a promise is spoken of: the channels that both of its parties share.

        Where they share none, as when one lives in Slack and the other in Teams, it is spoken of
        in each one's own; never where a third party reads along.
        """
        both = {commitment.giver, commitment.receiver}
        shared = tuple(each for each in self.channels if not each.parties or both <= set(each.parties))
        return shared or tuple(each for each in self.channels if both.issuperset(each.parties))

    def platforms_of(self, member: str) -> tuple[str, ...]:
        """Where somebody lives, likeliest first: where his own party talks among itself, then where it talks to others.

        The platforms of the other channels come last, for those who belong to no party.
        """
        own = {party.slug for party in self.parties_of(member)}

        def distance(channel: Channel) -> int:
            if not channel.parties:
                return 2
            return 0 if own.issuperset(channel.parties) else 1 if own & set(channel.parties) else 3

        return tuple(dict.fromkeys(each.platform for each in sorted(self.channels, key=distance)))

    def parties_of(self, member: str) -> tuple[Party, ...]:
        """The parties that somebody speaks for."""
        return tuple(party for party in self.parties if member in party.people)

    def spans(self, on: date) -> bool:
        """Whether a local date lies between the first and the last on which these terms count."""
        last_on = self.last_on
        return self.begins_on <= on and (last_on is None or on <= last_on)

    def in_force(self, on: date) -> bool:
        """Whether these terms govern a local date: signed by all, begun and not ended."""
        return not self.unsigned() and self.spans(on)

    @property
    def signed_at(self) -> datetime:
        """When the last of the signatures was given; the beginning of time where there is none."""
        return max((signature.signed_at for signature in self.signatures), default=datetime.min.replace(tzinfo=UTC))

    def unsigned(self) -> tuple[Party, ...]:
        """The parties whose signature is still missing."""
        signed = {signature.party for signature in self.signatures}
        return tuple([party for party in self.parties if party.slug not in signed])


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an agreement as the record keeps it: its number and the terms."""

    number: int
    terms: Terms

    def promises(self, slug: str) -> bool:
        """Whether it makes the promise of that name; "" for any."""
        return not slug or any(each.slug == slug for each in self.terms.commitments)


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with all of its versions, oldest first. `key` is what people say (`A-1`)."""

    key: str
    slug: str
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        """The newest version, in force or not yet."""
        return self.versions[-1]

    @property
    def agreed(self) -> Version | None:
        """The newest version that every party has signed, in force or not; None where there is none."""
        return next((each for each in reversed(self.versions) if not each.terms.unsigned()), None)

    def version(self, number: int) -> Version:
        """The version with that number."""
        return next(version for version in self.versions if version.number == number)

    def in_force(self, on: date) -> Version | None:
        """The version that governs what begins on a local date, or None.

        It is the newest that every party has signed and that has begun. Where that one has ended,
        so has the agreement: no version before it comes back.
        """
        for version in reversed(self.versions):
            if version.terms.begins_on <= on and not version.terms.unsigned():
                return version if version.terms.spans(on) else None
        return None

    def governing(self, first_on: date, last_on: date, slug: str = "") -> Version | None:
        """The version a period began under: in force on its first day, or the first to come into force in it.

        Of a promise, `slug`, which was not made before, that is the first that makes it.
        """
        version = self.in_force(first_on)
        if version is not None and version.promises(slug):
            return version
        within = (each for each in self.versions if first_on <= each.terms.begins_on <= last_on)
        begun = (each for each in within if each.terms.in_force(each.terms.begins_on))
        return next((each for each in begun if each.promises(slug)), None)

    def promised_since(self, terms: Terms, slug: str) -> date:
        """The first day of a promise of these terms: an amendment that keeps a promise does not begin it anew."""
        since = terms.begins_on
        for version in reversed(self.versions):
            before = version.terms
            if before.unsigned() or before.begins_on >= since:
                continue
            ended = before.last_on is not None and before.last_on < since - timedelta(days=1)
            if ended or all(each.slug != slug for each in before.commitments):
                break
            since = before.begins_on
        return since


def cut_short(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The versions of an agreement, each with what a later one ended before its time: all of it, or a promise."""
    return tuple(_cut(each, [later for later in versions if later.number > each.number]) for each in versions)


def _cut(version: Version, later: Sequence[Version]) -> Version:
    """What later versions leave of one: the earlier last day that the newest sets, and of promises left out."""
    terms, signed = version.terms, [each for each in later if not each.terms.unsigned()]
    if not signed:
        return version
    last_on = signed[-1].terms.ends_on
    dropped = {}
    for each in terms.commitments:
        without = [one.terms.begins_on for one in signed if not one.promises(each.slug)]
        if without:
            dropped[each.slug] = max(min(without) - timedelta(days=1), terms.begins_on)
    cut_on = last_on if last_on is not None and (terms.ends_on is None or last_on < terms.ends_on) else None
    return replace(version, terms=replace(terms, cut_on=cut_on, dropped=dropped)) if cut_on or dropped else version


@dataclass(frozen=True, slots=True)
class Candidate:
    """A promise that a handoff could count towards."""

    agreement: Agreement
    version: Version
    commitment: Commitment


def candidates_for(
    agreements: tuple[Agreement, ...], speaker: str, word: str, receiver: str | None, on: date
) -> tuple[Candidate, ...]:
    """The volume promises that `speaker` can hand over under: his giving parties and the unit he named.

    `agreements` are those of the channel. One is used, several are asked about, none is refused
    with `why_none`.
    """
    found = []
    for agreement in agreements:
        version = agreement.in_force(on)
        if version is None:
            continue
        for commitment in version.terms.commitments:
            if not isinstance(commitment.promise, Volume):
                continue
            speaks = speaker in version.terms.party(commitment.giver).people
            fits = receiver is None or commitment.receiver == receiver
            if speaks and fits and means(commitment.promise.unit, word):
                found.append(Candidate(agreement, version, commitment))
    return tuple(found)


def means(unit: Unit, word: str) -> bool:
    """Whether a word that somebody typed stands for this unit."""
    said = word.casefold().strip()
    return any(said == known.casefold() for known in unit.words)


def require_signed(terms: Terms) -> None:
    """Refuse where a party has not signed: no clock starts on an unsigned agreement."""
    if missing := terms.unsigned():
        names = ", ".join(party.name for party in missing)
        raise Refusal(
            f"{terms.name} is not signed by {names} yet, so nothing counts under it.",
            f"Ask {', '.join(terms.name_of(party.signs) for party in missing)} to sign.",
        )


def require_agreed(agreement: Agreement) -> Version:
    """The newest version that every party has signed; refuses where there is none."""
    if agreement.agreed is None:
        require_signed(agreement.latest.terms)
    return agreement.agreed or agreement.latest
