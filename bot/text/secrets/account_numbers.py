"""Account numbers (IBAN, by ISO 13616), national insurance and passport numbers, seed phrases of wallets."""

import re
from collections.abc import Iterator

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
_IBAN_LENGTHS = {
    entry[:2]: int(entry[3:])
    for entry in (
        "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 "
        "DE:22 DK:18 DO:28 "
        "EE:20 EG:29 ES:24 FI:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 "
        "IL:23 IQ:23 IS:26 "
        "IT:27 JO:30 KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 MC:27 MD:24 ME:22 MK:19 MR:27 "
        "MT:31 MU:30 NL:18 "
        "NO:15 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 SA:24 SC:31 SE:24 SI:19 SK:24 SM:27 ST:25 "
        "SV:28 TL:23 TN:24 "
        "TR:26 UA:29 VA:22 VG:24 XK:20"
    ).split()
}
_SOCIAL = re.compile(
    r"\b(?:ssn|social security|social insurance|sin)\b[^\n\d]{0,30}(?P<value>(?!000|"
    r"666)[0-8]\d\d[- ]?\d\d[- ]?\d{4})(?![\d-])",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:passport|driving licen[cs]e|driver'?s licen[cs]e|national insurance|ni|identity card|"
    r"id card|tax|account|routing|sort)"
    r"[ ](?:number|no\.?|code)[ \t]{0,2}(?:is|"
    r"[:=])[ \t]{0,3}(?P<value>(?=[A-Z -]{0,12}\d)[A-Z0-9](?:[ -]?[A-Z0-9]){5,17})(?!\w)",
    re.IGNORECASE,
)
_SOCIAL_CUES = ("ssn", "social ", "sin ")
_DOCUMENT_CUES = (" number", " no", " code")
_SEED = re.compile(
    r"\b(?:seed|recovery|mnemonic|wallet|backup|secret)[ -]?(?:recovery[ ])?(?:phrase|"
    r"words)\b[^\n:]{0,60}(?::|\bis\b|\n)[\s\"'`]{0,6}"
    r"(?P<value>[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23})(?![a-z])",
)
_NO_SEEDS = frozenset(
    "the and for but are was with from when just his its our out your their had has been have".split()
)


def account_numbers(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every account or identity number and seed phrase of `text`."""
    for match in _IBAN.finditer(text):
        end = _iban_end(match.group())
        if end:
            yield match.start(), match.start() + end
    for cues, pattern in (_SOCIAL_CUES, _SOCIAL), (_DOCUMENT_CUES, _DOCUMENT):
        for match in pattern.finditer(text) if any(cue in lower for cue in cues) else ():
            yield match.span("value")
    for match in _SEED.finditer(text) if "phrase" in lower or "words" in lower else ():
        if _NO_SEEDS.isdisjoint(match["value"].replace(",", " ").split()):
            yield match.span("value")


def _iban_end(candidate: str) -> int:
    """Return how many characters of a candidate are an IBAN whose checksum is right; 0 where none are."""
    length = _IBAN_LENGTHS.get(candidate[:2], 0)
    seen = 0
    for index, character in enumerate(candidate):
        seen += character != " "
        if length and seen == length:
            compact = candidate[: index + 1].replace(" ", "")
            number = "".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])
            return index + 1 if int(number) % 97 == 1 else 0
    return 0
