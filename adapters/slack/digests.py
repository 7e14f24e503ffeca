"""Sends a member their own week by direct message."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.protocol import AdapterError
from adapters.kit.wishes import digest_card
from adapters.slack.failures import certainly_refused, error_code
from adapters.slack.render import render
from bot.balance.identity import Member
from bot.summaries.digest import Digest


async def send(client: AsyncWebClient, member: Member, digest: Digest) -> None:
    """Send a digest.

    Raises:
        AdapterError: it was certainly not sent.
    """
    (message, *_) = render(digest_card(digest))
    try:
        await client.chat_postMessage(channel=member.id.rpartition("/")[2], **message.payload())
    except SlackApiError as error:
        if not certainly_refused(error):
            raise
        raise AdapterError(f"Slack takes no digest ({error_code(error)})") from None
