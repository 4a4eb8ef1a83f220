"""Hearing what people say instead of a command: a question or a wish, in the words of `sayings`.

What only looks is answered; what would change something opens its form, filled in as far as it was
understood, since nobody should find a thing done because he chatted. Only the whole of what was
said is ever taken for a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.commands.arguments import TextArg
from bot.commands.command import Command, CommandTable
from bot.commands.sayings import SAYINGS
from bot.commands.words import Word

_LONGEST, _LONGEST_LINE = 20, 200
"""Words and characters; what is longer is a letter to somebody else."""
_MOST_WAYS = 5
"""So many courtesies at each end; who says more of them is not being polite."""
_STANDS_FOR = " -> "
_OPENS_FORM = " …"
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))
_IN_FULL = {
    "what's": "what is",
    "whats": "what is",
    "who's": "who is",
    "whos": "who is",
    "how's": "how is",
    "hows": "how is",
    "where's": "where is",
    "when's": "when is",
    "whens": "when is",
    "it's": "it is",
    "i'm": "i am",
    "im": "i am",
    "we're": "we are",
    "i've": "i have",
    "i'll": "i will",
    "don't": "do not",
    "dont": "do not",
    "didn't": "did not",
    "can't": "can not",
    "u": "you",
    "r": "are",
}
_BEFORE = tuple(
    each.split()
    for each in (
        *("please", "pls", "plz", "can you", "could you", "would you", "i want to", "i would like to", "let me"),
        *("hey", "hi", "hello", "kept", "@kept", "sla", "so", "ok", "okay", "well", "and", "yes", "just"),
    )
)
_BEHIND = tuple(
    each.split() for each in ("please", "pls", "plz", "thanks", "thank you", "thx", "kept", "for me", "now")
)
_SLOT = re.compile(r"<(\w+)>")
_MARK = re.compile(r"[>•*·–—-]+|[0-9]{1,2}[.)]")
"""What a line that was copied from a list or a letter begins with."""
_MENTION = re.compile(r"<@[^<>]*>[,:]?|@\S+")
_EMOJI_NAME = re.compile(r":[a-z0-9_+-]+:")
_SIGNS = frozenset({"So", "Sk", "Sm", "Mn", "Cf", "Po"})


def said_as_phrase(source: str, words: tuple[Word, ...], table: CommandTable) -> Iterator[tuple[str, frozenset[str]]]:
    """The commands that what was said may stand for, likest first, each with the arguments that it must name.

    Where one of those cannot be read, that one was not meant.
    """
    spoken = [_in_full(word) for word in words]
    if len(words) > _LONGEST or sum(map(len, spoken)) > _LONGEST_LINE:
        return
    for first, last in without_courtesies(words):
        line = " ".join(spoken[first:last])
        for pattern, stands_for in _phrases(table):
            if (found := pattern.fullmatch(line)) is not None:
                spans = {name: found.span(name) for name in found.groupdict() if found[name]}
                said = {
                    name: _as_typed(span, source, words[first:last], spoken[first:last]) for name, span in spans.items()
                }
                yield _filled(stands_for, said), frozenset(said) - {"rest"}


def without_courtesies(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """From where to where words say something, without a "please" before or a "thanks" behind; first, all of them."""
    spoken = [_in_full(word) for word in words[:_LONGEST]]
    first, last = 0, len(words)
    ways = [(first, last)]
    while len(ways) < _MOST_WAYS and first < len(spoken) - 1 and (cut := _before(words[first], spoken[first:])):
        first += cut
        ways.append((first, last))
    spoken = [_in_full(word) for word in words[-_LONGEST:]]
    while len(ways) < 2 * _MOST_WAYS and len(spoken) > 1 and (cut := _behind(words[last - 1], spoken)):
        last -= cut
        del spoken[-cut:]
        ways.append((first, last))
    return [(begin, end) for begin, end in ways if begin < end]


def _before(word: Word, spoken: list[str]) -> int:
    if _MARK.fullmatch(word.text) or _MENTION.fullmatch(word.text) or _is_picture(word):
        return 1
    return next((len(each) for each in _BEFORE if spoken[: len(each)] == each), 0)


def _behind(word: Word, spoken: list[str]) -> int:
    return 1 if _is_picture(word) else next((len(each) for each in _BEHIND if spoken[-len(each) :] == each), 0)


def _is_picture(word: Word) -> bool:
    # Emoji and other signs that stand for no word, or the name of one as Slack writes it.
    return bool(_EMOJI_NAME.fullmatch(word.text)) or all(unicodedata.category(mark) in _SIGNS for mark in word.text)


def _in_full(word: Word) -> str:
    plain = word.plain.translate(_APOSTROPHES).casefold()
    return plain if word.quoted else _IN_FULL.get(plain, plain)


@lru_cache(maxsize=4)
def _phrases(table: CommandTable) -> tuple[tuple[re.Pattern[str], str], ...]:
    # Made when somebody first says something that is no command, and kept. What may be any words comes last.
    found = [(_vague(command, phrase), *_read(command, phrase)) for command, phrase in phrases_of(table)]
    return tuple((pattern, stands_for) for _, pattern, stands_for in sorted(found, key=lambda one: one[0]))


def phrases_of(table: CommandTable) -> list[tuple[Command, str]]:
    """Every phrase with the row that it belongs to, in the order of the table."""
    return [
        (command, phrase.strip()) for command in table for phrase in SAYINGS.get(command.verb, "").strip().splitlines()
    ]


def _vague(command: Command, phrase: str) -> bool:
    arguments = (command.argument(name) for name in _SLOT.findall(phrase))
    return any(one is not None and isinstance(one.kind, TextArg) for one in arguments)


def _read(command: Command, phrase: str) -> tuple[re.Pattern[str], str]:
    said, _, stands_for = phrase.partition(_STANDS_FOR)
    optional = re.sub(r"\[([^][]+)\](?!\+)", r"(?:\1)?", _SLOT.sub(r"(?P<\1>.+?)", said))
    return re.compile(optional), stands_for or _own(command, said)


def _own(command: Command, said: str) -> str:
    # The row's own command with what was named; every value behind its keyword, if it has one.
    named = set(_SLOT.findall(said))
    values = (
        f"{'' if one.positional else one.after[0] + ' '}<{one.name}>" for one in command.arguments if one.name in named
    )
    return " ".join((command.verb, *values)) + (_OPENS_FORM if command.writes else "")


def _filled(stands_for: str, said: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: said.get(slot[1], ""), stands_for)


def _as_typed(span: tuple[int, int], source: str, words: tuple[Word, ...], spoken: list[str]) -> str:
    # From the line that was compared back to what was typed.
    at, inside = 0, []
    for word, text in zip(words, spoken, strict=True):
        if span[0] < at + len(text) and at < span[1]:
            inside.append(word)
        at += len(text) + 1
    return source[inside[0].start : inside[-1].end].rstrip(" ?!.,;") if inside else ""
