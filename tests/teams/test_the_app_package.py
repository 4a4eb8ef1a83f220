"""`kept teams manifest` writes a package that Teams takes: valid by its schema, with icons as it wants them."""

from __future__ import annotations

import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import main
from bot.charts.marks import mark
from bot.commands.table import COMMANDS
from bot.teams.manifests import manifest, package
from slacore.errors import Refusal
from tests.teams.fake_connector import APP
from tests.teams.schemas import assert_manifest


@pytest.mark.parametrize("public_url", ["https://kept.example.com", "https://kept.example.com/bot/"])
def test_the_manifest_is_valid_and_offers_at_most_ten_commands(public_url: str) -> None:
    made = manifest(APP, COMMANDS, public_url=public_url, version="0.1.0")
    assert_manifest(made)
    (bot,) = made["bots"]
    (offered,) = bot["commandLists"]
    assert 5 <= len(offered["commands"]) <= 10
    assert "help" in [each["title"] for each in offered["commands"]]
    assert all(len(each["title"]) <= 32 and len(each["description"]) <= 128 for each in offered["commands"])


def test_the_package_holds_the_manifest_and_both_icons_and_is_the_same_every_time() -> None:
    made = manifest(APP, COMMANDS, public_url="https://kept.example.com", version="0.1.0")
    icons = [("color.png", mark(192)), ("outline.png", mark(32, outline=True))]
    zipped = package(made, icons)
    assert package(made, icons) == zipped
    with zipfile.ZipFile(io.BytesIO(zipped)) as inside:
        assert inside.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(inside.read("manifest.json")) == made


def test_it_carries_the_products_own_version_for_teams_takes_an_update_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEAMS_APP_ID", APP)
    monkeypatch.setenv("TEAMS_APP_SECRET", "s")
    monkeypatch.setenv("KEPT_PUBLIC_URL", "https://kept.example.com")
    monkeypatch.chdir(tmp_path)
    assert main(["teams", "manifest", "app.zip"]) == 0
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    with zipfile.ZipFile(tmp_path / "app.zip") as inside:
        made = json.loads(inside.read("manifest.json"))
    assert made["version"] == project["version"]
    assert_manifest(made)


def test_the_icons_are_as_teams_wants_them() -> None:
    colour = Image.open(io.BytesIO(mark(192))).convert("RGBA")
    outline = Image.open(io.BytesIO(mark(32, outline=True)))
    assert colour.size == (192, 192)
    assert colour.getchannel("A").getextrema() == (255, 255)
    assert outline.size == (32, 32)
    assert outline.mode == "RGBA"
    assert [outline.getchannel(each).getextrema() for each in "RGB"] == [(255, 255)] * 3
    assert outline.getchannel("A").getextrema() == (0, 255)


def test_an_app_id_that_is_none_is_refused() -> None:
    with pytest.raises(Refusal, match="TEAMS_APP_ID"):
        manifest("kept", COMMANDS, public_url="https://kept.example.com", version="0.1.0")


def test_an_address_that_teams_cannot_use_is_refused() -> None:
    with pytest.raises(Refusal, match="KEPT_PUBLIC_URL"):
        manifest(APP, COMMANDS, public_url="http://kept.example.com", version="0.1.0")
