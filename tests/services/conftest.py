import pytest

from tests.services.world import ANA, World


@pytest.fixture
async def world(database):
    return await World(database).founded(ANA)


@pytest.fixture
async def sqlite_world(sqlite_database):
    return await World(sqlite_database).founded(ANA)
