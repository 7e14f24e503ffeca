"""Places that a draft calls its author's own: each is asked about once."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.balance.identity import Member
from bot.storage.keyring import Keyring
from bot.storage.members import StoredMember
from bot.text.draft import Draft
from bot.text.own_sites import called_own, is_registered

_REMEMBERED = 10_000
"""How many questions this process remembers having asked."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A place a draft calls its author's own.

    Attributes:
        site: the place, as the member would register it.
        number: which of the draft's own places it is, from 0; a button needs no more to find it again.
    """

    site: str
    number: int


class Claims:
    """Chooses what to ask; that it asked is remembered in this process only.

    Args:
        keyring: codes the places, so that even in memory none of them is readable.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._asked: OrderedDict[bytes, None] = OrderedDict()

    def to_ask(self, draft: Draft, member: Member, stored: StoredMember | None) -> Claim | None:
        """Return what the member is asked about in this answer, and never again; None mostly.

        Args:
            draft: the draft, with what the member registered.
            member: who wrote it.
            stored: what is kept about them; None where nothing is.
        """
        author = self._keyring.member(member)
        for number, site in enumerate(called_own(draft)):
            code = self._keyring.not_own(author, str(site))
            refused = stored is not None and code in stored.not_own
            if refused or code in self._asked or is_registered(site, draft.author.own_domains):
                continue
            self._asked[code] = None
            while len(self._asked) > _REMEMBERED:
                self._asked.popitem(last=False)
            return Claim(str(site), number)
        return None


def claimed(draft: Draft, number: str) -> str | None:
    """Return the place that a button about a draft means; None where there is none such."""
    sites = called_own(draft)
    return str(sites[int(number)]) if number.isdecimal() and int(number) < len(sites) else None
