"""The subcommands of `checkpost`, one a file; each is imported only when it is called."""
