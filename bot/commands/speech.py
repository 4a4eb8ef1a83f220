"""Saying a command back as text: what a button says, what a refusal understood, what the audit keeps."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.arguments.kind import Misread, Stretch
from bot.commands.command import Argument, Command
from bot.commands.reading import Stuck, read
from bot.commands.vocabulary import UnitName, Vocabulary
from bot.commands.words import ELLIPSES, LONGEST, clean, cut, quoted


def say(command: Command, arguments: Mapping[str, object], vocabulary: Vocabulary) -> str:
    """The words that mean this command with these arguments, now and later.

    `parse` reads them back as the same values. Days and instants are said in full, names as they
    are called, and in quotes only where they would be read otherwise. Arguments may be missing:
    what is known so far can be said too.
    """
    sparing = _said(command, arguments, vocabulary, sparing=True)
    if _read_back(command, arguments, sparing, vocabulary) == dict(arguments):
        return sparing
    return _said(command, arguments, vocabulary, sparing=False)


def plain(command: Command, arguments: Mapping[str, object], vocabulary: Vocabulary) -> dict[str, str]:
    """The arguments as text by name, as a form or an API call sends them; read back by `submitted`."""
    return {
        argument.name: argument.kind.say(arguments[argument.name], vocabulary)
        for argument in command.arguments
        if argument.name in arguments
    }


def as_written(text: str, command: Command, argument: Argument, vocabulary: Vocabulary) -> str:
    """A value's text as it is written behind the command: in quotes where it would be misread bare."""
    bare = not argument.kind.quotable or _stands_bare(text, command, argument, vocabulary) is not None
    return text if bare else quoted(text)


def _said(command: Command, arguments: Mapping[str, object], vocabulary: Vocabulary, *, sparing: bool) -> str:
    present = [argument for argument in command.arguments if argument.name in arguments]
    present.sort(key=lambda argument: (argument.runs_on, bool(argument.after)))
    said = [command.verb]
    for argument in present:
        said += argument.after[:1]
        text = _text(argument, arguments, vocabulary)
        bare = sparing and (
            _runs_to_the_end(text, command, argument)
            if argument.runs_on and argument is present[-1]
            else _stands_bare(text, command, argument, vocabulary) == (arguments[argument.name],)
        )
        said.append(text if bare or not argument.kind.quotes(arguments[argument.name]) else quoted(text))
    return " ".join(said)


def _text(argument: Argument, arguments: Mapping[str, object], vocabulary: Vocabulary) -> str:
    value = arguments[argument.name]
    if isinstance(value, UnitName):
        # "1 qualified lead", but "25 qualified leads".
        quantity = next((count for count in arguments.values() if isinstance(count, int)), None)
        return vocabulary.units.spell(value, value.counted(quantity))
    return argument.kind.say(value, vocabulary)


def _runs_to_the_end(text: str, command: Command, argument: Argument) -> bool:
    words = cut(text)
    if not words or '"' in text or text != text.strip() or words[-1].text in ELLIPSES:
        return False
    return bool(argument.after) or command.keyword_at(words, 0) is None


def _stands_bare(text: str, command: Command, argument: Argument, vocabulary: Vocabulary) -> tuple[object] | None:
    # The value that the text has without quotes, alone in a tuple; None if it needs them.
    words = cut(text)
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
