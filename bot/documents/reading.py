"""From a file to its terms, with everything that is wrong told by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.documents.decoding import decode
from bot.documents.encoding import encode
from bot.documents.faults import Fault, faults_in
from bot.files import read_yaml
from slacore.agreements import Terms


def read(source: Path | str | bytes, *, name: str = "") -> tuple[dict[str, Any], Terms]:
    """Read an agreement's file (a Path) or text: the document that the record keeps, and its terms.

    `name` is what errors call it; left out, the file's own name, or "text".

    Raises FileError where the file cannot be read as strict YAML, Faults where what it says cannot
    stand: every fault with file, line, key and mend.
    """
    document = read_yaml(source, name=name)
    if document.value is None:
        raise faults_in(document, [Fault((), "says nothing", "start from agreements/two-teams.yaml")])
    terms = decode(document)
    return encode(terms), terms
