"""What may be kept beside a confirmation: words that show something, and never a secret."""

from __future__ import annotations

import re

_SAID_OUTRIGHT = re.compile(
    r"\b(pass\s?words?|pass\s?phrase|pass\s?code|pwd|pw|pin)\b\s*(is|to|=|:|->)\s*\S", re.IGNORECASE
)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_SHORTEST = 6
_LONGEST = 64
_KINDS = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"), re.compile(r"[^A-Za-z0-9\s]"))
_ORDINARY = re.compile(r"[A-Za-z]+(?:[-'’/][A-Za-z]+)*|[\d.,:/\-]+|[A-Z]{1,4}-?\d{1,6}")
"""A word, a hyphened word, a date or number, a key such as O-77 or ID-1234."""


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
