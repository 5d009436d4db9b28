"""Envelopes of this version and of the one before are read, and no others; only the gate sends."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from smartborder.agreements.envelope import header_hash
from smartborder.kernel import merkle
from smartborder.kernel.canonical import canonical
from smartborder.model.exchange import (
    ACCEPTED_SCHEMAS,
    SCHEMA,
    CustodyTerms,
    EnvelopeRefused,
    Header,
    Part,
)

SOURCE = Path(__file__).parents[4] / "src" / "smartborder"


def header(schema=SCHEMA, asks=()):
    return Header(
        schema=schema, id="envelope-1", kind="question", sender="USA", receiver="CAN",
        agreement="us-visa-sharing", agreement_version=2, agreement_digest="0" * 64,
        channel="query", stage="query", purpose="authorised-to-travel", custody=CustodyTerms(),
        subject="0" * 32, sequence=1, sent_at=datetime(2026, 11, 24, tzinfo=UTC), asks=asks,
        parts=(Part(name="record", media_type="application/jose", sha256="0" * 64, size=1),),
    )  # fmt: skip


def test_this_schema_and_the_one_before_are_read_and_no_other():
    assert ACCEPTED_SCHEMAS == (SCHEMA, SCHEMA - 1)
    for schema in ACCEPTED_SCHEMAS:
        assert header(schema).schema == schema
    for schema in (SCHEMA + 1, SCHEMA - 2, 0, -1):
        with pytest.raises(EnvelopeRefused, match="not read here"):
            header(schema)


def test_the_schema_before_has_no_asks_and_its_hash_is_as_it_was():
    with pytest.raises(EnvelopeRefused, match="schema 1 has no asks"):
        header(1, ("hit",))
    old = msgspec.to_builtins(header(1))
    del old["asks"]  # what a node of the version before knows and signs
    assert header_hash(header(1)) == merkle.leaf_hash(canonical(old))
    assert msgspec.convert({**old, "sent_at": header().sent_at}, Header) == header(1)
    assert header_hash(header(2, ("hit",))) != header_hash(header(2))


def test_asks_are_bounded_and_named_once():
    for asks in (("hit", "hit"), tuple(f"field{n}" for n in range(65))):
        with pytest.raises(EnvelopeRefused, match="asks"):
            header(2, asks)


def test_only_the_gate_puts_anything_into_the_outbox():
    """Nothing crosses but through the gate: no other module writes there, none posts by itself."""
    writers, posters = set(), set()
    for file in SOURCE.rglob("*.py"):
        name = str(file.relative_to(SOURCE))
        tree = ast.parse(file.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if "INSERT INTO exchange.outbox" in node.value:
                    writers.add(name)
            if isinstance(node, ast.ImportFrom) and node.module == "smartborder.node.exchange.line":
                posters.add(name)
    # The gate; and a refused envelope that an officer sends once more, as it was granted then.
    assert writers == {"node/exchange/gate.py", "node/exchange/outbox.py"}
    assert {p.rpartition("/")[0] for p in posters} == {"node/exchange"}


def test_no_programme_knows_the_exchange():
    for file in (SOURCE / "programmes").rglob("*.py"):
        names = [
            alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        ]
        assert not any("node.exchange" in n for n in names), file
