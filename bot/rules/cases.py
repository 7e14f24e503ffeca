"""The cases of the rules: drafts on which a rule has to fire, and near misses on which it has to stay quiet.

They lie in YAML files, one a rule, so that anybody can add one; the tests run them and the pages of the rules
show them. PyYAML belongs to the tests' extra, so nothing at run time imports this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bot.text.draft import Author, Draft, History, ReplyTo, Surface


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Attributes:
        rule: the rule's id.
        name: what the case is about, in a few words.
        flagged: the rule has to fire; otherwise it has to stay quiet.
        draft: the draft.
        evidence: words of the draft that the finding has to point at.
        severity: the severity it has to have; empty: any.
        says: words the message has to hold.
        rewrite: the whole rewrite; empty: any.
        rewrite_has: words the rewrite has to hold.
        rewrite_without: words the rewrite must not hold.
    """

    rule: str
    name: str
    flagged: bool
    draft: Draft
    evidence: tuple[str, ...] = ()
    severity: str = ""
    says: str = ""
    rewrite: str = ""
    rewrite_has: tuple[str, ...] = ()
    rewrite_without: str = ""


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read the cases of one rule from `<rule>.yaml`.

    Raises:
        OSError: the file cannot be read.
        KeyError: a case has no name or no text.
    """
    import yaml

    content: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        _case(path.stem, entry, flagged=heading == "flagged")
        for heading in ("flagged", "quiet")
        for entry in content[heading]
    )


def _case(rule: str, entry: Mapping[str, Any], *, flagged: bool) -> Case:
    return Case(
        rule=rule,
        name=str(entry["name"]),
        flagged=flagged,
        draft=_draft(entry),
        evidence=_words(entry, "evidence"),
        severity=str(entry.get("severity", "")),
        says=str(entry.get("says", "")),
        rewrite=str(entry.get("rewrite", "")),
        rewrite_has=_words(entry, "rewrite_has"),
        rewrite_without=str(entry.get("rewrite_without", "")),
    )


def _words(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(words) for words in cast("list[object]", entry.get(key, [])))


def _draft(entry: Mapping[str, Any]) -> Draft:
    record = entry.get("history")
    recent = _words(entry, "recent")
    history = None
    if record is not None or recent:
        history = History(**cast("dict[str, Any]", record or {}), recent=recent)
    return Draft(
        text=str(entry["text"]),
        surface=Surface(entry.get("surface", "channel")),
        reply_to=ReplyTo("u2", str(entry["reply_to"])) if "reply_to" in entry else None,
        author=Author("u1", entry.get("display_name"), _words(entry, "own")),
        history=history,
    )
