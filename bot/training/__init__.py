"""How the reader is trained and measured; nothing at run time imports it."""
