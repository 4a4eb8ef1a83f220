"""Handing over and answering: handoff, accept, dispute, undo, correct."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.cards import confirmations, duplicates, refusals
from bot.chat.talk import Reply
from bot.commands.arguments import (
    CampaignArg,
    CommitmentArg,
    DateArg,
    FileArg,
    KeyArg,
    Keys,
    KeysArg,
    PartyArg,
    QuantityArg,
    TextArg,
    UnitArg,
)
from bot.commands.command import Argument, Arguments, Command, Sentence
from bot.commands.context import ANSWERED_ELSEWHERE, Context, where_it_would_work
from bot.commands.lists import listed_with, said_with
from bot.commands.rows import breaches
from bot.commands.speech import say
from bot.commands.versions import require_current
from bot.commands.vocabulary import CampaignName, CommitmentName, PartyName, UnitName
from bot.commands.words import LONGEST
from bot.desk.handoffs import handoffs
from bot.desk.messages import echoes
from bot.desk.sitting import Sitting
from bot.documents.lists import ENDINGS as LIST_ENDINGS
from bot.store import commitments, items
from bot.store import handoffs as kept
from slacore.agreements import Candidate, candidates_for, means, require_signed
from slacore.commitments import Volume
from slacore.errors import Refusal
from slacore.handoffs import Handoff, require_quantity
from slacore.keys import number_of
from slacore.periods import print_date


async def log(context: Context, arguments: Arguments) -> Reply:
    """`handoff 25 qualified leads to sales`: logged under the one promise that fits."""
    quantity = require_quantity(arguments.one("quantity", int))
    unit = arguments.one("unit", UnitName)
    receiver = arguments.maybe("receiver", PartyName)
    campaign = arguments.maybe("campaign", CampaignName)
    on = arguments.maybe("on", date)
    keys = await commitments.keys(context.sitting.tx)
    candidate = _the_one(context, arguments, unit, receiver, keys)
    lists = await listed_with(context, arguments, quantity, candidate)
    if lists.answer is not None:
        return lists.answer
    if (echo := await echoes.heard_before(context.sitting, context.utterance)) is not None:
        said_again = echoes.again(echo.subject, await said_with(context, arguments, lists))
        return Reply(card=duplicates.duplicate(echo.subject, echo.said_at, context.sitting.now, said_again))
    given = handoffs.Given(
        candidate,
        quantity,
        on,
        campaign=(campaign.key or campaign.name) if campaign else "",
        ref=arguments.maybe("ref", str) or "",
        note=arguments.maybe("note", str) or "",
        items=lists.listed,
        list_number=lists.number,
    )
    handoff = await handoffs.log(context.sitting, given)
    await echoes.remember(context.sitting, context.utterance, handoff.key)
    return where_to_see(context, handoff)


async def accept(context: Context, arguments: Arguments) -> Reply:
    """`accept H-41 [22 because …]`."""
    handoff = await _find(context, arguments)
    if handoff.piles.accepted and handoff.piles.accepted == handoff.piles.total:
        return await _already_accepted(context, handoff)
    require_current(context.utterance, handoff.revision, handoff.key, f"accept {handoff.key}")
    quantity, reason = arguments.maybe("quantity", int), arguments.maybe("reason", str) or ""
    return where_to_see(context, await handoffs.accept(context.sitting, handoff, quantity, reason))


async def _already_accepted(context: Context, handoff: Handoff) -> Reply:
    """A second click: who was first, and when."""
    entries = await kept.entries(context.sitting.tx, handoff.number)
    last = next(each for each in reversed(entries) if each.change.accepted)
    terms = context.sitting.terms(handoff.agreement, handoff.version)
    card = refusals.already(handoff.key, "accepted", by=last.by, at=last.at, terms=terms, now=context.sitting.now)
    return Reply(card=card, refused=True)


async def dispute(context: Context, arguments: Arguments) -> Reply:
    """`dispute H-41 [3] because …`, `dispute B-3 because …`."""
    if arguments.one("key", str).startswith("B"):
        return await breaches.dispute(context, arguments)
    handoff = await _find(context, arguments)
    quantity, reason = arguments.maybe("quantity", int), arguments.one("reason", str)
    named = arguments.maybe("items", Keys)
    numbers = named.numbers if named is not None else ()
    return where_to_see(context, await handoffs.dispute(context.sitting, handoff, quantity, reason, numbers))


async def undo(context: Context, arguments: Arguments) -> Reply:
    """`undo H-41`, or the last handoff one logged."""
    if "key" in arguments:
        handoff = await _find(context, arguments)
    else:
        found = await kept.last_logged_by(context.sitting.tx, context.member)
        if found is None:
            raise Refusal("You have logged nothing yet.", "Name a handoff, such as `undo H-41`.")
        handoff = found
    return where_to_see(context, await handoffs.undo(context.sitting, handoff))


async def last_of_mine(sitting: Sitting, known: Arguments) -> Mapping[str, object]:
    """What the form of `undo` is about, if nothing is named: the last handoff that one logged."""
    last = None if "key" in known else await kept.last_logged_by(sitting.tx, sitting.actor)
    return {} if last is None else {"key": last.key}


async def handoff_of_items(sitting: Sitting, known: Arguments) -> Mapping[str, object]:
    """What the form of `dispute` is about, if only things are named: the handoff that they came with."""
    named = known.maybe("items", Keys)
    if "key" in known or named is None or not named.numbers:
        return {}
    first = (await items.handed(sitting.tx, named.numbers[:1])).get(named.numbers[0])
    return {} if first is None else {"key": f"H-{first.handoff}"}


async def correct(context: Context, arguments: Arguments) -> Reply:
    """`correct H-41 to 23 because …`."""
    handoff = await _find(context, arguments)
    to, reason = arguments.one("to", int), arguments.one("reason", str)
    changed = await handoffs.correct(context.sitting, handoff, to, reason)
    if changed.piles == handoff.piles:
        terms = context.sitting.terms(handoff.agreement, handoff.version)
        other = handoff.receiver if context.member in terms.party(handoff.giver).people else handoff.giver
        return Reply(card=confirmations.correction_proposed(handoff.key, to, terms.party(other).name))
    return where_to_see(context, changed)


def _the_one(
    context: Context,
    arguments: Arguments,
    unit: UnitName,
    receiver: PartyName | None,
    keys: Mapping[tuple[str, str], str],
) -> Candidate:
    """The promise that a handoff counts towards; asks where several fit, refuses where none does."""
    sitting, giver = context.sitting, arguments.maybe("giver", PartyName)
    under = arguments.maybe("under", CommitmentName)
    found = tuple(
        each
        for agreement in context.agreements
        for each in candidates_for(
            (agreement,),
            context.member,
            unit.name,
            receiver.key if receiver else None,
            sitting.today(agreement.latest.terms.zone),
        )
        if (giver is None or each.commitment.giver == giver.key)
        and (under is None or keys[agreement.slug, each.commitment.slug] == under.key)
    )
    if len(found) == 1:
        return found[0]
    if len({each.commitment.receiver for each in found}) < len(found):
        raise Refusal(
            f"{unit.name.capitalize()} are promised more than once here.",
            "Say under which promise they count.",
            offers=tuple(_offer_under(context, arguments, each, keys) for each in found),
            field="under",
        )
    if found:
        raise Refusal(
            f"{unit.name.capitalize()} are promised to several parties here.",
            "Say to whom they go.",
            offers=tuple(_offer(context, arguments, each) for each in found),
        )
    if under is not None:
        raise Refusal(
            f"{under.name} ({under.key}) is not where your {unit.name} count.",
            "Leave `under …` out, or name another promise.",
            field="under",
        )
    raise _why_none(context, unit, receiver)


def _offer_under(
    context: Context, arguments: Arguments, candidate: Candidate, keys: Mapping[tuple[str, str], str]
) -> tuple[str, str]:
    """A button that says the same handoff again, under one promise."""
    commitment = candidate.commitment
    key = keys[candidate.agreement.slug, commitment.slug]
    under = CommitmentName(key, commitment.name, (commitment.slug,))
    says = say(context.asked.command, {**arguments, "under": under}, context.vocabulary)
    return f"{commitment.name} ({key})", says


def _offer(context: Context, arguments: Arguments, candidate: Candidate) -> tuple[str, str]:
    """A button that says the same handoff again, to one receiver."""
    receiver = candidate.version.terms.party(candidate.commitment.receiver)
    to = PartyName(receiver.slug, receiver.name, (receiver.slug, *receiver.aliases))
    return f"To {receiver.name}", say(context.asked.command, {**arguments, "receiver": to}, context.vocabulary)


def _why_none(context: Context, unit: UnitName, receiver: PartyName | None) -> Refusal:
    """Say why no promise fits: nothing spoken of here, not signed, another unit, or not the speaker's to give."""
    for agreement in context.agreements:
        terms = agreement.latest.terms
        require_signed(terms)
        begins = terms.effective_on
        if context.sitting.today(terms.zone) < begins:
            return Refusal(
                f"{terms.name} begins on {print_date(begins)}, so nothing counts yet.", "Log it from that day on."
            )
        if terms.ends_on is not None and terms.ends_on < context.sitting.today(terms.zone):
            return Refusal(
                f"{terms.name} ended on {print_date(terms.ends_on)}, so nothing counts under it any more.",
                f"To go on, agree on a later last day: `agreement end {agreement.key} on …`.",
            )
        for commitment in terms.commitments:
            promise = commitment.promise
            if not isinstance(promise, Volume) or not means(promise.unit, unit.name):
                continue
            giver, taker = terms.party(commitment.giver), terms.party(commitment.receiver)
            if receiver is not None and receiver.key != taker.slug:
                return Refusal(
                    f"{unit.name.capitalize()} are promised to {taker.name}, not to {receiver.name}.",
                    f"Say `handoff … {unit.name} to {taker.name}`.",
                    field="receiver",
                )
            return Refusal(
                f"Only {giver.name} hands over {unit.name}, and you are not on its list.",
                f"Ask {terms.name_of(giver.owner)} to log it, or to add you to {giver.name}.",
            )
    return Refusal(f"Nobody has promised {unit.name} here.", where_it_would_work(context.sitting), field="unit")


