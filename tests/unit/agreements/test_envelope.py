"""Batches, receipts and parts: what is signed is what is applied, or nothing is."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder.agreements import envelope as seal
from smartborder.model.exchange import (
    Batch,
    CustodyTerms,
    EnvelopeRefused,
    Header,
    ReceiptRow,
)

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
KEYS = {"CAN": b"key of Canada", "USA": b"key of the United States"}


def signer(country: str) -> seal.Sign:
    return lambda data: hmac.new(KEYS[country], data, hashlib.sha256).hexdigest()


def verifier(country: str) -> seal.Verify:
    return lambda data, signature: hmac.compare_digest(signer(country)(data), signature)


def header(number: int, **change: object) -> Header:
    part = seal.describe_part("record", "application/octet-stream", b"cipher %d" % number)
    sound: dict[str, object] = {
        "id": f"envelope-{number}",
        "kind": "disclosure",
        "sender": "CAN",
        "receiver": "USA",
        "agreement": "shared-lookouts",
        "agreement_version": 1,
        "agreement_digest": "0" * 64,
        "channel": "push",
        "stage": "response",
        "purpose": "border-lookout",
        "caveats": ("originator-control",),
        "custody": CustodyTerms(duties=("correct-and-confirm",), retain_years=5),
        "subject": "a" * 32,
        "sequence": number,
        "sent_at": NOW,
        "parts": (part,),
    }
    return Header(**{**sound, **change})


def sealed(count: int = 3) -> Batch:
    headers = [header(i) for i in range(1, count + 1)]
    return seal.seal_batch("batch-1", headers, NOW, signer("CAN"))


def opened(batch: Batch, now: datetime = NOW) -> tuple[Header, ...]:
    verify = verifier("CAN")
    return seal.open_batch(batch, sender="CAN", receiver="USA", now=now, verify=verify)


@pytest.mark.parametrize("count", [1, 2, 3, 64, 99, 100])
def test_a_batch_goes_over_the_wire_and_opens(count: int) -> None:
    batch = sealed(count)
    again = seal.decode_batch(msgspec.json.encode(batch))
    assert again == batch
    assert opened(again) == tuple(header(i) for i in range(1, count + 1))


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_holds_one_to_a_hundred(count: int) -> None:
    with pytest.raises(EnvelopeRefused):
        seal.seal_batch("batch-1", [header(1)] * count, NOW, signer("CAN"))


def test_a_batch_is_between_two_parties() -> None:
    with pytest.raises(EnvelopeRefused, match="one party"):
        seal.seal_batch("batch-1", [header(1), header(2, receiver="MEX")], NOW, signer("CAN"))


def test_each_envelope_is_proved_alone() -> None:
    batch = sealed(7)
    for envelope in batch.envelopes:
        assert seal.envelope_in_batch(envelope, batch.statement)
    swapped = msgspec.structs.replace(batch.envelopes[0], header=header(9))
    assert not seal.envelope_in_batch(swapped, batch.statement)
    garbled = msgspec.structs.replace(batch.envelopes[0], path=("not hex",))
    assert not seal.envelope_in_batch(garbled, batch.statement)


def replaced(batch: Batch, **change: object) -> Batch:
    return msgspec.structs.replace(batch, **change)


def test_what_a_hostile_partner_may_try() -> None:
    batch = sealed()
    statement = batch.statement
    forged = [
        replaced(batch, signature="forged"),
        replaced(batch, envelopes=batch.envelopes[:-1]),
        replaced(batch, envelopes=batch.envelopes[::-1]),
        replaced(batch, envelopes=(batch.envelopes[0],) * 3),
        replaced(batch, statement=msgspec.structs.replace(statement, root="0" * 64)),
        replaced(batch, statement=msgspec.structs.replace(statement, root="zz")),
        replaced(batch, statement=msgspec.structs.replace(statement, id="batch-2")),
        replaced(batch, statement=msgspec.structs.replace(statement, sender="MEX")),
        replaced(batch, statement=msgspec.structs.replace(statement, receiver="MEX")),
        replaced(batch, statement=msgspec.structs.replace(statement, size=2)),
        replaced(batch, statement=msgspec.structs.replace(statement, made_at=datetime(2026, 1, 1))),
        seal.seal_batch("batch-1", [header(1)], NOW + timedelta(seconds=121), signer("CAN")),
        seal.seal_batch("batch-1", [header(1)], NOW, signer("USA")),
        seal.seal_batch("b", [header(1, sender="USA", receiver="CAN")], NOW, signer("CAN")),
    ]
    for each in forged:
        with pytest.raises(EnvelopeRefused):
            opened(each)


def test_the_partner_clock_may_be_two_minutes_ahead_and_any_time_behind() -> None:
    ahead = seal.seal_batch("b", [header(1)], NOW + timedelta(seconds=120), signer("CAN"))
    assert len(opened(ahead)) == 1
    old = seal.seal_batch("b", [header(1)], NOW - timedelta(days=30), signer("CAN"))
    assert len(opened(old)) == 1


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    wire = bytearray(msgspec.json.encode(sealed(4)))
    place = data.draw(st.integers(0, len(wire) - 1))
    wire[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        batch = seal.decode_batch(bytes(wire))
        if batch == sealed(4):
            return  # the flip changed layout only
        opened(batch)
    except EnvelopeRefused:
        return
    raise AssertionError(f"byte {place} was changed and nobody noticed")


@pytest.mark.parametrize("wire", [b"", b"{}", b"[]", b"\xff", b"[" * 90_000, b" " * 4_000_001])
def test_no_batch(wire: bytes) -> None:
    with pytest.raises(EnvelopeRefused):
        seal.decode_batch(wire)


def test_unknown_keys_are_refused() -> None:
    values = msgspec.to_builtins(sealed())
    values["envelopes"][0]["header"]["priority"] = "high"
    with pytest.raises(EnvelopeRefused):
        seal.decode_batch(msgspec.json.encode(values))


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 99},
        {"sequence": 0},
        {"sent_at": datetime(2026, 1, 1)},
        {"parts": (seal.describe_part("a", "b", b"c"),) * 2},
        {"parts": tuple(seal.describe_part(str(i), "b", b"c") for i in range(9))},
    ],
)
def test_a_header_no_node_can_act_on(change: dict[str, object]) -> None:
    with pytest.raises(EnvelopeRefused):
        header(1, **change)


def test_a_part_is_bound_to_its_header() -> None:
    part = seal.describe_part("photo", "image/jp2", b"cipher", transient=True)
    seal.check_part(part, b"cipher")
    for other in (b"ciphes", b"cipher ", b""):
        with pytest.raises(EnvelopeRefused):
            seal.check_part(part, other)


def test_a_receipt_answers_one_batch_row_by_row() -> None:
    batch = sealed()
    rows = [ReceiptRow(envelope=e.header.id, outcome="applied") for e in batch.envelopes]
    receipt = seal.seal_receipt(batch.statement, rows, NOW, signer("USA"))
    seal.check_receipt(receipt, batch, verifier("USA"))
    with pytest.raises(EnvelopeRefused, match="one row"):
        seal.seal_receipt(batch.statement, rows[:-1], NOW, signer("USA"))
    wrong = [
        (receipt, sealed(2)),
        (seal.seal_receipt(batch.statement, rows[::-1], NOW, signer("USA")), batch),
        (seal.seal_receipt(batch.statement, rows, NOW, signer("CAN")), batch),
        (msgspec.structs.replace(receipt, signature=""), batch),
    ]
    for told, sent in wrong:
        with pytest.raises(EnvelopeRefused):
            seal.check_receipt(told, sent, verifier("USA"))


def test_pseudonyms_of_one_subject_cannot_be_linked() -> None:
    first = seal.pseudonym(b"k1", "shared-lookouts", "lookout-7")
    assert first == seal.pseudonym(b"k1", "shared-lookouts", "lookout-7")
    others = {
        seal.pseudonym(b"k2", "shared-lookouts", "lookout-7"),
        seal.pseudonym(b"k1", "case-query", "lookout-7"),
        seal.pseudonym(b"k1", "shared-lookouts", "lookout-8"),
    }
    assert len(others | {first}) == 4
    assert "lookout" not in first
    assert len(first) == 32
