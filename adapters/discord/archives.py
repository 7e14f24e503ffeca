"""Threads that went to rest during an absence: Discord tells of active ones unasked, of these when asked."""

from collections.abc import AsyncIterator
from datetime import datetime

import discord

MOST_THREADS = 100
"""Archived threads looked at most in one channel; Discord gives so many at a time."""

Threaded = discord.TextChannel | discord.ForumChannel


async def archived(channel: Threaded, since: datetime) -> AsyncIterator[discord.Thread]:
    """Yield a channel's public archived threads in which somebody may have written since a moment.

    Args:
        channel: their parent.
        since: the moment, in UTC.

    Raises:
        HTTPException: Discord refuses.
    """
    async for thread in channel.archived_threads(limit=MOST_THREADS):
        # Newest first by when they were archived, and nobody writes in a thread without waking it.
        if thread.archive_timestamp < since:
            return
        if _wrote(thread) >= since:
            yield thread


def _wrote(thread: discord.Thread) -> datetime:
    """Return when somebody last wrote in a thread, as far as is known: an id holds its moment."""
    if thread.last_message_id is None:
        return thread.archive_timestamp
    return discord.utils.snowflake_time(thread.last_message_id)
