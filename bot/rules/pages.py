"""Makes the page of every rule from its docstring, its metadata and its cases.

python -m bot.rules.pages docs/rules             writes the pages
python -m bot.rules.pages --check docs/rules     fails where a page is not current
"""

import argparse
import sys
from pathlib import Path

from bot.rules.cases import Case, load_cases
from bot.rules.catalogue import all_rules
from bot.rules.rule import Rule
from bot.text.draft import Surface

_CASES = Path("tests/rules/cases")
_LONGEST = 240


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages.

    Returns:
        0 where the pages are written or current, 1 where one is not; it is named on standard error.
    """
    parser = argparse.ArgumentParser(prog="python -m bot.rules.pages", description="The pages of the rules.")
    parser.add_argument("folder", type=Path, help="where the pages lie, such as docs/rules")
    parser.add_argument("--cases", type=Path, default=_CASES, help="the folder of the YAML cases")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where a page is not current"
    )
    options = parser.parse_args(arguments)
    pages = all_pages(options.cases)
    if not options.check:
        options.folder.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (options.folder / name).write_text(page, encoding="utf-8")
        return 0
    stale = [name for name, page in pages.items() if not _is_current(options.folder / name, page)]
    stale += [path.name for path in sorted(options.folder.glob("*.md")) if path.name not in pages]
    for name in stale:
        sys.stderr.write(
            f"{options.folder / name} is not current: run `python -m bot.rules.pages docs/rules`\n"
        )
    return 1 if stale else 0


def all_pages(cases: Path) -> dict[str, str]:
    """Return every page by its file name: one a rule, and the index."""
    rules = all_rules()
    pages = {f"{rule.id}.md": rule_page(rule, load_cases(cases / f"{rule.id}.yaml")) for rule in rules}
    pages["README.md"] = _index(rules)
    return pages


def rule_page(rule: Rule, cases: tuple[Case, ...]) -> str:
    """Return the page of one rule."""
    title, _, sections = (rule.document or "").strip().partition("\n")
    lines = [
        f"# `{rule.id}`: {rule.title.lower()}",
        "",
        title.strip(),
        "",
        f"Tip {rule.tip} · usually a {rule.severity.value} · {_reads(rule)}",
        "",
        f"> “{rule.citation}”",
        "",
        *_sections(sections),
        "## Fires on",
        "",
        *(_example(case) for case in cases if case.flagged),
        "",
        "## Stays quiet on",
        "",
        *(_example(case) for case in cases if not case.flagged),
        "",
        f"These are the cases of `tests/rules/cases/{rule.id}.yaml`, which are run as tests.",
        f"This page is made from them and from `bot/rules/{rule.id.replace('-', '_')}.py`.",
    ]
    return "\n".join(lines) + "\n"


def _reads(rule: Rule) -> str:
    if rule.reads_record:
        return "reads the author's record"
    return "reads the draft" if rule.needs_language else "reads the draft, in any language"


def _sections(text: str) -> list[str]:
    """Return the docstring's sections with headings in Markdown."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line and not line.startswith(" "):
            lines += [f"## {line.rstrip(':')}", ""]
        elif line.strip():
            lines.append(line.strip())
        elif lines and lines[-1]:
            lines.append("")
    return [*lines, ""]


def _example(case: Case) -> str:
    draft = case.draft
    where = {Surface.REPLY: "in reply", Surface.DIRECT: "in a direct message"}.get(draft.surface, "")
    if draft.reply_to is not None and draft.reply_to.text:
        where = f"in reply to “{_short(draft.reply_to.text)}”"
    known = [where] if where else []
    if draft.author.display_name:
        known.append(f"by {draft.author.display_name}")
    if draft.history is not None:
        known.append("with a record")
    circumstances = f" ({', '.join(known)})" if known else ""
    return f"- *{case.name}*{circumstances}: `` {_short(draft.text)} ``"


def _short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"


def _index(rules: tuple[Rule, ...]) -> str:
    rows = [
        f"| [`{rule.id}`]({rule.id}.md) | {rule.tip} | {rule.severity.value} | {rule.title} |"
        for rule in rules
    ]
    return "\n".join(
        [
            "# The rules",
            "",
            "Where two findings are equally grave and equally sure, the one further up comes first.",
            "",
            "| rule | tip | severity | in short |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _is_current(path: Path, page: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == page


if __name__ == "__main__":
    sys.exit(main())
