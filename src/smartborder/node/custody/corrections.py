"""Corrections under way: to everybody in the register of disclosures, and those we received.

A correction to a partner is confirmed back by its node; whoever was given the record on paper is
told by a person, who says so here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from smartborder.node.store.session import Session


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One correction towards, or from, one party.

    Attributes:
        way: ``out`` (our record, given to ``party``) or ``in`` (``party``'s record, held here).
        state: ``sent``, ``confirmed`` (by the partner's node), ``by-hand`` (a person must tell),
            ``told``; for received ones ``applied``, then ``confirmed``.
        derived: what was derived from the inaccurate record here, by what became of it: ids.

    """

    id: str
    way: Literal["out", "in"]
    record: str
    version: int
    party: str
    envelope: str | None
    at: datetime
    state: str
    derived: dict[str, list[str]] = {}
    done_at: datetime | None = None


def recipients(s: Session, record: str) -> list[str]:
    """Everybody who was given a record, from the register of disclosures."""
    return [str(r["recipient"]) for r in s.rows(
        "SELECT DISTINCT recipient FROM custody.disclosure WHERE record = :record"
        " AND recipient NOT LIKE 'officer:%' ORDER BY recipient", record=record,
    )]  # fmt: skip


def next_version(s: Session, record: str) -> int:
    """Number of the next correction of a record that has no versions of its own."""
    last = s.value("SELECT max(version) FROM custody.correction WHERE record = :r", r=record)
    return (last or 1) + 1


def sent(s: Session, record: str, version: int, told: Sequence[str], partner: str,
         envelope: str | None) -> None:  # fmt: skip
    """Our record was corrected: the partner's copy by ``envelope``, all others by a person."""
    for party in told:
        to_partner = party == f"partner:{partner}" and envelope is not None
        _put(s, "out", record, version, party, envelope if to_partner else None,
             "sent" if to_partner else "by-hand")  # fmt: skip


def applied(s: Session, record: str, version: int, party: str, envelope: str) -> None:
    """The partner's correction stands here; it is confirmed once its derived data is dealt with."""
    _put(s, "in", record, version, party, envelope, "applied")


def _put(s: Session, way: str, record: str, version: int, party: str, envelope: str | None,
         state: str) -> None:  # fmt: skip
    """A correction that comes again is confirmed again: its sender may have lost the answer."""
    s.run(
        "INSERT INTO custody.correction (id, way, record, version, party, envelope, at, state)"
        " VALUES (:id, :way, :record, :version, :party, :envelope, :now, :state)"
        " ON CONFLICT (way, party, record, version) DO UPDATE SET envelope = excluded.envelope,"
        " state = excluded.state, done_at = NULL, settled_at = NULL",
        id=s.new_id("correction"),
        way=way,
        record=record,
        version=version,
        party=party,
        envelope=envelope,
        now=s.now,
        state=state,
    )


def confirmed(s: Session, envelope: str, partner: str) -> str | None:
    """The partner confirms the correction we sent in ``envelope``; the id of our record."""
    record: str | None = s.value(
        "UPDATE custody.correction SET state = 'confirmed', done_at = :now, done_by = :party"
        " WHERE way = 'out' AND envelope = :envelope AND party = :party RETURNING record",
        now=s.now,
        envelope=envelope,
        party=f"partner:{partner}",
    )
    if record is not None:
        s.leaf("correction", record, {"confirmed-by": partner, "envelope": envelope})
        s.notify("redress")
    return record


def told(s: Session, correction: str) -> None:
    """A person told a recipient on paper.

    Raises:
        NotFound: there is no such correction, or it does not wait for a person.

    """
    row = s.one(
        "SELECT record FROM custody.correction WHERE id = :id AND state = 'by-hand' FOR UPDATE",
        id=correction,
    )
    s.run(
        "UPDATE custody.correction SET state = 'told', done_at = :now, done_by = :by"
        " WHERE id = :id",
        now=s.now,
        by=s.actor.label,
        id=correction,
    )
    s.leaf("correction", row["record"], {"told-by": s.actor.label})


def settled(s: Session, correction: str, derived: dict[str, list[str]], *, done: bool) -> None:
    """What was derived from the inaccurate record was dealt with."""
    s.run(
        "UPDATE custody.correction SET settled_at = :now, derived = :derived,"
        " state = CASE WHEN :done THEN 'confirmed' ELSE state END,"
        " done_at = CASE WHEN :done THEN CAST(:now AS timestamptz) ELSE done_at END"
        " WHERE id = :id",
        now=s.now,
        derived=msgspec.json.encode(derived).decode(),
        done=done,
        id=correction,
    )


def unsettled(s: Session, most: int = 50) -> list[Correction]:
    """Corrections whose rechecks are done and whose derived data still has the old values."""
    rows = s.rows(
        "SELECT * FROM custody.correction c WHERE settled_at IS NULL AND NOT EXISTS"
        " (SELECT FROM lookouts.change n WHERE n.entry = 'lookout:' || c.record"
        " AND n.rechecked_at IS NULL) ORDER BY at, id LIMIT :most FOR UPDATE SKIP LOCKED",
        most=most,
    )
    return [msgspec.convert(r, Correction) for r in rows]


def of_record(s: Session, record: str) -> list[Correction]:
    """All corrections of a record, newest first."""
    rows = s.rows(
        "SELECT * FROM custody.correction WHERE record = :record ORDER BY at DESC, id DESC",
        record=record,
    )
    return [msgspec.convert(r, Correction) for r in rows]


def by_hand(s: Session) -> list[Correction]:
    """Recipients that a person must still tell, oldest first."""
    rows = s.rows("SELECT * FROM custody.correction WHERE state = 'by-hand' ORDER BY at, id")
    return [msgspec.convert(r, Correction) for r in rows]
