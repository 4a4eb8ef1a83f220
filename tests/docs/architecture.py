"""Writes into docs/architecture.md what the code says of itself: its floors and the rooms of the desk (`make docs`)."""

from __future__ import annotations

import ast
import re
import tomllib

from tests.docs.documents import ROOT

FILE = ROOT / "docs" / "architecture.md"
_GROUPS = ("judgement", "what happened", "the agreement", "values")
"""What the contract calls the floors of slacore, from the top down."""
_MADE = r"<!-- {0}: made by `make docs` -->\n.*?<!-- end of {0} -->\n"
_NAMED = re.compile(r"\]\(\.\./(?P<file>[\w/]+\.py)\)\s+(?P<names>`[\w.]+`(?:,\s+`[\w.]+`)*)")


def layers(container: str) -> list[list[str]]:
    """The floors of a package as its contract has them, from the top down; each a list of modules."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    found = next(each for each in contracts if each.get("containers") == [container])
    return [re.findall(r"\w+", layer) for layer in found["layers"]]


def about(folder: str, name: str) -> tuple[str, str]:
    """A module's path, and the first sentence of what it says of itself."""
    package = ROOT / folder / name / "__init__.py"
    file = package if package.is_file() else ROOT / folder / f"{name}.py"
    first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    path = f"{folder}/{name}" if package.is_file() else f"{folder}/{name}.py"
    return path, first.removesuffix(".").replace("|", r"\|")


def made() -> dict[str, str]:
    """Each table, by its name."""
    floors = layers("bot")
    found = {"floors": "| floor | rooms, and what each says of itself |\n|---|---|\n"}
    for number, names in zip(range(len(floors), 0, -1), floors, strict=True):
        rooms = [f"[`{path}`](../{path}) {said}" for path, said in (about("bot", name) for name in names)]
        found["floors"] += f"| {number} | {'<br>'.join(rooms)} |\n"
    found["groups"] = "| group | modules |\n|---|---|\n"
    for group, names in zip(_GROUPS, layers("slacore"), strict=True):
        modules = [f"[{name}](../{about('slacore', name)[0]})" for name in sorted(names)]
        found["groups"] += f"| {group} | {', '.join(modules)} |\n"
    found["rooms"] = "| room | what is decided there |\n|---|---|\n"
    for folder in sorted(each.parent.name for each in (ROOT / "bot" / "desk").glob("*/__init__.py")):
        path, said = about("bot/desk", folder)
        found["rooms"] += f"| [{folder}](../{path}) | {said} |\n"
    return found


def render(text: str) -> str:
    """The document with its tables as they are now."""
    for name, table in made().items():
        whole = f"<!-- {name}: made by `make docs` -->\n{table}<!-- end of {name} -->\n"
        if (found := re.search(_MADE.format(name), text, re.DOTALL)) is not None:
            text = text[: found.start()] + whole + text[found.end() :]
    return text


def named(text: str) -> list[tuple[str, str]]:
    """Every function or class that the document names behind a link to its file."""
    return [
        (found["file"], name) for found in _NAMED.finditer(text) for name in re.findall(r"`([\w.]+)`", found["names"])
    ]


def defined(file: str) -> set[str]:
    """What a file defines, methods as `Class.method`."""
    body = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = {each.name for each in body if isinstance(each, kinds)}
    for each in body:
        if isinstance(each, ast.ClassDef):
            found |= {f"{each.name}.{inner.name}" for inner in each.body if isinstance(inner, kinds)}
    return found


if __name__ == "__main__":
    FILE.write_text(render(FILE.read_text(encoding="utf-8")), encoding="utf-8")
