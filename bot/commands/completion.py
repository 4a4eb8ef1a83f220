"""What could be written next, for a box that completes while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.card import Option
from bot.commands.arguments.kind import KeysAtHand
from bot.commands.command import Argument, Command, CommandTable
from bot.commands.grammar import starts_sentence
from bot.commands.reading import Reading, Stuck, read
from bot.commands.speech import as_written
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import Word, clean, cut, fold, upper_first
from slacore.errors import Refusal

_LONGEST_PARTIAL = 4


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: `insert` is the whole text of the box once it is chosen.

    `label` is the word that is added, and `hint` what it is.
    """

    insert: str
    label: str
    hint: str = ""


def complete(
    text: str,
    table: CommandTable,
    vocabulary: Vocabulary,
    keys: KeysAtHand | None = None,
    *,
    limit: int = 12,
) -> list[Completion]:
    """Ways to go on from what stands before the cursor: verbs, then the values and keywords that fit.

    `keys` are the keys worth offering, by letter. Never raises; nothing fits a text that cannot be
    read so far.
    """
    try:
        source = clean(text)
    except Refusal:
        return []
    words = cut(source)
    found: dict[str, Completion] = {}
    for completion in _all(source, words, table, vocabulary, keys or {}):
        if completion.insert.rstrip() != source.rstrip():
            found.setdefault(completion.insert, completion)
        if len(found) == limit:
            break
    return list(found.values())


def _all(
    source: str, words: tuple[Word, ...], table: CommandTable, vocabulary: Vocabulary, keys: KeysAtHand
) -> Iterator[Completion]:
    partial = fold(source).removeprefix("/").lstrip()
    for command in table:
        if command.listed and fold(command.verb).startswith(partial) and fold(command.verb) != partial:
            insert = command.verb + (" " if command.arguments else "")
            yield Completion(insert, command.verb, upper_first(command.summary))
    addressed = table.verb_at(words) or starts_sentence(table, words)
    if addressed is None:
        return
    command, at = addressed
    # The word before the cursor may be whole, begun, or the first of a name of two.
    whole = bool(source) and source[-1].isspace()
    if at == len(words) and not whole:
        return
    first_cut = max(at, len(words) - _LONGEST_PARTIAL)
    if whole and _reads(command, source, words, at, vocabulary):
        first_cut = len(words)
    for begun in range(first_cut, len(words) + whole):
        head = source[: words[begun].start] if begun < len(words) else source
        yield from _next(command, head, words[:begun], at, source[len(head) :], vocabulary, keys)


def _reads(command: Command, source: str, words: tuple[Word, ...], at: int, vocabulary: Vocabulary) -> bool:
    try:
        read(command, source, words, at, vocabulary)
    except Stuck:
        return False
    return True


def _next(
    command: Command,
    head: str,
    words: tuple[Word, ...],
    at: int,
    partial: str,
    vocabulary: Vocabulary,
    keys: KeysAtHand,
) -> Iterator[Completion]:
    try:
        reading = read(command, head, words, at, vocabulary)
    except Stuck:
        return
    begun = fold(partial.strip().strip('"'))
    for argument in _fitting(command, reading):
        for option in argument.kind.suggestions(vocabulary, keys):
            if f" {begun}" in f" {fold(option.value)} {fold(option.label)}":
                insert = head + as_written(option.value, command, argument, vocabulary)
                yield Completion(insert, option.value, _hint(option, argument))
    if reading.dangling:
        return
    for argument in command.arguments:
        keyword = argument.after[0] if argument.after else ""
        if keyword and argument.name not in reading.found and fold(keyword).startswith(begun):
            yield Completion(f"{head}{keyword} ", keyword, upper_first(argument.kind.hint()))


def _fitting(command: Command, reading: Reading) -> Iterator[Argument]:
    # After a keyword only its own argument; else the bare ones up to the first that must be there.
    for argument in command.arguments:
        if reading.dangling:
            if argument.name in reading.dangling:
                yield argument
        elif argument.positional and argument.name not in reading.found:
            yield argument
            if argument.required:
                return


def _hint(option: Option, argument: Argument) -> str:
    return option.label if fold(option.label) != fold(option.value) else upper_first(argument.kind.wording)
