"""The `checkpost` command: finds the subcommand and imports nothing else."""

import importlib
import sys
from importlib.metadata import EntryPoint, entry_points
from keyword import iskeyword
from typing import cast

import click

_COMMANDS = {
    "check": "Check one draft, or many with --batch.",
    "chat": "Open the coach in the terminal; no token and no network.",
    "run": "Run every platform enabled in the configuration, and the weekly summaries.",
    "rules": "Show the catalogue, or one rule with its source.",
    "import": "Import message events, or a platform's export, into a ledger.",
    "balance": "Show one member's balance.",
    "summary": "Show one community's week.",
    "export": "Print everything kept about a member, as JSON.",
    "forget": "Erase everything kept about a member.",
    "db": "Migrate the database.",
    "doctor": "Say what is configured, reachable and missing.",
}
"""Each subcommand with its line in the help; the module of the same name is imported on use.

The module of a name that Python keeps for itself ends in an underscore.
"""


ADAPTERS_COMMANDS = "checkpost.commands"
"""The entry-point group of subcommands that adapters bring along; each entry is a click command."""


def _brought() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=ADAPTERS_COMMANDS)}


class _LazyGroup(click.Group):
    """A group whose help needs no subcommand to be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*_COMMANDS, *sorted(_brought())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        if cmd_name not in _COMMANDS:
            brought = _brought().get(cmd_name)
            return None if brought is None else cast("click.Command", brought.load())
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        return importlib.import_module(f"bot.commands.{module}").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - likewise
        with formatter.section("Commands"):
            brought = (
                (name, cast("click.Command", entry.load()).get_short_help_str())
                for name, entry in sorted(_brought().items())
            )
            formatter.write_dl([*_COMMANDS.items(), *brought])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="checkpost", prog_name="checkpost")
@click.option(
    "--config",
    "config",
    metavar="FILE",
    envvar="CHECKPOST_CONFIG",
    help="Read this configuration file instead of the one in the configuration directory.",
)
@click.pass_context
def group(context: click.Context, config: str | None) -> None:
    """Checkpost reads your post before you send it, and keeps nothing you write."""
    context.obj = config


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with the contract's exit status: 0 done, 1 bad lines, 2 wrong usage."""
    try:
        status = group.main(arguments, prog_name="checkpost", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        sys.exit(0)
    except click.ClickException as error:
        click.echo(f"checkpost: {error.format_message()}", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)
