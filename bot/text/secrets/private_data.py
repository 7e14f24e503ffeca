"""Other people's phone numbers, addresses and private mail addresses, where the draft says whose they are.

One's own number, a shop's, and a team's public address are the author's to post.
"""

import re
from collections.abc import Iterator

_PEOPLE = (
    r"ex|ex-\w+|boss|manager|neighbou?rs?|landlord|landlady|teacher|professor|brother|sister|mum|"
    r"mom|mother|dad|father|son|daughter|"
    r"husband|wife|boyfriend|girlfriend|friend|mate|roommate|flatmate|cousin|uncle|aunt|colleague|"
    r"coworker|student|doctor|nurse|"
    r"reviewer|journalist|reporter|author|moderator|mod|admin|tenant|driver|seller|buyer|guy|girl|"
    r"man|woman|lady|kid|bully|stalker|scammer|troll"
)
_NAME = r"(?-i:\b[A-Z][a-z]{1,15}(?:[ ][A-Z][a-z]{1,20})?\b)"
_OWNER = (
    rf"(?:\b(?:her|his|their)\b|\b(?:my|our|the|that|this|your)[ ](?:\w{{1,15}}[ ])?(?:{_PEOPLE})['’]s"
    rf"|{_NAME}['’]s)"
)
_SUBJECT = (
    rf"(?:\b(?:he|she|they|him|her|them)\b|\b(?:my|our|the|that|this)[ ](?:\w{{1,15}}[ ])?(?:{_PEOPLE})\b"
    rf"|{_NAME})"
)
_PHONE = r"(?P<phone>(?<![\w.])(?:\+|\(|00)?\d(?:[ ().-]{0,2}\d){6,14}(?![\w]|\.\d))"
_MAIL = r"(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|way|place|pl|terrace|"
    r"boulevard|blvd|square|sq|gardens|grove|hill|"
    r"mews|row|walk|park|parade|highway|circle|quay|rise|view|green|stra(?:ß|ss)e|allee|weg|rue|via|calle)"
)
_ADDRESS = (
    rf"(?P<address>(?:(?:flat|apt\.?|apartment|unit|"
    rf"no\.?)[ ]\w{{1,5}},?[ ])?\d{{1,5}}[A-Za-z]?[ ](?:[A-Za-z.'’-]{{1,20}}[ ]){{1,3}}{_STREET}\b\.?"
    r"(?-i:,?[ ][A-Z][a-z]{1,20}){0,2}(?:,?[ ](?:[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b|"
    r"[A-Z]{2}[ ]\d{5}\b|\d{5}\b))?)"
)
_KIND = (
    r"(?:(?:home|private|personal|real|direct|new|current|house|street|postal|phone|mobile|cell|work|whatsapp|"
    r"telephone)[ ]){0,2}"
)

_NUMBER = re.compile(
    rf"{_OWNER}[ ]{_KIND}(?:number|phone|mobile|cell|no\.?|digits|whatsapp|telephone|"
    rf"landline)(?:[ ](?:number|no\.?))?(?:['’]s|[ ](?:is|was)|[ ]?[:=])?[ ]{{1,2}}(?:now |"
    rf"still )?{_PHONE}",
    re.IGNORECASE,
)
_RING = re.compile(
    rf"\b(?:call|text|ring|phone|message|whatsapp|reach|prank|spam|sms|"
    rf"dial)[ ](?:up[ ])?(?P<whom>{_SUBJECT})[^\n.!?]{{0,30}}?[ ](?:on|at|:)[ ]{_PHONE}",
    re.IGNORECASE,
)
_WRITE = re.compile(
    rf"{_OWNER}[ ]{_KIND}(?:e-?mail|mail|gmail|mail address|email address)(?:[ ]address)?(?:['’]s|"
    rf"[ ](?:is|was)|[ ]?[:=])[ ]{{1,2}}{_MAIL}",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    rf"(?:{_SUBJECT}[^\n.!?\d]{{0,40}}?[ ](?:lives?|living|lived|stays?|staying|resides?|hides?|"
    rf"sleeps|moved)[ ](?:at|on|in|to)|"
    rf"\bwhere[ ](?:he|she|they|\w{{1,15}})[ ](?:lives?|stays?|hides?)(?:[ ]now)?[ ]?[:,=-]|"
    rf"{_OWNER}[ ]{_KIND}(?:address|house|home|flat|apartment|place)(?:['’]s|[ ](?:is|"
    rf"was)(?:[ ]at)?|[ ]?[:=]))[ ]{{1,2}}{_ADDRESS}",
    re.IGNORECASE,
)
_EXPOSED = re.compile(
    r"\b(?:(?<!my )(?<!our )home address|doxx?(?:ed)?|full name)\b[^\n]{0,60}?" + _ADDRESS, re.IGNORECASE
)

