"""A browser without a screen: loads pages, posts their forms with what they hold, hears their events."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.rehearsal import rehearsal_routes
from tests.bot.web.memory import House

VOID = {"meta", "link", "input", "br"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    children: list[Node | str]

    def every(self, tag: str, **attributes: str) -> list[Node]:
        """Elements inside, by tag and attributes (`class_` holds a word of the class)."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if child.tag == tag and child._has(attributes):
                    found.append(child)
                found += child.every(tag, **attributes)
        return found

    def one(self, tag: str, **attributes: str) -> Node:
        found = self.every(tag, **attributes)
        assert len(found) == 1, f"{len(found)} <{tag}> with {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        return " ".join(
            "".join(child if isinstance(child, str) else f" {child.text} " for child in self.children).split()
        )

    def _has(self, attributes: dict[str, str]) -> bool:
        return all(
            value in self.attributes.get("class", "").split()
            if name == "class_"
            else self.attributes.get(name.replace("_", "-")) == value
            for name, value in attributes.items()
        )


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("document", {}, [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, [])
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Node:
    """A page as a tree; fails where elements are not closed in order."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    assert len(tree.open) == 1, f"<{tree.open[-1].tag}> is not closed"
    return tree.open[0]


@dataclass
class Page:
    browser: Browser
    status: int
    url: str
    html: str
    tree: Node

    @property
    def messages(self) -> list[Node]:
        return self.tree.every("li", data_test="message")

    @property
    def private(self) -> list[Node]:
        return self.tree.every("li", data_test="private")

    @property
    def titles(self) -> list[str]:
        return [message.every("h3")[0].text for message in self.messages]

    def form(self, ending: str) -> tuple[str, dict[str, str]]:
        """A form of the page, by how its address ends: where it posts to, and what it holds."""
        found = [
            each for each in self.tree.every("form") if each.attributes["action"].partition("?")[0].endswith(ending)
        ]
        assert found, f"no form for {ending}"
        held = {each.attributes["name"]: each.attributes.get("value", "") for each in found[0].every("input")}
        return found[0].attributes["action"], held

    async def submit(self, ending: str, /, **values: str) -> Page:
        """Post the first such form of the page as it stands, with what was typed into it, and follow where it leads."""
        action, held = self.form(ending)
        return await self.browser.post(action, held | values)

    async def say(self, words: str) -> Page:
        return await self.submit("/say", text=words)


class Browser:
    """One visitor's browser. Sends what a browser sends with its requests."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self._client = client
        self.headers = {"Sec-Fetch-Site": "same-origin", "Origin": str(client.make_url("/")).rstrip("/")}

    async def open(self, url: str, **headers: str) -> Page:
        async with self._client.get(url, headers=headers) as answer:
            return await self._page(answer)

    async def post(self, url: str, values: dict[str, str], **headers: str) -> Page:
        async with self._client.post(url, data=values, headers=self.headers | headers) as answer:
            return await self._page(answer)

    async def script(self, url: str, values: dict[str, str]) -> tuple[int, Any]:
        """Post as the page's own script does: the answer is JSON."""
        headers = self.headers | {"Accept": "application/json"}
        async with self._client.post(url, data=values, headers=headers) as answer:
            return answer.status, await answer.json()

    async def raw(self, method: str, url: str, **more: Any) -> tuple[ClientResponse, str]:
        async with self._client.request(method, url, allow_redirects=False, **more) as answer:
            return answer, await answer.text()

    async def line(self, page: Page | str, **headers: str) -> Line:
        """The live line of a page."""
        if isinstance(page, Page):
            live = page.tree.one("div", id="live")
            url = live.attributes["data-events"]
            url += ("&" if "?" in url else "?") + "after=" + live.attributes["data-after"]
        else:
            url = page
        return Line(await self._client.get(url, headers=headers))

    async def _page(self, answer: ClientResponse) -> Page:
        html = await answer.text()
        return Page(self, answer.status, str(answer.url.relative()), html, read(html))


class Line:
    """A stream of events, heard one by one."""

    def __init__(self, answer: ClientResponse) -> None:
        self._answer = answer
        self.last_id = ""

    async def event(self, kind: str) -> Any:
        """The next event of a kind; events of other kinds are passed over."""
        async with asyncio.timeout(10):
            while True:
                heard, payload = await self._next()
                if heard == kind:
                    return json.loads(payload)

    async def ended(self) -> bool:
        """Wait until the other side hangs up."""
        async with asyncio.timeout(10):
            while await self._answer.content.readline():
                pass
        return True

    def close(self) -> None:
        self._answer.close()

    async def _next(self) -> tuple[str, str]:
        kind = payload = ""
        while True:
            line = (await self._answer.content.readline()).decode()
            assert line, "the line was hung up"
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                payload = value
            elif name == "id":
                self.last_id = value
            elif not name and kind:
                return kind, payload


def application(house: House) -> web.Application:
    app = web.Application()
    app.add_routes(rehearsal_routes(house.ports()))

    async def let_go(_: web.Application) -> None:
        house.bell.close()

    app.on_shutdown.append(let_go)
    return app


async def visitor(house: House) -> tuple[Browser, TestClient[web.Request, web.Application]]:
    client = TestClient(TestServer(application(house)))
    await client.start_server()
    return Browser(client), client
