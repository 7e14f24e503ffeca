"""Passwords, by the words around them; what merely talks about passwords stays quiet."""

import re
from collections.abc import Iterator

_CUES = ("pass", "pw", "psswd", "pwd", "login", "log in", "cred", "code", "pin", "combination", "-u ")
_TOLD_WORD = r"(?:passw(?:or)?ds?|pass[ _-]?phrase|pass[ _-]?code|passwd|psswd|pwd|pw)"
_WORD = rf"(?:{_TOLD_WORD}|pass)"
_VALUE = r"(?P<value>[^\s\"'`,;<>|]{3,64})"
_ASSIGNED = re.compile(
    rf"(?<![A-Za-z])(?:[A-Za-z0-9]{{1,30}}_)?{_WORD}(?:[ ]\([^()"
    rf"\n]{{1,20}}\))?[\"'`]{{0,2}}[ \t]{{0,3}}(?:=>|->|:=|[:=])[ \t]{{0,3}}"
    rf"(?P<quote>[\"'`]?){_VALUE}",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"\b{_TOLD_WORD}(?:[ ](?:for|to|of|on)[ ][^\n.:;,]{{1,30}}?)?(?:'s|’s|[ ](?:is|"
    rf"was)(?:[ ](?:still|now|just|simply|always))?)[ ]"
    rf"(?P<quote>[\"'`“‘]?){_VALUE}(?P<after>[^\n]?[^\n]?)",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?<![@\w])(?:log[ -]?ins?|creds?|credentials|account|user(?:name)?|sign[ -]?in)(?:[ ](?:is|"
    r"are)|[ ]?[:=])?[ ]{1,2}"
    r"[^\s/,:]{2,64}[ ]?(?:/|:|[ ]and[ ])[ ]?(?P<value>(?!/)(?=[^\s]{0,40}[\d!$%^&*#])[^\s,;]{5,64})",
    re.IGNORECASE,
)
_IN_URL = re.compile(
    r"(?<![a-z+.-])[a-z][a-z0-9+.-]{1,20}://[^\s:@/]{0,64}:(?P<value>[^\s@/<>\"'`]{3,128})@", re.IGNORECASE
)
_AT_HOST = re.compile(
    r"(?<![\w/:.@-])(?P<user>[a-z][\w.-]{0,31}):(?P<value>[^\s:@/]{4,64})"
    r"@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}",
    re.IGNORECASE,
)
_NO_USERS = frozenset(
    "mailto mail email e-mail contact contacts cc bcc to from re fw fwd sip xmpp http https support "
    "press sales orders info".split()
)
_SHELL = re.compile(
    r"\b(?:mysql|mysqldump|mariadb|sshpass)\b[^\n]{0,80}?[ ]-p(?P<quote>[\"']?)(?P<value>[^\s\"']{4,64})"
    r"|\bcurl\b[^\n]{0,120}?[ ](?:-u|--user)[ ]?[\"']?[^\s:\"']{1,64}:(?P<curl>[^\s\"']{3,64})"
)
_CODE = re.compile(
    r"\b(?:(?:door|gate|alarm|entry|safe|lock(?:er)?|key ?box|2fa|mfa|otp|one[ -]time|verification|"
    r"security|login|access|sms|garage|unlock)"
    r"[ ](?:pin|code|combination|passcode)|(?:my|her|his|their|the|our|your)(?:[ ]\w{1,15})?[ ]pin)"
    r"(?:'s|[ ]is|[ ]?[:=])[ ]{0,2}(?:now |still )?(?P<value>[A-Z]?[0-9](?:[ -]?[0-9]){3,9}#?)(?![\w%])",
    re.IGNORECASE,
)

_PLACEHOLDER = re.compile(
    r"[*•.x…_?-]+|\$.*|%.*%?|<.*|\{.*|\[.*|(?:your|my|the|some|a|new|old|user|db|example|sample|"
    r"fake|dummy)[_-]?\w*(?:pass|pw|secret)\w*|pass(?:word|wd)?\d?|pwd|"
    r"(?:os|process|env|config|settings|self|data|request|req|form|args|this|user|secrets|"
    r"vault)[.\[(].*|.*\(.*|"
    r"str(?:ing)?|none|null|nil|true|false|undefined|any|bytes|optional|required|text|hidden|"
    r"redacted|changeme|example|placeholder|n/a|empty|blank",
    re.IGNORECASE,
)
_TALK = frozenset(
    "the a an is are was not no too very so only same different different. wrong right correct "
    "incorrect weak strong safe "
    "unsafe secure insecure long short required needed missing empty blank invalid valid expired "
    "old new optional mandatory "
    "fine good bad ok okay broken lost gone public private secret hidden visible case stored hashed "
    "sent set reset kept known "
    "shown saved encrypted plain plaintext what whatever how why where when who which that this it "
    "in on at by for from to "
    "with your my our their his her its never always still also just probably actually really being "
    "been going about "
    "something nothing anything everything impossible easy hard simple complex enough here there "
    "wherever one two all part "
    "asking asked written different, printed below above inside under attached coming dead useless "
    "annoying terrible "
    "supposed meant likely maybe rubbish stupid a/an out up down off over ready done next more less "
    "like as".split()
)
_TALK_ENDINGS = ("ed", "ing", "able", "ible", "ly")
_STRONG = re.compile(r"\d|[!$%^&*_+=~#@-]|[a-z][A-Z]")
_LEAST_WORD = 5  # letters of a plain word that stands alone as a password
_LEAST_ASSIGNED = 4


def passwords(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every password, access code and login secret of `text`; may overlap."""
    if "@" in text and ":" in text:
        yield from _in_addresses(text)
    if not any(cue in lower for cue in _CUES):
        return
    named = "pass" in lower or "pw" in lower or "psswd" in lower
    yield from _named(text) if named else ()
    for match in _LOGIN.finditer(text):
        if not _PLACEHOLDER.fullmatch(match["value"]) and any(letter.isalnum() for letter in match["value"]):
            yield match.start("value"), match.start("value") + len(match["value"].rstrip(".)"))
    for match in _SHELL.finditer(text) if " -" in text else ():
        group = "value" if match["value"] else "curl"
        if not _PLACEHOLDER.fullmatch(match[group]):
            yield match.span(group)
    for match in _CODE.finditer(text):
        yield match.span("value")


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Yield what is called a password."""
    for match in _ASSIGNED.finditer(text):
        value = match["value"].rstrip(".)" if not match["quote"] else "")
        strong = bool(_STRONG.search(value)) and not value.isdigit()
        if (
            len(value) >= _LEAST_ASSIGNED
            and not _is_talk(value)
            and (strong or match["quote"] or _ends(text, match))
        ):
            yield match.start("value"), match.start("value") + len(value)
    for match in _TOLD.finditer(text):
        value = match["value"] if match["quote"] else match["value"].rstrip(".!?):’”'")
        if not _is_talk(value) and (
            _tells(value, match) or (match["quote"] and len(value) >= _LEAST_ASSIGNED)
        ):
            start = match.start("value")
            yield (
                start,
                start + (len(match["value"].rstrip(".,:;)’”")) if _STRONG.search(value) else len(value)),
            )


def _in_addresses(text: str) -> Iterator[tuple[int, int]]:
    for match in _IN_URL.finditer(text):
        if not _PLACEHOLDER.fullmatch(match["value"]):
            yield match.span("value")
    for match in _AT_HOST.finditer(text):
        strong = _STRONG.search(match["value"]) is not None
        if strong and match["user"].lower() not in _NO_USERS and not _PLACEHOLDER.fullmatch(match["value"]):
            yield match.span("value")


def _is_talk(value: str) -> bool:
    """Tell whether what follows is said about a password, or stands where one would."""
    lower = value.lower().rstrip(".!?,)")
    return (
        lower in _TALK
        or _PLACEHOLDER.fullmatch(lower) is not None
        or (not _STRONG.search(value) and lower.endswith(_TALK_ENDINGS))
    )


def _tells(value: str, match: re.Match[str]) -> bool:
    """Tell whether a value without quotation marks looks like a password, or ends the sentence."""
    if _STRONG.search(value):
        return len(value) >= _LEAST_ASSIGNED
    end = match.start("value") + len(value)
    rest = match.string[end : end + 2]
    return (
        len(value) >= _LEAST_WORD
        and value.isalpha()
        and value.islower()
        and rest[:1] in {"", "\n", "."}
        and not rest[1:2].strip()
    )


def _ends(text: str, match: re.Match[str]) -> bool:
    """Tell whether a plain word is all that stands after `password:` on its line."""
    return (
        match["value"].isalnum()
        and len(match["value"]) >= _LEAST_WORD
        and text[match.end() : match.end() + 1] in {"", "\n", ","}
    )
