"""Decision memory: what an officer decided about a person and an entry, and until when."""

from collections.abc import Sequence

import msgspec

from smartborder.node.store.session import Session


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """One remembered judgement of a pair."""

    id: str
    fingerprint: bytes
    entry: str
    entry_version: str
    judgement: str


def remembered(
    s: Session, pairs: Sequence[tuple[bytes, str]]
) -> dict[tuple[bytes, str], Remembered]:
    """The judgements in force for (person fingerprint, entry) pairs."""
    if not pairs:
        return {}
    rows = s.rows(
        "SELECT id, fingerprint, entry, entry_version, judgement FROM lookouts.memory"
        " WHERE fingerprint = ANY(:prints) AND entry = ANY(:entries) AND ended_at IS NULL"
        " AND (until IS NULL OR until > :now) ORDER BY at",
        prints=[f for f, _ in pairs],
        entries=[e for _, e in pairs],
        now=s.now,
    )
    found = [msgspec.convert({**r, "fingerprint": bytes(r["fingerprint"])}, Remembered)
             for r in rows]  # fmt: skip
    return {(r.fingerprint, r.entry): r for r in found}
