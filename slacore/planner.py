"""The two calculators behind a promise: how much it has to be, and whether the people have the hours for it.

*Target* works a quota back to units: quota x share that marketing sources / average sale = customers;
/ close rate = units. *Capacity* holds the follow-ups that are owed against the hours there are. Both
count exactly and round once, at the end, and both give their arithmetic as steps that can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from slacore.commitments import Worth
from slacore.errors import Refusal
from slacore.money import Money

ONE = Fraction(1)
QUARTERS = (25, 50, 75, 100)
"""Four checkpoints, evenly: of a hundred."""
USUAL_ATTEMPTS = 6
"""Follow-ups that a lead is owed where nobody has agreed on a number."""
MONTH_AT_MOST = Fraction(31 * 24)
"""Hours; no month is longer."""

Sign = Literal["+", "−", "×", "÷"]
What = Literal[
    "quota", "share", "average sale", "customers", "close rate", "units",
    "reps", "hours", "leave", "prospecting", "hours a rep", "share left", "deals", "hours a deal", "hours for deals",
    "hours left", "minutes an hour", "minutes", "follow-ups", "leads", "backlog", "all leads", "attempts",
    "follow-ups a lead", "hours needed", "hours needed in all", "reps needed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a calculation, and what it is a number of; a share is a Fraction of one."""

    what: What
    value: Fraction | Money


@dataclass(frozen=True, slots=True)
class Step:
    """One line of arithmetic: `figures` with `signs` between them, read from left to right, give `result`, exactly.

    `rounded` is the whole number that is taken of it, in the steps that round.
    """

    figures: tuple[Figure, ...]
    signs: tuple[Sign, ...]
    result: Figure
    rounded: int | None = None


def step(what: What, first: Figure, *then: tuple[Sign, Figure]) -> Step:
    """Do one line of arithmetic. Money divided by money is a number."""
    value = _amount(first)
    for sign, figure in then:
        other = _amount(figure)
        match sign:
            case "+":
                value += other
            case "−":
                value -= other
            case "×":
                value *= other
            case "÷":
                value /= other
    return Step((first, *(figure for _, figure in then)), tuple(sign for sign, _ in then), Figure(what, value))


def _amount(figure: Figure) -> Fraction:
    return Fraction(figure.value.amount) if isinstance(figure.value, Money) else figure.value


@dataclass(frozen=True, slots=True)
class TargetInputs:
    """What a target is worked back from: one region's or one month's figures.

    `share` is the part of the quota that marketing is to source. Raises Refusal for what cannot be.
    """

    quota: Money
    average_sale: Money
    close_rate: Fraction
    share: Fraction = ONE

    def __post_init__(self) -> None:
        """Refuse what no target can be worked out from."""
        if self.quota.currency != self.average_sale.currency:
            raise Refusal(
                f"The quota is in {self.quota.currency}, the average sale in {self.average_sale.currency}.",
                "Give both in one currency.",
                field="sale",
            )
        if self.quota.amount <= 0:
            raise Refusal(f"A quota of {self.quota.in_words()} asks for nothing.", "Give it above zero.", field="quota")
        if self.average_sale.amount <= 0:
            raise Refusal("An average sale brings more than nothing.", "Give it above zero.", field="sale")
        if not 0 < self.close_rate <= 1:
            raise Refusal("A close rate lies above 0 % and up to 100 %.", "Give it as 48 %.", field="close")
        if not 0 < self.share <= 1:
            raise Refusal("A share of the quota lies above 0 % and up to 100 %.", "Give it as 80 %.", field="share")


@dataclass(frozen=True, slots=True)
class Target:
    """What a quota asks for. `customers` and `units` are each the exact result rounded up, never one of the other."""

    inputs: TargetInputs
    customers: int
    units: int
    steps: tuple[Step, ...]


def plan_target(inputs: TargetInputs) -> Target:
    """Work a quota back to units: $5,000 x 100 % / $100 = 50 customers; / 50 % = 100 units."""
    customers = step(
        "customers",
        Figure("quota", inputs.quota),
        ("×", Figure("share", inputs.share)),
        ("÷", Figure("average sale", inputs.average_sale)),
    )
    exact = step("units", customers.result, ("÷", Figure("close rate", inputs.close_rate)))
    units = ceil(_amount(exact.result))
    steps = (customers, Step(exact.figures, exact.signs, exact.result, units))
    return Target(inputs, ceil(_amount(customers.result)), units, steps)


