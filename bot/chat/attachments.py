"""Files that people attach to show something: which are taken, told by what is in them and not by what they are called.

A list of what is taken, not of what is refused: documents, tables, pictures, mail and plain text. What
a computer would run, or a browser would show with scripts in it, is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from slacore.errors import Refusal

MOST_BYTES = 5_000_000
"""Of one file; what shows something is a page or a picture, and it is kept for good."""
MOST_FILES = 5
LONGEST_NAME = 100

_ZIPPED = (b"PK\x03\x04",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_TAKEN: Mapping[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
    "docx": (f"{_OFFICE}wordprocessingml.document", _ZIPPED),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", _ZIPPED),
    "pptx": (f"{_OFFICE}presentationml.presentation", _ZIPPED),
    "odt": (f"{_OPEN}text", _ZIPPED),
    "ods": (f"{_OPEN}spreadsheet", _ZIPPED),
    "odp": (f"{_OPEN}presentation", _ZIPPED),
    "zip": ("application/zip", _ZIPPED),
    "txt": ("text/plain; charset=utf-8", ()),
    "md": ("text/plain; charset=utf-8", ()),
    "csv": ("text/csv; charset=utf-8", ()),
    "tsv": ("text/tab-separated-values; charset=utf-8", ()),
    "eml": ("message/rfc822", ()),
}
"""By the end of a name: the media type it is handed on as, and how such a file begins; text has no beginning."""
ENDINGS = tuple(_TAKEN)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may be kept: a name that is only a name, a media type of ours, and what it holds."""

    name: str
    kind: str
    content: bytes


def take(name: str, content: bytes) -> Taken:
    """Check a file that shows something. Refuses one that is empty, too large, or not what its name says."""
    named = _named(name)
    ending = named.rpartition(".")[2].lower()
    kind, beginnings = _TAKEN.get(ending, ("", ()))
    if not kind:
        raise Refusal(f"I keep no files like {named}.", _WHICH, field="file")
    if not content:
        raise Refusal(f"{named} is empty.", "Attach it again.", field="file")
    if len(content) > MOST_BYTES:
        raise Refusal(
            f"{named} has {len(content):,} bytes; I keep up to {MOST_BYTES:,}.",
            "Attach a smaller one, or give a link to it if the agreement takes one.",
            field="file",
        )
    if not (content.startswith(beginnings) if beginnings else _is_text(content)):
        raise Refusal(f"{named} is not what its name says.", f"Save it again as .{ending}. {_WHICH}", field="file")
    return Taken(named, kind, content)


_WHICH = "Attach a PDF, a picture, an office document, a table, a mail, plain text, or a zip of them."


def _named(name: str) -> str:
    """The last part of a name, without what cannot be seen or would lead elsewhere; its ending is kept."""
    plain = " ".join(_UNSEEN.sub(" ", re.split(r"[/\\]", name)[-1]).split()) or "file"
    stem, dot, ending = plain.rpartition(".")
    return (
        plain
        if len(plain) <= LONGEST_NAME
        else f"{stem[: LONGEST_NAME - len(ending) - 2]}…{dot}{ending}"[-LONGEST_NAME:]
    )


def _is_text(content: bytes) -> bool:
    # A spreadsheet of a certain age writes UTF-16 with a mark; anything else with a NUL is no text.
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in content
