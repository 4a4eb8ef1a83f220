"""Words beside a confirmation are kept unless they could be the password itself."""

from __future__ import annotations

import pytest

from slacore.evidence import looks_like_a_secret


@pytest.mark.parametrize(
    "text",
    [
        "Tr0ub4dor&3", "hunter22", "my password is horse", "Password: horse", "pw=horse", "changed it to S3cret!pass",
        "pin is 4711", "new one: xK9#mQ2$vL", "correct-horse-battery-staple9",
    ],
)  # fmt: skip
def test_what_could_be_one_is_not_kept(text: str) -> None:
    assert looks_like_a_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "done this morning", "badge 17, photo by Tom", "see O-77", "changed on 2026-10-30 at 17:00",
        "https://intranet.example/cards/4711?photo=A1b2", "Re-issued by Anne-Marie O'Neill", "SharePoint, card ID-1234",
        "10/2026", "the password was changed",
    ],
)  # fmt: skip
def test_a_remark_is_kept(text: str) -> None:
    assert not looks_like_a_secret(text)
