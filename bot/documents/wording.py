"""Single values of the record's document in words: durations, money, dates, people by their names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from slacore.agreements import Terms
from slacore.calendars import Duration
from slacore.credits import Repeated
from slacore.money import Money
from slacore.parties import Member
from slacore.periods import print_date

_PERSONS = {"owner", "contact", "manager", "signatory", "sponsor", "reporter", "decider", "disputes_decided_by"}
_PEOPLE = {"deputies", "members", "reviewers", "observers", "participants"}
_PARTIES = {"giver", "receiver", "parties"}
_PROMISES = {"commitment", "depends_on", "supports"}
_DURATIONS = {
    "silence_accepts_after", "first_within", "resolved_within", "updated_every", "outside_hours", "within",
    "dispute_within", "claim_within", "plan_within", "reading_due", "check_within", "sales_cycle",
}  # fmt: skip
_MONEY = {"average_sale", "charge", "minimum"}
_DATES = {"effective_on", "ends_on"}
_PROSE = {"intent", "objective", "means", "source", "services", "exclusions", "criteria"}
_LABELS = {
    "campaigns": "campaign",
    "outcomes": "outcome",
    "first_within": "first answer within",
    "resolved_within": "settled within",
    "updated_every": "word of it every",
    "outside_hours": "what comes outside working hours is answered within",
    "escalation": "ladder",
}
"""What a key is called in a sentence, where its own words do not say it."""
_ROLES = {
    "owner": "the owner",
    "contact": "the point of contact",
    "counterparty": "the other side's owner",
    "manager": "the owner's manager",
    "sponsor": "the sponsor",
    "channel": "the channel",
}


class Wording:
    """Puts values in words with the names that two versions know, the newer one's first."""

    def __init__(self, old: Terms, new: Terms) -> None:
        """Collect the names."""
        self._people = {person.id: _named(person) for terms in (old, new) for person in terms.people}
        self._parties = {party.slug: party.name for terms in (old, new) for party in terms.parties}
        self._promises = {each.slug: each.name for terms in (old, new) for each in terms.commitments}
        self._calendars = {slug: each.name for terms in (old, new) for slug, each in terms.calendars.items()}

    def person(self, member: str) -> str:
        """How somebody is called."""
        return self._people.get(member, member)

    def party(self, slug: str) -> str:
        """How a party is called."""
        return self._parties.get(slug, slug)

    def promise(self, slug: str) -> str:
        """How a promise is called."""
        return self._promises.get(slug, slug)

    def calendar(self, slug: str) -> str:
        """How a calendar is called."""
        return self._calendars.get(slug) or slug

    def line(self, subject: str, path: tuple[str, ...], before: Any, after: Any) -> str:
        """Say that one value became another: "Sales: deputies + Priya Raman, − Tom Becker"."""
        key = path[-1]
        label = " ".join(_LABELS.get(part, part.replace("_", " ")) for part in path)
        head = f"{subject}: {label}" if subject else label[:1].upper() + label[1:]
        if isinstance(before or after, list) and all(isinstance(each, str) for each in before or after):
            gone = [each for each in before or () if each not in (after or ())]
            come = [each for each in after or () if each not in (before or ())]
            if gone or come:
                signs = [f"+ {self.value(key, each)}" for each in come] + [
                    f"− {self.value(key, each)}" for each in gone
                ]
                return f"{head} {', '.join(signs)}"
        if before is None:
            return f"{head} is now {self.value(key, after)}"
        if after is None:
            return f"{head} is dropped (was {self.value(key, before)})"
        return f"{head} {self.value(key, after)} instead of {self.value(key, before)}"

    def value(self, key: str, value: Any) -> str:
        """Put one value in words; `key` tells what kind of value it is."""
        match value:
            case bool():
                return "yes" if value else "no"
            case int():
                return f"{value:,}"
            case list():
                return ", ".join(self.value(key, each) for each in value)
            case dict() if key == "steps":
                at_risk = ", if it is at risk" if value["only_if_at_risk"] else ""
                return f"{reached(value)}{at_risk}: {hearing(value)} (level {value['level']})"
            case dict() if key == "repeated":
                return Repeated(value["misses"], Duration.parse(value["within"]), value["then"]).in_words()
            case dict() if key == "tiers":
                return f"{value['share']} where less than {value['attained_below']} is attained"
            case dict():
                return ", ".join(f"{part.replace('_', ' ')} {self.value(part, each)}" for part, each in value.items())
            case _:
                return self._text(key, str(value))

    def _text(self, key: str, text: str) -> str:
        if key in _PERSONS | _PEOPLE:
            return self.person(text)
        if key in _PARTIES:
            return self.party(text)
        if key in _PROMISES:
            return self.promise(text)
        if key == "calendar":
            return self.calendar(text)
        if key == "excused_by":
            return self._parties.get(text) or self.person(text)
        if key in _DURATIONS:
            return Duration.parse(text).in_words()
        if key in _MONEY:
            return Money.parse(text).in_words()
        if key in _DATES:
            return print_date(date.fromisoformat(text))
        return f"“{text}”" if key in _PROSE else text


def _named(person: Member) -> str:
    return f"{person.name} (to be named)" if person.to_be_named else person.name


def reached(step: Mapping[str, Any]) -> str:
    """When a step of a ladder is reached: "1 working day after it was due"."""
    days, _, side = step["when"].partition(" ")
    if not side:
        return "when it is due"
    return f"{Duration.parse(days).in_words()} {side} it {'is' if side == 'before' else 'was'} due"


def hearing(step: Mapping[str, Any]) -> str:
    """Who hears at a step of a ladder: "the owner and the point of contact"."""
    *most, last = (_ROLES[each] for each in step["whom"])
    return f"{', '.join(most)} and {last}" if most else last
