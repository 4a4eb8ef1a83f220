"""Writes docs/commands.md from the command table (`make docs`)."""

from __future__ import annotations

from bot.commands.help import markdown
from bot.commands.table import COMMANDS
from tests.docs.documents import ROOT

FILE = ROOT / "docs" / "commands.md"


def render() -> str:
    """Write the document."""
    return markdown(COMMANDS)


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8")
