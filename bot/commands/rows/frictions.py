"""What customers trip over: friction, friction report, friction withdraw; and looking it up: search."""

from __future__ import annotations

from bot.cards import frictions as cards
from bot.cards import searches as search_cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, CommitmentArg, QuantityArg, TagsArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context, where_it_would_work
from bot.commands.vocabulary import CommitmentName
from bot.desk import searches
from bot.desk.reports import frictions as desk
from bot.store import commitments
from slacore.agreements import Agreement
from slacore.errors import Refusal


async def note(context: Context, arguments: Arguments) -> Reply:
    """`friction price was unclear at checkout tag price, checkout`."""
    agreement, commitment = await _the_one(context, arguments, again=context.said)
    text, tags = arguments.one("text", str), arguments.maybe("tags", tuple) or ()
    entry = await desk.note(context.sitting, agreement, commitment, text, tags)
    terms = agreement.latest.terms
    return Reply(card=cards.noted(entry, terms, terms.commitment(commitment)))


async def withdraw(context: Context, arguments: Arguments) -> Reply:
    """`friction withdraw 12`."""
    return Reply(card=cards.withdrawn(await desk.withdraw(context.sitting, arguments.one("number", int))))


async def report(context: Context, arguments: Arguments) -> Reply:
    """`friction report [preview | now]`."""
    agreement, commitment = await _the_one(context, arguments, again=context.said)
    if (arguments.maybe("what", str) or "preview") == "preview":
        drafted = await desk.draft(context.sitting, agreement, commitment)
        return Reply(card=cards.preview(drafted, context.sitting.now, reader=context.member))
    told = await desk.send(context.sitting, agreement, commitment)
    return Reply(card=cards.sent(told, context.sitting.now))


async def search(context: Context, arguments: Arguments) -> Reply:
    """`search price`, `search friction price`, `search definitions lead`."""
    within = arguments.maybe("within", str)
    found = await searches.search(
        context.sitting,
        context.agreements,
        arguments.one("words", str),
        friction=within != "definitions",
        defined=within != "friction",
    )
    terms = context.agreements[0].latest.terms if context.agreements else None
    return Reply(card=search_cards.found(found, terms))


async def _the_one(context: Context, arguments: Arguments, *, again: str) -> tuple[Agreement, str]:
    """The friction report that is meant: the only one spoken of here, or the one that was named."""
    keys = await commitments.keys(context.sitting.tx)
    named = arguments.maybe("under", CommitmentName)
    found = [
        (agreement, commitment)
        for agreement in context.agreements
        for commitment in desk.reports_of(agreement.latest.terms)
        if named is None or named.key == keys[agreement.slug, commitment.slug]
    ]
    if not found:
        raise Refusal("Nobody owes a friction report here.", where_it_would_work(context.sitting))
    if len(found) > 1:
        offers = tuple(
            (f"{each.name}, {agreement.latest.terms.name}", f"{again} under {keys[agreement.slug, each.slug]}")
            for agreement, each in found
        )
        raise Refusal("Several friction reports are owed here.", "Say for which one it is.", offers=offers)
    return found[0][0], found[0][1].slug


UNDER = Argument("under", CommitmentArg(), "Promise", after=("under",), required=False)

COMMANDS = (
    Command(
        verb="friction",
        summary="Note what a customer tripped over, for the next friction report",
        who="members of the parties",
        run=note,
        writes=True,
        submit="Note it",
        arguments=(
            Argument("text", TextArg(rest=False, long=True), "What happened"),
            Argument("tags", TagsArg(), "Tags", after=("tag", "tags", "tagged"), required=False),
            UNDER,
        ),
        examples=("friction price was unclear at checkout tag price, checkout",),
    ),
    Command(
        verb="friction report",
        summary="See the next friction report, or send it to the party that it is owed to",
        who="its owner; everybody may look",
        run=report,
        writes=True,
        arguments=(Argument("what", ChoiceArg(("preview", "now")), "What", required=False), UNDER),
        examples=("friction report", "friction report now"),
    ),
    Command(
        verb="friction withdraw",
        summary="Take back an entry that no report has told yet",
        who="whoever noted it, and the report's owner",
        run=withdraw,
        writes=True,
        arguments=(Argument("number", QuantityArg(), "Number of the entry"),),
        examples=("friction withdraw 12",),
    ),
    Command(
        verb="search",
        summary="Find friction entries and definitions again, by any words",
        who="everybody",
        shares=True,
        run=search,
        arguments=(
            Argument("within", ChoiceArg(("friction", "definitions")), "Where", required=False),
            Argument("words", TextArg(most=200), "Words"),
        ),
        examples=("search price", "search friction price", "search definitions lead"),
    ),
)
