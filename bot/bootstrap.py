"""The composition root: settings in, the wired application out."""

import os
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from bot.balance.bounds import Bounds
from bot.coach.readers import default_reader
from bot.services.absences import Absences
from bot.services.balance_history import BalanceHistory
from bot.services.blocked_offers import BlockedOffers
from bot.services.check_draft import CheckDraft
from bot.services.command_places import CommandPlaces
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.consents import Consents
from bot.services.corrections import Corrections
from bot.services.digests import Digests
from bot.services.draft_checks import DraftChecks
from bot.services.health import Health
from bot.services.import_events import ImportEvents
from bot.services.installations import Installations
from bot.services.member_settings import MemberSettings
from bot.services.nudges import Nudges
from bot.services.personal_wishes import PersonalWishes
from bot.services.privacy import Privacy
from bot.services.reading_posts import ReadPosts
from bot.services.reading_process import ReadingProcess
from bot.services.record_own_post import RecordOwnPost
from bot.services.record_posts import RecordPosts
from bot.services.retention import Retention, retention_days
from bot.services.seen_events import SeenEvents
from bot.services.shell_reads import ShellReads
from bot.services.show_balance import ShowBalance
from bot.services.weekly_building import WeeklyBuilding
from bot.services.weekly_counts import WeeklyCounts
from bot.services.weekly_summaries import WeeklySummaries
from bot.settings import Settings, SettingsError, configuration_directory, data_directory
from bot.storage.database import Database
from bot.storage.errors import StorageError
from bot.storage.migrate import upgrade

Clock = Callable[[], datetime]

_SECRET_BYTES = 32
_OWNER_BYTES = 8


@dataclass(frozen=True, slots=True)
class Application:
    """Every use case, wired; what an adapter is given.

    Attributes:
        settings: the configuration.
        clock: the present moment in UTC.
        mark_live: remembers that platforms' adapters write to this database.
        retention_days: how long an entry of the record is kept.
    """

    settings: Settings
    clock: Clock
    mark_live: Callable[[], Awaitable[None]]
    retention_days: int
    absences: Absences
    blocked_offers: BlockedOffers
    check_draft: CheckDraft
    command_places: CommandPlaces
    record_posts: RecordPosts
    record_own_post: RecordOwnPost
    show_balance: ShowBalance
    balance_history: BalanceHistory
    corrections: Corrections
    consents: Consents
    member_settings: MemberSettings
    community_settings: CommunitySettings
    privacy: Privacy
    health: Health
    import_events: ImportEvents
    installations: Installations
    nudges: Nudges
    retention: Retention
    seen_events: SeenEvents
    shell_reads: ShellReads
    digests: Digests
    draft_checks: DraftChecks
    personal_wishes: PersonalWishes
    weekly_counts: WeeklyCounts
    weekly_summaries: WeeklySummaries


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def database_url(settings: Settings) -> str:
    """Return the SQLAlchemy URL: the configured one, or a file in the user's data directory."""
    if settings.database.url:
        return settings.database.url
    return f"sqlite+aiosqlite:///{data_directory() / 'checkpost.sqlite3'}"


def secret(settings: Settings, directory: Path | None = None) -> bytes:
    """Return the key of the hashes: the configured one, or the one in the configuration directory.

    It is made on first start, readable by its owner only, and kept away from the data and its
    backups (design.md, "The record").

    Raises:
        SettingsError: the file cannot be read or made; one line with the remedy.
    """
    if settings.privacy.secret:
        return settings.privacy.secret.encode()
    path = secret_file(directory)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _kept_secret(path)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_SECRET_BYTES))
        return _kept_secret(path)
    except OSError as error:
        raise SettingsError(
            f"the secret {path} cannot be read or made ({error.strerror}); "
            "set privacy.secret or mend its permissions"
        ) from None


def secret_file(directory: Path | None = None) -> Path:
    """Return where the secret is kept that the program made itself."""
    return (directory or configuration_directory()) / "secret"


def _kept_secret(path: Path) -> bytes:
    kept = path.read_text(encoding="ascii").strip()
    if not kept:
        raise SettingsError(
            f"the secret {path} is empty; put the old one back, or delete it with the database"
        )
    return kept.encode()


def bounds(settings: Settings) -> Bounds:
    """Return the configured window and band, exact: 0.05 is one twentieth."""
    chosen = settings.balance
    return Bounds(
        window_days=chosen.window_days,
        lower=Fraction(str(chosen.lower)),
        upper=Fraction(str(chosen.upper)),
        minimum_posts=chosen.minimum_posts,
    )


@asynccontextmanager
async def open_application(settings: Settings, clock: Clock = now) -> AsyncGenerator[Application]:
    """Open the database, migrate it if it is new or older, and wire every service.

    Args:
        settings: the configuration.
        clock: the present moment in UTC.

    Raises:
        SettingsError: the database cannot be opened, is newer than the program, or was made with
            another secret; one line with the remedy.
    """
    url = database_url(settings)
    try:
        await upgrade(url)
        database = await Database.open(url, secret(settings))
    except StorageError as error:
        raise SettingsError(str(error)) from None
    reading = ReadingProcess()
    try:
        yield _wired(settings, clock, database, reading)
    finally:
        await reading.close()
        await database.close()


def _wired(settings: Settings, clock: Clock, database: Database, read_posts: ReadPosts) -> Application:
    band = bounds(settings)
    reader = default_reader()
    community_settings = CommunitySettings(database, _defaults(settings))
    show_balance = ShowBalance(database, band)
    draft_checks = DraftChecks(database, community_settings)
    weekly_counts = WeeklyCounts(database, community_settings, band)
    weekly_building = WeeklyBuilding(database, community_settings, weekly_counts)
    owner = secrets.token_hex(_OWNER_BYTES)
    privacy = Privacy(database)
    return Application(
        settings=settings,
        clock=clock,
        mark_live=database.mark_live,
        retention_days=retention_days(band),
        absences=Absences(database, privacy),
        check_draft=CheckDraft(database, reader, band, draft_checks),
        blocked_offers=BlockedOffers(database),
        command_places=CommandPlaces(database),
        record_posts=RecordPosts(database, read_posts),
        record_own_post=RecordOwnPost(database, reader),
        show_balance=show_balance,
        balance_history=BalanceHistory(database, band),
        corrections=Corrections(database),
        consents=Consents(database),
        member_settings=MemberSettings(database),
        community_settings=community_settings,
        privacy=privacy,
        health=Health(database.ping),
        import_events=ImportEvents(database, reader, band),
        installations=Installations(database),
        nudges=Nudges(database, band),
        retention=Retention(database, band),
        seen_events=SeenEvents(database),
        shell_reads=ShellReads(database),
        digests=Digests(database, show_balance),
        draft_checks=draft_checks,
        personal_wishes=PersonalWishes(database),
        weekly_counts=weekly_counts,
        weekly_summaries=WeeklySummaries(database, community_settings, weekly_building, owner),
    )


def _defaults(settings: Settings) -> CommunityPreferences:
    band = bounds(settings)
    return CommunityPreferences(
        weekday=settings.summary.weekday,
        hour=settings.summary.hour,
        time_zone=settings.summary.time_zone,
        minimum_members=settings.summary.minimum_members,
        lower=band.lower,
        upper=band.upper,
    )
