"""Sales and their money: sold, sold withdraw, deals."""

from __future__ import annotations

from datetime import date

from bot.cards import deals as cards
from bot.cards import duplicates
from bot.chat.talk import Reply
from bot.commands.arguments import (
    CommitmentArg,
    DateArg,
    KeyArg,
    MoneyListArg,
    Month,
    MonthArg,
    PartyArg,
    QuantityArg,
    TextArg,
)
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.speech import say
from bot.commands.vocabulary import CommitmentName, PartyName
from bot.desk.items import deals as desk
from bot.desk.messages import echoes
from bot.store import commitments
from bot.store import deals as kept
from slacore.agreements import Agreement, Candidate
from slacore.commitments import Commitment
from slacore.deals import MOST_AT_ONCE
from slacore.errors import Refusal
from slacore.keys import number_of


async def sold(context: Context, arguments: Arguments) -> Reply:
    """`sold $4,200, $90`, `sold $3,650 deals 38 leads 80 in September from marketing`."""
    candidate = await _the_one(context, arguments)
    terms = candidate.version.terms
    today = context.sitting.today(terms.zone)
    source = arguments.maybe("source", PartyName)
    quantity = arguments.maybe("deals", int)
    report = desk.Sold(
        candidate,
        arguments.one("prices", tuple),
        source.key if source is not None else candidate.commitment.receiver,
        _closed_on(arguments, today),
        quantity or 1,
        arguments.maybe("leads", int) or 0,
        arguments.maybe("note", str) or "",
    )
    if all(party.slug != report.found_by for party in terms.parties):
        raise Refusal(f"{terms.name} has no such party.", "Name one of its parties.", field="source")
    if (echo := await echoes.heard_before(context.sitting, context.utterance)) is not None:
        again = echoes.again(echo.subject, context.said)
        return Reply(card=duplicates.duplicate(echo.subject, echo.said_at, context.sitting.now, again, "sale"))
    done = await desk.report(context.sitting, report)
    await echoes.remember(context.sitting, context.utterance, done[0].key)
    return Reply(card=cards.reported(done, terms, candidate.commitment, context.sitting.now))


async def withdraw(context: Context, arguments: Arguments) -> Reply:
    """`sold withdraw W-7 because it was cancelled`."""
    deal = await kept.find(context.sitting.tx, number_of(arguments.one("key", str)))
    context.require_spoken_of(deal.agreement)
    gone = await desk.withdraw(context.sitting, deal, arguments.one("reason", str))
    return Reply(card=cards.taken_back(gone))


async def deals(context: Context, arguments: Arguments) -> Reply:
    """`deals [C-1] [month]`."""
    agreement, commitment = await _spoken_of(context, arguments.maybe("about", CommitmentName))
    month = arguments.maybe("month", Month)
    today = context.sitting.today(agreement.latest.terms.zone)
    on = None if month is None or month == Month.of(today) else month.last_on
    period = commitment.period.containing(on or today)  # sales are known of months before the agreement too
    version = agreement.governing(period.first_on, period.last_on, commitment.slug) or agreement.latest
    told = await desk.earnings(context.sitting, agreement, version.terms, commitment, period)
    if told is None:
        raise TypeError("only a promise with a worth is listed")
    listed = await desk.newest(context.sitting, agreement, commitment, period)
    return Reply(card=cards.listed_deals(told, listed, context.sitting.now))


def _closed_on(arguments: Arguments, today: date) -> date:
    """The day that was named, else the last of the month that was, else today."""
    on, month = arguments.maybe("on", date), arguments.maybe("month", Month)
    if on is not None and month is not None:
        raise Refusal("That is a day and a month.", "Name one of them.", field="month")
    if on is not None:
        return on
    if month is None or month == Month.of(today):
        return today
    return month.last_on


async def _the_one(context: Context, arguments: Arguments) -> Candidate:
    """The promise whose units were sold; asks where several fit, refuses where the speaker sells none."""
    about = arguments.maybe("about", CommitmentName)
    keys = await commitments.keys(context.sitting.tx)
    found = tuple(
        each
        for each in desk.sellable(context.sitting, context.agreements, context.member)
        if about is None or keys[each.agreement.slug, each.commitment.slug] == about.key
    )
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(
            "You sell nothing here whose worth is agreed.",
            "Whoever gets the leads reports what was sold; `status` tells the promises.",
        )
    names = [CommitmentName(keys[each.agreement.slug, each.commitment.slug], each.commitment.name) for each in found]
    offers = tuple(
        (name.name, say(context.asked.command, {**arguments, "about": name}, context.vocabulary)) for name in names
    )
    raise Refusal("Several promises have a worth here.", "Say which one.", offers=offers, field="about")


async def _spoken_of(context: Context, about: CommitmentName | None) -> tuple[Agreement, Commitment]:
    keys = await commitments.keys(context.sitting.tx)
    found = [
        (agreement, each)
        for agreement in context.agreements
        for each in agreement.latest.terms.commitments
        if desk.worth_of(agreement.latest.terms, each.slug) is not None
        and (about is None or about.key == keys[agreement.slug, each.slug])
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal("No promise here says what a unit is worth.", "Add `worth:` to it, or say `status`.")
    offers = tuple((each.name, f"deals {keys[agreement.slug, each.slug]}") for agreement, each in found)
    raise Refusal("Several promises have a worth here.", "Say which one.", offers=offers)


PROMISE = Argument("about", CommitmentArg(), "Promise", after=("under promise",), required=False)

COMMANDS = (
    Command(
        verb="sold",
        summary="Report sales that no lead here tells of, with their prices: your own, or those of before",
        who="the party that sells",
        run=sold,
        writes=True,
        submit="Report it",
        title="Report what was sold",
        arguments=(
            Argument(
                "prices",
                MoneyListArg(30, "Report them in several."),
                "Price",
                "An amount such as $4,200; or several, one a sale: $90, $110.",
            ),
            Argument(
                "deals", QuantityArg(most=MOST_AT_ONCE), "Sales it is the sum of", after=("deals",), required=False
            ),
            Argument("leads", QuantityArg(), "Leads they came of", after=("leads",), required=False),
            Argument("on", DateArg(toward="past"), "Closed on", "Left out: today.", after=("on",), required=False),
            Argument("month", MonthArg(), "Or in which month", after=("in",), required=False),
            Argument(
                "source",
                PartyArg(),
                "Whose finding it was",
                "Left out: your own.",
                after=("from",),
                required=False,
            ),
            PROMISE,
            Argument("note", TextArg(most=300), "Words", after=("note",), required=False),
        ),
        examples=("sold $4,200 on 14 Oct note Acme", "sold $3,650 deals 38 leads 80 in September from marketing"),
    ),
    Command(
        verb="sold withdraw",
        summary="Take back a sale that was reported; both stay on the record",
        who="the party that sells",
        run=withdraw,
        writes=True,
        arguments=(
            Argument("key", KeyArg("W"), "Sale"),
            Argument("reason", TextArg(long=True), "Reason", after=("because",)),
        ),
        examples=("sold withdraw W-7 because it was cancelled",),
    ),
    Command(
        verb="deals",
        summary="See the money: quota, sales and prices of a month, before the agreement and since",
        who="everybody",
        shares=True,
        run=deals,
        arguments=(
            Argument("about", CommitmentArg(), "Promise", required=False),
            Argument("month", MonthArg(), "Month", after=("for", "in"), bare=True, required=False),
        ),
        aliases=("money",),
        examples=("deals", "deals October"),
    ),
)
