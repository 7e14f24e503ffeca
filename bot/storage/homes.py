"""Finds the one community of members who were stored before it was kept, as far as anything tells it."""

from bot.balance.identity import OF_ONE_COMMUNITY
from bot.storage.unit_of_work import UnitOfWork

_FOUND = "homes-found"


async def found(work: UnitOfWork) -> bool:
    """Tell whether members of before were looked through."""
    return await work.meta.get(_FOUND) is not None


async def find(work: UnitOfWork) -> None:
    """Look through them, once: their sealed ids tell it, or a community in which they were recorded."""
    for stored in (*await work.personal.all(), *await work.nudges.all()):
        if stored.person.home is not None:
            await work.members.settle_in([stored.member], stored.person.home)
    for number, name in (await work.communities.names()).items():
        if name.partition(":")[0] in OF_ONE_COMMUNITY:
            await work.members.settle_in(await work.members.known_in(number), name)
    await work.meta.put(_FOUND, b"yes")
