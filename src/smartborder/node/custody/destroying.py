"""Destroying a record: the row, the salt of its leaves, and a line that says it was destroyed.

The ledger's leaves stay and still prove that something was recorded; without the salt nobody can
tell what.
"""

from collections.abc import Sequence

from smartborder.node.store.session import Session


def destroyed(s: Session, kind: str, records: Sequence[str], rule: str) -> None:
    """Write down that ``records`` were destroyed under ``rule``, and destroy their salts.

    Args:
        s: the transaction that destroyed them.
        kind: what they were (``raw-message``, ``traveller`` ...).
        records: their ids.
        rule: the section that says when.

    """
    if not records:
        return
    s.run("DELETE FROM ledger.opening WHERE record = ANY(:records)", records=list(records))
    s.copy(
        "custody.destruction",
        ("id", "at", "kind", "record", "rule"),
        [(s.new_id("destruction"), s.now, kind, record, rule) for record in records],
    )
    for record in records:
        s.leaf("destruction", record, {"kind": kind, "rule": rule})


def forget_salts(s: Session, records: Sequence[str]) -> None:
    """Destroy the salts of records that go down with another one."""
    s.run("DELETE FROM ledger.opening WHERE record = ANY(:records)", records=list(records))
