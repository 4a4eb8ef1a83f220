"""Company X told a little otherwise: the shipped file with some of its words replaced."""

from __future__ import annotations

from pathlib import Path

from tests.world import COMPANY_X


def retold(folder: Path, *changes: tuple[str, str]) -> Path:
    """A file in `folder` in which every (old, new) is replaced; each old part must stand there once."""
    text = COMPANY_X.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    file = folder / "company-x.yaml"
    file.write_text(text, encoding="utf-8")
    return file
