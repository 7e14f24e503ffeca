"""The database migrations, shipped with the program."""
