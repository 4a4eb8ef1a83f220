"""The part of an agreement's file that says what follows a miss, and how both sides deal with one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.documents.kinds import Whole, fault
from bot.documents.scalars import Count, Name, PartyOrPersonId, PersonId, Price, Share, Within
from bot.documents.sections import Section
from slacore.calendars import Duration
from slacore.credits import Option, Otherwise, Then
from slacore.misses import DISPUTE_WITHIN

A_YEAR = Duration(365, "d")


class TierSection(Section):
    """How much a miss of a certain size is worth."""

    attained_below: Share
    """The tier holds where less was attained: of a figure in per cent the figure, of the rest a share of the target."""
    share: Share
    """The share of the charge that is credited."""


class RepeatedSection(Section):
    """What so many misses of one promise lead to. It is proposed by the bot, once, and decided by people."""

    misses: Annotated[int, Whole(2, 100)]
    """How many misses of the same promise; one that is excused or disputed does not count, nor one twice."""
    within: Within = Field(default=A_YEAR, json_schema_extra={"default": "365d"})
    """How long after the first of them the last was recorded at most."""
    then: Then
    """A notice to the sponsor, a recovery plan, a review before its time, or a proposal to end the agreement."""

    @model_validator(mode="after")
    def _runs_on(self) -> RepeatedSection:
        if self.within.is_working_time:
            raise fault("counts working time", "write days that run on, such as 365d", at="within")
        return self


class ConsequenceSection(Section):
    """What a miss brings, agreed beforehand. It is proposed by the bot and decided by people."""

    options: tuple[Option, ...] = Field(min_length=1)
    """The ways to make it good."""
    applies: Literal["one of them", "all of them"] | None = None
    """Whether one of them is chosen, which closes the others, or all apply. Left out: one; with a credit, all."""
    decider: PersonId | None = None
    """Who chooses and decides. Left out: the sponsor; without one, both sides together."""
    plan_within: Within | None = None
    """How soon both sides have to agree on a recovery plan, once it is asked for."""
    otherwise: Otherwise | None = None
    """What follows by itself where no plan was agreed in that time. Left out: nothing, and the record says so."""
    tiers: tuple[TierSection, ...] = ()
    """What a service credit is worth, by what was attained."""
    charge: Price | None = None
    """What the service costs a period, of which a credit is a share."""
    cap: Share | None = None
    """The most that is credited in a period, as a share of the charge. Left out: all of it."""
    claim_within: Within | None = None
    """How long a credit can be claimed after it accrued. Left out: until the second period after the miss has ended."""
    minimum: Price | None = None
    """The least that is paid: a credit below it is not."""
    repeated: tuple[RepeatedSection, ...] = ()
    """What more misses of one promise lead to, each a step of its own."""
    carry_at_most: Count | None = None
    """The most that one period owes of what others lacked. Left out: all that is carried into it."""


class MissesSection(Section):
    """How both sides deal with a miss of any promise: why, whether it is one, whether it is forgiven."""

    reasons: tuple[Name, ...] = Field(default=(), max_length=10)
    """What a miss may have come of: offered to its owner, who may say it in words of his own all the same."""
    dispute_within: Within = Field(default=DISPUTE_WITHIN, json_schema_extra={"default": "5wd"})
    """How long after it was recorded a miss can be disputed, in the working time of the party that missed."""
    disputes_decided_by: PersonId | None = None
    """Who decides where the sides disagree. Left out: whoever decides on the consequence, else the sponsor."""
    excused_by: tuple[PartyOrPersonId, ...] = ()
    """Who forgives beside the sponsor: people and parties, never of the side that missed. Left out: the other side."""
    grounds: tuple[Name, ...] = Field(default=(), max_length=10)
    """The only grounds on which a miss is forgiven: `[force majeure, what the agreement excludes]`. Left out: any."""
