"""The calculator of targets: the sum step by step, what it comes to beside what is agreed, and what would follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.offers import act, ask
from bot.cards.sums import FINDS, figure_in_words, says
from bot.cards.words import capital, count, cut, listed, period_name, said, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Strong, Table, Text
from bot.documents.scalars import write_share
from slacore.agreements import Terms
from slacore.commitments import Commitment, Unit, Volume, Worth
from slacore.planner import Figure, Revision, Target, TargetInputs, checkpoints
from slacore.standing import Standing

LEADS = Unit("lead", "leads")
"""What is counted where no agreement says."""


@dataclass(frozen=True, slots=True)
class Basis:
    """An agreed promise of a quantity that a plan starts from; `standing` is its period's, None before it begins."""

    key: str
    terms: Terms
    commitment: Commitment
    promise: Volume
    standing: Standing | None


def target(revision: Revision, basis: Basis, again: str, now: datetime) -> Card:
    """Answer `plan` for an agreed promise. `again` is the command, to be asked with other figures."""
    found, promise = revision.target, basis.promise
    lines = _lines_to_change(revision, basis)
    blocks: list[Block] = [*sums(found, promise.unit), _marks(_quantities(found, promise), promise)]
    blocks.append(Text(beside_agreed(revision, promise)))
    if revision.difference:
        blocks.append(
            Fact(f"With the {revision.agreed:,} as agreed", (brings_in_words(revision.agreed, found.inputs),))
        )
    if basis.standing is not None:
        blocks.append(_so_far(basis.standing, promise.unit, found.inputs, basis.terms, now))
    if lines:
        blocks += [lines, Note(("Proposing it drafts an amendment; nothing counts before everybody has signed it.",))]
    return Card(
        title=titled(f"Plan · {cut(basis.commitment.name, 40)} ({basis.key}) · {found.units:,} to promise"),
        summary=f"{comes_to(found, promise.unit)}; {promise.target:,} are agreed.",
        blocks=tuple(blocks),
        buttons=(*propose_of(revision, basis), ask("What if", again), _capacity_of(found.units)),
        ref=basis.key,
    )


def propose_of(revision: Revision, basis: Basis) -> tuple[Button, ...]:
    """The button that drafts what was worked out as an amendment, where it is another number than is agreed."""
    if not revision.difference or basis.terms.unsigned():
        return ()
    inputs, worth = revision.target.inputs, basis.promise.worth
    says = f"agreement amend {basis.key} target {revision.target.units}"
    close = write_share(inputs.close_rate)
    if worth is not None and inputs.close_rate != worth.close_rate and inputs.close_rate and "%" in close:
        says += f" with close rate {close}"
    if worth is not None and inputs.average_sale != worth.average_sale:
        says += f" with average sale {inputs.average_sale}"
    changed = _changed(inputs, basis.promise)
    why = listed(changed) if changed else f"the quota is {inputs.quota.in_words()}"
    return (act("Propose as amendment", f"{says} because {why}", style="primary"),)


def target_alone(found: Target, again: str, unit: Unit = LEADS) -> Card:
    """Answer `plan` where nothing is agreed that the result could be held against."""
    marks = ", ".join(map(str, checkpoints(found.units)))
    lines = f"To promise it, write `target: {found.units}` and `quantities: [{marks}]` into an agreement's file."
    return Card(
        title=titled(f"Plan · {unit.counted(found.units)} to promise"),
        summary=f"{comes_to(found, unit)}.",
        blocks=(*sums(found, unit), _marks(checkpoints(found.units)), Note(said(lines))),
        buttons=(ask("What if", again), _capacity_of(found.units)),
    )


def targets(found: Sequence[Target], basis: Basis | None, again: str) -> Card:
    """Answer `plan` for several quotas, a month or region each, in one table."""
    unit = basis.promise.unit if basis else LEADS
    inputs = found[0].inputs
    units = sum(each.units for each in found)
    heads = ("Quota", "Customers", capital(cut(unit.plural, 40)), "By the checkpoints")
    rows = [_row(each, _quantities(each, basis.promise) if basis else checkpoints(each.units)) for each in found]
    quotas = inputs.quota
    for each in found[1:]:
        quotas += each.inputs.quota
    customers = sum(each.customers for each in found)
    rows.append(((Strong(quotas.in_words()),), (Strong(f"{customers:,}"),), (Strong(f"{units:,}"),), ("in all",)))
    factors = [
        f"× {figure_in_words(Figure('share', inputs.share))}",
        f"÷ {figure_in_words(Figure('average sale', inputs.average_sale))}",
        f"÷ {figure_in_words(Figure('close rate', inputs.close_rate))}",
    ]
    blocks: list[Block] = [
        Text((f"Each quota {' '.join(factors)}, rounded up once, at the end.",)),
        Table(heads, tuple(rows), numeric=(0, 1, 2)),
    ]
    if basis is not None:
        agreed = basis.promise.unit.counted(basis.promise.target)
        blocks.append(
            Note((f"{capital(agreed)} are agreed ({basis.key}). A target of its own for a month takes a new version.",))
        )
    return Card(
        title=titled(f"Plan · {unit.counted(units)} over {count(len(found), 'quota')}"),
        summary=f"{quotas.in_words()} over {count(len(found), 'quota')} take {unit.counted(units)}.",
        blocks=tuple(blocks),
        buttons=(ask("What if", again),),
        ref=basis.key if basis else "",
    )


