"""One message becomes flights, travellers, checks, cases and decisions.

What a message asks for decides its route: lists and changes report people; cancellations take
them off; status messages move the flight; a close-out says who really flew.
"""

from datetime import timedelta

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Leg, PassengerList
from smartborder.model.reason import Finding
from smartborder.node.act import flights
from smartborder.node.act.close_out import close
from smartborder.node.act.messages import insert
from smartborder.node.act.removal import take_off
from smartborder.node.act.reporting import Reporting
from smartborder.node.act.sender import ReportingClient
from smartborder.node.act.status import reopen, update
from smartborder.node.node import Node
from smartborder.node.store.session import Session

LISTS = frozenset({"passenger-list", "crew-list", "passenger-change", "crew-change", "gate-pass"})
REMOVALS = frozenset({"passenger-cancel", "passenger-reduction", "crew-cancel"})
STATUS = frozenset({"flight-cancel", "flight-change", "flight-status"})


def record_message(s: Session, node: Node, client: ReportingClient, transmission: str,
                   position: int, message: PassengerList, content: bytes) -> str:  # fmt: skip
    """Record ``message`` and all that follows from it; the id of its record."""
    leg = flights.crossing_leg(message.itinerary, node.ports)
    if leg is None and message.purpose != "master-crew-list":
        message = _with(message, NO_FLIGHT)
    keep_for = node.pack.retention["passenger-list" if client.mode == "live" else "test-message"]
    delete_by = s.now + timedelta(days=keep_for.days)
    stored = insert(s, client, transmission, position, message, content,
                    state="answered" if leg else "failed-flight", delete_by=delete_by)  # fmt: skip
    if leg is not None:
        _route(s, node, client, stored, message, leg)
    s.leaf("message", stored, {"sha256": content.hex(), "purpose": message.purpose,
                               "travellers": len(message.travellers)})  # fmt: skip
    if client.mode == "live":
        s.notify("flights")
    return stored


def _route(s: Session, node: Node, client: ReportingClient, stored: str,
           message: PassengerList, leg: Leg) -> None:  # fmt: skip
    if message.purpose in STATUS:
        flight = flights.known(s, client.mode, leg)
    if message.purpose not in STATUS or flight is None:
        flight = flights.find_or_make(s, client.mode, leg, node.ports, f"message:{stored}")
    flights.share_codes(s, flight["id"], message.itinerary, leg)
    if message.purpose not in LISTS:
        flight = flights.lock(s, flight)
    if message.purpose in LISTS:
        reopen(s, flight)
        Reporting(s, node, client, flight, stored).report(message.travellers)
    elif message.purpose in REMOVALS:
        take_off(s, flight, stored, message.travellers)
    elif message.purpose in STATUS:
        update(s, flight, message.purpose, leg, stored, node.ports)
    elif message.purpose == "flight-close-out":
        close(s, node, client, flight, stored, message.travellers)


def _with(message: PassengerList, finding: Finding) -> PassengerList:
    return msgspec.structs.replace(message, findings=(*message.findings, finding))


NO_FLIGHT = Finding(
    code="flight.missing",
    severity="error",
    detail=Text(
        "The message names no complete flight (carrier, number, from, to): nobody on it could be"
        " cleared. Send it again with a TDT and its LOC segments.",
        "Le message ne désigne aucun vol complet (transporteur, numéro, départ, arrivée) :"
        " personne n'a pu être autorisé. Renvoyez-le avec un segment TDT et ses segments LOC.",
    ),
)
