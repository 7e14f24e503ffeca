"""Lets `python -m bot` stand for the `checkpost` command."""

from bot.cli import main

main()
