"""Refuses what Slack would refuse in a message or a window, and what would ping or unfurl.

Rules from https://docs.slack.dev/reference/block-kit.
"""

import json
import re

TOTAL = 13_200
_INLINE = {"text", "link", "channel", "emoji", "user", "broadcast"}
_PARTS = {"rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"}
_PINGING = re.compile(r"<[@!]")


def message_problems(payload) -> list[str]:
    """Return why Slack would refuse a message, or what in it would reach somebody it should not."""
    found = list(_text(payload.get("text", ""), 40_000, "text", mrkdwn=True))
    if not payload.get("text"):
        found.append("text is empty: notifications would say nothing")
    if payload.get("unfurl_links") is not False or payload.get("unfurl_media") is not False:
        found.append("links may unfurl")
    blocks = payload.get("blocks", [])
    if len(blocks) > 50:
        found.append(f"{len(blocks)} blocks")
    if characters(payload) > TOTAL:
        found.append(f"{characters(payload)} characters in all")
    for number, block in enumerate(blocks):
        found += [f"blocks[{number}]: {problem}" for problem in _block(block)]
    return found


def view_problems(view) -> list[str]:
    """Return why Slack would refuse a window."""
    found = []
    for key in ("title", "submit", "close"):
        if key in view:
            found += _text(view[key]["text"], 24, key)
    needed = {"title", "submit"} if any(one["type"] == "input" for one in view["blocks"]) else {"title"}
    found += [f"{key} is missing" for key in needed - set(view)]
    if not 1 <= len(view["blocks"]) <= 100:
        found.append(f"{len(view['blocks'])} blocks")
    found += _text(view.get("private_metadata", " ") or " ", 3_000, "private_metadata")
    for block in view["blocks"]:
        found += _block(block)
    return found


def home_problems(view) -> list[str]:
    """Return why Slack would refuse a Home tab."""
    found = [] if 1 <= len(view["blocks"]) <= 100 else [f"{len(view['blocks'])} blocks"]
    for number, block in enumerate(view["blocks"]):
        found += [f"blocks[{number}]: {problem}" for problem in _block(block)]
    return found


def characters(payload) -> int:
    """Return how many UTF-16 units a message's blocks have as JSON."""
    return _units(json.dumps(payload.get("blocks", []), ensure_ascii=False))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _text(text, limit, where, *, mrkdwn=False):
    if not isinstance(text, str):
        yield f"{where} is no text"
        return
    if _units(text) > limit:
        yield f"{where} has {_units(text)} characters, {limit} are allowed"
    if mrkdwn and _PINGING.search(text):
        yield f"{where} would ping"


def _block(block):
    check = {
        "rich_text": _rich_text,
        "section": _section,
        "context": _context,
        "actions": _actions,
        "image": _image,
        "input": _input,
        "divider": lambda _: (),
    }.get(block.get("type"))
    return [f"unknown block {block.get('type')}"] if check is None else check(block)


def _image(block):
    yield from _text(block.get("alt_text"), 2_000, "alt_text")
    if not block.get("alt_text"):
        yield "an image without words"
    if ("image_url" in block) == ("slack_file" in block):
        yield "an image from nowhere, or from two places"


def _rich_text(block):
    for part in block["elements"]:
        if part["type"] not in _PARTS:
            yield f"unknown part {part['type']}"
        for element in part["elements"]:
            yield from _rich(element)


def _section(block):
    yield from _text(block["text"]["text"], 3_000, "section", mrkdwn=True)
    if not block["text"]["text"]:
        yield "an empty section"


def _context(block):
    if not 1 <= len(block["elements"]) <= 10:
        yield "a context has 1 to 10 elements"
    for element in block["elements"]:
        yield from _text(element["text"], 3_000, "context", mrkdwn=element["type"] == "mrkdwn")


def _input(block):
    yield from _text(block["label"]["text"], 2_000, "label")
    element = block["element"]
    if element["type"].endswith("static_select"):
        yield from _options(element, 100)
    if element["type"] == "checkboxes":
        yield from _options(element, 10)
    if element["type"] == "plain_text_input":
        yield from _text(element.get("initial_value", " "), element["max_length"], "initial_value")
        if not 1 <= element["max_length"] <= 3_000:
            yield "max_length is over 3,000"
        if element.get("initial_value") == "":
            yield "an empty initial_value"


def _options(element, most):
    if not 1 <= len(element["options"]) <= most:
        yield f"{len(element['options'])} options"
    for option in element["options"]:
        yield from _text(option["text"]["text"], 75, "an option")
        yield from _text(option["value"], 150, "an option's value")
    chosen = [element.get("initial_option"), *element.get("initial_options", ())]
    if any(option is not None and option not in element["options"] for option in chosen):
        yield "an initial option is not among the options"
    if element.get("initial_options") == []:
        yield "empty initial_options"


def _rich(element):
    if element["type"] not in _INLINE:
        yield f"unknown element {element['type']}"
    if element["type"] in {"user", "broadcast"}:
        yield "would ping"
    if element["type"] == "text":
        yield from _text(element["text"], 3_000, "rich text")
        if not element["text"]:
            yield "an empty text"


def _confirm(asked):
    for key, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from _text(asked[key]["text"], limit, key)


def _actions(block):
    elements = block["elements"]
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} buttons"
    if len({element["action_id"] for element in elements}) < len(elements):
        yield "the same action_id twice"
    for element in elements:
        yield from _text(element["action_id"], 255, "action_id")
        yield from _text(element["text"]["text"], 75, "a button's text")
        yield from _text(element.get("value", " "), 2_000, "a button's value")
        if "confirm" in element:
            yield from _confirm(element["confirm"])
        if element.get("style", "primary") not in {"primary", "danger"}:
            yield f"unknown style {element['style']}"
