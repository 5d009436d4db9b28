"""Withheld, absent and empty: one size, one shape."""

from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smartborder import agreements
from smartborder.agreements import padding
from smartborder.kernel.canonical import canonical
from smartborder.model.agreement import Answer
from smartborder.model.exchange import EnvelopeRefused

FIELDS = ["hit", "surname", "given_names", "birth_date", "immigration_status", "officer_remarks"]
REQUEST: dict[str, Any] = {
    "from": "CAN",
    "to": "USA",
    "channel": "query",
    "stage": "response",
    "match": True,
    "purpose": "benefit-application",
    "on": "2026-11-24",
    "fields": FIELDS,
}
OPEN = {"citizenships": ["MEX"], "refugee_claimant_in": [], "previous_finding": ["inadmissible"]}


def answer(**subject: Any) -> Answer:
    request = agreements.decode_request({**REQUEST, "subject": subject})
    return agreements.check(agreements.load("us-visa-sharing"), request)


def test_size_classes_double() -> None:
    assert [padding.size_class(n) for n in (0, 1, 4096, 4097, 8192, 8193)] == [
        4096, 4096, 4096, 8192, 8192, 16384,
    ]  # fmt: skip


def test_withheld_absent_and_empty_are_the_same_bytes() -> None:
    full = {"surname": "Doe", "birth_date": "1980-01-01", "immigration_status": "visitor"}
    withheld = padding.build_payload(answer(**{**OPEN, "citizenships": ["USA"]}), full)
    absent = padding.build_payload(answer(**OPEN), {})
    empty = padding.build_payload(answer(**OPEN), {"surname": "", "hit": False, "birth_date": []})
    held = padding.build_payload(answer(), full)
    claimant = padding.build_payload(answer(**{**OPEN, "refugee_claimant_in": ["USA"]}), full)
    assert withheld == absent == empty == held == claimant
    given_ = padding.build_payload(answer(**OPEN), full)
    assert len(given_) == len(withheld)
    assert given_ != withheld


def test_only_what_was_granted_crosses() -> None:
    values = {"surname": "Doe", "officer_remarks": "secret remark", "claim_narrative": "secret"}
    wire = padding.build_payload(answer(**OPEN), values)
    assert padding.read_payload(wire) == dict.fromkeys(FIELDS) | {"surname": "Doe"}
    assert b"secret" not in wire
    assert b"US-" not in wire
    assert b"315" not in wire


SMALLEST = min(agreements.vocabulary().fields[name].max_bytes for name in FIELDS)
"""Bytes that every one of the fields has room for."""
FITTING = st.text(max_size=80).filter(lambda value: len(canonical(value)) <= SMALLEST)


@settings(max_examples=100, deadline=None)
@given(FITTING, st.sampled_from(FIELDS))
@example("\U00010000" * 31, "hit")
def test_values_never_change_the_size(value: str, field: str) -> None:
    wire = padding.build_payload(answer(**OPEN), {field: value})
    assert len(wire) == padding.answer_size(FIELDS)
    got = padding.read_payload(wire)[field]
    assert got == (value or None if field != "officer_remarks" else None)


def test_a_value_over_its_budget_is_refused_and_named() -> None:
    with pytest.raises(padding.PayloadTooLarge, match="birth_date: at most 128 bytes"):
        padding.build_payload(answer(**OPEN), {"birth_date": "9" * 200})


def test_every_field_filled_to_its_budget_fits() -> None:
    compiled = agreements.load("us-visa-sharing")
    fields = sorted(compiled.agreement.permits)
    request = {**REQUEST, "fields": fields, "subject": {**OPEN, "officer_reviewed": True}}
    granted = agreements.check(compiled, agreements.decode_request(request))
    words = agreements.vocabulary().fields
    values = {name: "x" * (words[name].max_bytes - 2) for name in fields}
    wire = padding.build_payload(granted, values)
    assert len(wire) == padding.answer_size(fields)
    assert padding.read_payload(wire) == values


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 9, b"abc", b"[]\x80", b'{"a":1}\x80\x00', b"\xff\x80"]
)
def test_what_is_no_payload(data: bytes) -> None:
    with pytest.raises(EnvelopeRefused):
        padding.read_payload(data)


@given(st.binary(max_size=300))
def test_padding_comes_off_again(data: bytes) -> None:
    assert padding.unpad(padding.pad(data, 4096)) == data
    with pytest.raises(padding.PayloadTooLarge):
        padding.pad(data, len(data))


def test_a_number_is_not_empty() -> None:
    request = {**REQUEST, "fields": ["surname"], "subject": OPEN}
    granted = agreements.check(
        agreements.load("us-visa-sharing"), agreements.decode_request(request)
    )
    body = padding.build_payload(granted, {"surname": 0})
    assert msgspec.json.decode(padding.unpad(body))["fields"] == {"surname": 0}
