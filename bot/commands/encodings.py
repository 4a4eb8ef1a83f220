"""The ways to ask, and the one thing that they all mean."""

from __future__ import annotations

from bot.chat.talk import Utterance
from bot.commands.command import Asked, CommandTable, Incomplete
from bot.commands.forms import submitted
from bot.commands.grammar import parse
from bot.commands.vocabulary import Vocabulary


def understand(utterance: Utterance, table: CommandTable, vocabulary: Vocabulary) -> Asked | Incomplete:
    """What an utterance asks, whether it was typed, pressed, filled in or sent by a program.

    Text is parsed; a verb with arguments is read as the form that it comes from. Raises Refusal.
    """
    if utterance.verb:
        return submitted(utterance.verb, utterance.arguments, table, vocabulary)
    return parse(utterance.text, table, vocabulary)
