"""Where the words of a channel go: channel … elsewhere, direct, pause, resume."""

from __future__ import annotations

from bot.cards import whereabouts as cards
from bot.chat.talk import Reply
from bot.commands.arguments import ChannelArg, ChannelName, ChoiceArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.desk.messages import detours as desk
from bot.desk.messages.shares import Spot, spots
from bot.desk.people import people
from bot.store.detours import Goes
from slacore.agreements import Channel
from slacore.errors import Refusal

ELSEWHERE, HERE, DIRECT, PAUSE, RESUME = "elsewhere", "here", "direct", "pause", "resume"
_GOES: dict[str, Goes] = {ELSEWHERE: "elsewhere", HERE: "elsewhere", DIRECT: "direct", PAUSE: "nowhere"}


async def channel(context: Context, arguments: Arguments) -> Reply:
    """`channel #smarketing elsewhere to #new`, `… here`, `… direct`, `… pause`, `… resume`."""
    spot = _meant(context, arguments.one("channel", ChannelName))
    what, to = arguments.one("what", str), arguments.maybe("to", ChannelName)
    sitting, user, name = context.sitting, context.utterance.person.user, spot.channel.name
    if what == RESUME:
        await desk.resume(sitting, user, spot)
        return Reply(card=cards.detoured(name, ""))
    now = _new(context, spot, what, to) if what in {ELSEWHERE, HERE} else None
    await desk.decide(sitting, user, spot, _GOES[what], now)
    return Reply(card=cards.detoured(name, _GOES[what], now.name if now else ""))


def _meant(context: Context, named: ChannelName) -> Spot:
    """The channel of an agreement that was named; whoever speaks for no agreement at all may still administer one."""
    known = spots(people.agreements_of(context.sitting, context.member) or context.sitting.agreements)
    for each in known:
        if named.fits(each.channel.id, each.channel.name, each.channel.as_agreed.name):
            return each
    names = ", ".join(dict.fromkeys(each.channel.name for each in known))
    raise Refusal(
        f"No agreement of yours is told in {named.name}.",
        f"They are told in {names}." if names else "Ask the owner of a party.",
        field="channel",
    )


def _new(context: Context, spot: Spot, what: str, to: ChannelName | None) -> Channel:
    """The channel that hears it instead: the one this is said in, or one that was pointed at."""
    place = context.utterance.place
    if what == HERE or (to is not None and to.fits(place.id, place.name)):
        if place.kind != "channel":
            raise Refusal(
                "We are alone here.", f"Say `channel {cards.spelled(spot.channel.name)} here` in the channel."
            )
        return Channel(place.platform, place.id, place.name or place.id)
    if to is None:
        raise Refusal("To which channel?", "Name it, or say `here` in it.", field="to")
    for each in spots(context.sitting.agreements):
        if to.fits(each.channel.id, each.channel.name, each.channel.as_agreed.name):
            return each.channel
    if not to.id:
        raise Refusal(
            f"I know no channel {to.name}.",
            f"Say `channel {cards.spelled(spot.channel.name)} here` in it, once I was added there.",
            field="to",
        )
    return Channel(place.platform, to.id, to.name)


COMMANDS = (
    Command(
        verb="channel",
        summary="Choose where a channel's words go: another channel, the owners alone, or nowhere for a while",
        who="the owner of a party",
        run=channel,
        writes=True,
        submit="Do it",
        arguments=(
            Argument("channel", ChannelArg(), "Channel"),
            Argument("what", ChoiceArg((ELSEWHERE, HERE, DIRECT, PAUSE, RESUME)), "Its words go"),
            Argument("to", ChannelArg(), "To", after=("to",), required=False),
        ),
        examples=(
            "channel #smarketing elsewhere to #leads",
            "channel #smarketing here",
            "channel #smarketing direct",
            "channel #smarketing pause",
            "channel #smarketing resume",
        ),
    ),
)
