"""One JSON line out: the advice (contract.md, "The advice")."""

from typing import Any

import msgspec

from bot.coach.advice import Advice
from bot.rules.finding import Finding


def as_object(id_: str | int, advice: Advice) -> dict[str, Any]:
    """Return the advice as the contract's JSON object, keys in the contract's order."""
    result: dict[str, Any] = {
        "id": id_,
        "kind": advice.kind.value,
        "kind_scores": {kind.value: round(score, 4) for kind, score in advice.kind_scores.items()},
        "findings": [_finding(finding) for finding in advice.findings],
        "strengths": list(advice.strengths),
        "rewrite": advice.rewrite,
        "language": advice.language,
    }
    if advice.limited:
        result["limited"] = True
    result["care"] = None if advice.care is None else advice.care.value
    return result


def as_line(id_: str | int, advice: Advice) -> bytes:
    """Return the advice as one line of JSON in UTF-8, with its newline."""
    return msgspec.json.encode(as_object(id_, advice)) + b"\n"


def error_line(id_: str | int | None, message: str) -> bytes:
    """Return what stands in place of the advice for a line that could not be read."""
    return msgspec.json.encode({"id": id_, "error": message}) + b"\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "tip": finding.tip,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "spans": [list(span) for span in finding.spans],
        "message": finding.message,
        "advice": finding.advice,
        "fixes": [{"start": f.start, "end": f.end, "replacement": f.replacement} for f in finding.fixes],
    }
