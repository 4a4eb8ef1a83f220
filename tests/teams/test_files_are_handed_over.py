"""An export in Teams: each file has a button, is offered in one's own chat, and lands in one's own OneDrive."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.teams import handing
from bot.teams.handing import CONSENT, INFO
from tests.teams.fake_connector import Said
from tests.teams.reading import actions
from tests.teams.stage import Stage, stage


async def exported(it: Stage, words: str = "export csv") -> Said:
    await it.teams.says("josh", "handoff 25 leads to sales")
    await it.delivered()
    await it.teams.says("josh", words)
    await it.delivered()
    return next(each for each in reversed(it.teams.heard("a:josh")) if "Export" in each.text)


def offers(it: Stage) -> list[Said]:
    return [each for each in it.teams.heard("a:josh") if each.activity["attachments"][0]["contentType"] == CONSENT]


async def answers(
    it: Stage, offer: Said, action: str = "accept", url: str = "", user: str = "josh", **context: Any
) -> None:
    content = offer.activity["attachments"][0]["content"]
    name = offer.activity["attachments"][0]["name"]
    where = {
        "uploadUrl": url or f"{it.teams.url}/drive/{name}", "contentUrl": f"https://contoso-my.sharepoint.com/{name}",
        "name": name, "uniqueId": "u1", "fileType": name.rpartition(".")[2],
    }  # fmt: skip
    value = {"type": "fileUpload", "action": action, "context": content["acceptContext"] | context, "uploadInfo": where}
    await it.teams.invokes(user, "fileConsent/invoke", value, offer if user == "josh" else None)
    await it.door.close()  # what was begun is done
    await asyncio.sleep(0)


async def test_a_file_is_offered_taken_and_shown_where_it_was_offered(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        card = await exported(it)
        button = next(each["title"] for each in _buttons(card) if "handoffs.csv" in each["title"])
        line = await it.teams.presses("josh", card, button)
        assert "offered it in your chat" in line["value"]
        (offer,) = offers(it)
        name, size = (offer.activity["attachments"][0][each] for each in ("name", "content"))
        await answers(it, offer)
        written = it.teams.drive[name]
        assert b"H-1" in written
        assert len(written) == size["sizeInBytes"]
        (given,) = offer.activity["attachments"]
        assert (given["contentType"], given["name"]) == (INFO, name)
        assert given["content"] == {"uniqueId": "u1", "fileType": "csv"}


async def test_a_large_file_goes_in_parts(one_url: str, company_x: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "_PART", 64)
    async with stage(one_url, agreement=company_x) as it:
        card = await exported(it)
        await it.teams.presses("josh", card, "Save kept-A-1")
        (offer,) = offers(it)
        size, name = (offer.activity["attachments"][0][each] for each in ("content", "name"))
        await answers(it, offer)
        assert len(it.teams.drive[name]) == size["sizeInBytes"] > 64


async def test_what_is_declined_is_put_nowhere(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.presses("josh", await exported(it), "Save kept-A-1")
        (offer,) = offers(it)
        await answers(it, offer, "decline")
        assert not it.teams.drive
        assert "Not saved" in offer.text


@pytest.mark.parametrize("url", ["https://evil.example/put", "http://169.254.169.254/put", "file:///tmp/x"])
async def test_no_file_is_put_elsewhere(one_url: str, company_x: Path, url: str) -> None:
    async with stage(one_url, agreement=company_x) as it:
        await it.teams.presses("josh", await exported(it), "Save kept-A-1")
        (offer,) = offers(it)
        await answers(it, offer, url=url)
        assert not it.teams.drive
        assert "could not be saved" in offer.text


async def test_nobody_takes_what_was_made_for_somebody_else(one_url: str, company_x: Path) -> None:
    async with stage(one_url, agreement=company_x) as it:
        card = await exported(it)
        stolen = card.button("Save kept-A-1")["data"]
        value = {"action": {"type": "Action.Execute", "verb": "take", "data": stolen}, "trigger": "manual"}
        line = await it.teams.invokes("amy", "adaptiveCard/action", value)
        assert "made for somebody else" in line["value"]
        await it.teams.presses("josh", card, "Save kept-A-1")
        (offer,) = offers(it)
        await answers(it, offer, user="amy")
        assert not it.teams.drive
        await answers(it, offer, mark="0" * 64)
        assert not it.teams.drive


def _buttons(said: Said) -> list[dict[str, Any]]:
    return list(actions(said.card))
