"""Menus in other languages."""

from typing import Any

from discord import Locale, app_commands

from adapters.discord import localisation
from adapters.discord.comparing import same
from adapters.discord.registration import payloads
from tests.adapters.discord.stage import DiscordStage

LONGEST_NAME, LONGEST_DESCRIPTION = 32, 100


def test_every_translation_is_there_in_every_language_and_fits() -> None:
    for english, words in localisation._WORDS.items():
        assert len(set(words)) == 4
        limit = LONGEST_NAME if len(english) <= LONGEST_NAME else LONGEST_DESCRIPTION
        assert all(0 < len(word) <= limit for word in words), english


async def test_discord_gets_the_translations_of_the_members_commands(stage: DiscordStage) -> None:
    commands: dict[str, Any] = {each["name"]: each for each in stage.server.world.commands}
    assert commands["Check this post"]["name_localizations"]["de"] == "Diesen Beitrag prüfen"
    checkpost = commands["checkpost"]
    assert set(checkpost["description_localizations"]) == {"de", "fr", "es-ES", "es-419", "pt-BR"}
    assert not checkpost["name_localizations"]
    (draft, surface) = checkpost["options"]
    assert "Fenster" in draft["description_localizations"]["de"]
    assert surface["choices"][2]["name_localizations"]["fr"] == "un message privé"


async def test_a_missing_translation_is_noticed_and_registered(stage: DiscordStage) -> None:
    client = stage.adapter._client
    assert client is not None
    tree = client._coach_tree
    ours = await payloads(tree)
    theirs = [dict(command) for command in ours]
    assert same(ours, theirs)
    theirs[0] = theirs[0] | {"description_localizations": {"de": "anders"}}
    assert not same(ours, theirs)


async def test_what_has_no_translation_stays_english() -> None:
    translate = localisation.Translations().translate
    context: Any = None
    assert await translate(app_commands.locale_str("hour"), Locale.german, context) is None
    assert await translate(app_commands.locale_str("a direct message"), Locale.japanese, context) is None
