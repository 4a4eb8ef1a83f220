"""Cutting what somebody typed into words, without changing what they meant to write down.

Two readings of the same text live side by side. What is kept as data (a note, a reason) stays as
it was typed, less what cannot be seen and only does harm. What is compared with known words is
folded: full-width digits, capitals, accents, hyphens and invisible marks make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from slacore.errors import Refusal

LONGEST = 4_000
"""Characters that one command may have; a platform's own limit on a message is of that size."""

_SHORT = 100

ELLIPSES = frozenset({"…", "..."})
"""Said at the end, after a blank: open the form instead of acting, filled in as far as I got."""

# Control characters, lone surrogates, zero-width blanks, soft hyphens, and the marks that turn the
# direction of what follows them: they can make a text read as something that it is not. The joiners
# inside emoji and the plain left-to-right and right-to-left marks stay, since scripts need them.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("-_‐‑‒–—−/", " "),
    }
)
_CLOSES = {'"': '"', "“": '”"', "„": '”“"', "‟": '”"', "«": "»"}
_AFTER_QUOTE = frozenset(",;.!?:")
_BEFORE, _BEHIND = "*_~`", "*_~`,;:!?.…"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Mn"})
_PIECE = re.compile(r"\S+")
_SPECIAL = re.compile('["“„‟«<]')
_MENTION = re.compile(r"<[@#!][^<>]*>|<(?:https?|mailto):[^<>]*>")


class Word(NamedTuple):
    """One word, or one quoted name, of what was typed.

    `text` is what was typed, without its quotes; `plain` the same without what merely decorates
    (invisible marks, emphasis, a comma behind it) and with full-width characters made ordinary.
    `start` and `end` are offsets into the cleaned text, quotes included.
    """

    text: str
    plain: str
    start: int
    end: int
    quoted: bool = False


def clean(text: str) -> str:
    """Give the text without what nobody can see and nobody meant; line ends become newlines.

    Raises Refusal when it is longer than LONGEST characters, before looking at any of them.
    """
    if len(text) > LONGEST:
        raise Refusal(
            f"That is {len(text):,} characters; I read up to {LONGEST:,} at once.",
            "Say it shorter, or give a link to the long version.",
        )
    if text.isascii() and text.isprintable():
        return text
    return _HARMFUL.sub("", _LINE_ENDS.sub("\n", text))


def fold(text: str) -> str:
    """Give the form in which two spellings of one name are equal.

    Capitals, accents, width, hyphens, emphasis and invisible marks make no difference: `José`,
    `JOSE` and `jose` are one, and so are `customer-service` and `Customer Service`.
    """
    # What is longer than any name is not worth remembering.
    return _folded(text) if len(text) <= 100 else _folded.__wrapped__(text)


@lru_cache(maxsize=8_192)
def _folded(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKD", text.translate(_LOOK_ALIKES)).casefold()
        text = unicodedata.normalize("NFKD", text)
        text = "".join(mark for mark in text if mark.isspace() or unicodedata.category(mark) not in _UNSEEN)
    return " ".join(text.translate(_LOOK_ALIKES).casefold().split())


def cut(text: str) -> tuple[Word, ...]:
    """Cut cleaned text at its blanks; what stands in quotes, and a mention, is one word.

    A quote is one only where it opens a word and closes before a blank; inside it, two quotes
    stand for one. Punctuation on its own is no word. Never fails.
    """
    # A command is cut to know its verb, and again to be understood; what is long is neither often, nor small.
    return _cut(text) if len(text) <= _SHORT else _cut.__wrapped__(text)


@lru_cache(maxsize=256)
def _cut(text: str) -> tuple[Word, ...]:
    if not _SPECIAL.search(text):
        pieces = _PIECE.finditer(text)
        return tuple([Word(found[0], plain, *found.span()) for found in pieces if (plain := _plain(found[0]))])
    words: list[Word] = []
    unclosed: set[str] = set()
    at = 0
    while (begun := _PIECE.search(text, at)) is not None:
        at = begun.start()
        quotation = None if text[at] in unclosed else _quotation(text, at)
        if quotation is not None:
            inside, end = quotation
            words.append(Word(inside, _narrow(inside).strip(), at, end, quoted=True))
        else:
            # What does not close from here does not close further on: looking again at each
            # would let a text full of quotes take seconds.
            unclosed.add(text[at])
            mention = _MENTION.match(text, at)
            end = begun.end() if mention is None else _after(text, mention.end())
            piece = text[at:end]
            if plain := _plain(piece):
                words.append(Word(piece, plain, at, end))
        at = end
    return tuple(words)


def _quotation(text: str, at: int) -> tuple[str, int] | None:
    closers = _CLOSES.get(text[at])
    if closers is None:
        return None
    inside: list[str] = []
    position, length = at + 1, len(text)
    while position < length:
        mark = text[position]
        if mark in closers:
            behind = text[position + 1] if position + 1 < length else " "
            if mark == '"' and behind == '"':
                inside.append('"')
                position += 2
                continue
            if behind.isspace() or behind in _AFTER_QUOTE:
                return "".join(inside), position + 1
        inside.append(mark)
        position += 1
    return None


def _after(text: str, at: int) -> int:
    # Where the word that begins at or before this place ends.
    tail = _PIECE.match(text, at)
    return at if tail is None else tail.end()


def _plain(piece: str) -> str:
    if piece.isascii() and piece.isalnum():
        return piece
    return piece if piece in ELLIPSES else _narrow(piece).lstrip(_BEFORE).rstrip(_BEHIND)


def _narrow(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        mark
        for mark in text.translate(_FULL_WIDTH)
        if mark.isspace() or unicodedata.category(mark) not in {"Cc", "Cf", "Cs"}
    )


def quoted(text: str) -> str:
    """Put text into quotes so that `cut` gives it back as one word."""
    return '"' + text.replace('"', '""') + '"'


def has_quotes(text: str) -> bool:
    """Whether something in it could open a quotation."""
    return any(mark in _CLOSES for mark in text)


def shown(text: str, most: int = 60) -> str:
    """Give a user's own words for quoting back to them: in quotation marks, on one line, cut to `most`."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[: most - 1].rstrip()}…”"


def upper_first(text: str) -> str:
    """Begin a sentence or a label with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]
