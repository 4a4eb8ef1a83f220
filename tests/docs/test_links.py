"""Every link in the documents leads somewhere, and what they name exists."""

import re
from pathlib import Path

import pytest

from bot.settings import CONFIG, DATABASE_URL, LISTEN
from tests.docs.documents import ROOT, anchors, documents, links

DOCUMENTS = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in documents()]


def broken(document: Path, text: str) -> list[str]:
    gone = []
    for link in links(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue  # an address on the web; no test goes there
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        here = target.exists() and target.is_relative_to(ROOT)
        if not here or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            gone.append(link)
    return gone


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    assert broken(document, document.read_text(encoding="utf-8")) == []


def test_a_link_to_nowhere_is_found() -> None:
    text = (
        "[a](docs/gone.md) ![b](gone.png) [c](README.md#no-such-heading) [d](#gone) [e](../../etc/passwd)\n"
        "[fine](README.md#where-it-stands) [web](https://example.com/gone) `[code](gone.md)`\n"
        "```\n[fenced](gone.md)\n```\n<!-- [hidden](gone.md) -->\n"
    )
    assert broken(ROOT / "README.md", text) == [
        "docs/gone.md",
        "gone.png",
        "README.md#no-such-heading",
        "#gone",
        "../../etc/passwd",
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_tells_one_story(document: Path) -> None:
    assert re.findall(r"^(?:<{7}|>{7}) .*", document.read_text(encoding="utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_names_can_be_made(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`|\$ )(?:[A-Z_]+=\S+ )?make ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert [target for target in named if not re.search(rf"^{target}:.*##", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("name", [CONFIG, LISTEN, DATABASE_URL])
def test_every_variable_that_the_bot_reads_is_told_to_its_operator(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")


def test_every_decision_is_listed_under_its_own_title() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    titles = {path.name: path.read_text(encoding="utf-8").partition("\n")[0] for path in folder.glob("0*.md")}
    assert sorted(f"- [{title.removeprefix('# ')}]({name})" for name, title in titles.items()) == sorted(
        line for line in listed.splitlines() if line.startswith("- ")
    )
