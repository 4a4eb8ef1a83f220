"""The measures that all panels share.

The canvas is 1,080 wide and is read on a phone at a third of that, so the smallest letters are
34: still 10 pixels high at 320 (see docs/decisions/0030).
"""

from __future__ import annotations

WIDTH = 1080
MARGIN = 48
LEFT = MARGIN
RIGHT = WIDTH - MARGIN
INNER = RIGHT - LEFT

SMALL = 34
BODY = 38
NAME = 44
TITLE = 56
NUMBER = 50
HERO = 116
