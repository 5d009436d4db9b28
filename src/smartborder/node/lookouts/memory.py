"""Decision memory: what an officer decided about a person and an entry, and until when.

What was decided about whoever holds a redress number counts for every report that shows it.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from smartborder.node.store.session import Session

Judgement = Literal["same", "different", "cannot-tell"]


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
    owners = _owners(s, [f for f, _ in pairs])
    rows = s.rows(
        "SELECT id, fingerprint, entry, entry_version, judgement FROM lookouts.memory"
        " WHERE fingerprint = ANY(:prints) AND entry = ANY(:entries) AND ended_at IS NULL"
        " AND (until IS NULL OR until > :now) ORDER BY at",
        prints=list(owners),
        entries=[e for _, e in pairs],
        now=s.now,
    )
    found = [msgspec.convert({**r, "fingerprint": bytes(r["fingerprint"])}, Remembered)
             for r in rows]  # fmt: skip
    return {(own, r.entry): r for r in found for own in owners[r.fingerprint]}


def cleared_entries(
    s: Session, fingerprints: Sequence[bytes]
) -> dict[bytes, frozenset[tuple[str, str]]]:
    """Entries, each with its version, that were found to be somebody else than these people."""
    owners = _owners(s, fingerprints)
    rows = s.rows(
        "SELECT fingerprint, entry, entry_version FROM lookouts.memory"
        " WHERE fingerprint = ANY(:prints) AND judgement = 'different' AND ended_at IS NULL"
        " AND (until IS NULL OR until > :now)",
        prints=list(owners),
        now=s.now,
    )
    found: dict[bytes, set[tuple[str, str]]] = {}
    for r in rows:
        for own in owners[bytes(r["fingerprint"])]:
            found.setdefault(own, set()).add((r["entry"], r["entry_version"]))
    return {print_: frozenset(entries) for print_, entries in found.items()}


def _owners(s: Session, fingerprints: Sequence[bytes]) -> dict[bytes, set[bytes]]:
    """What a judgement may be kept under (a person, a redress number) -> whose it then is."""
    owners = {f: {f} for f in fingerprints}
    for r in s.rows(
        "SELECT x.fingerprint, x.number FROM lookouts.redress_shown x"
        " JOIN lookouts.redress_number n USING (number)"
        " WHERE x.fingerprint = ANY(:prints) AND n.ended_at IS NULL",
        prints=list(owners),
    ):
        owners.setdefault(bytes(r["number"]), set()).add(bytes(r["fingerprint"]))
    return owners


def remember(s: Session, *, fingerprint: bytes, entry: str, entry_version: str,
             judgement: Judgement, why: str, case: str | None) -> str:  # fmt: skip
    """Keep what the actor decided about a person and an entry; an earlier judgement ends.

    It holds as long as the entry keeps its version: what is materially changed is asked again.
    """
    s.run(
        "UPDATE lookouts.memory SET ended_at = :now WHERE fingerprint = :print AND entry = :entry"
        " AND ended_at IS NULL",
        now=s.now, print=fingerprint, entry=entry,
    )  # fmt: skip
    record = s.new_id("memory")
    s.run(
        "INSERT INTO lookouts.memory (id, fingerprint, entry, entry_version, judgement, by, why,"
        " case_id, at) VALUES (:id, :print, :entry, :version, :judgement, :by, :why, :case, :now)",
        id=record, print=fingerprint, entry=entry, version=entry_version, judgement=judgement,
        by=s.actor.id, why=why, case=case, now=s.now,
    )  # fmt: skip
    s.leaf("memory", record, {"entry": entry, "judgement": judgement, "by": s.actor.id})
    return record
