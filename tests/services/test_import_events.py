import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.balance.consent import ConsentState
from bot.balance.event import Change
from bot.services import import_events
from bot.services.admission import Reason
from bot.services.import_events import ConsentRefusedError, Imported, ImportEvents
from bot.services.retention import retention_days
from bot.text.draft import Draft
from tests.services.world import (
    ANA,
    BEN,
    BOUNDS,
    CARO,
    ELSEWHERE,
    GUILD,
    NOON,
    SHOWCASE,
    WordReader,
    World,
    deleted,
    edited,
    said,
    talk,
)

NOW = NOON + timedelta(days=1)
MINE = "my own community"
DAYS = retention_days(BOUNDS)


class CountingReader(WordReader):
    """Counts how many texts were read, which is what takes the time."""

    def __init__(self):
        self.read = 0

    def kinds(self, readings):
        self.read += len(readings)
        return super().kinds(readings)


@pytest.fixture
def reader():
    return CountingReader()


@pytest.fixture
def imported(world, reader):
    run = ImportEvents(world.database, reader, BOUNDS)

    async def do(events, at=NOW, **options):
        return await run(events, at, **options)

    return do


async def test_members_who_opted_in_are_counted_and_others_are_not(world, imported):
    events = [*talk(3), *talk(2, by=BEN)]
    assert await imported(events) == Imported(recorded=3, ignored={Reason.NO_CONSENT: 2})
    assert (await world.balance(ANA, GUILD, NOW)).posts == 3
    async with world.database.reading() as work:
        assert await work.members.find(BEN) is None


async def test_importing_again_changes_nothing_and_reads_no_text(imported, reader):
    events = [*talk(4), edited("t", "an edit of something else", after=5), deleted("gone", after=6)]
    assert (await imported(events)).recorded == 6
    reader.read = 0
    assert await imported(events) == Imported(unchanged=6)
    assert await imported(reversed(events)) == Imported(unchanged=6)
    assert reader.read == 0


async def test_a_post_with_its_edit_is_read_once(imported, reader):
    assert (
        await imported([said("1", "old words here"), edited("1", "new words here", after=1)])
    ).recorded == 2
    assert reader.read == 1


async def test_an_import_cut_short_is_taken_up_where_it_stopped(world, imported, reader, monkeypatch):
    monkeypatch.setattr(import_events, "BATCH", 2)
    events = talk(7)

    def cut():
        yield from events[:5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await imported(cut())
    assert (await world.balance(ANA, GUILD, NOW)).posts == 4
    reader.read = 0
    assert await imported(events) == Imported(recorded=3, unchanged=4)
    assert reader.read == 3


async def test_what_the_adapter_recorded_is_known_to_the_import(world, imported, reader):
    await world.record(talk(3))
    assert await imported(talk(4)) == Imported(recorded=1, unchanged=3)
    assert reader.read == 1


async def test_deletions_and_edits_of_what_was_recorded_live_are_taken_in(world, imported):
    await world.record([said("1", "please buy my teapots"), said("2", "a kettle is on the fire")])
    nobody = replace(deleted("2", after=2), author="")
    assert (await imported([edited("1", "a kettle is on the stove", after=1), nobody])).recorded == 2
    balance = await world.balance(ANA, GUILD, NOW)
    assert (balance.posts, balance.promotion) == (1, 0)


async def test_a_deletion_of_something_unknown_by_nobody_is_ignored(imported):
    assert await imported([replace(deleted("1"), author="")], consent_all=True) == Imported(
        ignored={Reason.UNKNOWN: 1}
    )


async def test_a_deletion_by_nobody_finds_its_posting_in_the_same_batch(world, imported):
    nobody = replace(deleted("1", after=2), author="")
    assert await imported([said("1", "please buy my teapots"), nobody]) == Imported(recorded=2)
    assert (await world.balance(ANA, GUILD, NOW)).posts == 0


async def test_an_imported_post_confirms_what_its_author_said_they_posted(world, imported):
    text = "please buy my lovely teapots in blue and green"
    await world.own(Draft(text), ANA, GUILD, NOON)
    await imported([said("1", text, after=3)])
    assert (await world.balance(ANA, GUILD, NOW)).posts == 1


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (said("1", "hello there you", bot=True), Reason.BOT),
        (said("1", "hello there you", BEN), Reason.NO_CONSENT),
        (said("1", "hello there you", after=-61 * 24 * 60), Reason.BEFORE_CONSENT),
        (said("1", "hello there you", channel=ELSEWHERE), Reason.CHANNEL),
        (said("1", "hello there you", after=-(DAYS + 1) * 24 * 60), Reason.EXPIRED),
        (said("1", "hello there you", after=2 * 24 * 60), Reason.FUTURE),
        (deleted("1", by=BEN), Reason.NO_CONSENT),
    ],
)
async def test_what_does_not_count_is_ignored_for_a_reason(world, imported, event, reason):
    assert await imported([event]) == Imported(ignored={reason: 1})
    async with world.database.reading() as work:
        assert await work.posts.count() == 0


