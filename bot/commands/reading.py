"""Reading the arguments of a command from words: bare ones in their order, the others by keyword."""

from __future__ import annotations

import difflib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.commands.arguments.kind import Impossible, Misread, Stretch
from bot.commands.arguments.names import PartyArg, PersonArg
from bot.commands.command import Argument, Command
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import Word, shown

_MOST_STOPS = 8
_LONGEST_KEYWORD = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: values by argument name, and the arguments whose keyword had nothing behind it."""

    found: dict[str, object]
    dangling: tuple[str, ...] = ()


class Stuck(Exception):
    """Words that could not be read, where they begin, and what had been read before.

    `argument` is the one that they were taken for, or None if nothing more was expected.
    """

    def __init__(
        self,
        misread: Misread,
        at: int,
        argument: Argument | None,
        found: Mapping[str, object],
        *,
        resumes_at: int | None = None,
    ) -> None:
        """Keep everything that a helpful answer needs; reading resumes behind the words unless told where."""
        super().__init__(str(misread))
        self.misread = misread
        self.at = at
        self.argument = argument
        self.found = dict(found)
        self.resumes_at = at + misread.span if resumes_at is None else resumes_at


def read(
    command: Command,
    source: str,
    words: tuple[Word, ...],
    at: int,
    vocabulary: Vocabulary,
    known: Mapping[str, object] = MappingProxyType({}),
    *,
    without: Container[str] = (),
    in_order: bool = True,
) -> Reading:
    """Read all the words from `at` on as arguments of the command, beside those already known.

    `without` names arguments that the words are not tried as. With `in_order`, what follows a
    required bare argument is not tried in its place. Whatever is missing in the end is the
    caller's to notice. Raises Stuck.
    """
    found = dict(known)
    pending = [
        argument for argument in command.positional if argument.name not in found and argument.name not in without
    ]
    keywords = command.keywords_in(words)
    while at < len(words):
        introduced = keywords[at]
        if introduced is not None:
            argument, length = introduced
            behind = at + length
            if argument.name in found:
                raise Stuck(_said_twice(words[at].plain), at, argument, found)
            if behind == len(words):
                return Reading(found, (argument.name,))
            stretch = _stretch(source, words, behind, keywords)
            try:
                found[argument.name], used = argument.kind.take(stretch, vocabulary)
            except Misread as misread:
                raise Stuck(misread, behind, argument, found) from misread
            at = behind + used
        else:
            stretch = _stretch(source, words, at, keywords)
            try:
                argument, value, used = _bare(command, pending, stretch, vocabulary, found, in_order=in_order)
            except _Unreadable as unreadable:
                raise Stuck(unreadable.misread, at, unreadable.argument, found) from unreadable
            found[argument.name] = value
            at += used
        if argument in pending:
            pending.remove(argument)
    return Reading(found)


def _stretch(source: str, words: tuple[Word, ...], at: int, keywords: list[tuple[Argument, int] | None]) -> Stretch:
    behind = at
    while behind < len(words) and keywords[behind] is None:
        behind += 1
    return Stretch(source, words[at:], words[at - 1].end if at else 0, behind - at)


class _Unreadable(Exception):
    def __init__(self, misread: Misread, argument: Argument | None) -> None:
        super().__init__(str(misread))
        self.misread = misread
        self.argument = argument


def _bare(
    command: Command,
    pending: list[Argument],
    stretch: Stretch,
    vocabulary: Vocabulary,
    found: Mapping[str, object],
    *,
    in_order: bool,
) -> tuple[Argument, object, int]:
    # Optional ones may be left out; past a required one nothing is tried.
    failed: list[_Unreadable] = []
    for argument in pending:
        try:
            value, used = argument.kind.take(stretch, vocabulary)
        except Misread as misread:
            failed.append(_Unreadable(misread, argument))
            if argument.required and in_order:
                break
        else:
            return argument, value, used
    # What could only be one of those that have a keyword of their own was probably meant as something else.
    failed = [
        one
        for one in failed
        if one.argument is None or one.argument.required or not one.argument.after or _is_telling(one.misread)
    ]
    if not failed:
        raise _Unreadable(_nothing_more(command, stretch, found), None)
    # The one that knows best what was meant speaks; else the one that must be there; else the first.
    failed.sort(
        key=lambda one: (
            not isinstance(one.misread, Impossible),
            not one.misread.instead,
            one.argument is None or not one.argument.required,
        )
    )
    raise failed[0]


def read_on(
    stuck: Stuck, command: Command, source: str, words: tuple[Word, ...], vocabulary: Vocabulary
) -> dict[str, object]:
    """Everything that can be read in spite of what could not: before it and behind it."""
    without: set[str] = set()
    for _ in range(_MOST_STOPS):
        if stuck.argument is not None:
            without.add(stuck.argument.name)
        behind = stuck.resumes_at
        if behind >= len(words):
            break
        try:
            return read(command, source, words, behind, vocabulary, stuck.found, without=without, in_order=False).found
        except Stuck as further:
            stuck = further
    return stuck.found


def _said_twice(keyword: str) -> Misread:
    return Misread(
        f"{shown(keyword)} is said twice.", "Say it once; put a name or text that has the word in it in quotes."
    )


def _is_telling(misread: Misread) -> bool:
    return isinstance(misread, Impossible) or bool(misread.instead)


def _nothing_more(command: Command, stretch: Stretch, found: Mapping[str, object]) -> Misread:
    example = (*command.examples[1::-1], command.usage)[0]
    return Misread(
        f"I do not know what to do with {shown(stretch.raw(max(1, stretch.free)))}.",
        f"Write it like this: {shown(example, 120)}",
        instead=_likely_keywords(command, stretch, found),
    )


def _likely_keywords(command: Command, stretch: Stretch, found: Mapping[str, object]) -> tuple[str, ...]:
    """Keywords that may have been meant by the word that none could use, likest first; whoever offers one tries it."""
    missing = [one for one in command.arguments if one.name not in found]
    keywords = [keyword for argument in missing for keyword in argument.after]
    word = stretch.first.plain.lower()
    if len(word) > _LONGEST_KEYWORD:
        return ()
    near = difflib.get_close_matches(word, keywords, n=2, cutoff=0.5)
    # "25 leads for sales": a little word that leads to a name was probably meant as one that does.
    leads = [one.after[0] for one in missing if one.after and isinstance(one.kind, PartyArg | PersonArg)]
    return tuple(each for each in keywords if each in near or (each in leads and stretch.free > 1))
