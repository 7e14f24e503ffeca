"""What an answer offers beside its findings, and goes on offering when one of them is set aside."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

from adapters.kit import aside
from bot.balance.consent import ConsentState
from bot.services.check_draft import Checked
from bot.services.claims import Claim, claimed
from bot.text.accounts import parse_site
from bot.text.own_sites import is_registered


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers of one answer.

    Attributes:
        consent: whether posts may be counted is asked.
        surfaces: the draft may be read as a reply or as a direct message.
        claim: a place that the draft calls the member's own, about which they are asked; None mostly.
    """

    consent: bool
    surfaces: bool
    claim: Claim | None

    @classmethod
    def of(cls, checked: Checked, before: AbstractSet[str], *, surfaces: bool) -> Self:
        """Return what the answer to a checked draft offers.

        Args:
            checked: the draft, checked.
            before: what the answer in whose place this one comes offered (`aside`).
            surfaces: whether this answer is to offer the other surfaces anyway.
        """
        unasked = checked.consent.state is ConsentState.UNASKED
        return cls(
            consent=unasked and (checked.first or aside.CONSENT in before),
            surfaces=surfaces or aside.SURFACES in before,
            claim=checked.claimed or _asked_before(checked, before),
        )

    def written(self) -> frozenset[str]:
        """Return the names under which the answer's buttons remember what it offers."""
        names = {aside.CONSENT: self.consent, aside.SURFACES: self.surfaces}
        number = None if self.claim is None else self.claim.number
        names |= {name: number == place for place, name in enumerate(aside.OWN)}
        return frozenset(name for name, offered in names.items() if offered)


def _asked_before(checked: Checked, before: AbstractSet[str]) -> Claim | None:
    """Return the place that was asked about, unless the member has registered it since."""
    for number, name in enumerate(aside.OWN):
        place = claimed(checked.draft, str(number)) if name in before else None
        site = parse_site(place) if place is not None else None
        if site is not None and not is_registered(site, checked.draft.author.own_domains):
            return Claim(str(site), number)
    return None
