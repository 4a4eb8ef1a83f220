"""No test reaches beyond this machine, however it tries."""

import asyncio
import socket

import pytest

refused = pytest.raises(pytest.fail.Exception, match="tests reach nothing but this machine")


def test_connecting_to_another_machine_fails_the_test() -> None:
    with socket.socket() as line, refused:
        line.connect(("192.0.2.1", 80))


def test_connecting_without_an_exception_fails_the_test_too() -> None:
    with socket.socket() as line, refused:
        line.connect_ex(("192.0.2.1", 80))


def test_looking_a_name_up_fails_the_test() -> None:
    with refused:
        socket.getaddrinfo("example.com", 443)


async def test_connecting_from_the_event_loop_fails_the_test() -> None:
    with refused:
        await asyncio.open_connection("192.0.2.1", 80)


async def test_a_server_on_this_machine_can_be_reached() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.close()
        await writer.wait_closed()
