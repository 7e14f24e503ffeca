from datetime import UTC, datetime, timedelta

from bot.services.installations import Installations

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
PLACE = "slack:T1"


async def test_what_is_saved_is_found_until_it_is_removed(database):
    installations = Installations(database)
    assert await installations.find(PLACE) is None
    await installations.save(PLACE, "one")
    await installations.save(PLACE, "two")
    await installations.save("slack:T2", "other")
    assert await installations.find(PLACE) == "two"
    assert await installations.remove(PLACE)
    assert not await installations.remove(PLACE)
    assert await installations.find(PLACE) is None
    assert await installations.find("slack:T2") == "other"


async def test_one_process_at_a_time_renews_and_another_after_a_minute(database):
    installations = Installations(database)
    assert not await installations.claim_renewal(PLACE, AT)
    await installations.save(PLACE, "one")
    assert await installations.claim_renewal(PLACE, AT)
    assert not await installations.claim_renewal(PLACE, AT + timedelta(seconds=59))
    assert await installations.claim_renewal(PLACE, AT + timedelta(seconds=60))
    await installations.save(PLACE, "renewed")
    assert await installations.claim_renewal(PLACE, AT + timedelta(seconds=61))
