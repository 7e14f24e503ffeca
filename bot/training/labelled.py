"""Labelled drafts: what the reader learns from and is measured on."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.text.draft import Author, Draft, History, ReplyTo, Surface
from bot.text.kind import Kind

DATA: Final = Path(__file__).parent / "data"
HELD_BACK: Final = frozenset(("author_03", "author_07", "author_09", "labeller_02", "labeller_07"))
"""Files whose drafts choose weights and thresholds, and are measured on, before all are learned from."""

RULES: Final = (
    "criticism",
    "think-first",
    "personalize",
    "engage",
    "automation",
    "own-links",
    "plain-words",
    "unfollow",
    "bait",
    "self-focus",
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One draft with its labels.

    Attributes:
        id: unique among all files.
        file: the name of its file without the ending: one author or one labeller.
        real: somebody posted it somewhere; otherwise it was written for this project.
        draft: the draft.
        kind: what it is for.
        must: rules that have to fire.
        may: rules that are allowed to fire.
        spans: for each rule in `must`, exact substrings that show it.
    """

    id: str
    file: str
    real: bool
    draft: Draft
    kind: Kind
    must: frozenset[str]
    may: frozenset[str]
    spans: Mapping[str, tuple[str, ...]]

    @property
    def clean(self) -> bool:
        """Tell whether no rule may fire."""
        return not self.must and not self.may


def read_all(folder: Path = DATA) -> list[Labelled]:
    """Return every labelled draft of the project, file by file."""
    paths = [*sorted(folder.glob("drafts/*.jsonl")), *sorted(folder.glob("real/*.jsonl"))]
    return [labelled for path in paths for labelled in read_file(path, real=path.parent.name == "real")]


def read_file(path: Path, *, real: bool) -> Iterator[Labelled]:
    """Yield the labelled drafts of one file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Labelled(
                id=row["id"],
                file=path.stem,
                real=real,
                draft=draft_of(row),
                kind=Kind(row["kind"]),
                must=frozenset(row["must"]),
                may=frozenset(row["may"]),
                spans={rule: tuple(spans) for rule, spans in (row.get("spans") or {}).items()},
            )


def draft_of(row: Mapping[str, Any]) -> Draft:
    """Return the draft of one line (contract.md, "A draft"), as far as the ten text rules need it."""
    context: Mapping[str, Any] = row.get("context") or {}
    reply: Mapping[str, Any] | None = context.get("reply_to")
    author: Mapping[str, Any] = context.get("author") or {}
    recent = (context.get("history") or {}).get("recent") or ()
    return Draft(
        text=row["text"],
        surface=Surface(context.get("surface") or "channel"),
        reply_to=ReplyTo(reply.get("author"), reply.get("text") or "") if reply else None,
        author=Author(author.get("id"), author.get("display_name"), tuple(author.get("own_domains") or ())),
        history=History(recent=tuple(recent)) if recent else None,
    )
