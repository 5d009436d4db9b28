"""What came of an encounter with the partner's look-out goes back to its originator.

Only after an officer confirmed the hit: a hit that nobody confirmed, or a name alone, tells the
partner nothing, not even that somebody travelled. What a report says lies sealed on both sides.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from smartborder.kernel.time import iso
from smartborder.model.lookout import Lookout
from smartborder.model.reason import Reason
from smartborder.node.act import sealed_hit
from smartborder.node.custody import record_keys
from smartborder.node.custody.sealed_fields import SealedField
from smartborder.node.exchange import gate
from smartborder.node.exchange.gate import Outgoing, Passed
from smartborder.node.lookouts.sealed import by_id
from smartborder.node.node import Node
from smartborder.node.store.session import Actor, Row, Session

AGREEMENT = "case-query"
PURPOSE = "encounter-report"
REPORT = ("id", "encounter_at", "encounter_port", "encounter_outcome", "flight")
_LOOK_BACK = timedelta(days=7)
SEALED = SealedField("exchange.encounter.body")
"""What a report says, of the partner or ours."""
_DOCUMENT = "screening.document-same"
_DATE = "screening.birth-date-same"


def report_outcome(node: Node, hit: str) -> None:
    """The job: tell the originator what came of its look-out, once per outcome."""
    with node.store.act(Actor("system", "exchange"), "lookouts") as s:
        row = s.first(
            "SELECT h.*, k.wrapped, l.agreement AS under, l.originator, l.id AS lookout,"
            " f.carrier, f.number, f.suffix, f.departs_on, f.origin, f.destination"
            f" FROM act.hit h {sealed_hit.KEY}"
            " JOIN lookouts.lookout l ON 'lookout:' || l.id = h.entry AND l.current"
            " JOIN act.traveller t ON t.id = h.traveller JOIN act.flight f ON f.id = t.flight"
            " WHERE h.id = :hit FOR UPDATE OF h",
            hit=hit,
        )
        if row is None or row["under"] is None or row["state"] != "confirmed":
            return
        _report(s, node, row)


def _report(s: Session, node: Node, row: Row) -> Passed | None:
    outcome = row["outcome"] or "confirmed"
    before = s.first("SELECT e.id, e.body, k.wrapped FROM exchange.encounter e"
                     " JOIN custody.record_key k ON k.id = e.id WHERE e.hit = :hit",
                     hit=row["id"])  # fmt: skip
    said = SEALED.said(s, before) if before is not None else {}
    if said.get("encounter_outcome") == outcome:
        return None
    values = {
        "id": row["lookout"],
        "encounter_at": iso(row["decided_at"] or s.now),
        "encounter_port": row["destination"],
        "encounter_outcome": outcome,
        "flight": flight_name(row),
    }
    passed = gate.send(s, node.home, Outgoing(
        kind="notice", agreement=AGREEMENT, channel="push", stage="response", purpose=PURPOSE,
        subject=row["lookout"], record=row["id"], fields=REPORT, values=values,
        facts={
                "officer_confirmed": True,
                "open_case": row["case_id"] is not None,
                "match_basis": basis(sealed_hit.said(s, row).reasons),
            },
    ))  # fmt: skip
    if passed is not None and passed.sent:
        record = before["id"] if before is not None else s.new_id("encounter")
        s.run(
            "INSERT INTO exchange.encounter (id, way, partner, lookout, hit, case_id, envelope,"
            " body, at) VALUES (:id, 'out', :partner, :lookout, :hit, :case, :envelope, :body,"
            " :now) ON CONFLICT (hit) DO UPDATE SET envelope = excluded.envelope,"
            " body = excluded.body, at = excluded.at",
            id=record,
            partner=row["originator"],
            lookout=row["lookout"],
            hit=row["id"],
            case=row["case_id"],
            envelope=passed.envelope,
            body=SEALED.seal(record_keys.of(s, record), record, values),
            now=s.now,
        )
    return passed


def basis(reasons: Sequence[Reason]) -> str:
    """What a hit rests on, in the agreements' word; a name alone never crosses (red line 2)."""
    codes = {r.code for r in reasons}
    if _DOCUMENT in codes:
        return "document"
    return "name-and-date" if _DATE in codes else "name-only"


def flight_name(row: Row) -> str:
    """``AF344 2026-11-24 CDG-YUL``: the flight and nobody else on it."""
    number = f"{row['carrier']}{row['number']}{row['suffix']}"
    return f"{number} {row['departs_on']} {row['origin']}-{row['destination']}"


def received(s: Session, *, open_only: bool = False) -> list[dict[str, Any]]:
    """Encounters that the partner reported with our look-outs, newest first."""
    rows = s.rows(
        "SELECT e.*, k.wrapped FROM exchange.encounter e"
        " JOIN custody.record_key k ON k.id = e.id WHERE e.way = 'in'"
        f"{' AND e.confirmed_at IS NULL' if open_only else ''} ORDER BY e.at DESC LIMIT 200"
    )
    s.saw("encounter", [r["id"] for r in rows])
    about = by_id(s, [r["lookout"] for r in rows])
    return [{**r, "body": SEALED.said(s, r), "name": _name(about.get(r["lookout"]))} for r in rows]


def _name(lookout: Lookout | None) -> str | None:
    return lookout.names[0].text if lookout is not None and lookout.names else None


def report_confirmed(node: Node) -> int:
    """The duty: report every confirmed hit of the partner's look-outs that was not told yet."""
    with node.store.act(Actor("system", "exchange"), "lookouts") as s:
        rows = s.rows(
            "SELECT h.id FROM act.hit h JOIN lookouts.lookout l ON 'lookout:' || l.id = h.entry"
            " AND l.current AND l.agreement IS NOT NULL WHERE h.state = 'confirmed'"
            " AND h.decided_at > :since AND NOT EXISTS (SELECT FROM exchange.outbox o"
            " WHERE o.record = h.id AND o.kind = 'notice') LIMIT 100",
            since=s.now - _LOOK_BACK,
        )
    for row in rows:
        report_outcome(node, row["id"])
    return len(rows)
