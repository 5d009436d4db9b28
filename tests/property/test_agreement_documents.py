"""Damaged documents and requests are refused with a code; nothing else ever comes out."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder import agreements
from smartborder.model.agreement import RequestUnusable

SHIPPED = [agreements.source(each) for each in agreements.all_ids()]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
KEYS = [
    "from",
    "to",
    "channel",
    "stage",
    "match",
    "purpose",
    "on",
    "subject",
    "fields",
    "mode",
    "x",
]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_document_is_refused_or_still_an_agreement(data: st.DataObject) -> None:
    text = bytearray(data.draw(st.sampled_from(SHIPPED)))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text) - 1))
        match data.draw(st.sampled_from(["flip", "drop line", "cut", "insert"])):
            case "flip":
                text[place] ^= 1 << data.draw(st.integers(0, 7))
            case "drop line":
                lines = bytes(text).split(b"\n")
                del lines[data.draw(st.integers(0, len(lines) - 1))]
                text = bytearray(b"\n".join(lines)) or bytearray(b"\n")
            case "cut":
                text = text[: place + 1]
            case _:
                text[place:place] = data.draw(st.binary(max_size=4))
    try:
        compiled = agreements.compile_document(bytes(text))
    except (agreements.DocumentRefused, agreements.DocumentUnreadable):
        return
    agreements.render_page(compiled, "fr")


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_values_instead_of_a_document(values: Any) -> None:
    try:
        agreements.compile_document(values if isinstance(values, dict) else {"id": values})
    except agreements.DocumentRefused:
        return
    raise AssertionError("that was no agreement")


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON), st.sampled_from(agreements.all_ids()))
def test_any_values_instead_of_a_request(values: dict[str, Any], agreement: str) -> None:
    sound: dict[str, Any] = {
        "from": "CAN", "to": "USA", "channel": "query", "stage": "query", "purpose": "p",
        "on": "2026-11-24", "fields": ["surname"],
    }  # fmt: skip
    try:
        request = agreements.decode_request(json.dumps({**sound, **values}).encode())
        agreements.check(agreements.load(agreement), request)
    except RequestUnusable:
        return
