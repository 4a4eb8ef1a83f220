"""The two calculators: the sum step by step, what it comes to beside what is agreed, and what would follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from bot.cards.offers import act, ask
from bot.cards.words import capital, count, cut, listed, period_name, run, said, small, titled
from bot.chat.card import Block, Button, Card, Fact, Note, Spans, Strong, Table, Text
from bot.documents.scalars import write_share
from slacore.agreements import Terms
from slacore.commitments import Commitment, FollowUps, Unit, Volume, Worth
from slacore.money import Money
from slacore.planner import Capacity, Figure, Revision, Step, Target, TargetInputs, What, checkpoints
from slacore.standing import Standing

LEADS = Unit("lead", "leads")
"""What is counted where no agreement says."""

_BEHIND: dict[What, tuple[str, str]] = {
    "average sale": (" a sale", " a sale"),
    "share": (" from marketing", " from marketing"),
    "close rate": (" that close", " that close"),
    "customers": (" customer", " customers"),
    "reps": (" rep", " reps"),
    "reps needed": (" rep", " reps"),
    "leave": (" h leave", " h leave"),
    "prospecting": (" h prospecting", " h prospecting"),
    "deals": (" deal", " deals"),
    "hours a deal": (" h a deal", " h a deal"),
    "minutes": (" min", " min"),
    "minutes an hour": (" min", " min"),
    "follow-ups": (" follow-up", " follow-ups"),
    "attempts": (" follow-up", " follow-ups"),
    "leads": (" lead", " leads"),
    "all leads": (" lead", " leads"),
    "backlog": (" from before", " from before"),
    "follow-ups a lead": ("", ""),
    "units": ("", ""),
    "quota": ("", ""),
    "share left": (" left by prospecting", " left by prospecting"),
}
_HOURS = (" h", " h")
_FINDS: dict[What, str] = {
    "customers": "Customers",
    "hours a rep": "Hours a rep has",
    "hours for deals": "Deals take",
    "hours left": "Hours for follow-ups",
    "follow-ups": "Time for",
    "all leads": "To follow up",
    "follow-ups a lead": "For each lead",
    "hours needed": "What is owed takes",
    "hours needed in all": "With the deals",
    "reps needed": "Reps that takes",
}


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
        f"× {_figure(Figure('share', inputs.share))}",
        f"÷ {_figure(Figure('average sale', inputs.average_sale))}",
        f"÷ {_figure(Figure('close rate', inputs.close_rate))}",
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


def capacity(found: Capacity, owed: Sequence[tuple[Commitment, FollowUps]], again: str) -> Card:
    """Answer `plan capacity`. `owed` are the agreed promises of follow-ups."""
    inputs = found.inputs
    verdict = _verdict(found)
    blocks: list[Block] = [Fact(_FINDS[each.result.what], (_says(each),)) for each in found.steps]
    blocks.append(Text(run(Strong(verdict), _means(found))))
    if not found.kept:
        blocks.append(Text((_ways_out(found),)))
        blocks += [
            Note(said(f"Or in the file, under `{commitment.slug}`: `attempts: {max(1, found.each)}`."))
            for commitment, promise in owed
            if found.each and promise.attempts == inputs.attempts
        ]
    return Card(
        title=titled(f"Capacity · {_heading(found)}"),
        summary=verdict,
        blocks=tuple(blocks),
        buttons=(ask("What if", again),),
        tone="good" if found.kept else "warning",
    )


# The sum


def sums(found: Target, unit: Unit) -> list[Block]:
    """The two lines of the sum: customers, and the units that they take."""
    customers, units = found.steps
    return [Fact(_FINDS["customers"], (_says(customers),)), Fact(capital(cut(unit.plural, 40)), (_says(units),))]


def _says(step: Step) -> str:
    """One line: "50 customers ÷ 48 % that close ≈ 104.17, rounded up to 105"."""
    first, *rest = step.figures
    parts = [_figure(first)]
    parts += [f"{sign} {_figure(figure)}" for sign, figure in zip(step.signs, rest, strict=True)]
    value = step.result.value
    exact = isinstance(value, Money) or (value * 100).denominator == 1
    line = f"{' '.join(parts)} {'=' if exact else '≈'} {_result(step.result)}"
    if step.rounded is None or isinstance(value, Money) or step.rounded == value:
        return line
    whole = _figure(Figure(step.result.what, Fraction(step.rounded)))
    return f"{line}, rounded {'up' if step.rounded > value else 'down'} to {whole}"


def _figure(figure: Figure) -> str:
    value = figure.value
    one, many = _BEHIND.get(figure.what, _HOURS)
    if isinstance(value, Money):
        return value.in_words() + many
    if figure.what in ("share", "close rate", "share left"):
        return write_share(value) + many
    return _number(value) + (one if value == 1 else many)


def _result(figure: Figure) -> str:
    # "Customers: … = 50" says it once.
    plain = figure.what == "customers" and not isinstance(figure.value, Money)
    return _figure(replace(figure, what="units") if plain else figure)


def _number(value: Fraction) -> str:
    """Two places where it is not whole: "104.17"; a thousand with its comma."""
    if value.denominator == 1:
        return f"{value.numerator:,}".replace("-", "−")
    hundredths = (abs(value) * 200 + 1) // 2
    text = f"{'−' if value < 0 else ''}{hundredths // 100:,}.{hundredths % 100:02}"
    return text.removesuffix("0") if (value * 10).denominator == 1 else text


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


# Capacity


def beyond(found: Capacity) -> tuple[str, ...]:
    """A promise that cannot be kept, as a warning: the verdict, the sum, and what would make it one that can."""
    inputs = found.inputs
    hours = f"{count(inputs.reps, 'rep')} of {_number(inputs.hours)} h have {_number(found.hours_left)} h for them"
    takes = (
        f"{inputs.leads:,} × {_number(inputs.taken)} × {_number(inputs.minutes)} min = {_number(found.hours_needed)} h"
    )
    return (_verdict(found), f"{hours}; {takes}.", _ways_out(found))


def _each(attempts: int) -> str:
    return f"{small(attempts)} {'follow-up' if attempts == 1 else 'follow-ups'} a lead"


def _heading(found: Capacity) -> str:
    owed = found.inputs.attempts
    if found.kept:
        return f"{_each(owed)} can be kept"
    return f"{_each(found.each)}, not {small(owed)}" if found.each else "no time to follow up every lead"


def _verdict(found: Capacity) -> str:
    what, takes = capital(_each(found.inputs.attempts)), f"{_number(found.hours_needed)} h"
    if found.kept:
        return f"{what} can be kept: that takes {takes} of the {_number(found.hours_left)} h there are."
    return f"{what} cannot be kept: that takes {takes}, and there are {_number(found.hours_left)} h."


def _means(found: Capacity) -> str:
    inputs = found.inputs
    if not found.kept:
        return f" Each lead can really get {small(found.each)}." if found.each else " Not every lead would get one."
    if inputs.expected is not None:
        return f" It holds while a lead takes {_number(inputs.expected)} on average."
    return f" There is time for {found.each:,} each." if found.each > inputs.attempts else ""


def _ways_out(found: Capacity) -> str:
    """What would make the promise one that can be kept, to be weighed before anybody signs it."""
    inputs, ways = found.inputs, []
    if found.reps_needed is not None:
        ways.append(f"{count(found.reps_needed, 'rep')} ({found.reps_needed - inputs.reps:,} more)")
    most = max(0, found.most_leads - inputs.backlog)
    if most:
        ways.append(f"at most {count(most, 'lead')} a month")
    if found.each:
        ways.append(_each(found.each))
    if not ways:
        return "No number of reps keeps it, since no hour of theirs is left for follow-ups."
    return f"Before anybody signs it, agree on one of these: {'; or '.join(ways)}."