async def _find(context: Context, arguments: Arguments) -> Handoff:
    key = arguments.one("key", str)
    return await kept.find(context.sitting.tx, number_of(key))


def where_to_see(context: Context, handoff: Handoff) -> Reply:
    """The receipt is the answer where it is in sight; elsewhere a line says where it is."""
    terms = context.sitting.terms(handoff.agreement, handoff.version)
    channels = terms.channels_of(terms.commitment(handoff.commitment))
    place = context.utterance.place
    if place.kind == "channel" and any((each.platform, each.id) == (place.platform, place.id) for each in channels):
        return ANSWERED_ELSEWHERE
    return Reply(card=confirmations.receipt_elsewhere(handoff.key, [channel.name for channel in channels]))


BECAUSE = Argument("reason", TextArg(long=True), "Reason", after=("because",), required=False)
KEY = Argument("key", KeyArg("H"), "Handoff")

COMMANDS = (
    Command(
        verb="handoff",
        aliases=("hand over", "hand off", "send"),
        summary="Log what your party handed over",
        who="members of the giving party",
        run=log,
        writes=True,
        submit="Log it",
        arguments=(
            Argument("quantity", QuantityArg(), "How many"),
            Argument("unit", UnitArg(), "What"),
            Argument("receiver", PartyArg(), "To", after=("to",), required=False),
            Argument("on", DateArg(), "Handed over on", after=("on",), bare=True, required=False),
            Argument(
                "campaign",
                CampaignArg(may_be_new=True),
                "Campaign",
                after=("from campaign", "campaign"),
                required=False,
            ),
            Argument("ref", TextArg(rest=False, most=200), "Reference", after=("ref",), required=False),
            Argument("note", TextArg(long=True), "Note", after=("note",), required=False),
            Argument("giver", PartyArg(), "From", after=("from",), required=False),
            Argument("under", CommitmentArg(), "Promise", after=("under",), required=False),
            Argument(
                "items",
                TextArg(long=True, most=LONGEST),
                "Which ones",
                "One a line, or divided by ;: a name, a reference in brackets, a link, @whose.",
                after=("items",),
                required=False,
            ),
            Argument("file", FileArg(LIST_ENDINGS), "Or as a file", "Attached: a CSV with headings.", required=False),
            Argument(
                "list",
                QuantityArg(),
                "A list I have read",
                "The number behind the button that I offered.",
                after=("list",),
                required=False,
            ),
        ),
        sentence=Sentence("giver", ("handed", "gave", "sent", "delivered", "passed"), "receiver"),
        examples=(
            "handoff 25 qualified leads to sales",
            "marketing handed 25 qualified leads to sales on Fri ref Webinar 3",
            "25 leads",
            "handoff 2 leads to sales items Ann Lee (CRM-7) https://crm.example/7; Bob Ray @amy",
        ),
    ),
    Command(
        verb="accept",
        summary="Accept a handoff, in whole or in part; the rest is disputed",
        who="the receiving party",
        run=accept,
        writes=True,
        arguments=(KEY, Argument("quantity", QuantityArg(), "How many", required=False), BECAUSE),
        examples=("accept H-41", "accept H-41 22 because three have no phone number"),
    ),
    Command(
        verb="dispute",
        fills=handoff_of_items,
        summary="Hold units of a handoff apart, or say that a miss is wrong, with a reason",
        who="the receiving party; the side that missed",
        run=dispute,
        writes=True,
        arguments=(
            Argument("key", KeyArg("HB"), "Handoff or miss"),
            Argument("quantity", QuantityArg(), "How many", required=False),
            Argument("items", KeysArg("L"), "Which ones", "Left out: all of them.", required=False),
            Argument("reason", TextArg(long=True), "Reason", after=("because",)),
        ),
        examples=(
            "dispute H-41 because they are not qualified",
            "dispute H-41 L-3 L-7 because no phone number",
            "dispute B-3 because it did come",
        ),
    ),
    Command(
        verb="undo",
        fills=last_of_mine,
        submit="Take it back",
        summary="Take back a handoff you just logged (within 10 minutes)",
        who="whoever logged it",
        run=undo,
        writes=True,
        arguments=(Argument("key", KeyArg("H"), "Handoff", required=False),),
        examples=("undo", "undo H-41"),
    ),
    Command(
        verb="correct",
        fills=last_of_mine,
        summary="Set the right number of a handoff; once it was accepted, both sides must agree",
        who="the giving and the receiving party",
        run=correct,
        writes=True,
        arguments=(
            KEY,
            Argument("to", QuantityArg(least=0), "Right number", after=("to",)),
            Argument("reason", TextArg(long=True), "Reason", after=("because",)),
        ),
        examples=("correct H-41 to 23 because two were counted twice",),
    ),
)