_BUSINESS = re.compile(
    r"\b(?:shop|store|bakery|pub|bar|caf[eé]|restaurant|clinic|surgery|practice|office|company|"
    r"hotel|hostel|garage|salon|gym|library|museum|"
    r"council|bank|support|helpline|hotline|desk|reception|switchboard|team|business|theatre|school|"
    r"university|pharmacy|dentist|vet|charity|"
    r"sales|service|centre|center|church|station|studio|gallery|venue|market|club|police|embassy|"
    r"hospital)(?:['’]?s)?\b",
    re.IGNORECASE,
)
_PUBLIC_BOXES = frozenset(
    "info hello hi contact support press media sales help team office admin hr jobs careers billing "
    "orders bookings booking news editor security abuse "
    "privacy legal noreply no-reply donotreply webmaster postmaster enquiries inquiries feedback "
    "service events".split()
)
_EXAMPLE_HOSTS = ("example.com", "example.org", "example.net")
_CUES = (
    "number",
    "phone",
    "mobile",
    "cell",
    "digits",
    "whatsapp",
    "landline",
    "call",
    "text",
    "ring",
    "reach",
    "message",
    "dial",
    "mail",
    "live",
    "living",
    "stay",
    "resid",
    "address",
    "house",
    "home",
    "flat",
    "dox",
    "moved",
    "hide",
    "prank",
    "place",
    "apartment",
    "spam",
    "sms",
)
_BEFORE = 60  # characters before a match in which a business may be named
_LEAST_DIGITS = 7
_LONG_NUMBER = re.compile(r"\d(?:[ ().-]{0,2}\d){6}")
_HOUSE_NUMBER = re.compile(r"\d[A-Za-z]? [A-Za-z]")


def private_data(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of other people's phone numbers and addresses in `text`; may overlap."""
    if not any(cue in lower for cue in _CUES):
        return
    for pattern in (_NUMBER, _RING) if _LONG_NUMBER.search(text) else ():
        for match in pattern.finditer(text):
            digits = sum(character.isdigit() for character in match["phone"])
            if digits >= _LEAST_DIGITS and not _speaks_of_business(match):
                yield match.span("phone")
    for match in _WRITE.finditer(text) if "@" in text and "mail" in lower else ():
        box, _, host = match["mail"].lower().partition("@")
        if box not in _PUBLIC_BOXES and host not in _EXAMPLE_HOSTS and not _speaks_of_business(match):
            yield match.span("mail")
    for pattern in (_AT_HOME, _EXPOSED) if _HOUSE_NUMBER.search(text) else ():
        for match in pattern.finditer(text):
            if not _speaks_of_business(match):
                yield match.span("address")


def _speaks_of_business(match: re.Match[str]) -> bool:
    """Tell whether the words before a number, in the same line, name a shop or an office."""
    start = max(match.string.rfind("\n", 0, match.start()) + 1, match.start() - _BEFORE)
    value = match.start(match.lastgroup or 0)
    return _BUSINESS.search(match.string, start, value) is not None
