"""What is learnt: results."""

from __future__ import annotations

from bot.cards import results as cards
from bot.chat.talk import Reply
from bot.commands.arguments import CommitmentArg, Month, MonthArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.vocabulary import CommitmentName
from bot.desk.standings import results as desk
from bot.desk.standings.standings import period_named
from bot.store import commitments
from slacore.agreements import Agreement
from slacore.commitments import Commitment
from slacore.errors import Refusal


async def results(context: Context, arguments: Arguments) -> Reply:
    """`results [C-1] [month]`."""
    agreement, commitment = await _the_one(context, arguments.maybe("about", CommitmentName))
    month = arguments.maybe("month", Month)
    today = context.vocabulary.today
    on = None if month is None or month == Month.of(today) else month.last_on
    period = period_named(agreement, commitment, on, context.sitting.today(agreement.latest.terms.zone))
    learnt = await desk.learnt(context.sitting, agreement, commitment, period)
    return Reply(card=cards.results(learnt, context.sitting.now))


async def _the_one(context: Context, about: CommitmentName | None) -> tuple[Agreement, Commitment]:
    """The promise that is meant: the one named, else the only one that hands something over."""
    keys = await commitments.keys(context.sitting.tx)
    found = [
        (agreement, each)
        for agreement in context.agreements
        for each in desk.handing_over(agreement.latest.terms)
        if about is None or about.key == keys[agreement.slug, each.slug]
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal("Nothing is handed over here that could have results.", "Say `status` to see what is promised.")
    offers = tuple((each.name, f"results {keys[agreement.slug, each.slug]}") for agreement, each in found)
    raise Refusal("Several promises hand something over here.", "Say which one.", offers=offers)


COMMANDS = (
    Command(
        verb="results",
        summary="See what became of what was handed over, won and lost: by campaign, content and stage",
        who="everybody",
        run=results,
        arguments=(
            Argument("about", CommitmentArg(), "Promise", required=False),
            Argument("month", MonthArg(), "Month", after=("for", "in"), bare=True, required=False),
        ),
        aliases=("leads",),
        examples=("results", "results C-1 October"),
    ),
)
