"""When a reply in force changes, the carrier is told at once, and again until it acknowledges.

After doors close nobody can be kept from boarding any more: the message lapses and the traveller
becomes an arrival referral.
"""

from datetime import timedelta

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList, Traveller
from smartborder.model.reason import Reason
from smartborder.model.reply import ReplyCode
from smartborder.node.act.case_opening import due, open_case
from smartborder.node.act.replying import send
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Row, Session

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
        " f.id AS flight_id FROM act.traveller t"
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
    client = ReportingClient(id=row["client"], mode=row["mode"],
                             carriers=frozenset(row["carriers"] or ()))  # fmt: skip
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
    with node.store.act(SYSTEM, "passenger-information") as s:
        rows = s.rows(
            "SELECT r.*, f.id AS flight_id FROM act.reply r JOIN act.flight f ON f.id = r.flight"
            " WHERE r.state IN ('awaiting-ack', 'escalated') AND r.next_try <= :now"
            " FOR UPDATE OF r SKIP LOCKED LIMIT 200",
            now=s.now,
        )
        for row in rows:
            flight = s.one("SELECT * FROM act.flight WHERE id = :id", id=row["flight_id"])
            _once_more(s, row, flight)
        return len(rows)


def _once_more(s: Session, row: Row, flight: Row) -> None:
    live = row["mode"] == "live"
    if doors_closed(flight, s):
        s.run("UPDATE act.reply SET state = 'lapsed', next_try = NULL WHERE id = :id",
              id=row["id"])  # fmt: skip
        for traveller, code in zip(row["travellers"], row["codes"], strict=True):
            if live and code != "ok":
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
