"""The project's documents, as the tests read them: files, links, headings and runnable blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSED_BY = {".git", ".venv", "build", "dist", "node_modules", "var"}

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<tag>[^\n]*)\n(?P<body>.*?)^(?P=fence)`*\s*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"(?<!\\)\]\(\s*<?(?P<target>[^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HEADING = re.compile(r"^#{1,6} +(?P<text>.+?) *#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """Commands that a document tells its reader to type, and that a test types as well."""

    line: int
    commands: str


def documents() -> list[Path]:
    """Find every Markdown file that belongs to the project."""
    return sorted(path for path in ROOT.rglob("*.md") if not PASSED_BY.intersection(path.relative_to(ROOT).parts[:-1]))


def links(text: str) -> list[str]:
    """Find the targets of the links and pictures that a reader sees."""
    seen = re.sub(r"`[^`\n]*`", "", _COMMENT.sub("", _FENCE.sub("", text)))
    return [found["target"] for found in _LINK.finditer(seen)]


def anchors(text: str) -> set[str]:
    """Find the anchors that GitHub gives to the headings."""
    names: set[str] = set()
    for found in _HEADING.finditer(_FENCE.sub("", text)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", found["text"]).lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        count = 1
        while (candidate := name if count == 1 else f"{name}-{count - 1}") in names:
            count += 1
        names.add(candidate)
    return names


def blocks(text: str, tag: str = "sh run") -> list[Block]:
    """Find the fenced blocks that carry a tag."""
    return [
        Block(text.count("\n", 0, found.start("body")) + 1, found["body"])
        for found in _FENCE.finditer(text)
        if found["tag"].strip() == tag
    ]
