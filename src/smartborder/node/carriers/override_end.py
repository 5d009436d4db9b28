"""An override after a call-back ends when its flight departs; it was never a standing permit.

Whoever boarded on it boarded on an OK, and nothing changes for them. But where the flight has not
left after all (it returned to the gate, or news of a later departure came after the time of
departure), the traveller is checked again and the reply that the law gives is in force once more,
with a message to the carrier. The help desk may then be called again.
"""

from datetime import datetime

import msgspec

from smartborder.model.passenger_list import Traveller
from smartborder.node.act import unsolicited
from smartborder.node.act.deciding import record_decisions
from smartborder.node.act.identity import cleared_values, fingerprint, identify
from smartborder.node.act.one_by_one import one_by_one
from smartborder.node.act.recording import Reported, rule_decision
from smartborder.node.act.reporting import Reporting
from smartborder.node.lookouts import live
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Row, Session

PURPOSE = "passenger-information"
_CALLS = (
    "SELECT c.id, c.traveller, c.decision, c.expires_at, t.flight, t.reply_decision, e.ended_at"
    " FROM act.help_call c JOIN act.traveller t ON t.id = c.traveller"
    " JOIN act.flight f ON f.id = t.flight"
    " LEFT JOIN carriers.override_end e ON e.call = c.id"
    " WHERE e.restored_at IS NULL AND (e.ended_at IS NULL AND c.expires_at <= :now"
    "  OR e.ended_at IS NOT NULL AND f.status IN ('open', 'returned')"
    "  AND coalesce(f.estimated_departure, f.scheduled_departure) > :now)"
)


def end_overrides(node: Node) -> int:
    """The duty: look at every override whose time has come; how many there were."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        rows = s.rows(_CALLS + " ORDER BY c.expires_at", now=s.now)
    return one_by_one((r["id"] for r in rows), lambda call: _one(node, call))


def _one(node: Node, call_id: str) -> None:
    with node.store.act(SYSTEM, PURPOSE) as s:
        call = s.first(_CALLS + " AND c.id = :id FOR UPDATE OF c", now=s.now, id=call_id)
        if call is None:
            return
        flight = s.one("SELECT * FROM act.flight WHERE id = :id FOR UPDATE", id=call["flight"])
        if call["ended_at"] is None:
            later = _still_to_leave(flight, s)
            if later is not None:
                s.run("UPDATE act.help_call SET expires_at = :at WHERE id = :id",
                      at=later, id=call_id)  # fmt: skip
                return
            s.run("INSERT INTO carriers.override_end VALUES (:call, :now, NULL)",
                  call=call_id, now=s.now)  # fmt: skip
            s.leaf("override-ended", call_id, {"traveller": call["traveller"]})
            return
        s.run("UPDATE carriers.override_end SET restored_at = :now WHERE call = :id",
              now=s.now, id=call_id)  # fmt: skip
        if call["reply_decision"] == call["decision"]:
            _restore(s, node, flight, call["traveller"])


def _still_to_leave(flight: Row, s: Session) -> datetime | None:
    """The new departure of a flight that was delayed before it left; None if it has left."""
    if unsolicited.doors_closed(flight, s):
        return None
    departs: datetime | None = flight["estimated_departure"] or flight["scheduled_departure"]
    return departs


def _restore(s: Session, node: Node, flight: Row, traveller: str) -> None:
    """Check the traveller again and put what the checks say in force."""
    row = s.one(
        "SELECT t.client, t.version, v.person FROM act.traveller t JOIN act.traveller_version v"
        " ON v.traveller = t.id AND v.version = t.version WHERE t.id = :t FOR UPDATE OF t",
        t=traveller,
    )
    person = msgspec.convert(row["person"], Traveller)
    reporting = Reporting(s, node, live.reporter(s, row["client"]), flight, "")
    (combined,) = reporting.check([person], [traveller])
    decision = rule_decision(
        s,
        Reported(
            position=0, traveller=traveller, person=person, identity=identify(person),
            fingerprint=fingerprint(person), cleared_on=cleared_values(person),
            version=row["version"], is_new=False, to_check=True, combined=combined,
        ),
    )  # fmt: skip
    record_decisions(s, [decision] if decision else [])
    s.run("UPDATE act.traveller SET reply_decision = :d WHERE id = :t",
          d=decision.id if decision else None, t=traveller)  # fmt: skip
    unsolicited.change_reply(s, node, traveller, combined.result)
    s.notify("queue")
