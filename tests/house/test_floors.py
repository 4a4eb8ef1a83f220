"""The house's plan bites: a module on the wrong floor, or on none, fails the check with a sentence."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.linter import lint

ROOT = Path(__file__).resolve().parents[2]


PLAN = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def sentences() -> Iterator[str]:
    """The contracts' names, which a broken one repeats."""
    return (contract["name"] for contract in PLAN)


def unspaced(text: str) -> str:
    """Take the spaces out: long lines are broken anywhere."""
    return "".join(text.split())


def rooms() -> Iterator[str]:
    """Name the modules that the plan says must be there; those in brackets may be missing."""
    for contract in PLAN:
        for container in contract.get("containers", []):
            for layer in contract["layers"]:
                yield from (f"{container}/{name}.py" for name in re.split(r"[:|\s]+", layer) if name[0] != "(")


def checked(folder: Path) -> list[str]:
    """Check a folder against this house's plan, and give the sentences that do not hold."""
    status, printed = lint(folder)
    told = unspaced(printed)
    broken = [each for each in sentences() if f"{unspaced(each)}BROKEN" in told]
    assert status == (1 if broken else 0), printed
    return broken


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Build a house of empty rooms under this one's plan."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("bot/__init__.py", "slacore/__init__.py", *rooms()):
        furnish(tmp_path, name, "")
    return tmp_path


def furnish(house: Path, name: str, code: str) -> None:
    """Put code into a room, which is a package if it was meant to be one."""
    file = house / name
    for package in reversed(file.relative_to(house).parents[:-1]):
        plain = house / f"{package}.py"
        plain.unlink(missing_ok=True)
        (house / package).mkdir(exist_ok=True)
        (house / package / "__init__.py").touch()
    file.write_text(code, encoding="utf-8")


def test_a_house_of_empty_rooms_is_in_order(house: Path) -> None:
    assert checked(house) == []


@pytest.mark.parametrize(
    ("room", "code", "sentence"),
    [
        ("slacore/periods.py", "import bot.clock", "slacore knows nothing of the bot"),
        ("slacore/periods.py", "import time", "slacore is pure"),
        ("slacore/periods.py", "import asyncio", "slacore is pure"),
        ("slacore/periods.py", "import sqlalchemy", "slacore is pure"),
        ("slacore/periods.py", "import slacore.sweep", "judgement stands on what happened"),
        ("slacore/utils.py", "", "judgement stands on what happened"),
        ("bot/utils.py", "", "In the bot, imports run one way"),
        ("bot/clock.py", "import bot.store", "In the bot, imports run one way"),
        ("bot/slack/inbound.py", "import bot.teams", "In the bot, imports run one way"),
        ("bot/desk/handoffs.py", "import sqlalchemy.orm", "SQL is spoken in bot.store only"),
        ("bot/web/inbound.py", "from slack_sdk.web import client", "Slack's packages are used in bot.slack only"),
        ("bot/slack/inbound.py", "import jwt", "Microsoft's packages are used in bot.teams only"),
        ("bot/jobs/tick.py", "import apscheduler.schedulers", "APScheduler is wound up in bot.ticker only"),
        ("bot/cards/report.py", "from PIL import Image", "Pictures are drawn in bot.charts only"),
        ("bot/documents/agreements.py", "import yaml", "YAML is read in bot.files only"),
    ],
)
def test_what_breaks_the_plan_is_told_in_its_sentence(house: Path, room: str, code: str, sentence: str) -> None:
    for name in re.findall(r"(?:bot|slacore)\.\w+", code):
        furnish(house, f"{name.replace('.', '/')}.py", "")
    furnish(house, room, code)
    assert any(sentence in broken for broken in checked(house))


def test_a_circle_between_rooms_of_one_floor_is_found(house: Path) -> None:
    furnish(house, "slacore/handoffs.py", "import slacore.disputes")
    furnish(house, "slacore/disputes.py", "import slacore.handoffs")
    assert checked(house) == ["No two modules that live side by side import each other in a circle"]


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("bot/store/handoffs.py", "import sqlalchemy"),
        ("bot/store/__init__.py", "import sqlalchemy"),
        ("bot/slack/inbound.py", "import slack_bolt"),
        ("bot/teams/outbound.py", "import msal"),
        ("bot/app.py", "import slack_sdk, msal"),
        ("bot/ticker.py", "import apscheduler"),
        ("bot/charts/png.py", "import PIL.Image"),
        ("bot/files.py", "import yaml"),
        ("slacore/calendars.py", "import zoneinfo, holidays, datetime"),
    ],
)
def test_a_library_is_at_home_in_its_room(house: Path, room: str, code: str) -> None:
    furnish(house, room, code)
    assert checked(house) == []
