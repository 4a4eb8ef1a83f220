"""Writes docs/glossary.md from slacore's docstring, which is the glossary (`make docs`)."""

from __future__ import annotations

import re

import slacore
from bot.commands.arguments.keys import SORTS
from tests.docs.documents import ROOT

FILE = ROOT / "docs" / "glossary.md"

_HEAD = """\
# Glossary

Every word means the same in the code, in every message and in every document. Made by `make docs` from the
docstring of `slacore`, which is the place to change it.

| word | meaning |
|---|---|
"""


_KEYS = """
## Keys

What people quote, and what messages go by: a letter and a number, counted in each company (`H-41`).

| letter | the key of |
|---|---|
"""


def words(docstring: str) -> dict[str, str]:
    """Read the words and their meanings out of the docstring's glossary."""
    _, _, glossary = docstring.partition("Glossary\n--------\n")
    entries = re.findall(r"^(\S[^\n]*)\n((?:    [^\n]*\n?)+)", glossary, re.MULTILINE)
    return {word: " ".join(meaning.split()) for word, meaning in entries}


def render() -> str:
    """Write the document."""
    meanings = "".join(f"| **{word}** | {meaning} |\n" for word, meaning in words(slacore.__doc__ or "").items())
    return f"{_HEAD}{meanings}{_KEYS}" + "".join(f"| **{letter}** | {sort} |\n" for letter, sort in SORTS.items())


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8")
