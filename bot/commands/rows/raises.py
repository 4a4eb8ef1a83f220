"""Raising what somebody is owed an answer to: raise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import duplicates
from bot.chat.attachments import ENDINGS
from bot.chat.talk import Reply
from bot.commands.arguments import CommitmentArg, FileArg, PriorityArg, QuantityArg, TextArg, UnitArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context, where_it_would_work
from bot.commands.owners import owned
from bot.commands.rows.handoffs import where_to_see
from bot.commands.speech import say
from bot.commands.vocabulary import CommitmentName, PriorityName, UnitName
from bot.commands.words import LONGEST
from bot.desk.handoffs import raises as desk
from bot.desk.messages import echoes
from bot.documents.lists import read_text
from bot.store import commitments
from slacore.agreements import Candidate, Terms, means, require_signed
from slacore.commitments import Volume
from slacore.errors import Refusal
from slacore.items import Listed
from slacore.periods import print_date
from slacore.raises import answered_in, priorities_of, raisable_for, require_priority, unit_of

MOST = 20
"""Things raised at once: as many as a slip in the channel can show."""


async def log(context: Context, arguments: Arguments) -> Reply:
    """`raise [1 case] Payments fail [priority urgent]`."""
    unit = arguments.maybe("unit", UnitName)
    candidate = _the_one(context, arguments, unit, await commitments.keys(context.sitting.tx))
    listed = _listed(context, arguments, candidate)
    files = context.utterance.files
    # A button that raises it again could not bring the files again, so with files nothing is asked.
    if not files and (echo := await echoes.heard_before(context.sitting, context.utterance)) is not None:
        said_again = echoes.again(echo.subject, context.said)
        return Reply(card=duplicates.duplicate(echo.subject, echo.said_at, context.sitting.now, said_again))
    handoff = await desk.log(context.sitting, candidate, listed, files)
    await echoes.remember(context.sitting, context.utterance, handoff.key)
    return where_to_see(context, handoff)


def _listed(context: Context, arguments: Arguments, candidate: Candidate) -> tuple[Listed, ...]:
    """What was named, thing by thing, each with its priority and whose it is to be."""
    quantity, words = arguments.maybe("quantity", int), arguments.one("items", str)
    named = read_text(words)
    if quantity is not None and quantity != len(named.rows) + named.bad:
        if "unit" in arguments:
            raise Refusal(
                f"You said {quantity:,} and named {len(named.rows) + named.bad:,}.",
                "Name one a line, or divide them with a semicolon.",
                field="items",
            )
        # "3 phones are dead" begins with a number, and counts nothing.
        named = read_text(f"{quantity} {words}")
    terms = candidate.version.terms
    found = owned(named, context.vocabulary, terms.party(candidate.commitment.giver))
    if found.faults:
        first = found.faults[0]
        problem = f"Number {first.row} cannot be raised: {first.what}."
        raise Refusal(problem, "Say all of it again, mended.", field="items")
    if len(found.rows) > MOST:
        raise Refusal(f"{len(found.rows):,} are more than {MOST} at once.", "Raise them in several.", field="items")
    priority = arguments.maybe("priority", PriorityName)
    known = priorities_of(terms, candidate.commitment)
    return tuple(
        replace(
            each,
            priority=require_priority(
                each.priority or (priority.key if priority else ""), known, candidate.commitment.name
            ),
        )
        for each in found.listed
    )


def _the_one(
    context: Context, arguments: Arguments, unit: UnitName | None, keys: Mapping[tuple[str, str], str]
) -> Candidate:
    """The promise that answers it; asks where several do, refuses where none does."""
    under = arguments.maybe("under", CommitmentName)
    sitting = context.sitting
    found = tuple(
        each
        for agreement in context.agreements
        for each in raisable_for(
            (agreement,), context.member, sitting.today(agreement.latest.terms.zone), unit.name if unit else ""
        )
        if under is None or keys[agreement.slug, each.commitment.slug] == under.key
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(
            "More than one promise could answer it.",
            "Say under which it is raised.",
            offers=tuple(_offer(context, arguments, each, keys) for each in found),
            field="under",
        )
    if under is not None:
        raise Refusal(
            f"Nothing can be raised by you under {under.name} ({under.key}).",
            "Leave `under promise …` out, or name another promise.",
            field="under",
        )
    raise _why_none(context, unit)


def _offer(
    context: Context, arguments: Arguments, candidate: Candidate, keys: Mapping[tuple[str, str], str]
) -> tuple[str, str]:
    """A button that raises the same under one promise."""
    commitment = candidate.commitment
    under = CommitmentName(keys[candidate.agreement.slug, commitment.slug], commitment.name, (commitment.slug,))
    answering = candidate.version.terms.party(commitment.giver).name
    says = say(context.asked.command, {**arguments, "under": under}, context.vocabulary)
    return f"{commitment.name} by {answering} ({under.key})", says


def _why_none(context: Context, unit: UnitName | None) -> Refusal:
    """Say why nothing can be raised: not signed or begun, owed to others, handed over instead, or not promised."""
    for agreement in context.agreements:
        terms = agreement.latest.terms
        for commitment in answered_in(terms):
            counted = unit_of(commitment)
            if counted is None or (unit is not None and not means(counted, unit.name)):
                continue
            require_signed(terms)
            begins = terms.effective_on
            if context.sitting.today(terms.zone) < begins:
                return Refusal(
                    f"{terms.name} begins on {print_date(begins)}, so no answer is owed yet.", "Raise it from then on."
                )
            owed_to = terms.party(commitment.receiver)
            return Refusal(
                f"Answers to {counted.plural} are owed to {owed_to.name}, and you are not on its list.",
                f"Ask {terms.name_of(owed_to.owner)} to raise it, or to add you to {owed_to.name}.",
            )
    if unit is not None and any(_hands_over(each.latest.terms, unit) for each in context.agreements):
        return Refusal(
            f"{unit.name.capitalize()} are handed over here, and counted.",
            f"Say `handoff 1 {unit.counted(1)} items …`.",
            field="unit",
        )
    about = unit.name if unit is not None else "anything"
    return Refusal(f"Nobody has promised to answer {about} here.", where_it_would_work(context.sitting))


def _hands_over(terms: Terms, unit: UnitName) -> bool:
    return any(isinstance(each.promise, Volume) and means(each.promise.unit, unit.name) for each in terms.commitments)


COMMANDS = (
    Command(
        verb="raise",
        summary="Raise what you are owed an answer to, such as a case",
        who="the party the answer is owed to",
        run=log,
        writes=True,
        submit="Raise it",
        arguments=(
            Argument("quantity", QuantityArg(), "How many", "Left out: as many as you name.", required=False),
            Argument("unit", UnitArg(), "What", "Left out: what is answered here.", required=False),
            Argument(
                "items",
                TextArg(rest=False, long=True, most=LONGEST),
                "What is the matter",
                "One a line, or divided by ;: a name, a reference in brackets, a link, @whose.",
            ),
            Argument("priority", PriorityArg(), "Priority", after=("priority",), required=False),
            Argument(
                "file",
                FileArg(ENDINGS),
                "File",
                "What shows it, such as a screenshot, up to 5 MB.",
                required=False,
            ),
            Argument("under", CommitmentArg(), "Promise", after=("under promise",), required=False),
        ),
        examples=(
            "raise Payments fail priority urgent",
            "raise 1 case Payments fail (HB-7) https://crm.example/7",
            "raise Search is slow; A picture is missing",
        ),
    ),
)
