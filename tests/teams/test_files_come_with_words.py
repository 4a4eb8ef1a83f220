"""A file sent in one's own chat: fetched from where Teams keeps it, from nowhere else, and read by the house."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.documents import lists
from bot.teams import downloads
from bot.teams.downloads import DOWNLOAD, allows
from tests.teams.stage import Stage, stage

LEADS = b"name,reference\nAda Lovelace,CRM-1\nGrace Hopper,CRM-2\nMary Shaw,CRM-3\n"


def sent(url: str, name: str = "leads.csv") -> list[dict[str, Any]]:
    html = {"contentType": "text/html", "content": "<p>handoff leads to sales</p>"}
    info = {"downloadUrl": url, "uniqueId": "1", "fileType": "csv"}
    return [html, {"contentType": DOWNLOAD, "name": name, "contentUrl": "https://x", "content": info}]


async def sends(it: Stage, url: str, words: str = "handoff 3 leads to sales") -> str:
    status, _ = await it.teams.says("josh", words, attachments=sent(url))
    assert status == 200
    await it.delivered()
    return it.teams.heard("a:josh")[-1].text


async def test_a_list_in_a_file_is_taken_with_the_handoff(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        it.teams.files["leads.csv"] = LEADS
        answer = await sends(it, f"{it.teams.url}/files/leads.csv")
        assert "H-1" in answer
        (file,) = it.asked[-1].files
        assert (file.name, file.type, file.content) == ("leads.csv", "csv", LEADS)
        miscounted = await sends(it, f"{it.teams.url}/files/leads.csv", "handoff 5 leads to sales")
        assert "3" in miscounted
        assert "H-2" not in miscounted, "the list is what the house counts"


async def test_a_redirect_within_teams_is_followed_and_one_out_of_it_is_not(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        it.teams.files |= {"leads.csv": LEADS, "moved": "/files/leads.csv", "out": "https://evil.example/leads.csv"}
        await sends(it, f"{it.teams.url}/files/moved")
        assert it.asked[-1].files[0].content == LEADS
        asked = len(it.asked)
        assert "I fetch no file from where leads.csv lies" in await sends(it, f"{it.teams.url}/files/out")
        assert len(it.asked) == asked, "nothing was asked without the file"


@pytest.mark.parametrize(
    "url", ["https://evil.example/x.csv", "file:///etc/passwd", "http://169.254.169.254/", "", "x"]
)
async def test_nothing_is_fetched_from_elsewhere(one_url: str, company_x: Path, url: str) -> None:
    async with stage(one_url, agreement=company_x) as it:
        assert "I fetch no file from where" in await sends(it, url)
        assert not it.asked


async def test_a_file_that_is_gone_or_too_large_is_said_to_be(
    one_url: str, company_x: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MOST_BYTES", 1_000)
    async with stage(one_url, agreement=company_x) as it:
        assert "Teams did not let me have leads.csv (404)" in await sends(it, f"{it.teams.url}/files/gone")
        it.teams.files["big"] = b"x" * 1_001
        assert "more than 1,000 bytes" in await sends(it, f"{it.teams.url}/files/big")
        assert lists.MOST_BYTES > 1_000


def test_a_star_stands_for_every_host_below_and_for_no_other() -> None:
    hosts = ("https://*.sharepoint.com", "http://127.0.0.1:8080")
    assert allows(hosts, "https://contoso-my.sharepoint.com/personal/x?tempauth=1")
    assert allows(hosts, "http://127.0.0.1:8080/x")
    for url in (
        "https://sharepoint.com.evil.example/", "https://evilsharepoint.com/", "http://contoso.sharepoint.com/",
        "https://contoso.sharepoint.com:8443/", "https://x@evil.example/.sharepoint.com", "https://sharepoint.com/",
        "https://evil.example\\.sharepoint.com/",
    ):  # fmt: skip
        assert not allows(hosts, url), url


async def test_a_form_says_where_its_file_goes_for_no_card_takes_one(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.says("josh", "handoff 2 qualified leads to sales …")
        await it.delivered()
        said = it.teams.heard("a:josh")[-1].text
        assert "Or as a file: send it to me in your own chat, attached to words that begin with “handoff”." in said


async def test_what_shows_a_delivery_is_sent_with_the_words(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=_asking_for_a_file(company_x)) as it:
        it.teams.files["report.pdf"] = b"%PDF-1.7 what customers trip over"
        await it.teams.says("amy", "mine")
        await it.delivered()
        (key,) = re.findall(r"O-\d+(?= Customer friction report)", it.teams.heard("a:amy")[-1].text)
        await it.teams.says("amy", f"done {key} …")
        await it.delivered()
        asked = it.teams.heard("a:amy")[-1].text
        assert f"File: send it to me in your own chat, attached to words that begin with “done {key}”." in asked
        attached = sent(f"{it.teams.url}/files/report.pdf", "report.pdf")
        await it.teams.says("amy", f"done {key}", attachments=attached)
        await it.delivered()
        assert "“report.pdf”" in it.teams.heard("a:amy")[-1].text
        await it.teams.says("joan", f"evidence {key}")
        await it.delivered()
        shown = it.teams.heard("a:joan")[-1]
        assert "33 bytes" in shown.text
        assert shown.button("Save report.pdf")


async def test_a_picture_pasted_into_words_comes_with_what_is_raised(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=_with_cases(company_x)) as it:
        it.teams.files["shot"] = b"\x89PNG\r\n\x1a\n what Amy sees"
        it.teams.files["junk"] = b"<svg onload=alert(1)>"
        where = f"{it.teams.service}/v3/attachments/{{}}/views/original"
        for name, elsewhere in (("junk", ""), ("gone", ""), ("shot", "https://evil.example/shot")):
            pasted = [{"contentType": "image/*", "contentUrl": elsewhere or where.format(name)}]
            await it.teams.says("amy", "raise The form is blank", attachments=pasted)
            await it.delivered()
            assert "Send it as a file." in it.teams.heard("a:amy")[-1].text
        pasted = [{"contentType": "image/*", "contentUrl": where.format("shot")}]
        await it.teams.says("amy", "raise The form is blank", attachments=pasted)
        await it.delivered()
        await it.teams.says("josh", "evidence L-1")
        await it.delivered()
        assert it.teams.heard("a:josh")[-1].button("Save picture-1.png")


def _with_cases(agreement: Path) -> Path:
    """The agreement in which marketing answers cases of sales, too."""
    cases = (
        "  cases:\n    kind: response\n    giver: marketing\n    receiver: sales\n"
        "    unit: case\n    period: month\n    first_within: 4wh\n"
    )
    text = agreement.read_text(encoding="utf-8").replace("commitments:\n", f"commitments:\n{cases}", 1)
    agreement.write_text(text, encoding="utf-8")
    return agreement


def _asking_for_a_file(agreement: Path) -> Path:
    """The agreement in which a report is shown by a file."""
    text = agreement.read_text(encoding="utf-8").replace("friction: true", "friction: false")
    agreement.write_text(text.replace("evidence: any", "evidence: file"), encoding="utf-8")
    return agreement
