"""Where the record is kept: coded ids and a few facts, on SQLite or PostgreSQL."""
