"""What can be wrong with a database, each said in one line with its remedy."""

from sqlalchemy.exc import DataError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine


class StorageError(Exception):
    """The database cannot be used; the text is one line that names the thing and the remedy."""


class SecretMismatchError(StorageError):
    """The secret is not the one the database was made with."""


class NewerDatabaseError(StorageError):
    """A newer program migrated the database."""


class UnreachableError(StorageError):
    """The database cannot be opened."""


class StoppedError(StorageError):
    """The database was open and does not work any more: it is gone, or its disk is full."""


OUR_FAULT = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
"""Errors that say something about our statements and nothing about the database."""


def unreachable(engine: AsyncEngine, error: Exception) -> UnreachableError:
    """Return the one line for a database that does not answer; passwords stay out of it."""
    reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
    place = engine.url.render_as_string(hide_password=True)
    return UnreachableError(
        f"[database] url {place} cannot be used: {reason}; check the address and run checkpost db upgrade"
    )


def stopped(engine: AsyncEngine, error: Exception) -> StoppedError:
    """Return the one line for a database that stopped working; passwords stay out of it."""
    reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
    place = engine.url.render_as_string(hide_password=True)
    return StoppedError(
        f"[database] url {place} stopped working: {reason}; make sure that it runs and that its disk has "
        "room, and try again"
    )
