"""Addresses that Slack names, judged before anything of ours goes there."""

from __future__ import annotations

from yarl import URL


def lies_below(address: str, base: str) -> bool:
    """Whether an address is of the very host that `base` names, and below its path; "" stands for anywhere.

    A host that merely begins with the same characters is another one, and so is whatever stands behind an @.
    """
    if not base:
        return address.startswith(("https://", "http://"))
    if address.startswith(base.rstrip("/") + "/"):
        return True  # the host ends with that mark, whatever follows it; and every command asks
    try:
        there, here = URL(address), URL(base)
        return (
            (there.scheme, there.host, there.port) == (here.scheme, here.host, here.port)
            and there.host is not None
            and there.user is None
            and "\\" not in address
            and there.path.startswith(here.path.rstrip("/") + "/")
        )
    except ValueError:
        return False