async def test_the_bounds_of_time_are_exact(imported):
    oldest, newest = NOW - timedelta(days=DAYS), NOW + timedelta(minutes=5)
    moment = timedelta(microseconds=1)
    events = [
        replace(said(str(number), "hello there you", CARO, community=MINE), at=at)
        for number, at in enumerate([oldest, oldest - moment, newest, newest + moment])
    ]
    assert await imported(events, consent_all=True) == Imported(
        recorded=2, ignored={Reason.EXPIRED: 1, Reason.FUTURE: 1}
    )


async def test_nothing_is_kept_of_an_edit_whose_posting_was_refused(world, imported):
    old = -(DAYS + 1) * 24 * 60
    events = [said("1", "hello there you", after=old), edited("1", "hello there you")]
    assert (await imported(events)).ignored == {Reason.EXPIRED: 2}
    early = [said("2", "hello there you", after=-61 * 24 * 60), edited("2", "hello there you")]
    assert (await imported(early)).ignored == {Reason.BEFORE_CONSENT: 2}
    async with world.database.reading() as work:
        assert await work.posts.count() == 0


async def test_an_edit_goes_with_its_posting_wherever_that_stands(world, imported):
    early = -61 * 24 * 60
    apart = [
        said("1", "hello there you", after=early),
        said("2", "hello again you"),
        edited("1", "hello there all"),
    ]
    assert (await imported(apart)).ignored == {Reason.BEFORE_CONSENT: 2}
    told = edited("3", "hello there you", posted_at=NOON + timedelta(minutes=early))
    assert (await imported([told])).ignored == {Reason.BEFORE_CONSENT: 1}
    assert (await imported([edited("4", "hello to everybody")])).recorded == 1
    assert (await imported([said("4", "hello", after=early)])).ignored == {Reason.BEFORE_CONSENT: 1}
    async with world.database.reading() as work:
        assert await work.posts.count() == 1


async def test_an_edit_is_taken_in_where_its_posting_is_known_or_after_the_consent(world, imported):
    await world.record([said("1", "please buy my teapots", after=-10 * 24 * 60)])
    await world.consents.grant(ANA, NOON - timedelta(days=7))
    known = edited("1", "a kettle is on the stove", posted_at=NOON - timedelta(days=10))
    unheard = edited("2", "a pot is on the stove", posted_at=NOON - timedelta(days=1))
    assert await imported([known, unheard]) == Imported(recorded=2)


async def test_by_the_operators_word_everybody_counts_but_who_said_no(world, imported):
    await world.consents.decline(CARO, NOON)
    talks = [replace(e, community=MINE) for e in [*talk(2), *talk(2, by=BEN), *talk(2, by=CARO)]]
    assert await imported(talks, consent_all=True) == Imported(recorded=4, ignored={Reason.NO_CONSENT: 2})
    assert (await world.balance(BEN, MINE, NOW)).posts == 2
    assert await world.balance(CARO, MINE, NOW) is None


async def test_the_operators_word_is_no_members_answer_and_stands_in_their_log(world, imported):
    events = [replace(event, community=MINE) for event in talk(2, by=BEN)]
    await imported(events, consent_all=True)
    await imported(events, consent_all=True)
    assert (await world.consents.state(BEN)).state is ConsentState.UNASKED
    kept = await world.privacy.export(BEN)
    assert [entry["what"] for entry in kept["log"]] == ["imported"]
    assert (await imported(talk(1, by=BEN))).ignored == {Reason.NO_CONSENT: 1}
    assert (await world.record(talk(1, by=BEN))).recorded == 0


async def test_a_member_who_was_forgotten_leaves_nothing_of_an_import(world, imported):
    await imported([replace(e, community=MINE) for e in talk(2, by=BEN)], consent_all=True)
    assert await world.privacy.forget(BEN) > 0
    assert (await world.privacy.export(BEN))["kept"] is False


async def test_the_operators_word_is_refused_where_an_adapter_wrote(world, imported):
    await world.database.mark_live()
    with pytest.raises(ConsentRefusedError, match="--consent-all"):
        await imported([], consent_all=True)
    assert (await imported(talk(2))).recorded == 2


