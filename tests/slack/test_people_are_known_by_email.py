"""Whom an agreement names by e-mail is known by it on Slack, where an administrator granted that; nobody else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.slack.fake_slack import words_in
from tests.slack.house import Office, office, user

AMY = {
    "id": "U0AMY",
    "team_id": "T1",
    "is_email_confirmed": True,
    "profile": {"email": "Amy@Example.com"},
}
ALLOWED = frozenset({"users:read.email"})


async def asks(on: Office, **changed: Any) -> str:
    """What Amy hears who asks what she owes, with her account as given."""
    on.slack.people["U0AMY"] = {**AMY, **changed}
    answer = await on.slack.types(user("amy"), "mine")
    await on.settled()
    return words_in(answer.body)


async def test_a_colleague_is_known_from_the_first_word_and_told_so(tmp_path: Path) -> None:
    async with office(tmp_path, by_email=frozenset({"amy"}), scopes=ALLOWED) as on:
        assert "Your part" in await asks(on)
        assert "I take you for Amy Chen." in words_in(on.direct("amy").messages[0]["blocks"])
        looked = [body for method, body in on.slack.calls if method == "users.info"]
        assert "Your part" in await asks(on, profile={"email": "somebody.else@example.com"}), (
            "the id counts from then on"
        )
        assert len(looked) == len([1 for method, _ in on.slack.calls if method == "users.info"]), "asked once"


@pytest.mark.parametrize(
    "account",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"deleted": True},
        {"is_bot": True},
        {"is_email_confirmed": False},
        {"team_id": "T9"},
        {"team_id": "T9", "enterprise_user": {"enterprise_id": "E9"}},
        {"profile": {"email": "amy@example.com.evil.example"}},
        {"profile": {}},
    ],
)
async def test_guests_strangers_and_other_addresses_are_nobody(tmp_path: Path, account: dict[str, Any]) -> None:
    async with office(tmp_path, by_email=frozenset({"amy"}), scopes=ALLOWED) as on:
        assert "I do not know you yet" in await asks(on, **account)


async def test_without_the_scope_nobody_is_known_by_it(tmp_path: Path) -> None:
    async with office(tmp_path, by_email=frozenset({"amy"})) as on:
        assert "I do not know you yet" in await asks(on)


async def test_who_is_known_already_is_not_looked_up(tmp_path: Path) -> None:
    async with office(tmp_path, by_email=frozenset({"amy"})) as on:
        await on.slack.types(user("josh"), "mine")
        assert "users.info" not in [method for method, _ in on.slack.calls]


async def test_an_address_gives_nobody_a_second_id(tmp_path: Path) -> None:
    async with office(tmp_path, by_email=frozenset({"amy"}), scopes=ALLOWED) as on:
        await asks(on)
        on.slack.people["U0TWIN"] = {**AMY, "id": "U0TWIN"}
        answer = await on.slack.types("U0TWIN", "mine")
        assert "I do not know you yet" in words_in(answer.body)
