import io
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing import json_stream
from bot.importing.archive import Meter, Stream
from bot.importing.json_stream import elements
from bot.importing.rejected import BrokenError

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Drip(io.BytesIO):
    """Gives few bytes at a time, whatever is asked for."""

    def read(self, size=-1):
        return super().read(min(size, 7))


def parts(data: bytes, array: str | None = None):
    return elements(Stream(Drip(data), Meter()), array)


@given(st.lists(values), st.sampled_from([None, 2]))
def test_every_element_of_an_array_comes_out_as_it_went_in(items, indent):
    found = [json.loads(raw) for _, raw in parts(json.dumps(items, indent=indent).encode())]
    assert found == items


@given(st.dictionaries(st.sampled_from(["a", "b", "messages"]), st.lists(values, max_size=3)))
def test_an_array_in_an_object_is_taken_apart_and_the_rest_kept_whole(fields):
    expected = [
        pair
        for key, value in fields.items()
        for pair in ([(key, item) for item in value] if key == "messages" else [(key, value)])
    ]
    assert [(key, json.loads(raw)) for key, raw in parts(json.dumps(fields).encode(), "messages")] == expected


@given(st.lists(values, min_size=1), st.data())
def test_a_file_cut_anywhere_gives_what_stood_before_and_says_so(items, data):
    whole = json.dumps(items).encode()
    cut = data.draw(st.integers(0, len(whole) - 1))
    found = []
    with pytest.raises(BrokenError):
        found.extend(json.loads(raw) for _, raw in parts(whole[:cut]))
    assert found == items[: len(found)]


@given(st.binary(max_size=60))
def test_no_bytes_whatever_raise_anything_else(data):
    for array in (None, "messages"):
        with suppress(BrokenError):
            list(parts(data, array))


@pytest.mark.parametrize("data", [b"[1 2]", b"{}", b"]", b"[,]", b"[1,]", b""])
def test_what_is_no_array_is_refused(data):
    with pytest.raises(BrokenError):
        list(parts(data))


def test_an_element_without_an_end_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(json_stream, "LONGEST", 10_000)
    meter = Meter()
    with pytest.raises(BrokenError, match="longer than"):
        list(elements(Stream(io.BytesIO(b'["' + b"x" * 10_000_000), meter)))
    assert meter.read < 1_000_000
