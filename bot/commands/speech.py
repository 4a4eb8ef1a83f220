"""Saying a command back as text: what a button says, what a refusal understood, what the audit keeps."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from bot.commands.arguments.kind import Misread, Stretch
from bot.commands.command import Argument, Command
from bot.commands.reading import Stuck, read
from bot.commands.vocabulary import UnitName, Vocabulary
from bot.commands.words import ELLIPSES, LONGEST, clean, cut, has_quotes, quoted


def say(command: Command, arguments: Mapping[str, object], vocabulary: Vocabulary) -> str:
    """The words that mean this command with these arguments, now and later.

    `parse` reads them back as the same values. Days and instants are said in full, names as they
    are called, and in quotes only where they would be read otherwise. Arguments may be missing:
    what is known so far can be said too.
    """
    parts = _parts(command, arguments, vocabulary, sparing=True)
    said = _joined(command, parts)
    if _is_plain_sailing(command, parts) or _read_back(command, arguments, said, vocabulary) == dict(arguments):
        return said
    return _joined(command, _parts(command, arguments, vocabulary, sparing=False))


def as_written(text: str, command: Command, argument: Argument, vocabulary: Vocabulary) -> str:
    """A value's text as it is written behind the command: in quotes where it would be misread bare."""
    bare = not argument.kind.quotable or _stands_bare(text, command, argument, vocabulary) is not None
    return text if bare else quoted(text)


def _parts(
    command: Command, arguments: Mapping[str, object], vocabulary: Vocabulary, *, sparing: bool
) -> list[tuple[Argument, str]]:
    # Bare ones first, in their order; what runs to the end of the line last.
    present = [argument for argument in command.arguments if argument.name in arguments]
    present.sort(key=lambda argument: (argument.runs_on, bool(argument.after)))
    parts: list[tuple[Argument, str]] = []
    for argument in present:
        text = _text(argument, arguments, vocabulary)
        if argument.kind.quotes(arguments[argument.name]):
            if argument.runs_on:
                bare = sparing and argument is present[-1] and _runs_to_the_end(text, command, argument)
            else:
                bare = sparing and _stands_bare(text, command, argument, vocabulary) == (arguments[argument.name],)
            text = text if bare else quoted(text)
        parts.append((argument, text))
    return parts


def _joined(command: Command, parts: list[tuple[Argument, str]]) -> str:
    return " ".join((command.verb, *(word for argument, text in parts for word in (*argument.after[:1], text))))


def _is_plain_sailing(command: Command, parts: list[tuple[Argument, str]]) -> bool:
    # Two values side by side can run into each other, one that is left out can have its place taken,
    # and a value can make a longer keyword of its own. Where there is none of these, the text need
    # not be read back to be sure of it.
    bare = [argument for argument, _ in parts if not argument.after]
    if tuple(bare) != command.positional[: len(bare)]:
        return False
    for (before, _), (argument, text) in itertools.pairwise(parts):
        if not argument.after and (before.kind.quotable or not text[:1].isalpha()):
            return False
    return not any(command.continues_keyword(text) for _, text in parts)


def _text(argument: Argument, arguments: Mapping[str, object], vocabulary: Vocabulary) -> str:
    value = arguments[argument.name]
    if isinstance(value, UnitName):
        # "1 qualified lead", but "25 qualified leads".
        quantity = next((count for count in arguments.values() if isinstance(count, int)), None)
        return vocabulary.units.spell(value, value.counted(quantity))
    return argument.kind.say(value, vocabulary)


def _runs_to_the_end(text: str, command: Command, argument: Argument) -> bool:
    words = cut(text)
    if not words or has_quotes(text) or text != text.strip() or words[-1].text in ELLIPSES:
        return False
    return bool(argument.after) or command.keyword_at(words, 0) is None


def _stands_bare(text: str, command: Command, argument: Argument, vocabulary: Vocabulary) -> tuple[object] | None:
    # The value that the text has without quotes, alone in a tuple; None if it needs them.
    words = () if has_quotes(text) else cut(text)
    if not words or any(command.keyword_at(words, at) or words[at].text in ELLIPSES for at in range(len(words))):
        return None
    try:
        value, used = argument.kind.take(Stretch(text, words, 0, len(words)), vocabulary)
    except Misread:
        return None
    return (value,) if used == len(words) else None


def _read_back(
    command: Command, arguments: Mapping[str, object], text: str, vocabulary: Vocabulary
) -> dict[str, object] | None:
    if len(text) > LONGEST:
        return None
    source = clean(text)
    words = cut(source)
    complete = all(argument.name in arguments for argument in command.arguments if argument.required)
    try:
        return read(command, source, words, len(command.verb.split()), vocabulary, in_order=complete).found
    except Stuck:
        return None
