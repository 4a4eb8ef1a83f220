"""What shows that something was delivered: what the agreement asks for is there, and more is welcome."""

from __future__ import annotations

import pytest

from slacore.errors import Refusal
from slacore.evidence import Wanted, require_evidence, shown_by


@pytest.mark.parametrize(
    ("wanted", "words", "files"),
    [
        ("any", "", []),
        ("any", "told her", ["a.pdf"]),
        ("none", "", []),
        ("text", "sent to all of sales", []),
        ("text", "see https://intranet.example/r, page 2", []),
        ("text", "已发送", []),
        ("link", "https://intranet.example/report", []),
        ("link", "the report: http://intranet:8080/?id=7 as agreed", []),
        ("file", "", ["scan.pdf"]),
        ("file", "signed by both", ["scan.pdf", "photo.jpg"]),
    ],
)
def test_what_is_asked_for_is_enough(wanted: Wanted, words: str, files: list[str]) -> None:
    require_evidence(wanted, words, files, "O-7")


@pytest.mark.parametrize(
    ("wanted", "words", "files", "asks"),
    [
        ("text", "", [], "a few words"),
        ("text", " … !", [], "a few words"),
        ("text", "https://intranet.example/report", [], "a few words"),
        ("text", "", ["scan.pdf"], "a few words"),
        ("link", "", [], "a link"),
        ("link", "it is on the intranet", [], "a link"),
        ("link", "https://", [], "a link"),
        ("link", "http:///r https://?x", [], "a link"),
        ("link", "file:///r javascript:alert(1) ftp://x.example", [], "a link"),
        ("link", "see the file", ["scan.pdf"], "a link"),
        ("file", "https://intranet.example/scan.pdf", [], "a file"),
        ("file", "", [], "a file"),
    ],
)
def test_what_is_missing_is_named_with_how_to_give_it(wanted: Wanted, words: str, files: list[str], asks: str) -> None:
    with pytest.raises(Refusal) as refused:
        require_evidence(wanted, words, files, "O-7")
    assert f"O-7 is shown by {asks}" in str(refused.value)
    assert "done O-7" in refused.value.next_step
    assert refused.value.field == ("file" if wanted == "file" else "evidence")


def test_the_record_tells_words_and_files_in_one_line() -> None:
    assert shown_by("signed by both", ["scan.pdf", "photo.jpg"]) == "signed by both; scan.pdf, photo.jpg"
    assert shown_by("", ["scan.pdf"]) == "scan.pdf"
    assert shown_by("", []) == ""
