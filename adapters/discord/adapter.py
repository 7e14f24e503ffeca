"""Discord as the program sees it: run, stop, post a summary, find it again."""

import discord

from adapters.discord import addresses, digests, intents, summaries
from adapters.discord.client import CoachClient
from adapters.discord.failures import explained, quiet_library
from adapters.discord.modals import LONGEST
from adapters.discord.settings import check
from adapters.discord.translate import PLATFORM
from adapters.kit.conversation import Conversation
from adapters.kit.memory import DraftMemory
from adapters.kit.protocol import AdapterError
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.summaries.digest import Digest
from bot.summaries.summary import Summary


class DiscordAdapter:
    """Connects to Discord and serves its members.

    Args:
        application: the services.

    Raises:
        AdapterError: the configuration cannot work; one line that names the key and the remedy.
    """

    name = PLATFORM

    def __init__(self, application: Application) -> None:
        self._application = application
        self._settings = application.settings.discord
        check(self._settings)
        self._memory = DraftMemory(application.clock)
        self._conversation = Conversation(
            application,
            LONGEST,
            self._memory,
            blocked_offers=self._settings.automod_offers,
            quiet_window=True,
        )
        self._client: CoachClient | None = None
        self._stopped = False

    async def run(self) -> None:
        """Connect and serve until cancelled or closed.

        Raises:
            AdapterError: Discord refused or cannot be reached; one line with the remedy.
        """
        quiet_library()
        with explained(self._settings):
            while not self._stopped and await self._serve():
                pass

    async def _serve(self) -> bool:
        """Serve with the intents that are needed now; returns whether others are needed."""
        recording = await self._application.community_settings.any_recorded(PLATFORM)
        client = CoachClient(self._application, self._conversation, self._memory, recording=recording)
        self._client = client
        try:
            await self._enter(client, recording=recording)
            await client.run_until_closed()
        finally:
            await client.close()
        return client.anew

    async def probe(self) -> str:
        """Ask Discord who this bot is, and whether everything that serving needs is there.

        Returns:
            The bot's name on Discord.

        Raises:
            AdapterError: Discord refused or cannot be reached; one line with the remedy.
        """
        quiet_library()
        with explained(self._settings):
            recording = await self._application.community_settings.any_recorded(PLATFORM)
            wanted = intents.wanted(recording=recording, automod_offers=self._settings.automod_offers)
            client = discord.AutoShardedClient(intents=wanted)
            try:
                await self._enter(client, recording=recording)
                return str(client.user)
            finally:
                await client.close()

    async def _enter(self, client: discord.AutoShardedClient, *, recording: bool) -> None:
        """Log in, and find out where to connect, with how many shards, and whether anybody is there."""
        addresses.use_api(self._settings.api_url)
        await client.login(self._settings.token)
        names = intents.missing(client.application_flags) if recording else ()
        if names:
            raise intents.refusal(names, client.application_id)
        recommended, url, limit = await client.http.get_bot_gateway()
        client.shard_count = self._settings.shard_count or recommended
        if limit["remaining"] < (len(self._settings.shard_ids) or client.shard_count):
            minutes = limit["reset_after"] // 60_000 + 1
            raise AdapterError(f"Discord allows no further start for now; start again in {minutes} minutes")
        url = self._settings.gateway_url or url
        addresses.use_gateway(url)
        # The library retries a first connection for ever and says so in a traceback; one try beforehand
        # tells an address that nobody answers at.
        socket = await client.http.ws_connect(url)
        await socket.close()

    async def close(self) -> None:
        """Finish what is under way and disconnect."""
        self._stopped = True
        if self._client is not None:
            await self._client.close()

    def connected(self) -> bool:
        """Tell whether every shard of this process is connected."""
        return self._client is not None and self._client.connected()

    async def post(self, channel: str, summary: Summary, marker: str) -> None:
        """Post a week's summary once into a channel.

        Raises:
            AdapterError: it was certainly not posted.
        """
        await summaries.post(self._connected_client(), channel, summary, marker)

    async def send_digest(self, member: Member, digest: Digest) -> None:
        """Send a member their own week by direct message.

        Raises:
            AdapterError: it was certainly not sent.
        """
        await digests.send(self._connected_client(), member, digest)

    async def find(self, channel: str, marker: str) -> bool | None:
        """Tell whether `marker` stands in the channel's recent messages; None where it may not be read."""
        return await summaries.find(self._connected_client(), channel, marker, self._application.clock())

    def _connected_client(self) -> discord.Client:
        if self._client is None or not self._client.connected():
            raise AdapterError("Discord is not connected; the weekly summary is tried again")
        return self._client
