"""Tokens at rest: sealed so that a copy of the database gives none away, and none can be moved to another company.

AES-256-GCM with the workspace and the column as associated data: company A's token, copied into
company B's row, does not open. The keys come from the environment, newest first; the others only
open what was sealed before, until `kept slack rotate` has sealed everything anew.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from slacore.errors import Refusal

VARIABLE = "KEPT_KEYS"
_NONCE = 12
_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


class Unopenable(Exception):
    """A sealed text that none of our keys opens here: another key, another company's, or changed."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by name; the first seals, all open."""

    keys: tuple[tuple[str, bytes], ...] = field(repr=False)

    @classmethod
    def read(cls, written: str) -> KeyRing:
        """Read `name:base64,name:base64`, newest first. Refuses anything else, saying how to make one."""
        keys: dict[str, bytes] = {}
        for part in filter(None, (part.strip() for part in written.split(","))):
            name, _, encoded = part.partition(":")
            try:
                key = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                key = b""
            if not _NAME.fullmatch(name) or len(key) != 32 or name in keys:
                raise Refusal(
                    f"{VARIABLE} holds something that is no key (the one named {name[:32]!r}).",
                    "Write name:key, newest first, with commas between; `kept slack key` makes one.",
                )
            keys[name] = key
        if not keys:
            raise Refusal(
                f"{VARIABLE} is empty, so tokens could not be kept safely.",
                "Set it to a key; `kept slack key` makes one.",
            )
        return cls(tuple(keys.items()))

    def seal(self, text: str, workspace: str, column: str) -> str:
        """Seal a text for one column of one company's row; "" stays ""."""
        if not text:
            return ""
        name, key = self.keys[0]
        nonce = os.urandom(_NONCE)
        sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), _bound(workspace, column))
        return f"{name}:{base64.b64encode(sealed).decode()}"

    def open(self, sealed: str, workspace: str, column: str) -> str:
        """The text that was sealed for this column of this company's row. Raises Unopenable."""
        if not sealed:
            return ""
        name, _, encoded = sealed.partition(":")
        key = dict(self.keys).get(name)
        if key is None:
            msg = f"it was sealed with the key {name!r}, which {VARIABLE} does not hold"
            raise Unopenable(msg)
        try:
            raw = base64.b64decode(encoded, validate=True)
            return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], _bound(workspace, column)).decode()
        except (InvalidTag, ValueError) as error:
            msg = "it is another company's, or it was changed"
            raise Unopenable(msg) from error

    def is_current(self, sealed: str) -> bool:
        """Whether a text is sealed with the newest key."""
        return not sealed or sealed.partition(":")[0] == self.keys[0][0]


def new_key(name: str) -> str:
    """A fresh key as the environment holds it."""
    return f"{name}:{base64.b64encode(os.urandom(32)).decode()}"


def _bound(workspace: str, column: str) -> bytes:
    # Lengths in front, so that no two pairs are one text.
    return f"kept/1 {len(workspace)}:{workspace} {len(column)}:{column}".encode()
