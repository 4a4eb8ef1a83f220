"""For whom a card is drawn: the accounts it may mention, addresses of its pictures, what it lays aside."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat.card import Card, Chart
from bot.chat.wire import card_from_wire, card_to_wire
from bot.store.teams_rooms import Way
from bot.teams.ports import Memory, Ports
from bot.teams.render import Look
from bot.teams.spans import Account

PICTURES = "/teams/pictures/{workspace}/{key}.png"
"""Where Teams fetches a picture: an address that nobody can guess, since Teams fetches it as nobody."""


@dataclass(slots=True)
class Looking:
    """A look, and what drawing with it laid aside."""

    memory: Memory
    workspace: str
    look: Look
    shelved: dict[str, str] = field(default_factory=dict)

    async def keep(self) -> None:
        """Keep what was laid aside, before anybody can ask for it."""
        await self.memory.lay_aside(self.workspace, self.shelved)


class Looks:
    """Makes looks. One a process. `public_url` is where the outside reaches us, "" for nowhere."""

    def __init__(self, ports: Ports, public_url: str, secret: str) -> None:
        """Address pictures below `public_url`, with keys that `secret` makes unguessable."""
        self._ports = ports
        self._public_url = public_url.rstrip("/")
        self._secret = hashlib.sha256(f"pictures {secret}".encode()).digest()

    def of(self, workspace: str, card: Card, way: Way, *, shared: bool = False) -> Looking:
        """The look of a card that goes a `way`; `shared` where others than its reader see it too."""
        shelved: dict[str, str] = {}

        def shelve(text: str) -> str:
            key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
            shelved[key] = text
            return key

        accounts = {member: Account(*known) for member, known in way.accounts.items()}
        pictures = self._pictures(workspace, card, shelved)
        look = Look(accounts=accounts.get, reader=way.reader, pictures=pictures, shelve=shelve, refresh=shared)
        return Looking(self._ports.memory, workspace, look, shelved)

    async def picture(self, workspace: str, key: str) -> bytes | None:
        """The picture under an address; None where there is none."""
        kept = await self._ports.memory.laid_aside(workspace, f"picture {key}")
        if kept is None:
            return None
        (chart,) = card_from_wire(json.loads(kept)).blocks
        return await self._ports.draw(chart) if isinstance(chart, Chart) else None

    def _pictures(self, workspace: str, card: Card, shelved: dict[str, str]) -> Mapping[Chart, str]:
        if not self._public_url:
            return {}
        found = {}
        for chart in (block for block in card.blocks if isinstance(block, Chart)):
            kept = json.dumps(card_to_wire(Card("", "", (chart,))), separators=(",", ":"))
            key = hmac.new(self._secret, f"{workspace} {kept}".encode("utf-8", "surrogatepass"), hashlib.sha256)
            address = PICTURES.format(workspace=workspace, key=key.hexdigest()[:48])
            found[chart] = self._public_url + address
            shelved[f"picture {key.hexdigest()[:48]}"] = kept
        return found
