"""Labelled drafts: what the reader learns from and is measured on."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.text.draft import Author, Draft, History, ReplyTo, Surface
from bot.text.kind import Kind

DATA: Final = Path(__file__).parent / "data"
UNSEEN: Final = DATA / "unseen"
"""Files of hands that nothing is trained on: what is measured on them is what others may expect."""

HANDS: Final = 3
"""How many parts the files are dealt to: a reader that never saw a part judges it."""

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
class CareCase:
    """One draft written to show somebody in danger, or to be mistaken for it.

    Attributes:
        file: `care_` and the name of its file without the ending: one author.
        draft: the draft.
        care: it has to be met with care.
    """

    file: str
    draft: Draft
    care: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """One draft with its labels.

    Attributes:
        id: unique among all files.
        file: the name of its file without the ending: one author or one labeller.
        real: somebody posted it somewhere; otherwise it was written for this project.
        draft: the draft.
        kind: what it is for.
        arguable: whether careful readers differ about the kind, so that it teaches and measures nothing.
        must: rules that have to fire.
        may: rules that are allowed to fire.
        spans: for each rule in `must`, exact substrings that show it.
    """

    id: str
    file: str
    real: bool
    draft: Draft
    kind: Kind
    arguable: bool
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


def read_care(folder: Path = DATA) -> list[CareCase]:
    """Return every case written for care, file by file."""
    return [
        CareCase(f"care_{path.stem}", draft_of(row), row["care"])
        for path in sorted(folder.glob("care/*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def dealt(files: Iterable[str], hands: int = HANDS) -> list[frozenset[str]]:
    """Return the files in so many parts, authors, labellers and those who wrote for care alike in each."""
    parts: list[set[str]] = [set() for _ in range(hands)]
    for index, file in enumerate(sorted(files)):
        parts[index % hands].add(file)
    return [frozenset(part) for part in parts]


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
                arguable=row.get("kind_arguable", False),
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
