"""What nobody may read: passwords in addresses are hidden, and secrets in a file are refused."""

from __future__ import annotations

import re

from bot.files import Document, KeyPath, Value

_SECRET_KEY = re.compile(r"token|secret|passw|private_key|api_key|credential", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"xox[a-z]-|xapp-|-----BEGIN ")
_SECRET_PAIR = re.compile(r"([^&=]*(?:token|secret|passw)[^&=]*)=[^&]*", re.IGNORECASE)
_HIDDEN = "***"


def redact_url(url: str) -> str:
    """Show a URL without the password that it may hold, before its host or in its query."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url
    place, mark, query = rest.partition("?")
    login, at, host = place.rpartition("@")  # the last one: a password may hold an @ and a / too
    name, colon, _ = login.partition(":")
    shown = f"{name}{colon and colon + _HIDDEN}{at}{host}"
    query = _SECRET_PAIR.sub(rf"\1={_HIDDEN}", query)
    return f"{scheme}://{shown}{mark}{query}"


def refuse_secrets(document: Document, value: Value, path: KeyPath, instead: str) -> None:
    """Refuse (FileError) a file that holds a secret: it is for everybody's eyes.

    `instead` is the variable of the environment that an address with a password belongs into.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            here = (*path, key)
            if _SECRET_KEY.search(key):
                raise document.error(
                    here, "is a secret, and this file is for everybody's eyes", "move it to the environment"
                )
            refuse_secrets(document, inner, here, instead)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            refuse_secrets(document, inner, (*path, index), instead)
    elif isinstance(value, str):
        if _SECRET_VALUE.match(value):
            raise document.error(
                path, "holds a token, and this file is for everybody's eyes", "move it to the environment"
            )
        if "://" in value and redact_url(value) != value:
            raise document.error(
                path, "holds a password, and this file is for everybody's eyes", f"take it out, or set {instead}"
            )
