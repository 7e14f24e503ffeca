"""Who is talking to the coach, as the conversation wants to know it."""

from adapters.kit.visit import Visit
from adapters.slack.people import People
from adapters.slack.recipient import Recipient
from bot.services.member_settings import MemberSettings


class Visits:
    """Makes a visit of who is answered.

    Args:
        settings: tells who wants hints about their name.
        people: names them.
    """

    def __init__(self, settings: MemberSettings, people: People) -> None:
        self._settings = settings
        self._people = people

    async def of(self, to: Recipient) -> Visit:
        """Return the visit; the name is looked up only for a member who wants hints about it."""
        chosen = await self._settings.read(to.member)
        team = to.member.id.partition("/")[0]
        name = await self._people.name(to.client, team, to.user) if chosen.real_name else None
        return Visit(to.member, name, to.community)
