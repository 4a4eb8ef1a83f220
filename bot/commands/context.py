"""What a command has at hand when it runs: who asks, where, when, about which agreements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.chat.talk import Reply, Utterance
from bot.commands import nicknames
from bot.commands.arguments.keys import KeyArg
from bot.commands.command import Asked, CommandTable
from bot.commands.speech import say
from bot.commands.vocabulary import (
    CampaignName,
    CommitmentName,
    Names,
    OutcomeName,
    PartyName,
    PersonName,
    PriorityName,
    ServiceName,
    UnitName,
    Vocabulary,
)
from bot.commands.words import fold
from bot.desk.sitting import Sitting
from slacore.agreements import Agreement, Terms
from slacore.commitments import Deliverable, FollowUps, Level, Response, Volume
from slacore.errors import Refusal
from slacore.raises import unit_of

_MOST_OFFERED = 4


@dataclass(slots=True)
class Context:
    """One asking of one command.

    `agreements` are those that the place speaks of; `zone` is the speaker's own (IANA); `asked` is
    the command with its arguments, `table` all that there are. `aloud` says that others will read
    the answer: it speaks of the asker by name, and of nothing but the place's agreements.
    `public_url` is where a browser reaches the bot, "" for nowhere.
    """

    sitting: Sitting
    utterance: Utterance
    agreements: tuple[Agreement, ...]
    vocabulary: Vocabulary
    zone: str
    asked: Asked
    table: CommandTable
    aloud: bool = False
    public_url: str = ""

    @property
    def member(self) -> str:
        """Who asks."""
        return self.sitting.actor

    @property
    def said(self) -> str:
        """The request as a command in full, whatever shape it came in."""
        return say(self.asked.command, self.asked.arguments, self.vocabulary)

    def agreement(self, *likelier: Callable[[Terms], bool]) -> Agreement:
        """The one agreement that is meant here. Refuses where the place speaks of none, or of several that fit.

        `likelier` narrow several down, each as long as any is left: those with a report, then those
        whose report the speaker stands behind.
        """
        if not self.agreements:
            raise Refusal(
                "No agreement is spoken of here.",
                where_it_would_work(self.sitting),
            )
        found = self.agreements
        for fits in likelier:
            found = tuple(each for each in found if fits(each.latest.terms)) or found
        if len(found) > 1:
            names = ", ".join(f"{each.key} {each.latest.terms.name}" for each in found)
            offers = self._one_each(found)
            step = "Say which one." if offers else "Say it in the channel of one of them."
            raise Refusal(f"Several agreements are spoken of here: {names}.", step, offers=offers)
        return found[0]

    def _one_each(self, found: tuple[Agreement, ...]) -> tuple[tuple[str, str], ...]:
        """The same again about each of these agreements, where the command takes the key of one."""
        command, said = self.asked.command, self.asked.arguments
        keys = (one for one in command.arguments if isinstance(one.kind, KeyArg) and "A" in one.kind.letters)
        named = next((one.name for one in keys if one.name not in said), "")
        if not named or len(found) > _MOST_OFFERED:
            return ()
        return tuple(
            (f"{each.key} {each.latest.terms.name}", say(command, {**said, named: each.key}, self.vocabulary))
            for each in found
        )

    def require_spoken_of(self, slug: str) -> None:
        """Refuse to tell of an agreement where others read along who may have no part in it."""
        if self.aloud and all(each.slug != slug for each in self.agreements):
            raise Refusal("That belongs to an agreement which is not spoken of there.", "Share it in its own channel.")


def where_it_would_work(sitting: Sitting) -> str:
    """The channels in which an agreement is spoken of, as a next step."""
    return where_spoken_of(sitting.agreements)


def where_spoken_of(agreements: Iterable[Agreement]) -> str:
    """The channels of some agreements, as a next step."""
    names = [channel.name for each in agreements for channel in each.latest.terms.channels]
    return f"Say it in {' or '.join(dict.fromkeys(names))}." if names else "Ask an administrator to apply an agreement."


ANSWERED_ELSEWHERE = Reply()
"""The answer is public and on its way."""


def vocabulary_for(
    sitting: Sitting, agreements: tuple[Agreement, ...], zone: str, keys: Mapping[tuple[str, str], str]
) -> Vocabulary:
    """The words that mean something to this speaker among these agreements, now.

    `keys` is what people call each promise (`C-1`), by agreement and slug.
    """
    terms = [each.latest.terms for each in agreements]
    return Vocabulary(
        now=sitting.now,
        zone=ZoneInfo(zone),
        speaker=sitting.actor,
        parties=Names(_parties(terms)),
        units=Names(_units(terms)),
        people=Names(_people(terms)),
        commitments=Names(_commitments(agreements, keys)),
        campaigns=Names(_campaigns(terms)),
        outcomes=Names(_outcomes(terms)),
        services=Names(_services(terms)),
        priorities=Names(_priorities(terms)),
    )


_GROUP = re.compile(r"S[A-Z0-9]{6,20}")


def _groups(aliases: Sequence[str]) -> tuple[str, ...]:
    """The aliases that are ids of Slack's user groups: a mention of one may come without its name."""
    return tuple(alias for alias in aliases if _GROUP.fullmatch(alias))


