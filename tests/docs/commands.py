"""Writes docs/commands.md from the command table (`make docs`)."""

from __future__ import annotations

from bot.commands.help import markdown
from bot.commands.table import CONTENTS
from tests.docs.documents import ROOT

FILE = ROOT / "docs" / "commands.md"


def render() -> str:
    """Write the document."""
    return markdown(CONTENTS)


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8")
