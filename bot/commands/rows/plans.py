"""Working out what to promise: plan (a target from a quota) and plan capacity. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bot.cards import capacities
from bot.cards import plans as cards
from bot.cards.plans import Basis
from bot.chat.card import Card, Note
from bot.chat.talk import Reply
from bot.commands.arguments import CommitmentArg, MoneyArg, MoneyListArg, NumberArg, PercentArg, QuantityArg
from bot.commands.command import Argument, Arguments, Command, Incomplete
from bot.commands.context import Context
from bot.commands.forms import form_for
from bot.commands.vocabulary import CommitmentName
from bot.desk.standings import plans as desk
from slacore.commitments import Commitment, FollowUps
from slacore.errors import Refusal
from slacore.money import Money
from slacore.planner import (
    MONTH_AT_MOST,
    ONE,
    USUAL_ATTEMPTS,
    CapacityInputs,
    Revision,
    Target,
    TargetInputs,
    plan_capacity,
    plan_targets,
    rerun,
)


async def plan(context: Context, arguments: Arguments) -> Reply:
    """`plan`, `plan close 48 %`, `plan quota $5,000 sale $100 close 50 %`."""
    basis = await _basis(context, arguments)
    worth = basis.promise.worth if basis else None
    quotas, share = _quotas(arguments), arguments.maybe("share", Fraction) or ONE
    sale, close = arguments.maybe("sale", Money), arguments.maybe("close", Fraction)
    if basis is not None and worth is not None and len(quotas) <= 1:
        quota = quotas[0] if quotas else None
        revision = rerun(basis.promise.target, worth, close_rate=close, average_sale=sale, quota=quota, share=share)
        return _answer(context, cards.target(revision, basis, context.said, context.sitting.now))
    if worth is not None:
        sale, close = sale or worth.average_sale, close or worth.close_rate
    if not quotas or sale is None or close is None:
        given = {"quota": quotas, "sale": sale, "close": close}
        return _form(context, arguments, tuple(name for name, value in given.items() if not value))
    found = plan_targets(tuple(TargetInputs(quota, sale, close, share) for quota in quotas))
    if len(found) > 1:
        return Reply(card=cards.targets(found, basis, context.said))
    return _answer(context, _one(context, found[0], basis))


def _answer(context: Context, card: Card) -> Reply:
    """The answer, with the address of the page that has sliders, where a browser can reach one."""
    if not context.public_url:
        return Reply(card=card)
    return Reply(card=replace(card, blocks=(*card.blocks, Note((f"With sliders: {context.public_url}/plan",)))))


def _one(context: Context, found: Target, basis: Basis | None) -> Card:
    if basis is None:
        return cards.target_alone(found, context.said)
    return cards.target(Revision(basis.promise.target, found), basis, context.said, context.sitting.now)


def _quotas(arguments: Arguments) -> tuple[Money, ...]:
    given = arguments.maybe("quota", tuple) or ()
    return tuple(each for each in given if isinstance(each, Money))


async def _basis(context: Context, arguments: Arguments) -> Basis | None:
    """The promise that is planned for: the one named, or the only one that is spoken of here."""
    about = arguments.maybe("about", CommitmentName)
    found = await desk.bases(context.sitting, context.agreements, about.key if about else "")
    if about is not None and not found:
        raise Refusal(
            f"{about.name} ({about.key}) is not a promise of a quantity, so it has no target to plan.",
            "Name a promise of so many a month, or none.",
            field="about",
        )
    if len(found) <= 1:
        return found[0] if found else None
    if {"quota", "sale", "close"} <= arguments.keys():
        return None
    rest = context.said.removeprefix("plan")
    raise Refusal(
        "Several promises of a quantity are spoken of here.",
        "Say which one to plan.",
        offers=tuple((f"{each.key} {each.commitment.name}", f"plan {each.key}{rest}") for each in found[:5]),
        field="about",
    )


async def capacity(context: Context, arguments: Arguments) -> Reply:
    """`plan capacity reps 4 hours 160 minutes 10 [leads 100]`."""
    owed = desk.follow_ups(context.sitting, context.agreements)
    leads = arguments.maybe("leads", int)
    if leads is None:
        agreed = await desk.bases(context.sitting, context.agreements)
        leads = agreed[0].promise.target if len(agreed) == 1 else None
    deals, each = arguments.maybe("deals", int), arguments.maybe("deal", Fraction)
    missing = (("leads",) if leads is None else ()) + (("deal",) if deals and each is None else ())
    if leads is None or missing:
        return _form(context, arguments, missing)
    none = Fraction(0)
    inputs = CapacityInputs(
        reps=arguments.one("reps", int),
        hours=arguments.one("hours", Fraction),
        minutes=arguments.one("minutes", Fraction),
        leads=leads,
        attempts=arguments.maybe("attempts", int) or _attempts(owed),
        expected=arguments.maybe("expected", Fraction),
        leave=arguments.maybe("leave", Fraction) or none,
        prospecting=arguments.maybe("prospecting", Fraction) or none,
        prospecting_share=arguments.maybe("share", Fraction) or none,
        deals=deals or 0,
        hours_a_deal=each or none,
        backlog=arguments.maybe("backlog", int) or 0,
    )
    return _answer(context, capacities.capacity(plan_capacity(inputs), owed, context.said))


def _attempts(owed: Sequence[tuple[Commitment, FollowUps]]) -> int:
    """Follow-ups that each lead is owed: what is agreed, where that is one number, else the usual six."""
    agreed = {promise.attempts for _, promise in owed}
    return agreed.pop() if len(agreed) == 1 else USUAL_ATTEMPTS


def _form(context: Context, arguments: Arguments, missing: tuple[str, ...]) -> Reply:
    """The form for what the agreement does not say either, with a sentence beside each field that is lacking."""
    command = context.asked.command
    lacking = {each.name: f"This is needed: {each.kind.hint()}." for each in command.arguments if each.name in missing}
    form = form_for(Incomplete(command, arguments, missing, lacking), context.vocabulary)
    return Reply(form=form, errors=lacking if context.utterance.verb else {})


_QUOTA = "An amount and its currency, such as $5,000, or one a month or region: $5,000, $6,000; left out, as agreed"
_SALE = "An amount and its currency, such as $100; left out, as agreed"
_CLOSE = "A share such as 48 %; left out, as agreed"
_HOURS = NumberArg(most=MONTH_AT_MOST)
_WORKED = NumberArg(least=ONE, most=MONTH_AT_MOST)

COMMANDS = (
    Command(
        verb="plan",
        summary="Work out what to promise: a quota, an average sale and a close rate give the target",
        who="everybody",
        shares=True,
        run=plan,
        aliases=("plan target",),
        title="Plan a target",
        submit="Work it out",
        arguments=(
            Argument("about", CommitmentArg(), "Promise", required=False),
            Argument("quota", MoneyListArg(), "Quota", _QUOTA, after=("quota",), required=False),
            Argument("sale", MoneyArg(), "Average sale", _SALE, after=("sale",), required=False),
            Argument("close", PercentArg(), "Close rate", _CLOSE, after=("close",), required=False),
            Argument(
                "share",
                PercentArg(),
                "Share of it from marketing",
                "A share such as 80 %; left out, 100 %",
                after=("share",),
                required=False,
            ),
        ),
        examples=("plan", "plan close 48 %", "plan target quota $5,000 sale $100 close 50 % share 80 %"),
    ),
    Command(
        verb="plan capacity",
        summary="See how many follow-ups a lead can really get, and how many reps it takes",
        who="everybody",
        shares=True,
        run=capacity,
        title="Plan capacity",
        submit="Work it out",
        arguments=(
            Argument("reps", QuantityArg(most=10_000), "Reps", after=("reps",)),
            Argument("hours", _WORKED, "Hours a rep works in the month", after=("hours",)),
            Argument(
                "minutes",
                NumberArg(least=Fraction(1, 10), most=MONTH_AT_MOST * 60),
                "Minutes of one follow-up",
                after=("minutes",),
            ),
            Argument(
                "leads",
                QuantityArg(),
                "Leads in the month",
                "A whole number; left out, as agreed",
                after=("leads",),
                required=False,
            ),
            Argument(
                "attempts",
                QuantityArg(most=100),
                "Follow-ups owed",
                "A whole number; left out, as agreed, or six",
                after=("attempts",),
                required=False,
            ),
            Argument(
                "expected",
                NumberArg(least=ONE, most=Fraction(100)),
                "Follow-ups a lead takes on average",
                "Such as 2.5, since one that answers at the second takes two; left out, all that are owed",
                after=("expected",),
                required=False,
            ),
            Argument("leave", _HOURS, "Hours of leave a rep", after=("leave",), required=False),
            Argument("prospecting", _HOURS, "Hours of own prospecting a rep", after=("prospecting",), required=False),
            Argument(
                "share",
                PercentArg(),
                "Share of own prospecting",
                after=("prospecting share",),
                required=False,
            ),
            Argument("deals", QuantityArg(), "Deals to work", after=("deals",), required=False),
            Argument("deal", _HOURS, "Hours a deal takes", after=("hours a deal", "deal hours"), required=False),
            Argument("backlog", QuantityArg(), "Leads from before", after=("backlog",), required=False),
        ),
        examples=(
            "plan capacity reps 4 hours 160 minutes 10 leads 100",
            "plan capacity reps 4 hours 160 minutes 20 expected 2.5 prospecting share 25 % deals 50 hours a deal 2",
        ),
    ),
)
