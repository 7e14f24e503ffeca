"""Runs the migrations within the transaction that the program opened (bot/storage/migrate.py)."""

from alembic import context

from bot.storage.tables import Base

connection = context.config.attributes.get("connection")
if connection is None:
    message = "migrations are run by `checkpost db upgrade`, which knows the database"
    raise SystemExit(message)

context.configure(connection=connection, target_metadata=Base.metadata)
context.run_migrations()
