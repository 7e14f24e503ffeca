"""Points the library at the configured addresses.

discord.py has no option for either address. Requests take theirs from the class attribute
`Route.BASE`, which interactions' answers read too, and connections after the first from
`DiscordWebSocket.DEFAULT_GATEWAY`. Both are set here and nowhere else; they hold for the whole
process, which runs one Discord adapter.
"""

from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


def use_api(api_url: str) -> None:
    """Send requests to `api_url`, such as `https://discord.com/api/v10`."""
    Route.BASE = api_url.rstrip("/")


def use_gateway(gateway_url: str) -> None:
    """Open connections to `gateway_url`, such as `wss://gateway.discord.gg`."""
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)
