"""Every picture that a document shows can be drawn anew, and none lies about unseen."""

from __future__ import annotations

import re

from tests.docs.pictures.__main__ import EVERY, FOLDER
from tests.docs.pictures.room import ROOT

BY_HAND = {"teams-playground"}
"""Taken by the test of Microsoft's Playground, which is a programme of its own."""


def test_what_documents_show_is_what_is_drawn() -> None:
    documents = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    shown = {name for each in documents for name in re.findall(r"pictures/([\w-]+)\.png", each.read_text("utf-8"))}
    assert shown == {*EVERY, *BY_HAND}
    assert shown == {file.stem for file in FOLDER.glob("*.png")}
