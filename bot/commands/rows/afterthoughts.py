"""What people say of a handoff before it is one, or after: "that was for sales", "I will send 30 on Friday"."""

from __future__ import annotations

from datetime import date

from bot.cards import courtesies
from bot.chat.talk import Reply
from bot.commands.arguments import CampaignArg, DateArg, PartyArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.speech import say
from bot.commands.vocabulary import CampaignName, PartyName, UnitName
from bot.store import handoffs as kept
from slacore.agreements import Terms
from slacore.errors import Refusal
from slacore.handoffs import Handoff
from slacore.periods import print_date
from slacore.raises import unit_of


async def meant(context: Context, arguments: Arguments) -> Reply:
    """`that was for sales`: what was logged last stands as it is, so take it back and log it anew."""
    last = await kept.last_logged_by(context.sitting.tx, context.member)
    if last is None or not last.piles.total:
        raise Refusal("You have logged nothing that could be changed.", "Log it, such as `25 leads to sales`.")
    terms = context.sitting.terms(last.agreement, last.version)
    to = terms.party(last.receiver).name
    unit = next((each for each in context.vocabulary.units.entries if _is_of(each, terms, last)), None)
    offers = [(f"Take {last.key} back…", f"undo {last.key} …"), ("Right its number…", f"correct {last.key} …")]
    counted = f"{last.quantity:,}"
    if unit is not None and context.table.spoken is not None:
        counted = f"{last.quantity:,} {unit.counted(last.quantity)}"
        anew = {"quantity": last.quantity, "unit": unit, "on": last.handed_on, **_said(arguments)}
        offers.insert(1, ("Log it anew…", f"{say(context.table.spoken, anew, context.vocabulary)} …"))
    raise Refusal(
        f"{last.key} says: {counted} to {to}, on {print_date(last.handed_on)}. What is logged is not rewritten.",
        f"Take {last.key} back, then log it anew as you mean it.",
        offers=tuple(offers),
    )


async def announce(context: Context, arguments: Arguments) -> Reply:  # noqa: ARG001 -- the table's shape
    """`I will send 30 leads on Friday`: nothing counts before it is handed over."""
    return Reply(card=courtesies.not_yet())


def _is_of(unit: UnitName, terms: Terms, handoff: Handoff) -> bool:
    counted = unit_of(terms.commitment(handoff.commitment))
    return counted is not None and counted.plural == unit.name


def _said(arguments: Arguments) -> dict[str, object]:
    named = {
        "receiver": arguments.maybe("receiver", PartyName),
        "campaign": arguments.maybe("campaign", CampaignName),
        "on": arguments.maybe("on", date),
    }
    return {name: value for name, value in named.items() if value is not None}


COMMANDS = (
    Command(
        verb="meant",
        summary="Say that the handoff you logged last was meant otherwise",
        who="whoever logged it",
        run=meant,
        arguments=(
            Argument("receiver", PartyArg(), "To", after=("to",), required=False),
            Argument("campaign", CampaignArg(may_be_new=True), "Campaign", after=("campaign",), required=False),
            Argument("on", DateArg(), "Handed over on", after=("on",), required=False),
        ),
        examples=("meant to sales", "meant on yesterday"),
        listed=False,
    ),
    Command(
        verb="announce",
        summary="Say what you are going to hand over",
        who="members of the giving party",
        run=announce,
        examples=("announce",),
        listed=False,
    ),
)
