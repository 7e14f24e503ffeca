"""The only reader of the configuration: TOML and environment in, typed values out."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec
import platformdirs

PREFIX = "CHECKPOST_"
"""Environment variables are `CHECKPOST_<SECTION>__<KEY>`."""


class SettingsError(Exception):
    """A wrong configuration; the text is one line that names the key and the remedy."""


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the configuration file; unknown keys are refused."""


class DatabaseSettings(Section, frozen=True, kw_only=True):
    """`[database]`: where the record is kept; an empty URL means SQLite in the data directory."""

    url: str = ""


class PrivacySettings(Section, frozen=True, kw_only=True):
    """`[privacy]`: the key of the hashes; empty means the file made on first start."""

    secret: str = ""


class DiscordSettings(Section, frozen=True, kw_only=True):
    """`[discord]`: the bot's token and, for proxies and compatible servers, the addresses."""

    enabled: bool = False
    token: str = ""
    api_url: str = "https://discord.com/api/v10"
    gateway_url: str = ""
    shard_count: Annotated[int, msgspec.Meta(ge=0)] = 0
    shard_ids: tuple[int, ...] = ()
    command_guilds: tuple[Annotated[int, msgspec.Meta(gt=0)], ...] = ()
    automod_offers: bool = False


class SlackSettings(Section, frozen=True, kw_only=True):
    """`[slack]`: Socket Mode with two tokens, or HTTP with a signing secret and OAuth."""

    enabled: bool = False
    mode: Literal["socket", "http"] = "socket"
    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    client_id: str = ""
    client_secret: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 3000
    api_url: str = "https://slack.com/api/"
    catch_up: bool = False


class BalanceSettings(Section, frozen=True, kw_only=True):
    """`[balance]`: the window and the bounds (the 5–10% of the source's article)."""

    window_days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 28
    lower: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.05
    upper: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.10
    minimum_posts: Annotated[int, msgspec.Meta(ge=0)] = 10


class SummarySettings(Section, frozen=True, kw_only=True):
    """`[summary]`: defaults for communities that set none; weekday 0 is Monday."""

    weekday: Annotated[int, msgspec.Meta(ge=0, le=6)] = 0
    hour: Annotated[int, msgspec.Meta(ge=0, le=23)] = 9
    time_zone: str = "UTC"
    minimum_members: Annotated[int, msgspec.Meta(ge=5)] = 5


class CommunitySettings(Section, frozen=True, kw_only=True):
    """`[communities]`: other names for live communities on the command line, `name=PLATFORM:ID` each."""

    aliases: tuple[str, ...] = ()

    def ledger(self, name: str) -> str:
        """Return the ledger that a name on the command line stands for; a name that is no alias is one."""
        return dict(alias.split("=", 1) for alias in self.aliases).get(name, name)


class RewriteSettings(Section, frozen=True, kw_only=True):
    """`[rewrite]`: an optional language model for rewrites; off unless switched on."""

    enabled: bool = False
    base_url: str = ""
    model: str = ""
    api_key: str = ""
    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 8.0


class Settings(Section, frozen=True, kw_only=True):
    """The whole configuration. `config.example.toml` documents every key."""

    database: DatabaseSettings = DatabaseSettings()
    privacy: PrivacySettings = PrivacySettings()
    discord: DiscordSettings = DiscordSettings()
    slack: SlackSettings = SlackSettings()
    balance: BalanceSettings = BalanceSettings()
    summary: SummarySettings = SummarySettings()
    communities: CommunitySettings = CommunitySettings()
    rewrite: RewriteSettings = RewriteSettings()


def data_directory() -> Path:
    """Return the user's data directory for Checkpost; it may not exist yet."""
    return Path(platformdirs.user_data_dir("checkpost", appauthor=False))


def configuration_directory() -> Path:
    """Return the user's configuration directory for Checkpost; it may not exist yet."""
    return Path(platformdirs.user_config_dir("checkpost", appauthor=False))


def load(path: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the configuration.

    Args:
        path: the TOML file. None: `config.toml` in the configuration directory, if there is one.
        environment: the variables to read, which win over the file; None: the process's own.

    Raises:
        SettingsError: a file that cannot be read, an unknown key, or a value of the wrong type.
    """
    tables = _read_file(path)
    for name, value in sorted((os.environ if environment is None else environment).items()):
        if name.startswith(PREFIX) and "__" in name:
            _apply_variable(tables, name, value)
    try:
        settings = msgspec.convert(tables, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"configuration: {_explained(error)}; see config.example.toml") from None
    _check_relations(settings)
    return settings


def _read_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        path = configuration_directory() / "config.toml"
        if not path.exists():
            return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(
            f"configuration file {path} does not exist; copy config.example.toml there"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"configuration file {path} cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"configuration file {path} is not valid TOML: {error}") from None


_LISTS = frozenset({"shard_ids", "aliases", "command_guilds"})


def _apply_variable(tables: dict[str, Any], name: str, value: str) -> None:
    section_name, _, key = name.removeprefix(PREFIX).lower().partition("__")
    sections = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    keys = (
        {field.name: field.type for field in msgspec.structs.fields(sections[section_name])}
        if section_name in sections
        else {}
    )
    if key not in keys:
        raise SettingsError(
            f"environment variable {name} names no key of the configuration; see config.example.toml"
        )
    raw: Any = [part for part in value.split(",") if part.strip()] if key in _LISTS else value
    try:
        converted = msgspec.convert(raw, keys[key], strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"environment variable {name}: {str(error)[0].lower()}{str(error)[1:]}") from None
    table = tables.setdefault(section_name, {})
    if not isinstance(table, dict):
        raise SettingsError(f"configuration: {section_name} must be a table; see config.example.toml")
    table[key] = converted


def _explained(error: msgspec.ValidationError) -> str:
    text, _, path = str(error).partition(" - at `$")
    key = path.rstrip("`").lstrip(".")
    text = f"{text[0].lower()}{text[1:]}"
    return f"{key}: {text}" if key else text


def _check_relations(settings: Settings) -> None:
    if settings.balance.lower > settings.balance.upper:
        raise SettingsError("configuration: balance.lower must not be above balance.upper")
    try:
        ZoneInfo(settings.summary.time_zone)
    except (KeyError, ValueError, OSError):
        raise SettingsError(
            f"configuration: summary.time_zone {settings.summary.time_zone!r} is not a known time zone; "
            "write one like Europe/Lisbon"
        ) from None
    for alias in settings.communities.aliases:
        name, _, ledger = alias.partition("=")
        if not name or ":" in name or not all(ledger.partition(":")):
            raise SettingsError(
                f"configuration: communities.aliases {alias!r} is not of the form name=PLATFORM:ID, such as "
                "gardeners=discord:1234"
            )
    if settings.rewrite.enabled and not settings.rewrite.base_url:
        raise SettingsError(
            "configuration: rewrite.base_url is missing; set it or switch rewrite.enabled off"
        )
