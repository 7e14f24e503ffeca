"""What went wrong, in one line with the remedy; no traceback, no token, no text of anybody's."""

import logging
import traceback
from collections.abc import Generator
from contextlib import contextmanager

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.kit.protocol import AdapterError
from adapters.slack.settings import APPS
from bot.settings import SlackSettings

_log = logging.getLogger(__name__)

_REFUSED = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "not_allowed_token_type",
    }
)
_OK = 200
_RATE_LIMITED = 429


@contextmanager
def explained(settings: SlackSettings, key: str) -> Generator[None]:
    """Turn the library's errors into one line.

    Args:
        settings: the configuration, for the address.
        key: the token that is used.

    Raises:
        AdapterError: what went wrong and what to do.
    """
    try:
        yield
    except SlackApiError as error:
        code = error_code(error)
        if code in _REFUSED:
            raise AdapterError(f"{key} is refused by Slack ({code}); copy it again from {APPS}") from None
        if code == "missing_scope":
            raise AdapterError(
                f"{key} lacks a scope; install the app again from its manifest at {APPS}"
            ) from None
        raise AdapterError(f"Slack at {settings.api_url} answers {code}; try again in a while") from None
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise AdapterError(
            f"Slack at {settings.api_url} cannot be reached ({type(error).__name__}); "
            "check the network and slack.api_url"
        ) from None


def error_code(error: SlackApiError) -> str:
    """Return Slack's own word for an error, such as `missing_scope`; the status where there is none."""
    response = error.response
    try:
        return str(response["error"])
    except (AttributeError, KeyError, TypeError, ValueError):  # the answer was no JSON object
        return f"status {getattr(response, 'status_code', 'unknown')}"


def certainly_refused(error: SlackApiError) -> bool:
    """Tell whether Slack said no, so that nothing was done; a broken answer leaves it open."""
    return getattr(error.response, "status_code", None) in {_OK, _RATE_LIMITED}


def log_fault(what: str, error: BaseException) -> None:
    """Log a fault by its type and place; its message may repeat what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name} ({frames[-1].filename}:{frames[-1].lineno})" if frames else "nowhere"
    code = f" ({error_code(error)})" if isinstance(error, SlackApiError) else ""
    _log.error("%s failed: %s%s at %s", what, type(error).__name__, code, where)


class _OneLine(logging.Filter):
    """Keeps the libraries' own log to one line: tracebacks may quote payloads."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace a traceback by the error's type."""
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"a fault in the library: {record.exc_info[0].__name__}"
            record.args = ()
            record.exc_info = None
        return True


def library_logger() -> logging.Logger:
    """Return the logger for Bolt and the SDK.

    Never below WARNING: at INFO Bolt logs the whole body of a request whose signature does not fit,
    and at DEBUG the SDK logs every payload.
    """
    logger = logging.getLogger("adapters.slack.sdk")
    logger.setLevel(logging.WARNING)
    if not logger.filters:
        logger.addFilter(_OneLine())
    return logger
