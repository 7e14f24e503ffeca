"""Validates what the library sends and the test server answers, where the platform's schemas are present."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

FOLDER = Path(__file__).parents[5] / "shared" / "platform" / "discord"
ABSENT = "the platform's schemas are not at ../shared/platform; payloads go unvalidated"

_GATEWAY = {
    "READY": "GatewayReadyDispatchData",
    "GUILD_CREATE": "GatewayGuildCreateDispatchData",
    "MESSAGE_CREATE": "GatewayMessageCreateDispatchData",
    "MESSAGE_UPDATE": "GatewayMessageUpdateDispatchData",
    "command": "APIChatInputApplicationCommandInteraction",
    "message command": "APIMessageApplicationCommandInteraction",
    "component": "APIMessageComponentInteraction",
    "modal": "APIModalSubmitInteraction",
}


class InvalidError(AssertionError):
    """A payload does not fit the platform's schema."""


def present() -> bool:
    return (FOLDER / "openapi.json").exists()


@cache
def _document(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text())


@cache
def _gateway_validator(definition: str) -> Draft7Validator:
    definitions = dict(_document("gateway-schema.json")["definitions"])
    for name in definitions:
        if name.endswith("Flags"):
            definitions[name] = {"type": "integer"}  # the schema lists single bits, but bits are added up
    return Draft7Validator({"$ref": f"#/definitions/{definition}", "definitions": definitions})


def check_dispatch(event: str, data: dict[str, Any]) -> None:
    """Check what the test server sends over the gateway."""
    if present() and event in _GATEWAY:
        _check(_gateway_validator(_GATEWAY[event]), data, event)


@cache
def _api() -> dict[str, Any]:
    document = _document("openapi.json")
    media_channel = {"title": "GUILD_MEDIA", "const": 16}  # exists, but the specification does not know it
    document["components"]["schemas"]["ChannelTypes"]["oneOf"].append(media_channel)
    return document


@cache
def _operations() -> list[tuple[re.Pattern[str], str, dict[str, Any]]]:
    found = [
        (
            re.compile(
                re.sub(r"\{[^}]+\}", "[^/]+", re.escape(path).replace(r"\{", "{").replace(r"\}", "}"))
            ),
            path,
            operations,
        )
        for path, operations in _api()["paths"].items()
    ]
    # a path with fewer placeholders is the more exact one: `@original` before `{message_id}`
    return sorted(found, key=lambda entry: entry[1].count("{"))


def _operation(method: str, path: str) -> dict[str, Any]:
    for pattern, _, operations in _operations():
        if pattern.fullmatch(path) and method.lower() in operations:
            return operations[method.lower()]
    raise InvalidError(f"Discord has no {method} {path}")


def _validator(operation: dict[str, Any], *keys: str) -> Draft202012Validator | None:
    schema: Any = operation
    for key in keys:
        if key not in schema:
            return None
        schema = schema[key]
    return Draft202012Validator({**schema, "components": _api()["components"]})


def check_request(method: str, path: str, body: Any) -> None:
    """Check what the library sends."""
    if not present():
        return
    operation = _operation(method, path)
    if body is None:
        return
    validator = _validator(operation, "requestBody", "content", "application/json", "schema")
    if validator is None:
        raise InvalidError(f"{method} {path} takes no body")
    _check(validator, _as_strings(body), f"{method} {path}")


def check_response(method: str, path: str, status: int, body: Any) -> None:
    """Check what the test server answers."""
    if not present():
        return
    operation = _operation(method, path)
    validator = _validator(operation, "responses", str(status), "content", "application/json", "schema")
    if validator is not None and body is not None:
        _check(validator, body, f"answer to {method} {path}")


def _as_strings(body: Any, key: str = "", within: str = "") -> Any:
    """Write ids as strings: discord.py sends some as numbers, which Discord takes but the schema does not."""
    if isinstance(body, dict):
        return {name: _as_strings(value, name, key) for name, value in body.items()}
    if isinstance(body, list):
        return [_as_strings(value, key, within) for value in body]
    if isinstance(body, int) and not isinstance(body, bool) and (key == "id" or key.endswith("_id")):
        return str(body) if body > 1_000_000 or within == "attachments" else body  # components have numbers
    return body


def _check(validator: Any, body: Any, what: str) -> None:
    error = best_match(validator.iter_errors(body))
    if error is not None:
        found = _deepest(error)
        raise InvalidError(f"{what}: {found.json_path}: {found.message[:400]}")


def _deepest(error: ValidationError) -> ValidationError:
    """Return what is wrong in the alternative that fits best: the one that is wrong farthest down."""
    leaves = [_deepest(inner) for inner in error.context or []]
    return max(leaves, key=lambda leaf: (len(leaf.absolute_path), leaf.validator != "enum"), default=error)
