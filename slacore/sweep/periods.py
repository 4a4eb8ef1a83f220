"""A promise's period, whatever its kind: decided from where the promise stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from slacore.obligations import Obligation
from slacore.standing import Judged, Standing
from slacore.sweep.facts import (
    CheckpointMissed,
    Decision,
    Fact,
    MadeGood,
    MissSettled,
    Reopened,
    TargetMet,
    TargetMissed,
)
from slacore.sweep.ladder import climb, missed, resting, touched
from slacore.sweep.sight import Sight

_KEPT = frozenset({"met", "nothing due", "waived"})
"""Words for a period of which nobody owes anything more; only of one that was met there is something to tell."""


def decide_period(obligation: Obligation, sight: Sight, now: datetime) -> Decision:
    """Make of a period's obligation what its standing says: kept, missed, settled, made good, taken back."""
    standing = sight.standing
    if standing is None:
        raise ValueError("a period is decided from its standing")
    current, facts = _taken_back(obligation, standing, now)
    certain = not standing.provisional
    if standing.state == "no reading":
        # Nobody can say yet whether it was kept; whoever owed the reading has a ladder of his own.
        return Decision(touched(replace(current, look_again_at=None), obligation), tuple(facts))
    if current.state in ("excused", "withdrawn"):
        return resting(current)
    if standing.state in _KEPT and certain:
        return resting(current) if current.state == "kept" else _kept(current, standing, facts, now)
    if standing.state in ("missed", "met late") and current.state != "missed":
        current = missed(current, sight, now)
        facts.append(TargetMissed(standing.shortfall, standing.provisional))
    elif current.state == "missed" and certain and (sight.breach_provisional or _amount_moved(standing, sight)):
        facts.append(MissSettled(standing.shortfall))
    if standing.state == "met late" and certain and current.done_at is None:
        current = replace(current, done_at=now)
        facts.append(MadeGood())
    if current.done_at is not None:
        return Decision(touched(replace(current, look_again_at=None), obligation), tuple(facts))
    if current.state in ("open", "at risk"):
        current = replace(current, state="at risk" if standing.state in ("behind", "at risk") else "open")
        facts += _checkpoint_missed(obligation, standing, now)
    return climb(current, obligation, sight, now, facts, (standing.next_at,))


def _kept(current: Obligation, standing: Judged, facts: list[Fact], now: datetime) -> Decision:
    """Nothing more is owed: a miss that had been called was none, and what was met is told."""
    if current.state == "missed":
        facts.append(MissSettled(0))
    if standing.state == "met":
        facts.append(TargetMet(standing.due_at - now))
    kept = replace(
        current, state="kept", done_at=now, look_again_at=None, missed_at=None, revision=current.revision + 1
    )
    return Decision(kept, tuple(facts))


def _taken_back(obligation: Obligation, standing: Judged, now: datetime) -> tuple[Obligation, list[Fact]]:
    """Open again what a correction undid: what had kept the promise, made its miss good, or missed it early.

    A miss whose readings were all taken out is none, for nobody can say any more that it was.
    """
    missed_early = now < standing.due_at and standing.state in ("on pace", "at risk", "behind")
    if obligation.state == "missed" and (missed_early or standing.state in ("none yet", "no reading")):
        return replace(obligation, state="open", missed_at=None, told_at=None, done_at=None), [MissSettled(0)]
    kept = obligation.state == "kept" and standing.state not in _KEPT
    made_good = obligation.state == "missed" and obligation.done_at is not None
    if not kept and not (made_good and standing.state in ("missed", "behind")):
        return obligation, []
    told_by_the_miss = standing.state in ("missed", "met late")
    return replace(obligation, state="open", done_at=None), [] if told_by_the_miss else [Reopened()]


def _amount_moved(standing: Judged, sight: Sight) -> bool:
    """Whether a miss that came before its period was over has grown since, or shrunk."""
    return sight.breach_shortfall is not None and sight.breach_shortfall != standing.shortfall > 0


def _checkpoint_missed(obligation: Obligation, standing: Judged, now: datetime) -> list[CheckpointMissed]:
    """The newest checkpoint passed since the last look, if the promise is behind it."""
    if not isinstance(standing, Standing) or standing.state != "behind" or now >= standing.due_at:
        return []
    since = _since(obligation)
    passed = [(at, quantity) for at, quantity in standing.goal.checkpoints if since < at <= now]
    return [CheckpointMissed(*passed[-1], standing.attained)] if passed else []


def _since(obligation: Obligation) -> datetime:
    """The instant before which nothing needs a second look: just before the look now due."""
    looked = obligation.look_again_at
    return obligation.opens_at if looked is None else looked - timedelta(microseconds=1)
