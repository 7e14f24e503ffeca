"""Takes posts in channels, most of what Slack delivers, before Bolt looks who could want them.

A post needs no client and has one taker. Bolt calls this once the signature is verified
(`before_authorize`) and otherwise goes on as ever.
"""

from collections.abc import Awaitable, Callable

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.listeners import Json, Listeners, in_a_channel


class PostsFirst(AsyncMiddleware):
    """Hands posts in channels over, and lets everything else pass.

    Args:
        listeners: take the posts.
    """

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - likewise
    ) -> BoltResponse | None:
        """Record a post; what is raised keeps it from being acknowledged, and then it comes again."""
        event: Json = req.body.get("event") or {}
        if event.get("type") != "message" or not in_a_channel(event):
            return await next()
        await self._listeners.post(req.body)
        return BoltResponse(status=200, body="")