def _parties(terms: list[Terms]) -> Iterable[PartyName]:
    found = {
        party.slug: PartyName(party.slug, party.name, (party.slug, *party.aliases), _groups(party.aliases))
        for each in terms
        for party in each.parties
    }
    return found.values()


def _people(terms: list[Terms]) -> Iterable[PersonName]:
    found = {}
    for each in terms:
        for person in each.people:
            first = person.name.split()[0]
            users = tuple(user for _, user in person.identities)
            parties = tuple(party.name for party in each.parties if person.id in party.people)
            found[person.id] = PersonName(person.id, person.name, (person.id, first), users, parties)
    return found.values()


def _units(terms: list[Terms]) -> Iterable[UnitName]:
    found: dict[str, UnitName] = {}
    for each in terms:
        for commitment in each.commitments:
            unit = unit_of(commitment)
            if unit is not None:
                found[unit.plural] = UnitName(unit.plural, unit.plural, unit.aliases, (), unit.singular)
    leads = [each for each in found.values() if fold(each.singular).split()[-1:] == ["lead"]]
    if len(leads) == 1:
        # People who count one sort of lead call it by what the trade calls leads.
        found[leads[0].key] = replace(leads[0], aliases=(*leads[0].aliases, *nicknames.LEADS))
    return found.values()


def _commitments(agreements: tuple[Agreement, ...], keys: Mapping[tuple[str, str], str]) -> Iterable[CommitmentName]:
    for agreement in agreements:
        for commitment in agreement.latest.terms.commitments:
            key = keys[agreement.slug, commitment.slug]
            measured = commitment.promise.indicator if isinstance(commitment.promise, Level) else ""
            known = nicknames.of_an_indicator(measured)
            things = (commitment.promise.thing,) if isinstance(commitment.promise, Deliverable) else ()
            spoken = (short for each in (commitment.name, *things) for short in nicknames.endings(each, least=2))
            yield CommitmentName(key, commitment.name, (commitment.slug, *known, *spoken))


def _services(terms: list[Terms]) -> Iterable[ServiceName]:
    found = {}
    for each in terms:
        for commitment in each.commitments:
            if isinstance(commitment.promise, Level) and (service := commitment.promise.service):
                spoken = (service.replace("-", ""), *nicknames.endings(service))
                found[service] = ServiceName(service, service, spoken)
    return found.values()


def _campaigns(terms: list[Terms]) -> Iterable[CampaignName]:
    found = {}
    for each in terms:
        for commitment in each.commitments:
            if isinstance(commitment.promise, Volume):
                for campaign in commitment.promise.campaigns:
                    spoken = (campaign.slug, *nicknames.endings(campaign.name))
                    found[campaign.slug] = CampaignName(campaign.slug, campaign.name, spoken)
    return found.values()


def _outcomes(terms: list[Terms]) -> Iterable[OutcomeName]:
    found: dict[str, OutcomeName] = {}
    for each in terms:
        for commitment in each.commitments:
            if isinstance(commitment.promise, FollowUps):
                for outcome in commitment.promise.outcomes:
                    found.setdefault(outcome.slug, OutcomeName(outcome.slug, outcome.name, (outcome.slug,)))
    return found.values()


def _priorities(terms: list[Terms]) -> Iterable[PriorityName]:
    known = (
        priority
        for each in terms
        for commitment in each.commitments
        if isinstance(commitment.promise, Response)
        for priority in commitment.promise.priorities
    )
    return (PriorityName(priority, priority) for priority in dict.fromkeys(known))
