"""What we owe for what a partner gave us: its terms travelled in the envelope's header.

One row per received record says under which agreement and for which purpose it may be used, the
caveats, and the day by which it must be gone.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from smartborder.agreements import delete_by
from smartborder.model.exchange import Header
from smartborder.node.store.session import Session

_HELD = ("disclosure", "question", "notice", "correction")
"""Kinds of envelope that leave something of the partner here."""
DESTROY_UNUSED = "destroy-if-not-used"
"""The duty to destroy, as soon as feasible, what was not used for a decision (IRPR 315.26)."""
ASK_ONWARD = "ask-originator-before-onward-transfer"
"""The duty to pass it on to nobody without the originator's consent."""


_COLUMNS = (
    "record, partner, agreement, version, purpose, caveats, envelope, received_at, delete_by,"
    " stops_on_use, destroy_unused, ask_onward"
)


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """One received record and its terms.

    Attributes:
        version: of the agreement.
        delete_by: the last day it may be held; None where only our own law limits it.
        stops_on_use: use for a decision about the person stops its destruction (US-9 and the
            like).

    """

    record: str
    partner: str
    agreement: str
    version: int
    purpose: str
    caveats: tuple[str, ...]
    envelope: str
    delete_by: date | None
    stops_on_use: bool


def note_all(s: Session, left: Sequence[tuple[Header, str | None]]) -> None:
    """Write down the terms of what envelopes left here; a later one never lengthens them.

    Of several about one record the last counts, for one statement meets each record once.
    """
    rows = {
        (record, header.sender): {
            "record": record, "partner": header.sender, "agreement": header.agreement,
            "version": header.agreement_version, "purpose": header.purpose,
            "caveats": header.caveats, "envelope": header.id, "received_at": s.now,
            "delete_by": delete_by(header.custody, s.now.date()),
            "stops_on_use": header.custody.stops_on_use,
            "destroy_unused": DESTROY_UNUSED in header.custody.duties,
            "ask_onward": ASK_ONWARD in header.custody.duties,
        }
        for header, record in left
        if record is not None and header.kind in _HELD
    }  # fmt: skip
    if not rows:
        return
    s.later(
        f"INSERT INTO custody.received ({_COLUMNS}) SELECT {_COLUMNS} FROM"
        " json_populate_recordset(NULL::custody.received, :rows)"
        " ON CONFLICT (record, partner) DO UPDATE SET version = excluded.version,"
        " caveats = excluded.caveats, envelope = excluded.envelope,"
        " delete_by = least(custody.received.delete_by, excluded.delete_by),"
        " stops_on_use = excluded.stops_on_use",
        rows=msgspec.json.encode(list(rows.values())).decode(),
    )


def due(s: Session, most: int) -> list[Received]:
    """Records whose last day is over, oldest first; those in use are looked at once a day."""
    rows = s.rows(
        "SELECT * FROM custody.received WHERE delete_by < :today"
        " AND (kept_at IS NULL OR kept_at <= :yesterday) ORDER BY delete_by, record LIMIT :most",
        today=s.now.date(),
        yesterday=s.now - timedelta(days=1),
        most=most,
    )
    return [msgspec.convert(r, Received) for r in rows]


def keep(s: Session, records: list[str]) -> None:
    """A decision rests on these: their destruction stops while it stands."""
    s.run("UPDATE custody.received SET kept_at = :now WHERE record = ANY(:records)",
          now=s.now, records=records)  # fmt: skip


def of(s: Session, records: list[str]) -> dict[str, Received]:
    """The terms of records by id; ours have none."""
    rows = s.rows("SELECT * FROM custody.received WHERE record = ANY(:records)", records=records)
    return {r["record"]: msgspec.convert(r, Received) for r in rows}


def forget(s: Session, records: list[str]) -> None:
    """The records are gone, and with them what was owed."""
    s.run("DELETE FROM custody.received WHERE record = ANY(:records)", records=records)
