"""Checks a draft against the member's own record."""

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.balance.balance import Balance, WhatIf
from bot.balance.bounds import Bounds
from bot.balance.consent import Consent, ConsentState
from bot.balance.fingerprint import alike, fingerprint_of
from bot.balance.history import history_of
from bot.balance.identity import Member
from bot.balance.what_if import what_if
from bot.balance.window import Window
from bot.coach.advice import Advice
from bot.coach.detail import Detail
from bot.model.opinion import Reader
from bot.services.claims import Claim, Claims
from bot.services.draft_checks import DraftChecks
from bot.services.ledgers import Ledger, Ledgers
from bot.services.reading_process import cores
from bot.storage.communities import StoredCommunity
from bot.storage.database import Database
from bot.storage.members import StoredMember
from bot.text.draft import Draft
from bot.text.kind import Kind
from bot.text.read import read

_REMEMBERED = 10_000
"""How many members without a record this process remembers having answered."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The coach's answer with what stands around it.

    Attributes:
        advice: what the coach says about the draft.
        draft: the draft with the member's own record filled in.
        balance: the balance, the draft not counted; None where there is no record yet.
        what_if: what posting it would do; None without a record, where it is no promotion, and in a
            language the engine does not read.
        consent: where the member stands on recording.
        help_contact: whom the community names for somebody in distress.
        first: the member's first answer, as far as is known without keeping anything about them.
        recorded_channels: the community's recorded channels; empty: "I posted this" is offered.
        claimed: a place the draft calls the member's own, who is asked once whether it is; None mostly.
        detail: how much of it the member wants to see.
    """

    advice: Advice
    draft: Draft
    balance: Balance | None
    what_if: WhatIf | None
    consent: Consent
    help_contact: str | None
    first: bool
    recorded_channels: tuple[str, ...]
    claimed: Claim | None = None
    detail: Detail = Detail.USUAL


class CheckDraft:
    """Loads the member's own record and runs the coach on the draft.

    Args:
        database: the record.
        reader: scores the draft.
        bounds: the configuration's window and band.
        checks: counts the drafts of members who agreed to be counted.
    """

    def __init__(
        self, database: Database, reader: Reader, bounds: Bounds, checks: DraftChecks | None = None
    ) -> None:
        self._checks = checks
        self._database = database
        self._reader = reader
        self._bounds = bounds
        # Who was answered before is not stored: a check leaves no trace of a member who did not agree.
        self._answered: OrderedDict[bytes, None] = OrderedDict()
        self._claims = Claims(database.keyring)
        # Others are heard while a long draft takes its time; more threads than cores gain nothing.
        self._threads = ThreadPoolExecutor(cores(), "coach")

    async def __call__(self, draft: Draft, member: Member, community: str | None, at: datetime) -> Checked:
        """Check a draft.

        Args:
            draft: what the member means to post; kept nowhere.
            member: who asks.
            community: where it is meant to go; None: the community the member chose, or all together.
            at: now.
        """
        from bot.coach.check import check

        async with self._database.glancing() as work:
            met = await work.meet(member, community)
            stored, place = met.member, met.place
            ledgers = Ledgers(work, self._database.keyring, self._bounds)
            bounds = ledgers.bounds_of(place)
            ledger = None
            if stored is not None and stored.recorded and (community is None or place is not None):
                window = Window.ending(at, self._bounds.window_days)
                ledger = await ledgers.load(stored, place, window)
        draft = self._with_record(draft, member, stored, ledger)
        coach = partial(
            check,
            draft,
            reader=self._reader,
            muted=_muted(stored, place),
            lower=bounds.lower,
            upper=bounds.upper,
            minimum_posts=bounds.minimum_posts,
        )
        advice = await asyncio.get_running_loop().run_in_executor(self._threads, coach)
        self._count(draft, stored, place, advice, at)
        effect = None
        # A post in a language nobody here reads stands on neither side of the share.
        counts = advice.care is None and not advice.limited
        if ledger is not None and advice.kind is Kind.PROMOTION and counts:
            effect = what_if(ledger.balance, ledger.judged, ledger.window, bounds)
        consent = stored.consent if stored else Consent()
        unasked = consent.state is ConsentState.UNASKED
        return Checked(
            advice=advice,
            draft=draft,
            balance=ledger.balance if ledger else None,
            what_if=effect,
            consent=consent,
            help_contact=place.help_contact if place else None,
            first=unasked and self._first(self._database.keyring.member(member)),
            recorded_channels=tuple(sorted(place.recorded_channels)) if place else (),
            claimed=self._claims.to_ask(draft, member, stored) if advice.care is None else None,
            detail=stored.detail if stored else Detail.USUAL,
        )

    def _with_record(
        self, draft: Draft, member: Member, stored: StoredMember | None, ledger: Ledger | None
    ) -> Draft:
        author = draft.author
        # On Discord a real name is never suggested (rules.md), and elsewhere only to who asked for it.
        if member.platform == "discord" or stored is None or not stored.real_name:
            author = replace(author, display_name=None)
        if stored is not None and stored.own_sites:
            author = replace(
                author, own_domains=tuple(dict.fromkeys((*author.own_domains, *stored.own_sites)))
            )
        draft = replace(draft, author=author)
        if stored is None or ledger is None:
            return draft
        repeats = self._repeats(draft, stored, ledger)
        return replace(draft, history=history_of(ledger.balance, repeats_recent=repeats))

    def _count(
        self,
        draft: Draft,
        stored: StoredMember | None,
        place: StoredCommunity | None,
        advice: Advice,
        at: datetime,
    ) -> None:
        if self._checks is None or stored is None or not stored.recorded or place is None:
            return
        if advice.care is not None:
            return
        print_ = fingerprint_of(read(draft), self._database.keyring.fingerprints(stored.code))
        if print_ is not None:
            self._checks.note(stored, place, print_, len(advice.findings), at)

    def _repeats(self, draft: Draft, stored: StoredMember, ledger: Ledger) -> bool:
        key = self._database.keyring.fingerprints(stored.code)
        print_ = fingerprint_of(read(draft), key)
        return print_ is not None and any(
            entry.post.facts is not None
            and entry.post.facts.fingerprint is not None
            and alike(print_, entry.post.facts.fingerprint)
            for entry in ledger.judged
        )

    def _first(self, code: bytes) -> bool:
        first = code not in self._answered
        self._answered[code] = None
        self._answered.move_to_end(code)
        while len(self._answered) > _REMEMBERED:
            self._answered.popitem(last=False)
        return first


def _muted(stored: StoredMember | None, place: StoredCommunity | None) -> frozenset[str]:
    own = stored.muted_rules if stored else frozenset[str]()
    return own | place.rules_off if place else own
