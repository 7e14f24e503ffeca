"""Brings prepared requests to a port as fast as they are answered, from a process of its own."""

import asyncio
import hashlib
import hmac
import random
import time
from urllib.parse import urlencode

_OK = b"HTTP/1.1 200"


def signed(body: str, content_type: str, secret: str) -> bytes:
    """Return one of Slack's requests as it goes over the wire."""
    timestamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    content = body.encode()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: v0={digest}\r\n\r\n"
    )
    return head.encode() + content


def command(fields: dict[str, str], secret: str) -> bytes:
    """Return the request for a slash command."""
    return signed(urlencode(fields), "application/x-www-form-urlencoded", secret)


def drive(
    port: int, requests: list[bytes], connections: int, pause: float = 0.0
) -> tuple[float, list[float], int]:
    """Send every request over so many connections at once.

    Args:
        port: of the loopback interface.
        requests: as they go over the wire.
        connections: each sends the next request once it has its answer.
        pause: seconds each waits before it does, on average.

    Returns seconds in all, seconds of each, and how many came back without a word in them.
    """
    return asyncio.run(_drive(port, requests, connections, pause))


async def _drive(
    port: int, requests: list[bytes], connections: int, pause: float
) -> tuple[float, list[float], int]:
    queue = iter(requests)
    taken: list[float] = []
    wordless = 0

    async def one(number: int) -> None:
        nonlocal wordless
        chance = random.Random(number)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in queue:
            await asyncio.sleep(chance.uniform(0, 2 * pause))
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(_OK), head
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            taken.append(time.perf_counter() - begun)
            wordless += not length
        writer.close()
        await writer.wait_closed()

    begun = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(connections)))
    return time.perf_counter() - begun, taken, wordless
