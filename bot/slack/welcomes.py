"""The first words: to somebody who meets the bot, once, and to a channel that it was added to."""

from __future__ import annotations

from bot.chat.card import Button, Card, Note, Strong, Text


def for_person() -> Card:
    """What somebody reads who opens the bot for the first time."""
    return Card(
        title="Hello. I am Kept: I hold teams to the promises they make one another.",
        summary="Kept says hello and tells what it can do for you.",
        blocks=(
            Text(("I take handoffs as they happen, know every deadline, and ask the owner before anything is late.",)),
            Text(
                (
                    "Type ",
                    Strong("/handoff 25 qualified leads to sales"),
                    " in your team's channel, ",
                    Strong("/sla status"),
                    " to see where things stand, or ",
                    Strong("/sla mine"),
                    " for what you owe. Here, the same words work without the slash command.",
                )
            ),
            Note(("You hear this once. ", Strong("/sla quiet 18:00-08:00"), " keeps me silent in your evenings.")),
        ),
        buttons=(Button("My part", "mine", "primary"), Button("What can I ask?", "help")),
    )


def for_channel() -> Card:
    """What a channel reads when the bot is added to it."""
    return Card(
        title="Kept is here.",
        summary="Kept was added to this channel.",
        blocks=(
            Text(
                (
                    "If an agreement names this channel, its handoffs, reports and misses are told here. Type ",
                    Strong("/handoff 25 qualified leads to sales"),
                    ", or ",
                    Strong("/sla status"),
                    "; in a thread, mention me instead, because Slack knows no commands there.",
                )
            ),
            Note(("What concerns one person only is said to that person alone.",)),
        ),
        buttons=(Button("Status", "status"), Button("What can I ask?", "help")),
    )
