"""`checkpost rules`: the catalogue, or one rule with its source."""

import click

from bot.rules.catalogue import all_rules, find_rule


@click.command("rules")
@click.argument("id_", metavar="[ID]", required=False)
def command(id_: str | None) -> None:
    """Show the catalogue, or the rule ID with its source."""
    if id_ is None:
        width = max(len(rule.id) for rule in all_rules())
        for rule in all_rules():
            click.echo(f"{rule.id:{width}}  tip {rule.tip:>2}  {rule.severity.value:10}  {rule.title}")
        return
    rule = find_rule(id_)
    if rule is None:
        raise click.UsageError(f"there is no rule {id_!r}; `checkpost rules` lists them")
    click.echo(f"{rule.id}: {rule.title} (tip {rule.tip}, {rule.severity.value})\n")
    click.echo(f"“{rule.citation}”\n  How to Build Social Media Relationships, tip {rule.tip}\n")
    click.echo((rule.document or "").strip())
