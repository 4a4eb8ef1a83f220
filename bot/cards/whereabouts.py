"""A channel or a whole platform is gone from where it was spoken in: what that means, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.offers import act, ask
from bot.cards.words import listed
from bot.chat.card import Button, Card, Note, Text
from slacore.agreements import Terms

_WHY_YOU = "You hear this because you own one side's promises, sponsor them, or added me."
_CALLED = {"slack": "Slack", "teams": "Microsoft Teams", "web": "the browser"}


def channel_gone(terms: Terms, channel: str, why: str) -> Card:
    """Tell that an agreement's channel can no longer be spoken in. `why` completes "the channel …"."""
    title = f"I can no longer speak in {channel}: {why}."
    return Card(
        title=title,
        summary=title,
        blocks=(
            Text((f"{terms.name} is told there. What I would have said there, I tell you until it works again.",)),
            Note(("Invite me again or bring the channel back; or choose where its words go instead.", f" {_WHY_YOU}")),
        ),
        buttons=instead_of(channel),
        tone="warning",
        ref="health",
    )


def channel_gone_to_administrator(terms: Terms, channel: str, why: str) -> Card:
    """The same for whoever added the bot: he may be able to bring the channel back, and hears nothing said in it."""
    told = channel_gone(terms, channel, why)
    owners = f"{terms.name} is told there. What I would have said there goes to its owners until it works again."
    why_you = "You hear this once, because you added me."
    what = "Invite me again or bring the channel back; its owners can choose another."
    return replace(told, blocks=(Text((owners,)), Note((f"{why_you} {what}",))), buttons=())


def instead_of(channel: str) -> tuple[Button, ...]:
    """What can be done about a channel that takes no words."""
    named = spelled(channel)
    return (
        ask("New channel", f"channel {named} elsewhere"),
        act("DM only", f"channel {named} direct"),
        act("Pause", f"channel {named} pause"),
    )


def spelled(channel: str) -> str:
    """A channel's name as it is said in a command."""
    return f'"{channel}"' if " " in channel else channel


def platform_gone(terms: Terms, platform: str, channels: Sequence[str], why: str) -> Card:
    """Tell that nothing can be said on a platform any more."""
    called = _CALLED.get(platform, platform)
    title = f"I can no longer speak in {called}: {why}."
    return Card(
        title=title,
        summary=title,
        blocks=(
            Text((f"{terms.name} is told in {listed(list(channels))}, which hears nothing now.",)),
            Note((f"Whoever may install apps in {called} adds me again; nothing was lost meanwhile. {_WHY_YOU}",)),
        ),
        tone="bad",
        ref="health",
    )


def moved(terms: Terms, before: str) -> Card:
    """Tell a channel that it hears from now on what another one heard."""
    title = f"{terms.name} is told here from now on."
    return Card(title, title, (Text((f"It was told in {before} until now; what was agreed stays as it is.",)),))


def detoured(channel: str, goes: str, to: str = "") -> Card:
    """Answer to whoever decided where a channel's words go."""
    said = {
        "elsewhere": f"What was told in {channel} is told in {to} from now on.",
        "direct": f"What was told in {channel} goes to the owners alone from now on, in direct messages.",
        "nowhere": f"{channel} is paused: it hears nothing until you resume it. The clocks run on.",
        "": f"{channel} hears everything again, as agreed.",
    }[goes]
    back = (act("Resume", f"channel {spelled(channel)} resume"),) if goes else ()
    return Card(said, said, buttons=back, tone="plain" if goes else "good")
