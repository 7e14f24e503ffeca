from bot.services.command_places import CommandPlaces


async def test_places_are_remembered_as_last_noted_and_by_platform(database):
    places = CommandPlaces(database)
    assert await places.read("discord") == frozenset()
    await places.note("discord", ["810001", "810002"])
    await places.note("discord", ["810002"])
    assert await places.read("discord") == {"810002"}
    assert await places.read("slack") == frozenset()


async def test_no_readable_id_of_a_place_is_kept(sqlite_database, tmp_path):
    await CommandPlaces(sqlite_database).note("discord", ["810001"])
    assert await CommandPlaces(sqlite_database).read("discord") == {"810001"}
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"810001" not in content
