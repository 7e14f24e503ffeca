"""What went wrong, in one line with the remedy; no traceback, no token, no text of anybody's."""

import logging
import traceback
from collections.abc import Generator
from contextlib import contextmanager

import aiohttp
import discord

from adapters.discord.settings import PORTAL
from adapters.kit.protocol import AdapterError
from bot.settings import DiscordSettings

_log = logging.getLogger(__name__)

_CLOSE_REMEDIES = {
    4004: f"refused the token while connecting; copy a new one from {PORTAL} into discord.token",
    4010: "refused the shards; make discord.shard_ids fit discord.shard_count",
    4011: "wants more shards for so many servers; raise discord.shard_count or leave it out",
    4012: "no longer speaks this version; install a newer discord.py",
    4013: "refused the intents; install a newer discord.py",
    4014: f"refused a privileged intent; switch on Server Members and Message Content under {PORTAL} (Bot)",
}


@contextmanager
def explained(settings: DiscordSettings) -> Generator[None]:
    """Turn the library's errors into one line.

    Raises:
        AdapterError: what went wrong and what to do.
    """
    try:
        yield
    except discord.LoginFailure:
        raise AdapterError(
            f"discord.token is refused by Discord; copy a new one from {PORTAL} (Bot, Reset Token)"
        ) from None
    except discord.PrivilegedIntentsRequired:
        raise AdapterError(f"Discord {_CLOSE_REMEDIES[4014]}") from None
    except discord.ConnectionClosed as error:
        said = _CLOSE_REMEDIES.get(
            error.code, f"closed the connection ({error.code}); start again in a while"
        )
        raise AdapterError(f"Discord {said}") from None
    except discord.GatewayNotFound:
        raise AdapterError(f"Discord at {settings.api_url} names no gateway; try again in a while") from None
    except discord.HTTPException as error:
        raise AdapterError(
            f"Discord at {settings.api_url} answers with status {error.status}; check discord.api_url, "
            "or try again in a while"
        ) from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise AdapterError(
            f"Discord cannot be reached ({type(error).__name__}); check the network, "
            f"discord.api_url ({settings.api_url}) and discord.gateway_url"
        ) from None


def log_fault(what: str, error: BaseException) -> None:
    """Log a fault of ours by its type and place; its message may repeat what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name} ({frames[-1].filename}:{frames[-1].lineno})" if frames else "nowhere"
    status = f" with status {error.status}" if isinstance(error, discord.HTTPException) else ""
    _log.error("%s failed: %s%s at %s", what, type(error).__name__, status, where)


class _WithoutTraceback(logging.Filter):
    """Keeps the library's own log to one line: tracebacks may quote payloads."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace a traceback by the error's type."""
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{record.getMessage()} ({record.exc_info[0].__name__})"
            record.args = ()
            record.exc_info = None
        return True


def quiet_library() -> None:
    """Keep the library from logging what people write: at DEBUG it logs every payload and token."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks here
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger("discord").level))
    without = _WithoutTraceback()
    for name in (
        "client",
        "shard",
        "gateway",
        "http",
        "state",
        "webhook.async_",
        "ui.view",
        "ui.modal",
        "app_commands.tree",
    ):
        logger = logging.getLogger(f"discord.{name}")
        logger.setLevel(logging.NOTSET)
        if not any(isinstance(present, _WithoutTraceback) for present in logger.filters):
            logger.addFilter(without)