def plan_targets(variants: tuple[TargetInputs, ...]) -> tuple[Target, ...]:
    """A target for each month or region; each is a promise of its own, so each is rounded on its own."""
    return tuple(plan_target(each) for each in variants)


def checkpoints(target: int, marks: tuple[int, ...] = QUARTERS, of: int = 100) -> tuple[int, ...]:
    """Give the quantities expected on the way to a target: the shape of `marks` on the way to `of`, rounded up."""
    return tuple(-(-target * mark // of) for mark in marks)


@dataclass(frozen=True, slots=True)
class Revision:
    """A target that was worked out again, beside the one that is agreed."""

    agreed: int
    target: Target

    @property
    def difference(self) -> int:
        """Units more than agreed; below zero, fewer."""
        return self.target.units - self.agreed


def quota_of(units: int, worth: Worth) -> Money:
    """The money that a promise of units stands for, rounded down to the smallest unit of its currency.

    Down, because a rounding up would make the same promise, worked back, come out one unit larger.
    """
    return Money(floor(worth.average_sale.amount * worth.close_rate * units), worth.average_sale.currency)


def rerun(
    agreed: int,
    worth: Worth,
    *,
    close_rate: Fraction | None = None,
    average_sale: Money | None = None,
    quota: Money | None = None,
    share: Fraction = ONE,
) -> Revision:
    """Work an agreed target out again on what really happened; what is left out stays as agreed.

    Fifty sales that take a hundred units at a close rate of 50 % take 105 at 48 %.
    """
    inputs = TargetInputs(
        quota or quota_of(agreed, worth),
        average_sale or worth.average_sale,
        worth.close_rate if close_rate is None else close_rate,
        share,
    )
    return Revision(agreed, plan_target(inputs))


@dataclass(frozen=True, slots=True)
class CapacityInputs:
    """What follow-ups are held against: the people and their month, and the leads and what each is owed.

    Of each rep on average: `hours` of work a month, of which `leave` is taken, and `prospecting`
    hours or a `prospecting_share` of the rest go to his own prospecting. Of the team: `deals` of
    `hours_a_deal` that are worked beside the leads. `leads` come this month, `backlog` came before
    and is still owed its follow-ups. Each is owed `attempts` of `minutes`, and takes `expected` of
    them on average, since one that answers at the second call takes two; None supposes that nobody
    answers, which is the safe side.
    """

    reps: int
    hours: Fraction
    minutes: Fraction
    leads: int
    attempts: int = USUAL_ATTEMPTS
    expected: Fraction | None = None
    leave: Fraction = Fraction(0)
    prospecting: Fraction = Fraction(0)
    prospecting_share: Fraction = Fraction(0)
    deals: int = 0
    hours_a_deal: Fraction = Fraction(0)
    backlog: int = 0

    def __post_init__(self) -> None:
        """Refuse what no month, rep or lead can be."""
        if min(self.reps, self.leads, self.attempts) < 1 or min(self.deals, self.backlog) < 0 or self.minutes <= 0:
            raise Refusal("Reps, leads, follow-ups and their minutes are each more than none.", "Give them above zero.")
        if not 0 < self.hours <= MONTH_AT_MOST:
            raise Refusal(
                f"A rep's month has more than 0 and at most {MONTH_AT_MOST} hours.",
                "Give the hours of one rep.",
                field="hours",
            )
        if min(self.leave, self.prospecting, self.hours_a_deal) < 0 or not 0 <= self.prospecting_share <= 1:
            raise Refusal("Hours are never fewer than none, and a share is at most 100 %.", "Look the hours over.")
        if self.expected is not None and not 1 <= self.expected <= self.attempts:
            raise Refusal(
                f"A lead that is owed {self.attempts:,} follow-ups takes between 1 and {self.attempts:,} of them.",
                "Give the attempts that a lead takes on average.",
                field="expected",
            )

    @property
    def taken(self) -> Fraction:
        """Attempts that a lead takes on average."""
        return Fraction(self.attempts) if self.expected is None else self.expected


@dataclass(frozen=True, slots=True)
class Capacity:
    """Whether the follow-ups that are owed can be done, and what it would take.

    `each` is the follow-ups that every lead can really get, even if none answers; at least all that
    are owed where those can be kept. `kept` says whether they can. `reps_needed` is how many reps it takes, None
    where no number of them does because no hour of a rep is left. `most_leads` can get all that they
    are owed, backlog included.
    """

    inputs: CapacityInputs
    each: int
    kept: bool
    reps_needed: int | None
    most_leads: int
    hours_left: Fraction
    hours_needed: Fraction
    steps: tuple[Step, ...]


def plan_capacity(inputs: CapacityInputs) -> Capacity:
    """Hold the follow-ups that are owed against the hours of a month."""
    minutes, sixty = Figure("minutes", inputs.minutes), Figure("minutes an hour", Fraction(60))
    owed = inputs.leads + inputs.backlog
    leads = Figure("all leads" if inputs.backlog else "leads", Fraction(owed))
    steps, a_rep, for_deals = _hours_of(inputs)

    left = step("hours left", Figure("reps", Fraction(inputs.reps)), ("×", a_rep), *_minus(for_deals))
    hours_left = max(Fraction(0), _amount(left.result))
    steps.append(left)
    there_is = step("follow-ups", Figure("hours left", hours_left), ("×", sixty), ("÷", minutes))
    steps.append(there_is)
    if inputs.backlog:
        fresh, old = Figure("leads", Fraction(inputs.leads)), Figure("backlog", Fraction(inputs.backlog))
        steps.append(step("all leads", fresh, ("+", old)))
    share = step("follow-ups a lead", there_is.result, ("÷", leads))
    unanswered = floor(_amount(share.result))
    steps.append(Step(share.figures, share.signs, share.result, unanswered))

    needs = step("hours needed", leads, ("×", Figure("attempts", inputs.taken)), ("×", minutes), ("÷", sixty))
    steps.append(needs)
    in_all = needs
    if for_deals is not None:
        in_all = step("hours needed in all", needs.result, ("+", for_deals))
        steps.append(in_all)
    reps_needed = None
    if _amount(a_rep) > 0:
        reps = step("reps needed", in_all.result, ("÷", a_rep))
        reps_needed = ceil(_amount(reps.result))
        steps.append(Step(reps.figures, reps.signs, reps.result, reps_needed))

    hours_needed = _amount(needs.result)
    kept = hours_needed <= hours_left
    return Capacity(
        inputs,
        each=max(unanswered, inputs.attempts) if kept else unanswered,
        kept=kept,
        reps_needed=reps_needed,
        most_leads=floor(hours_left * 60 / (inputs.taken * inputs.minutes)),
        hours_left=hours_left,
        hours_needed=hours_needed,
        steps=tuple(steps),
    )


def _hours_of(inputs: CapacityInputs) -> tuple[list[Step], Figure, Figure | None]:
    """What a rep has left for leads and deals, and what the deals take; with the steps that lead there."""
    steps: list[Step] = []
    a_rep = Figure("hours", inputs.hours)
    away: list[tuple[Sign, Figure]] = []
    if inputs.leave:
        away.append(("−", Figure("leave", inputs.leave)))
    if inputs.prospecting:
        away.append(("−", Figure("prospecting", inputs.prospecting)))
    if away:
        steps.append(step("hours a rep", a_rep, *away))
        a_rep = steps[-1].result
    if inputs.prospecting_share:
        steps.append(step("hours a rep", a_rep, ("×", Figure("share left", 1 - inputs.prospecting_share))))
        a_rep = steps[-1].result
    if _amount(a_rep) < 0:
        a_rep = Figure("hours a rep", Fraction(0))
    if not (inputs.deals and inputs.hours_a_deal):
        return steps, a_rep, None
    deals = Figure("deals", Fraction(inputs.deals))
    steps.append(step("hours for deals", deals, ("×", Figure("hours a deal", inputs.hours_a_deal))))
    return steps, a_rep, steps[-1].result


def _minus(figure: Figure | None) -> tuple[tuple[Sign, Figure], ...]:
    return () if figure is None else (("−", figure),)
