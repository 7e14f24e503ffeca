"""Takes posts in channels, most of what Slack delivers, before Bolt looks who could want them.

A post needs no client and has one taker. Over HTTP it does not even become one of Bolt's requests,
which costs as much as recording it; whatever is not plainly a post that Slack signed goes on to Bolt,
which refuses what it should. Over Socket Mode Bolt calls this as `before_authorize`.
"""

from collections.abc import Awaitable, Callable, Mapping

import msgspec
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from adapters.slack.listeners import Json, Listeners, in_a_channel


class PostsFirst(AsyncMiddleware):
    """Hands posts in channels over, and lets everything else pass.

    Args:
        listeners: take the posts.
    """

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners

    async def take(self, body: Json) -> bool:
        """Record a post in a channel; False where it is none. What is raised keeps it unacknowledged.

        Args:
            body: what Slack delivered, known to come from there.
        """
        event: Json = body.get("event") or {}
        if event.get("type") != "message" or not in_a_channel(event):
            return False
        await self._listeners.post(body)
        return True

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - likewise
    ) -> BoltResponse | None:
        """Record a post; what is raised keeps it from being acknowledged, and then it comes again."""
        if not await self.take(req.body):
            return await next()
        return BoltResponse(status=200, body="")


class SignedPosts:
    """Tells posts among HTTP requests, by Slack's signature and time.

    Args:
        secret: with which Slack signs.
        posts: takes them.
    """

    def __init__(self, secret: str, posts: PostsFirst) -> None:
        self._verifier = SignatureVerifier(secret)
        self._posts = posts

    async def take(self, headers: Mapping[str, str], content: bytes) -> bool:
        """Record a post in a channel; False for everything else, and for what Slack did not sign just now."""
        body = self._read(headers, content)
        return body is not None and await self._posts.take(body)

    def _read(self, headers: Mapping[str, str], content: bytes) -> Json | None:
        if not content.startswith(b"{"):
            return None
        timestamp = headers.get("X-Slack-Request-Timestamp")
        signature = headers.get("X-Slack-Signature")
        try:
            signed = self._verifier.is_valid(content, timestamp, signature)
            return msgspec.json.decode(content) if signed else None
        except (ValueError, TypeError, RecursionError):  # Bolt says what is to be said
            return None
