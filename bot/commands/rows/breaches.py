"""What people say to a miss: why, excuse, dispute of a miss, answer."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from bot.cards import misses as cards
from bot.cards import stakes as stake_cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChoiceArg, CommitmentArg, KeyArg, TextArg
from bot.commands.command import Argument, Arguments, Command, Incomplete
from bot.commands.context import Context
from bot.commands.forms import form_for
from bot.commands.vocabulary import CommitmentName
from bot.desk.duties import duties
from bot.desk.misses import breaches as desk
from bot.desk.misses import stakes as desk_stakes
from bot.store import breach_disputes, commitments, obligations
from bot.store import breaches as kept
from slacore.breaches import Breach
from slacore.disputes import Verdict
from slacore.errors import Refusal
from slacore.keys import number_of


async def stakes(context: Context, arguments: Arguments) -> Reply:
    """`stakes`, `stakes C-1`: who would hear of a miss, when, and what would follow."""
    about = arguments.maybe("about", CommitmentName)
    spoken_of = {each.slug for each in context.agreements}
    slug = ""
    if about is not None:
        keys = await commitments.keys(context.sitting.tx)
        agreement, slug = next(each for each, key in keys.items() if key == about.key)
        spoken_of &= {agreement}
    found = await desk_stakes.stakes_of(context.sitting, context.member, spoken_of, slug)
    if not found:
        raise Refusal("Nothing is to come here that you or your party could miss.", "Say `status` for everything.")
    return Reply(card=stake_cards.stakes(found, context.sitting.now, context.member))


async def why(context: Context, arguments: Arguments) -> Reply:
    """`why B-3 the webinar was put off`: the owner says what a miss came of."""
    sitting, breach, reason = context.sitting, await _breach(context, arguments), arguments.maybe("reason", str)
    if reason is None:
        if not await desk.reasons_for(sitting, breach):
            return _ask_why(context, arguments)
        duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
        return Reply(card=cards.reasons(duty, breach, sitting.now))
    explained = await desk.explain(sitting, breach, reason)
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, explained.obligation))
    return Reply(card=cards.explained(duty, explained, sitting.now))


async def excuse(context: Context, arguments: Arguments) -> Reply:
    """`excuse O-77 because …`, `excuse B-3 because …`."""
    sitting, key = context.sitting, arguments.one("key", str)
    number = number_of(key)
    if key.startswith("B"):
        number = (await kept.find(sitting.tx, number)).obligation
    obligation, reason = await obligations.find(sitting.tx, number), arguments.maybe("reason", str)
    if reason is None:
        if not desk.grounds_for(sitting, obligation):
            return _ask_why(context, arguments)
        return Reply(card=cards.grounds(await duties.duty_of(sitting, obligation), key, sitting.now))
    excused = await desk.excuse(sitting, obligation, reason)
    return Reply(card=cards.excused(await duties.duty_of(sitting, excused), reason, context.member, sitting.now))


async def dispute(context: Context, arguments: Arguments) -> Reply:
    """`dispute B-3 because …`: the same word as for a handoff, over a miss."""
    sitting = context.sitting
    if "quantity" in arguments:
        raise Refusal("A miss is disputed as a whole.", "Leave the number out.", field="quantity")
    breach = await _breach(context, arguments)
    opened = await desk.dispute(sitting, breach, arguments.one("reason", str))
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    return Reply(card=cards.answered(duty, breach, opened, sitting.now))


async def answer(context: Context, arguments: Arguments) -> Reply:
    """`answer D-5 falls because …`, `answer D-5 stands because …`."""
    sitting, key = context.sitting, arguments.one("key", str)
    opened = await breach_disputes.find(sitting.tx, number_of(key))
    if opened is None:
        raise Refusal(
            f"{key} is no dispute over a miss.",
            "A dispute over a handoff ends with `accept` or `correct`.",
            field="key",
        )
    verdict = cast("Verdict", arguments.one("verdict", str))
    settled = await desk.settle(sitting, opened, verdict, arguments.one("reason", str))
    breach = await kept.find(sitting.tx, settled.breach)
    duty = await duties.duty_of(sitting, await obligations.find(sitting.tx, breach.obligation))
    return Reply(card=cards.answered(duty, breach, settled, sitting.now))


def _ask_why(context: Context, arguments: Arguments) -> Reply:
    """The form, where the agreement lists nothing to choose from."""
    lacking = {"reason": "This is needed."} if context.utterance.verb else {}
    form = form_for(Incomplete(context.asked.command, arguments, ("reason",), lacking), context.vocabulary)
    fields = tuple(replace(each, required=True) for each in form.fields)
    return Reply(form=replace(form, fields=fields), errors=lacking)


async def _breach(context: Context, arguments: Arguments) -> Breach:
    return await kept.find(context.sitting.tx, number_of(arguments.one("key", str)))


BREACH = Argument("key", KeyArg("B"), "Miss")
REASON = TextArg(long=True, most=500)
BECAUSE = Argument("reason", REASON, "Because", after=("because",))

COMMANDS = (
    Command(
        verb="why",
        summary="Say what a miss of yours came of",
        who="the owner of what was missed",
        run=why,
        writes=True,
        arguments=(BREACH, Argument("reason", REASON, "Reason", after=("because",), bare=True, required=False)),
        examples=("why B-3 the webinar was put off by a week", "why B-3"),
    ),
    Command(
        verb="excuse",
        summary="Forgive what is owed to your party: nothing follows from it any more",
        who="whoever the agreement names, else the side it is owed to; the sponsor",
        run=excuse,
        writes=True,
        submit="Excuse it",
        arguments=(
            Argument("key", KeyArg("OB"), "What is owed, or its miss"),
            Argument("reason", REASON, "Because", after=("because",), required=False),
        ),
        examples=("excuse O-77 because the CRM was down", "excuse B-3 because we asked for fewer"),
    ),
    Command(
        verb="answer",
        summary="Answer a dispute over a miss: it falls, or it stands",
        who="the other side, or whoever decides",
        run=answer,
        writes=True,
        submit="Answer",
        arguments=(
            Argument("key", KeyArg("D"), "Dispute"),
            Argument("verdict", ChoiceArg(("falls", "stands")), "The miss"),
            BECAUSE,
        ),
        examples=("answer D-5 falls because the list did arrive",),
    ),
    Command(
        verb="stakes",
        summary="See what a miss would bring: who hears, when, and what follows",
        who="both sides of a promise",
        run=stakes,
        arguments=(Argument("about", CommitmentArg(), "Promise", required=False),),
        examples=("stakes", "stakes C-1"),
    ),
)