# The sum


def sums(found: Target, unit: Unit) -> list[Block]:
    """The two lines of the sum: customers, and the units that they take."""
    customers, units = found.steps
    return [Fact(FINDS["customers"], (says(customers),)), Fact(capital(cut(unit.plural, 40)), (says(units),))]


def _marks(quantities: Sequence[int], promise: Volume | None = None) -> Fact:
    agreed = promise is not None and promise.checkpoints is not None
    return Fact(
        "By the checkpoints" if agreed else "In four checkpoints", (", ".join(f"{each:,}" for each in quantities),)
    )


def _quantities(found: Target, promise: Volume) -> tuple[int, ...]:
    marks = promise.checkpoints
    return checkpoints(found.units, marks.quantities, promise.target) if marks else checkpoints(found.units)


def _row(found: Target, quantities: Sequence[int]) -> tuple[Spans, ...]:
    marks = ", ".join(f"{each:,}" for each in quantities)
    return ((found.inputs.quota.in_words(),), (f"{found.customers:,}",), (f"{found.units:,}",), (marks,))


# What it means beside what is agreed


def comes_to(found: Target, unit: Unit) -> str:
    """The result in a sentence without its full stop."""
    return f"{found.inputs.quota.in_words()} takes {unit.counted(found.units)}"


def beside_agreed(revision: Revision, promise: Volume) -> Spans:
    """By how much the result is another than what is agreed, and why."""
    if not revision.difference:
        return (f"That is the {promise.unit.counted(promise.target)} that are agreed: the target stands.",)
    more = "more" if revision.difference > 0 else "fewer"
    words = f"{count(abs(revision.difference), promise.unit.singular, promise.unit.plural)} {more}"
    changed = _changed(revision.target.inputs, promise)
    why = f", since {listed(changed)}" if changed else ""
    return (Strong(words), f" than the {promise.target:,} that are agreed{why}.")


def _changed(inputs: TargetInputs, promise: Volume) -> list[str]:
    worth = promise.worth
    if worth is None:
        return []
    changed = []
    if inputs.close_rate != worth.close_rate:
        changed.append(f"{write_share(inputs.close_rate)} close (not {write_share(worth.close_rate)})")
    if inputs.average_sale != worth.average_sale:
        changed.append(f"a sale is {inputs.average_sale.in_words()} (not {worth.average_sale.in_words()})")
    return changed


def brings_in_words(units: int, inputs: TargetInputs) -> str:
    """What so many units come to: "100 × 48 % × $100 = $4,800, $200 short of $5,000"."""
    brings = Worth(inputs.close_rate, inputs.average_sale).of(units)
    plan = inputs.quota.times(inputs.share)
    factors = f"{units:,} × {write_share(inputs.close_rate)} × {inputs.average_sale.in_words()}"
    gap = plan - brings
    if not gap.amount:
        return f"{factors} = {brings.in_words()}"
    beside = f"{gap.in_words()} short of" if gap.amount > 0 else f"{(-gap).in_words()} over"
    return f"{factors} = {brings.in_words()}, {beside} {plan.in_words()}"


def _so_far(standing: Standing, unit: Unit, inputs: TargetInputs, terms: Terms, now: datetime) -> Fact:
    period = capital(period_name(standing.goal.period, now, terms.zone))
    if not standing.attained:
        return Fact(f"{period} so far", (f"no {unit.singular} handed over yet",))
    brings = Worth(inputs.close_rate, inputs.average_sale).of(standing.attained)
    handed = f"{unit.counted(standing.attained)} handed over, worth {brings.in_words()} at this close rate and sale"
    return Fact(f"{period} so far", (handed,))


def _lines_to_change(revision: Revision, basis: Basis) -> Table | None:
    """The lines of the agreement's file that say otherwise, with what they would say."""
    promise, found = basis.promise, revision.target
    inputs, worth, marks = found.inputs, promise.worth, promise.checkpoints
    rows = []
    if revision.difference:
        rows.append(("target", f"{promise.target}", f"{found.units}"))
        if marks is not None:
            then = _quantities(found, promise)
            rises = sorted(set(then)) == list(then)
            after = _listed_in_file(then) if rises else "fewer dates: the quantities must rise"
            rows.append(("checkpoints: quantities", _listed_in_file(marks.quantities), after))
        goals = sum(each.goal or 0 for each in promise.campaigns)
        if goals == promise.target:
            rows.append(("campaigns: goals", f"{goals} in all", f"{found.units} in all"))
    if worth is not None and inputs.close_rate != worth.close_rate:
        rows.append(("worth: close_rate", write_share(worth.close_rate), write_share(inputs.close_rate)))
    if worth is not None and inputs.average_sale != worth.average_sale:
        rows.append(("worth: average_sale", worth.average_sale.in_words(), inputs.average_sale.in_words()))
    if not rows:
        return None
    cells = tuple(((line,), (now,), (then,)) for line, now, then in rows)
    return Table(("Line", "Now", "Then"), cells, f"In the agreement's file, under commitments: {basis.commitment.slug}")


def _listed_in_file(quantities: Sequence[int]) -> str:
    return f"[{', '.join(map(str, quantities))}]"


def _capacity_of(units: int) -> Button:
    return ask("Hours for them", f"plan capacity leads {units}")
