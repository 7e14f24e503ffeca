"""Keys and tokens: those that providers give a shape of their own, and others by the words before them.

Shapes are taken from the providers' own documentation; every repetition is bounded or cannot start twice.
"""

import re
from collections.abc import Iterator
from math import log2

_B = r"(?<![A-Za-z0-9_/+-])"
_SHAPES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("AKIA", "ASIA", "ABIA", "ACCA"),
        re.compile(_B + r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
    ),
    (("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), re.compile(_B + r"gh[pousr]_[A-Za-z0-9]{30,255}")),
    (("github_pat_",), re.compile(_B + r"github_pat_[A-Za-z0-9_]{40,255}")),
    (("glpat-", "gldt-", "glrt-", "glptt-"), re.compile(_B + r"gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_.-]{18,255}")),
    (("xox", "xapp-"), re.compile(_B + r"(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{16,255}")),
    (
        ("hooks.slack.com/",),
        re.compile(r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/]{20,200}"),
    ),
    (
        ("/api/webhooks/",),
        re.compile(r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d{15,21}/[\w-]{40,100}"),
    ),
    (
        ("sk_live_", "rk_live_", "sk_test_", "rk_test_", "whsec_"),
        re.compile(_B + r"(?:(?:sk|rk)_(?:live|test)|whsec)_[A-Za-z0-9]{16,255}"),
    ),
    (("AIza",), re.compile(_B + r"AIza[\w-]{30,45}")),
    (("ya29.",), re.compile(_B + r"ya29\.[\w-]{20,400}")),
    (("GOCSPX-",), re.compile(_B + r"GOCSPX-[\w-]{20,60}")),
    (
        ("sk-",),
        re.compile(
            _B + r"sk-(?=[\w-]{0,255}\d)(?:(?:proj|ant|svcacct|or|live|test|admin)[\w-]{16,255}"
            r"|[A-Za-z0-9]{20,255})"
        ),
    ),
    (
        ("SK", "AC"),
        re.compile(_B + r"(?:SK|AC)(?=[a-f]{0,31}\d)(?=\d{0,31}[a-f])[0-9a-f]{32}(?![A-Za-z0-9])"),
    ),
    (("SG.",), re.compile(_B + r"SG\.[\w-]{16,40}\.[\w-]{30,60}")),
    (("npm_",), re.compile(_B + r"npm_[A-Za-z0-9]{30,60}")),
    (("pypi-",), re.compile(_B + r"pypi-[\w-]{40,400}")),
    (("eyJ",), re.compile(_B + r"eyJ[\w-]{10,4000}\.eyJ[\w-]{5,4000}\.[\w-]{10,2000}")),
    (("hf_",), re.compile(_B + r"hf_[A-Za-z]{30,50}")),
    (("dop_v1_", "doo_v1_"), re.compile(_B + r"do[op]_v1_[0-9a-f]{40,80}")),
    (("shpat_", "shpss_", "shpca_"), re.compile(_B + r"shp(?:at|ss|ca)_[0-9a-fA-F]{32}")),
    (("AGE-SECRET-KEY-",), re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{40,70}")),
    ((":AA",), re.compile(_B + r"\d{8,10}:AA[\w-]{30,36}(?![\w-])")),
    (
        ("MD", "MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"),
        re.compile(_B + r"[MNO][A-Za-z\d_-]{22,27}\.[\w-]{6}\.[\w-]{27,45}(?![\w-])"),
    ),
)
_SHAPE_OF = {
    cue: tuple(shape for cues, shape in _SHAPES if cue in cues) for cues, _ in _SHAPES for cue in cues
}
_CUES = re.compile("|".join(map(re.escape, _SHAPE_OF)))
_PEM = "PRIVATE KEY"
_PEM_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_PEM_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_PEM_BODY = re.compile(r"(?:[ \t]*[A-Za-z0-9+/=:,. -]{0,80}\r?\n){0,200}[ \t]*[A-Za-z0-9+/=]{0,80}")
_PEM_LONGEST = 20_000  # characters; beyond it the end belongs to another key

_BEARER = re.compile(
    r"\b(?:bearer|basic|authorization[ \t]{0,3}[:=][ \t]{0,3}(?:bearer|basic|"
    r"token))[ \t]{1,3}(?P<value>[\w.~+/=-]{12,2000})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:(?:api|app|access|auth|secret|private|client|deploy|signing|encryption|master|service|"
    r"account|bot|webhook)"
    r"[ _-]?(?:access[ _-]?)?(?:key|token|secret)|apikey|token|secret|(?<![a-z])key)"
    r"(?:[ _-]?id)?[\"'`]{0,2}[ \t]{0,3}(?:=>|:=|[:=]|"
    r"\bis\b)[ \t]{0,3}[\"'`]{0,2}(?P<value>[\w.~+/=-]{16,400})",
    re.IGNORECASE,
)
_NAMES = ("key", "token", "secret")
_ENTROPY = 3.0  # bits a character; English words run together stay below, random letters and digits above


def provider_keys(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every key or token of `text`; may overlap."""
    for cue in set(_CUES.findall(text)):
        for shape in _SHAPE_OF[cue]:
            for match in shape.finditer(text):
                yield match.span()
    if _PEM in text:
        yield from _pem_blocks(text)
    if "bearer" in lower or "basic" in lower or "authorization" in lower:
        yield from _random_values(_BEARER, text)
    if any(name in lower for name in _NAMES):
        yield from _random_values(_NAMED, text)


def _random_values(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if looks_random(match["value"]):
            yield match.span("value")


def looks_random(value: str) -> bool:
    """Tell whether a value is made of letters and digits that no one would write as words."""
    if not any(character.isdigit() for character in value) or not any(
        character.isalpha() for character in value
    ):
        return False
    if value.count("/") > 1 and "=" not in value:
        return False
    counts = [value.count(character) for character in set(value)]
    entropy = -sum(count / len(value) * log2(count / len(value)) for count in counts)
    return entropy >= _ENTROPY


def _pem_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield private keys in PEM, up to their last line, or as far as they look like one."""
    position = 0
    while begin := _PEM_BEGIN.search(text, position):
        end = _PEM_END.search(text, begin.end(), begin.end() + _PEM_LONGEST)
        if end:
            position = end.end()
        else:
            body = _PEM_BODY.match(text, begin.end())
            position = begin.end() + len(body.group().rstrip()) if body else begin.end()
        yield begin.start(), position
