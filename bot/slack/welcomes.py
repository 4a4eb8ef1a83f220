"""The first words where the house has none yet: to somebody of no party, and to a channel of no agreement."""

from __future__ import annotations

from bot.chat.card import Button, Card, Note, Strong, Text


def to_stranger() -> Card:
    """What somebody of no agreement reads who opens the bot: most likely an administrator, who just added it."""
    return Card(
        title="Hello. I am Kept: I hold teams to the promises they make one another.",
        summary="Kept says hello. You are in no agreement yet.",
        blocks=(
            Text(
                (
                    "I take handoffs as they happen, and ask the owner in private before anything is late. ",
                    "You are in no agreement yet, so nothing is due from you.",
                )
            ),
            Note(("Whoever added me begins the first agreement here: ", Strong("agreement new"), ".")),
            Note(("Or whoever runs Kept applies one from a file, which lists its people by their Slack member ids.",)),
            Note(("Do I know you on another platform? Say ", Strong("connect"), " there, and the code here.")),
        ),
        buttons=(Button("What can I ask?", "help"),),
    )


def to_idle_channel() -> Card:
    """What a channel reads that the bot was added to before any agreement names it."""
    return Card(
        title="Kept is here, and no agreement names this channel yet.",
        summary="Kept was added to this channel. No agreement names it yet.",
        blocks=(
            Text(
                (
                    "Once one does, its handoffs, reports and misses are told here, and ",
                    Strong("/handoff 25 qualified leads to sales"),
                    " counts from the moment it is typed.",
                )
            ),
            Note(("In a thread, mention me instead: Slack knows no commands there.",)),
        ),
        buttons=(Button("What can I ask?", "help"),),
    )
