"""What a start loads: every library more is time in which nobody is answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LATER = ("alembic", "cryptography", "fpdf", "icalendar", "jinja2", "PIL", "psycopg")
"""For migrations, sealed tokens, paper, dates for calendars, pages, pictures and PostgreSQL: each where it is met."""


@pytest.mark.parametrize(
    ("start", "unmet"),
    [
        ("import bot.slack.door", (*LATER, "holidays", "pydantic", "sqlalchemy", "yaml")),
        ("import bot.app, bot.slack.plugs", LATER),
    ],
    ids=["Slack's door by itself", "the whole bot with Slack's door"],
)
def test_a_start_loads_no_library_that_it_may_not_need(start: str, unmet: tuple[str, ...]) -> None:
    told = f"{start}\nimport sys\nprint([name for name in {unmet} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.strip() == "[]"
