"""`checkpost slack`: what an operator needs to make the app in Slack."""

import json

import click

_URL = "https://checkpost.example"


@click.group("slack", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Help with setting up the app in Slack."""


@command.command("manifest")
@click.option("--yaml", "as_yaml", is_flag=True, help="Print YAML instead of JSON.")
@click.option("--http", "over_http", is_flag=True, help='For mode = "http"; Socket Mode otherwise.')
@click.option("--url", default=_URL, show_default=True, help="With --http: where Slack reaches this program.")
@click.option("--coaching-only", is_flag=True, help="Leave out the scopes that see channels.")
@click.option("--least", is_flag=True, help="Ask for commands, chat:write and im:history only.")
@click.option("--install", is_flag=True, help="With --http: any workspace may install the app (OAuth).")
@click.option("--assistant", is_flag=True, help="Also live in Slack's assistant view, in paid workspaces.")
def manifest(  # noqa: PLR0913 - one parameter for each option of the command line
    *,
    as_yaml: bool,
    over_http: bool,
    url: str,
    coaching_only: bool,
    least: bool,
    install: bool,
    assistant: bool,
) -> None:
    """Print the app's manifest, to be pasted into Slack (api.slack.com/apps, "From a manifest")."""
    from adapters.slack import manifest as made

    if not over_http and (url != _URL or install):
        raise click.UsageError("--url and --install are for --http; Socket Mode needs no address")
    if not url.startswith("https://"):
        raise click.UsageError("--url must be an https:// address, Slack calls no other")
    scopes = made.Scopes.LEAST if least else made.Scopes.COACHING if coaching_only else made.Scopes.ALL
    content = made.manifest(
        "http" if over_http else "socket", url, scopes=scopes, install=install, assistant=assistant
    )
    click.echo(made.as_yaml(content) if as_yaml else json.dumps(content, indent=2, ensure_ascii=False))
