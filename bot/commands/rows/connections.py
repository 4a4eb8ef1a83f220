"""One person on several platforms, one company on several: connect, disconnect."""

from __future__ import annotations

from bot.cards import connections as cards
from bot.cards import refusals
from bot.chat.talk import Reply, Utterance
from bot.commands.arguments import ChoiceArg, EitherArg, TextArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.desk.people import connecting as desk
from bot.desk.people.joining import Joined
from bot.desk.people.people import require_member
from bot.store import workspaces
from slacore.errors import Refusal

COMPANY = "company"


async def connect(context: Context, arguments: Arguments) -> Reply:
    """`connect`, `connect CODE`, `connect company`. The one command that somebody may say whom nobody knows yet."""
    said = arguments.maybe("code", str)
    sitting, person = context.sitting, context.utterance.person
    if said is None:
        require_member(context.member, person)
        made = await desk.invite(sitting, person)
        card = cards.code(made.written, made.until, await desk.whoami(sitting), zone=context.zone)
        return Reply(card=card, again=cards.shown_once("connect"))
    if said == COMPANY:
        made = await desk.invite_company(sitting, person)
        company = await workspaces.name_of(sitting.tx) or sitting.workspace
        card = cards.company_code(made.written, made.until, company, zone=context.zone)
        return Reply(card=card, again=cards.shown_once("connect company"))
    found = await desk.redeem(sitting, person, said)
    return declined(context.utterance, found) if isinstance(found, Refusal) else Reply(card=cards.connected(found))


def joined(utterance: Utterance, found: Joined | Refusal) -> Reply:
    """The answer to a code of another company."""
    if isinstance(found, Refusal):
        return declined(utterance, found)
    return Reply(card=cards.joined(found.company, desk.named(utterance.person.platform)))


def declined(utterance: Utterance, refusal: Refusal) -> Reply:
    """Say why not, beside the field of a form that can be mended; what was written down stays so."""
    if utterance.via == "form":
        return Reply(errors={"code": str(refusal)}, refused=True)
    return Reply(card=refusals.refusal(refusal), refused=True)


async def disconnect(context: Context, arguments: Arguments) -> Reply:
    """`disconnect teams`."""
    platform = arguments.one("platform", str)
    left = await desk.disconnect(context.sitting, context.utterance.person, platform)
    return Reply(card=cards.disconnected(left, desk.named(platform)))


COMMANDS = (
    Command(
        verb="connect",
        summary="Be one person on two platforms: get a code here, say it there",
        who="everybody, for themselves; company: administrators",
        run=connect,
        writes=True,
        strangers=True,
        arguments=(
            Argument(
                "code",
                EitherArg((ChoiceArg((COMPANY,)), TextArg(most=40))),
                "Code",
                hint="The code that I gave you on the other platform",
                required=False,
            ),
        ),
        examples=("connect", "connect K7QM-3XPD-9RTW-B2HC", "connect company"),
    ),
    Command(
        verb="disconnect",
        summary="Be known on another platform no more",
        who="everybody, for themselves",
        run=disconnect,
        writes=True,
        arguments=(Argument("platform", ChoiceArg(("slack", "teams")), "Platform"),),
        examples=("disconnect teams",),
    ),
)
