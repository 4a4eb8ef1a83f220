"""Reading drawn HTML back: as a well-formed fragment, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_TEXT = {"p", "strong", "span", "time", "bdi", "div", "h2", "h3", "figure", "svg"}
_LISTS = {"dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"}
_FORMS = {"form", "input", "button", "label", "textarea", "select", "option"}
ALLOWED = _TEXT | _LISTS | _FORMS
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|#34|#39);)[A-Za-z0-9#]*;?")


def parsed(fragment: str) -> ET.Element:
    """The fragment as a tree; raises where an element is not closed or text broke out of its place."""
    return ET.fromstring(f"<root>{fragment}</root>")  # what is read was just drawn here


def elements(fragment: str) -> Iterator[ET.Element]:
    yield from list(parsed(fragment).iter())[1:]


def text(fragment: str) -> str:
    """What a person reads."""
    return "".join(parsed(fragment).itertext())


def only_our_own_markup(fragment: str) -> None:
    """Nothing that a card said has become an element, an attribute or an entity."""
    assert not _NAMED.search(fragment)
    for element in elements(fragment):
        assert element.tag in ALLOWED, element.tag
        assert not any(name.startswith("on") or name in {"style", "srcdoc"} for name in element.attrib), element.attrib
        assert "javascript:" not in element.attrib.get("action", "")
