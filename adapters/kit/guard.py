"""Keeps a fault of ours from reaching a member as a traceback, or a draft from reaching a log."""

import logging
import traceback
from collections.abc import Awaitable

from adapters.kit.card import Card
from adapters.kit.introductions import record_unreachable, something_broke
from bot.storage.errors import StorageError

_log = logging.getLogger(__name__)


async def guarded(answer: Awaitable[Card]) -> Card:
    """Return the answer, or one kind line where making it failed.

    The log gets the error's type and where it arose. Its message stays out: it may repeat what
    somebody wrote.
    """
    try:
        return await answer
    except StorageError as error:
        _log.error("no answer could be made: %s", error)
        return record_unreachable()
    except Exception as error:  # noqa: BLE001 - whatever it is, the member gets an answer
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in reversed(frames))
        _log.error("no answer could be made: %s at %s", type(error).__name__, where)
        return something_broke()
