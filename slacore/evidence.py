"""What shows that something was delivered: what an agreement may ask for, and what may be kept of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from slacore.errors import Refusal

Wanted = Literal["any", "text", "link", "file", "none"]
"""What an agreement asks for: words, a link or a file; `any` of them, or nothing; `none`, where a word is enough."""

_SAID_OUTRIGHT = re.compile(
    r"\b(pass\s?words?|pass\s?phrase|pass\s?code|pwd|pw|pin)\b\s*(is|to|=|:|->)\s*\S", re.IGNORECASE
)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]*[^\W_]", re.IGNORECASE)
_SHORTEST = 6
_LONGEST = 64
_KINDS = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"), re.compile(r"[^A-Za-z0-9\s]"))
_ORDINARY = re.compile(r"[A-Za-z]+(?:[-'’/][A-Za-z]+)*|[\d.,:/\-]+|[A-Z]{1,4}-?\d{1,6}")
"""A word, a hyphened word, a date or number, a key such as O-77 or ID-1234."""


def require_evidence(wanted: Wanted, words: str, files: Sequence[str], key: str) -> None:
    """Refuse what does not show what the agreement asks to be shown; `files` are names of files that are not empty.

    More than is asked for is welcome. A link is an address on the web; a link alone is no text, since
    what lies behind it may change.
    """
    rest = _LINK.sub(" ", words)
    match wanted:
        case "text" if not any(sign.isalnum() for sign in rest):
            raise Refusal(
                f"{key} is shown by a few words, so the agreement says.",
                f"Say `done {key}` and what was done, such as `done {key} sent to all of sales by e-mail`.",
                field="evidence",
            )
        case "link" if not _ADDRESS.search(words):
            raise Refusal(
                f"{key} is shown by a link, so the agreement says.",
                f"Say `done {key}` and its address, such as `done {key} https://intranet.example/report`.",
                field="evidence",
            )
        case "file" if not files:
            raise Refusal(
                f"{key} is shown by a file, so the agreement says.",
                f"Attach it in the form of `done {key} …`, or send it to me directly with the words `done {key}`.",
                field="file",
            )
        case _:
            pass


def shown_by(words: str, files: Sequence[str]) -> str:
    """Evidence in one line, as the record tells it: the words, and the files by their names."""
    return "; ".join(part for part in (words, ", ".join(files)) if part)


def looks_like_a_secret(text: str) -> bool:
    """Whether words beside a confirmation could be the password itself, so that they are not kept.

    They could be where they say so ("my password is …"), and where one of them, of 6 to 64
    characters without a blank, mixes letters, digits and signs as no word, date, key or link does. A
    rule that errs on the side of keeping too little: what is lost is a remark, never the confirmation.
    """
    rest = _LINK.sub(" ", text)
    if _SAID_OUTRIGHT.search(rest):
        return True
    return any(_is_mixed(word.strip(".,;:!?()\"“”'")) for word in rest.split())


def _is_mixed(word: str) -> bool:
    if not _SHORTEST <= len(word) <= _LONGEST or _ORDINARY.fullmatch(word):
        return False
    return sum(bool(kind.search(word)) for kind in _KINDS) >= 2 and not _is_name(word)


def _is_name(word: str) -> bool:
    """Words with inner capitals and a capital first letter ("McDonald", "SharePoint") are names."""
    return word.isalpha()