async def test_the_operators_word_ends_where_an_adapter_begins_midway(sqlite_world, tmp_path, monkeypatch):
    monkeypatch.setattr(import_events, "BATCH", 1)

    def adapter_begins(_so_far):
        with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as elsewhere, elsewhere:
            elsewhere.execute("INSERT INTO meta VALUES ('written-by-an-adapter', x'01')")

    run = ImportEvents(sqlite_world.database, WordReader(), BOUNDS)
    with pytest.raises(ConsentRefusedError):
        await run(talk(3, by=BEN), NOW, consent_all=True, told=adapter_begins)
    async with sqlite_world.database.reading() as work:
        assert await work.posts.count() == 1


async def test_withdrawing_while_texts_are_read_keeps_them_out(sqlite_world, tmp_path):
    class Withdrawing(WordReader):
        def kinds(self, readings):
            with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as elsewhere, elsewhere:
                elsewhere.execute("UPDATE member SET consent = 'withdrawn'")
            return super().kinds(readings)

    await ImportEvents(sqlite_world.database, Withdrawing(), BOUNDS)(talk(2), NOW)
    assert await sqlite_world.balance(ANA, GUILD, NOW) is None


async def test_a_post_erased_while_texts_are_read_does_not_come_back_empty(sqlite_world, tmp_path):
    class Erasing(WordReader):
        def kinds(self, readings):
            with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as elsewhere, elsewhere:
                elsewhere.execute("DELETE FROM post")
            return super().kinds(readings)

    later = edited("1", "the kettle is on again", after=1)
    run = ImportEvents(sqlite_world.database, WordReader(), BOUNDS)
    await run([later], NOW)
    posted = said("1", "the kettle is on the fire")
    await ImportEvents(sqlite_world.database, Erasing(), BOUNDS)([posted, *talk(1)], NOW)
    assert await run([later, posted], NOW) == Imported(recorded=2)
    assert (await sqlite_world.balance(ANA, GUILD, NOW)).posts == 2


async def test_the_same_ids_in_two_ledgers_are_two_posts(world, imported):
    events = talk(3)
    await imported(events)
    await imported([replace(event, community=MINE) for event in events], consent_all=True)
    assert (await world.balance(ANA, GUILD, NOW)).posts == 3
    assert (await world.balance(ANA, MINE, NOW)).posts == 3
    assert (await world.balance(ANA, None, NOW, together=True)).posts == 6


async def test_a_communitys_exempt_channels_are_exempt_for_the_past_too(world, imported):
    await imported([said("1", "please buy my teapots", channel=SHOWCASE)])
    assert (await world.balance(ANA, GUILD, NOW)).exempt == 1


async def test_batches_are_bounded_by_text_as_well(imported, monkeypatch):
    monkeypatch.setattr(import_events, "BATCH_TEXT", 100)
    told = []
    await imported([said(str(n), "word " * 15) for n in range(4)], told=told.append)
    assert len(told) == 2


OWN = "please buy my teapots", "the kettle is on the fire", "how do you keep it warm?", "ok"
one_event = st.builds(
    lambda message, change, text, minute, parent: said(
        str(message),
        "" if change is Change.DELETED else text,
        after=minute,
        change=change,
        reply_to_message=None if parent is None or parent >= message else str(parent),
    ),
    st.integers(0, 5),
    st.sampled_from([Change.POSTED, Change.POSTED, Change.EDITED, Change.DELETED]),
    st.sampled_from(OWN),
    st.integers(0, 3),
    st.none() | st.integers(0, 4),
)
numbers = count()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(one_event, max_size=10), data=st.data())
async def test_any_order_any_batches_and_any_repetition_give_the_same_balance(sqlite_world, events, data):
    world: World = sqlite_world
    balances = []
    for order in (events, data.draw(st.permutations([*events, *events[:3]]))):
        name = f"ledger {next(numbers)}"
        run = ImportEvents(world.database, WordReader(), BOUNDS)
        size = data.draw(st.integers(1, 11))
        for start in range(0, len(order), size):
            part = [replace(event, community=name) for event in order[start : start + size]]
            result = await run(part, NOW, consent_all=True)
            assert result.recorded + result.unchanged == len(part)
        balance = await world.balance(ANA, name, NOW)
        balances.append(balance and Counter(vars_of(balance)))
    assert balances[0] == balances[1]


def vars_of(balance):
    names = ("posts", "filler", "promotion", "engagement", "neutral", "shares_of_others")
    return {name: getattr(balance, name) for name in names}
