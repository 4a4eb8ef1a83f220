"""Hearing what people say instead of a command: a question or a wish, in the words of `sayings`.

What only looks is answered; what would change something opens its form, filled in as far as it was
understood, since nobody should find a thing done because he chatted. Only the whole of what was
said is ever taken for a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.commands.arguments import KeyArg, KeysArg, TextArg
from bot.commands.command import Command, CommandTable
from bot.commands.sayings import ALL, SAYINGS
from bot.commands.words import Word

_LONGEST, _LONGEST_LINE = 20, 200
"""Words and characters; what is longer is a letter to somebody else."""
_MOST_WAYS = 5
"""So many courtesies at each end; who says more of them is not being polite."""
_STANDS_FOR = " -> "
_OPENS_FORM = " …"
_LAST = "~ "
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
    "its": "it is",
    "that's": "that is",
    "thats": "that is",
    "here's": "here is",
    "heres": "here is",
    "there's": "there is",
    "theres": "there is",
    "wheres": "where is",
    "i'm": "i am",
    "im": "i am",
    "we're": "we are",
    "you're": "you are",
    "youre": "you are",
    "they're": "they are",
    "i've": "i have",
    "ive": "i have",
    "we've": "we have",
    "i'll": "i will",
    "we'll": "we will",
    "i'd": "i would",
    "don't": "do not",
    "dont": "do not",
    "doesn't": "does not",
    "doesnt": "does not",
    "didn't": "did not",
    "didnt": "did not",
    "isn't": "is not",
    "isnt": "is not",
    "wasn't": "was not",
    "wasnt": "was not",
    "aren't": "are not",
    "hasn't": "has not",
    "haven't": "have not",
    "won't": "will not",
    "wont": "will not",
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "gonna": "going to",
    "u": "you",
    "r": "are",
    "ya": "you",
}
_GREETED = ("hey", "hi", "hello", "dear", "morning", "good morning", "good afternoon", "good evening")
_BEFORE = tuple(
    each.split()
    for each in (
        *("please", "pls", "plz", "can you", "could you", "would you", "will you", "i want to", "i would like to"),
        *("let me", *_GREETED, "two things", "three things", "2 things", "3 things", "a few things"),
        *("kept", "@kept", "sla", "so", "ok", "okay", "well", "and", "also", "yes", "just", "btw", "by the way"),
        *("oh", "um", "then", "fyi", "heads up", "guys", "team", "all", "everyone"),
    )
)
_ASIDES = tuple(
    each.split()
    for each in (
        *("can i", "could i", "may i", "can we", "i need to", "i have to", "do you know", "tell me", "any idea"),
        *("quick question", "one question", "sorry", "oops", "but", "actually", "wait", "my bad", "correction"),
    )
)
"""What a question begins with, and what takes back what was said before: nobody gives an order so."""
_BEHIND = tuple(
    each.split()
    for each in (
        *("please", "pls", "plz", "thanks", "thank you", "thx", "ty", "cheers", "many thanks", "thanks a lot"),
        *("kept", "for me", "now", "again", "yet", "already", "so far", "guys", "team", "all", "everyone"),
        *("mate", "then", "though", "btw", "ok", "right", "really", "by any chance"),
    )
)
_SLOT = re.compile(r"<(\w+)>")
_LEFT_OUT = re.compile(r"\[([^][]*)\](?!\+)")
_KEY = r"#?[a-z][-‐‑–—_]?(?: )?0*\d{1,9}(?:\.\.\d{1,9})?"
_EXPRESSIONS: Mapping[type, str] = {KeyArg: _KEY, KeysArg: rf"{_KEY}(?:(?: and)? {_KEY})*"}
"""What a slot of a kind may hold: a key is told from the words about it."""
_UNSAID = re.compile(r"\[([^][]*<(\w+)>)\]")
_TOKEN = re.compile(r"[()\[\]]|[^\s()\[\]|]+|\|")
_MAYBE = re.compile(r".\?")
_PLAIN = re.compile(r"[\w';-]+\??")
_JOINTS = frozenset({"|", "?", ".+", ".*", "*", "+"})
_MARK = re.compile(r"[>•*·–—-]+|[0-9]{1,2}[.)]")
"""What a line that was copied from a list or a letter begins with."""
_MENTION = re.compile(r"<@[^<>]*>[,:]?|@\S+")
_EMOJI_NAME = re.compile(r":[a-z0-9_+-]+:|[:;=][-']?[()DPpoO/|*3]+|<3|xD", re.IGNORECASE)
_OF = re.compile("['’]s$")
_SIGNS = frozenset({"So", "Sk", "Sm", "Mn", "Cf", "Po"})


def said_as_phrase(source: str, words: tuple[Word, ...], table: CommandTable) -> Iterator[tuple[str, frozenset[str]]]:
    """The commands that what was said may stand for, likest first, each with the arguments that it must name.

    Where one of those cannot be read, that one was not meant.
    """
    spoken = [_in_full(word) for word in words]
    if len(words) > _LONGEST or sum(map(len, spoken)) > _LONGEST_LINE:
        return
    phrases = _phrases(table)
    likely = phrases.with_words(" ".join(spoken).split())
    for first, last in without_courtesies(words, or_asides=True):
        line = " ".join(spoken[first:last])
        for phrase in likely:
            if (found := _pattern(phrase).fullmatch(line)) is not None:
                stands_for = phrase.stands_for
                spans = {name: found.span(name) for name in found.groupdict() if found[name]}
                said = {
                    name: _as_typed(span, source, words[first:last], spoken[first:last]) for name, span in spans.items()
                }
                whole = source[words[first].start : words[last - 1].end]
                named = frozenset(said) - {"rest"} | ({"unit"} if "rest" in said else set())
                yield _filled(stands_for, said).replace(ALL, whole), named


def without_courtesies(words: tuple[Word, ...], *, or_asides: bool = False) -> list[tuple[int, int]]:
    """From where to where words say something, without a "please" before or a "thanks" behind; first, all of them."""
    before, behind = (_BEFORE + _ASIDES, _BEHIND + _ASIDES) if or_asides else (_BEFORE, _BEHIND)
    spoken = [_in_full(word) for word in words[:_LONGEST]]
    first, last = 0, len(words)
    ways = [(first, last)]
    while (
        len(ways) < _MOST_WAYS and first < len(spoken) - 1 and (cut := _before(words[first:], spoken[first:], before))
    ):
        first += cut
        ways.append((first, last))
    spoken = [_in_full(word) for word in words[-_LONGEST:]]
    while len(ways) < 2 * _MOST_WAYS and len(spoken) > 1 and (cut := _behind(words[last - 1], spoken, behind)):
        last -= cut
        del spoken[-cut:]
        ways.append((first, last))
    return [(begin, end) for begin, end in ways if begin < end]


def _before(words: tuple[Word, ...], spoken: list[str], courtesies: Iterable[list[str]]) -> int:
    word = words[0]
    if word.plain.lower() in _GREETED and len(words) > 2 and words[1].text.endswith((",", "!", ":")):
        return 2  # "Hi Amy, …"
    if _MARK.fullmatch(word.text) or _MENTION.fullmatch(word.text) or _is_picture(word):
        return 1
    return next((len(each) for each in courtesies if spoken[: len(each)] == each), 0)


def _behind(word: Word, spoken: list[str], courtesies: Iterable[list[str]]) -> int:
    if _is_picture(word):
        return 1
    return next((len(each) for each in courtesies if spoken[-len(each) :] == each), 0)


def _is_picture(word: Word) -> bool:
    # Emoji and other signs that stand for no word, or the name of one as Slack writes it.
    return bool(_EMOJI_NAME.fullmatch(word.text)) or all(unicodedata.category(mark) in _SIGNS for mark in word.text)


def _in_full(word: Word) -> str:
    plain = word.plain.translate(_APOSTROPHES).casefold()
    return plain if word.quoted else _IN_FULL.get(plain, plain)


class _Phrase(NamedTuple):
    said: str
    stands_for: str
    slots: tuple[tuple[str, str], ...]
    """What may stand in a slot, where that is not just any words, as an expression."""
    one_of: frozenset[str]
    """Words of which at least one is in whatever matches it; none where that cannot be told."""


class _Phrases:
    """All phrases, by words of which one has to be said: of hundreds, few are ever compared with what was."""

    __slots__ = ("_anywhere", "_by_word", "_phrases")

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._by_word: dict[str, list[int]] = {}
        self._anywhere: list[int] = []
        for at, phrase in enumerate(self._phrases):
            if not phrase.one_of:
                self._anywhere.append(at)
            for word in phrase.one_of:
                self._by_word.setdefault(word, []).append(at)

    def with_words(self, words: Iterable[str]) -> list[_Phrase]:
        """Those that may have been said, in their order."""
        found = {at for word in words for at in self._by_word.get(word, ())}
        return [self._phrases[at] for at in sorted(found.union(self._anywhere))]


def _one_of(said: str) -> frozenset[str]:
    """Words of which at least one is in whatever matches the phrase; none where that cannot be told."""
    best: Sequence[str] = ()
    group: list[str] = []
    left_out = depth = 0
    is_sure = True
    pieces = _TOKEN.findall(said)
    for piece, behind in zip(pieces, (*pieces[1:], ""), strict=True):
        if piece in "[]":
            left_out += 1 if piece == "[" else -1
        elif left_out:
            continue
        elif piece == "(":
            depth += 1
        elif piece == ")":
            depth -= 1
            if not depth:
                if is_sure and group and not behind.startswith(("?", "*")) and (not best or len(group) < len(best)):
                    best = group
                group, is_sure = [], True
        elif not depth:
            if _PLAIN.fullmatch(piece) and (len(best) != 1 or len(piece) > len(best[0])):
                best = [piece]
        elif piece not in _JOINTS:
            group.append(piece)
            is_sure = is_sure and _PLAIN.fullmatch(piece) is not None
    plural = {word for word in best if "?" in word}
    return (
        frozenset(best)
        .difference(plural)
        .union(spelled for word in plural for spelled in (word.replace("?", ""), _MAYBE.sub("", word)))
    )


@lru_cache(maxsize=4)
def _phrases(table: CommandTable) -> _Phrases:
    # Made when somebody first says something that is no command, and kept. What may be any words comes last.
    found = [_read(command, phrase) for command, phrase in phrases_of(table)]
    return _Phrases(phrase for _, phrase in sorted(found, key=lambda one: one[0]))


@lru_cache(maxsize=2_000)
def _pattern(phrase: _Phrase) -> re.Pattern[str]:
    # Made for the few phrases that share a word with what was said: all of them would take a tenth of a second.
    written, slots = phrase.said, dict(phrase.slots)
    while (shorter := _LEFT_OUT.sub(r"(?:\1)?", written)) != written:
        written = shorter
    written = _SLOT.sub(lambda slot: f"(?P<{slot[1]}>{slots.get(slot[1], '.+?')})", written)
    return re.compile(written)


def phrases_of(table: CommandTable) -> list[tuple[Command, str]]:
    """Every phrase with the row that it belongs to, in the order of the table."""
    return [
        (command, " ".join(phrase.split()))
        for command in table
        for phrase in SAYINGS.get(command.verb, "").strip().splitlines()
    ]


def _read(command: Command, phrase: str) -> tuple[int, _Phrase]:
    """A phrase, and how vague it is: one that says nothing of its own comes after those that do."""
    said, _, stands_for = phrase.removeprefix(_LAST).partition(_STANDS_FOR)
    kinds = {name: one.kind for name in _SLOT.findall(said) if (one := command.argument(name)) is not None}
    slots = tuple((name, _EXPRESSIONS[type(kind)]) for name, kind in kinds.items() if type(kind) in _EXPRESSIONS)
    read = _Phrase(said, stands_for or _own(command, said), slots, _one_of(said))
    if phrase.startswith(_LAST):
        return 3, read
    if any(isinstance(kind, TextArg) for kind in kinds.values()):
        return 2, read
    return int(not read.one_of), read


def _own(command: Command, said: str) -> str:
    # The row's own command with what was named; every value behind its keyword, if it has one.
    named = set(_SLOT.findall(said))
    values = (
        f"{'' if one.positional else one.after[0] + ' '}<{one.name}>" for one in command.arguments if one.name in named
    )
    return " ".join((command.verb, *(f"[{value}]" for value in values))) + (_OPENS_FORM if command.writes else "")


def _filled(stands_for: str, said: Mapping[str, str]) -> str:
    kept = _UNSAID.sub(lambda part: part[1] if said.get(part[2]) else "", stands_for)
    return _SLOT.sub(lambda slot: said.get(slot[1], ""), kept)


def _as_typed(span: tuple[int, int], source: str, words: tuple[Word, ...], spoken: list[str]) -> str:
    # From the line that was compared back to what was typed.
    at, inside = 0, []
    for word, text in zip(words, spoken, strict=True):
        if span[0] < at + len(text) and at < span[1]:
            inside.append(word)
        at += len(text) + 1
    typed = source[inside[0].start : inside[-1].end].strip(" ?!.,:;()") if inside else ""
    return _OF.sub("", typed) if inside and not " ".join(spoken)[: span[1]].endswith("'s") else typed
