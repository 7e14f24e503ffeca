"""The coach in Slack: over Socket Mode or HTTP."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `checkpost --help` shows this adapter's commands and imports nothing else
    from bot.bootstrap import Application
    from bot.services.platform import Adapter


def build(application: "Application") -> "Adapter":
    """Return Slack's adapter; the SDK is imported here and not before.

    Raises:
        AdapterError: a setting is missing; one line that names it.
    """
    from adapters.slack import settings
    from adapters.slack.client import SlackCoach

    settings.check(application.settings.slack)
    return SlackCoach(application)
