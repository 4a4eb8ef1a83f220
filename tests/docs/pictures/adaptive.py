"""Teams' cards as a page, drawn by Microsoft's own renderer in about Teams' letters and colours, light and dark.

The renderer is the npm package `adaptivecards`; it is fetched into a folder of its own, and kept by nobody.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WIDTH = 620
_PACKAGE = "adaptivecards@3.0.6"
_THEMES = {
    "light": {"ground": "#f5f5f5", "card": "#ffffff", "ink": "#242424", "soft": "#616161", "edge": "#d1d1d1"},
    "dark": {"ground": "#1f1f1f", "card": "#292929", "ink": "#ffffff", "soft": "#adadad", "edge": "#666666"},
}
_TONES = {
    "light": {"accent": "#5b5fc7", "good": "#13a10e", "warning": "#c19c00", "attention": "#c4314b"},
    "dark": {"accent": "#7f85f5", "good": "#6bb700", "warning": "#f8d22a", "attention": "#f9526b"},
}
_SHOW = """([sides]) => {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = text.replace(/<at>(.*?)<\\/at>/g, '<b>$1</b>'); result.didProcess = true;
  };
  for (const {theme, host, cards} of sides) {
    const side = document.body.appendChild(document.createElement('form'));
    side.className = 'side ' + theme;
    for (const each of cards) {
      const card = new AdaptiveCards.AdaptiveCard();
      card.hostConfig = new AdaptiveCards.HostConfig(host);
      card.parse(each);
      const place = side.appendChild(document.createElement('div'));
      place.className = 'card';
      place.appendChild(card.render());
    }
  }
}"""


def renderer() -> str:
    """The renderer's script. Raises RuntimeError, with what to install, where npm cannot fetch it."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("Teams' cards are drawn by Microsoft's renderer, which npm fetches: install Node.js")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "install", "--silent", "--no-save", "--legacy-peer-deps", _PACKAGE], check=True, cwd=folder
        )
        return (Path(folder) / "node_modules/adaptivecards/dist/adaptivecards.min.js").read_text(encoding="utf-8")


def sides(cards: Sequence[dict[str, Any]], picture: str) -> list[dict[str, Any]]:
    """The same cards once in each theme, each chart at the address `picture`."""
    text = json.dumps(cards).replace("https://kept.example.com/teams/pictures/company/0.png", picture)
    return [{"theme": theme, "host": _host(theme), "cards": json.loads(text)} for theme in _THEMES]


def show() -> str:
    """The script that draws what `sides` made into an empty page."""
    return _SHOW


def page() -> str:
    """An empty page with the style around the cards."""
    rules = [
        "* { box-sizing: border-box }",
        "body { margin: 0; display: flex; font: 14px 'Segoe UI', Inter, sans-serif }",
        f".side {{ width: {WIDTH}px; padding: 10px 14px }} .card {{ margin: 8px 0; border-radius: 6px }}",
        ".ac-pushButton { margin-bottom: 4px; padding: 5px 12px; border-radius: 4px; background: none }",
        ".ac-pushButton { font: 600 14px 'Segoe UI', Inter, sans-serif; color: inherit; white-space: nowrap }",
        ".ac-pushButton.style-positive { border: 0 !important; background: #5b5fc7; color: #fff }",
        "input:not([type=radio]), select, textarea { width: 100%; padding: 6px; border-radius: 4px }",
        "input, select, textarea { font: 14px 'Segoe UI', Inter, sans-serif; color: inherit }",
    ]
    for theme, colours in _THEMES.items():
        rules += [
            f".{theme} {{ background: {colours['ground']}; color: {colours['ink']} }}",
            f".{theme} .card {{ background: {colours['card']} }}",
            f".{theme} .ac-pushButton {{ border: 1px solid {colours['edge']} }}",
            f".{theme} .ac-pushButton.style-destructive {{ color: {_TONES[theme]['attention']} }}",
            f".{theme} :is(input, select, textarea) {{ border: 1px solid {colours['edge']} }}",
            f".{theme} :is(input, select, textarea) {{ background: {colours['ground']} }}",
        ]
    return f"<!doctype html><meta charset=utf-8><style>{' '.join(rules)}</style>"


def _host(theme: str) -> dict[str, Any]:
    """Teams' measures and colours, as far as our cards use them."""
    ink, soft = _THEMES[theme]["ink"], _THEMES[theme]["soft"]
    colours = {"default": {"default": ink, "subtle": soft}}
    colours |= {name: {"default": colour, "subtle": colour} for name, colour in _TONES[theme].items()}
    sizes = {"small": 12, "default": 14, "medium": 14, "large": 18, "extraLarge": 24}
    return {
        "fontFamily": "'Segoe UI', Inter, sans-serif",
        "fontSizes": sizes,
        "fontWeights": {"lighter": 200, "default": 400, "bolder": 600},
        "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 16},
        "containerStyles": {"default": {"backgroundColor": _THEMES[theme]["card"], "foregroundColors": colours}},
        "actions": {"maxActions": 6, "buttonSpacing": 8, "actionsOrientation": "horizontal", "actionAlignment": "left"},
        "inputs": {"label": {"inputSpacing": "small", "requiredInputs": {"weight": "default", "suffix": " *"}}},
    }
