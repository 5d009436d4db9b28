"""When a reply in force changes, the carrier is told at once, and again until it acknowledges.

The carrier finds the message at ``/v1/replies`` or in its folder and acknowledges it there or
with a CUSRES of its own. A newer message about the same traveller replaces an older one that
waits. After three tries a person is asked to call.

After doors close nobody can be kept from boarding any more: the message lapses and the traveller
becomes an arrival referral.
"""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList, Traveller
from smartborder.model.reason import Reason
from smartborder.model.reply import ReplyCode
from smartborder.node.act.case_opening import due, open_case
from smartborder.node.act.one_by_one import one_by_one
from smartborder.node.act.replying import send
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Row, Session

PURPOSE = "passenger-information"
EVERY = timedelta(minutes=2)
"""Between two tries of one unsolicited message."""
TRIES_BEFORE_A_PERSON = 3
LATE = Reason(
    code="reply.after-doors-closed",
    detail=Text(
        "The reply changed after the doors closed; the traveller is seen on arrival instead.",
        "La réponse a changé après la fermeture des portes; le voyageur est vu à l'arrivée.",
    ),
)
UNANSWERED = Reason(
    code="reply.not-acknowledged",
    detail=Text(
        "The carrier has not acknowledged a changed reply; call it.",
        "Le transporteur n'a pas accusé réception d'une réponse modifiée; appelez-le.",
    ),
)


def change_reply(s: Session, node: Node, traveller: str, code: ReplyCode) -> bytes | None:
    """Put ``code`` in force for a traveller and tell the carrier; the CUSRES that was sent.

    None where the reply was that already, or where the flight is closed: then an arrival
    referral is opened in its place.
    """
    row = s.one(
        "SELECT t.id, t.reply, t.client, t.mode, v.person, v.message, m.body, c.carriers,"
        " c.address, f.id AS flight_id FROM act.traveller t"
        " JOIN act.traveller_version v ON v.traveller = t.id AND v.version = t.version"
        " JOIN act.message m ON m.id = v.message JOIN act.flight f ON f.id = t.flight"
        " LEFT JOIN access.client c ON c.id = t.client WHERE t.id = :id FOR UPDATE OF t",
        id=traveller,
    )
    if row["reply"] == code:
        return None
    s.run("UPDATE act.traveller SET reply = :code, updated_at = :now WHERE id = :id",
          code=code, now=s.now, id=traveller)  # fmt: skip
    flight = s.one("SELECT * FROM act.flight WHERE id = :id", id=row["flight_id"])
    s.leaf("reply-changed", traveller, {"code": code})
    if doors_closed(flight, s):
        if code != "ok" and row["mode"] == "live":
            refer_on_arrival(s, flight, traveller)
        return None
    s.run(
        "UPDATE act.reply SET state = 'lapsed', next_try = NULL WHERE kind = 'unsolicited'"
        " AND state IN ('awaiting-ack', 'escalated') AND travellers = ARRAY[:t]",
        t=traveller,
    )
    client = ReportingClient(id=row["client"], mode=row["mode"],
                             carriers=frozenset(row["carriers"] or ()),
                             address=row["address"] or "CARRIER")  # fmt: skip
    return send(
        s, node, client, msgspec.convert(row["body"], PassengerList),
        [(traveller, code, msgspec.convert(row["person"], Traveller))],
        kind="paxlst", reply_kind="unsolicited", transmission=None, message=row["message"],
        flight=flight["id"],
    )  # fmt: skip


def doors_closed(flight: Row, s: Session) -> bool:
    """Whether nobody can be kept from boarding any more."""
    departs = flight["actual_departure"] or (
        flight["estimated_departure"] or flight["scheduled_departure"]
    )
    return flight["status"] in ("closed", "departed", "arrived") or (
        departs is not None and departs <= s.now
    )


def refer_on_arrival(s: Session, flight: Row, traveller: str) -> str:
    """Open an arrival referral for a traveller whose reply changed too late."""
    case = open_case(s, kind="arrival", traveller=traveller, flight=flight, instruction=None,
                     due_at=due(flight, s.now, False), default_outcome=None,
                     reasons=(LATE,))  # fmt: skip
    s.notify("queue")
    return case


def escalate(node: Node) -> int:
    """Look at every unacknowledged message that is due; how many there were.

    The carrier fetches it again at each try; after three a person is asked to call.
    """
    with node.store.act(SYSTEM, PURPOSE) as s:
        due_now = s.rows(
            "SELECT id FROM act.reply WHERE state IN ('awaiting-ack', 'escalated')"
            " AND next_try <= :now ORDER BY next_try LIMIT 200",
            now=s.now,
        )
    return one_by_one((r["id"] for r in due_now), lambda record: _due(node, record))


def _due(node: Node, record: str) -> None:
    with node.store.act(SYSTEM, PURPOSE) as s:
        row = s.first(
            "SELECT * FROM act.reply WHERE id = :id AND state IN ('awaiting-ack', 'escalated')"
            " AND next_try <= :now FOR UPDATE SKIP LOCKED",
            id=record,
            now=s.now,
        )
        if row is not None:
            flight = s.one("SELECT * FROM act.flight WHERE id = :id", id=row["flight"])
            _once_more(s, row, flight)


def _once_more(s: Session, row: Row, flight: Row) -> None:
    live = row["mode"] == "live"
    if doors_closed(flight, s):
        s.run("UPDATE act.reply SET state = 'lapsed', next_try = NULL WHERE id = :id",
              id=row["id"])  # fmt: skip
        close_calls(s, row["travellers"], "superseded")
        for traveller in row["travellers"]:
            if live and _in_force(s, traveller) != "ok":
                refer_on_arrival(s, flight, traveller)
        return
    tries = row["escalations"] + 1
    state = "escalated" if tries >= TRIES_BEFORE_A_PERSON else "awaiting-ack"
    s.run(
        "UPDATE act.reply SET escalations = :tries, state = :state, next_try = :next"
        " WHERE id = :id",
        tries=tries,
        state=state,
        next=s.now + EVERY,
        id=row["id"],
    )
    if live and tries == TRIES_BEFORE_A_PERSON:
        for traveller in row["travellers"]:
            open_case(s, kind="acknowledgement", traveller=traveller, flight=flight,
                      instruction=None, due_at=due(flight, s.now, True), default_outcome=None,
                      reasons=(UNANSWERED,))  # fmt: skip
        s.notify("queue")


def close_calls(s: Session, travellers: Sequence[str], how: str) -> None:
    """Close the cases that asked a person to call about these travellers."""
    closed = s.run(
        "UPDATE act.case_file SET state = 'closed', closed_at = :now, closed_as = :how,"
        " lease_until = NULL WHERE kind = 'acknowledgement' AND state = 'open'"
        " AND traveller = ANY(:ids)",
        now=s.now,
        how=how,
        ids=list(travellers),
    )
    if closed:
        s.notify("queue")


def _in_force(s: Session, traveller: str) -> str:
    return str(s.value("SELECT reply FROM act.traveller WHERE id = :id", id=traveller))
