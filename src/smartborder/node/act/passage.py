"""One message becomes flights, travellers, checks, cases and decisions.

What a message asks for decides its route: lists and changes report people; cancellations take
them off; status messages move the flight; a close-out says who really flew.
"""

from datetime import timedelta

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Leg, PassengerList
from smartborder.model.reason import Finding
from smartborder.node.act import flights
from smartborder.node.act.close_out import close
from smartborder.node.act.messages import insert, note
from smartborder.node.act.removal import names_nobody, take_off
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
        flight = flights.known(s, client.mode, leg, node.ports)
    if message.purpose not in STATUS or flight is None:
        flight = flights.find_or_make(s, client.mode, leg, node.ports, f"message:{stored}")
    flights.share_codes(s, flight, message.itinerary, leg, client.carriers)
    if message.purpose not in LISTS:
        flight = flights.lock(s, flight)
    if message.purpose in LISTS:
        reopen(s, flight)
        Reporting(s, node, client, flight, stored).report(message.travellers)
    elif message.purpose in REMOVALS:
        found = take_off(s, flight, message.travellers, everybody=names_nobody(message))
        if len(found) < len(message.travellers):
            note(s, stored, NOT_ON_FLIGHT)
    elif message.purpose in STATUS:
        update(s, flight, message.purpose, leg, stored, node.ports)
    elif message.purpose == "flight-close-out":
        close(s, node, client, flight, stored, message.travellers)


def about_flight(node: Node, message: PassengerList) -> tuple[Finding, ...]:
    """What is wrong with the flight a message names, if it has to name one."""
    leg = flights.crossing_leg(message.itinerary, node.ports)
    if leg is None:
        return () if message.purpose == "master-crew-list" else (NO_FLIGHT,)
    known = node.ports.zone(leg.origin) and node.ports.zone(leg.destination)
    return () if known else (UNKNOWN_PORT,)


NOT_ON_FLIGHT = Finding(
    code="flight.person-not-on-it",
    severity="warning",
    detail=Text(
        "Somebody who was to be taken off is not on this flight as reported so far; nobody else"
        " was taken off in their place.",
        "Une personne à retirer ne figure pas sur ce vol tel que déclaré jusqu'ici; personne"
        " d'autre n'a été retiré à sa place.",
    ),
)

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

UNKNOWN_PORT = Finding(
    code="flight.unknown-port",
    severity="warning",
    detail=Text(
        "The flight leaves from or lands at a port that is not in our tables: whether it crosses"
        " our border could not be told, nor its local time. Check the LOC segments after TDT.",
        "Le vol part d'un lieu ou arrive à un lieu absent de nos tables : impossible de savoir s'il"
        " franchit notre frontière, ni son heure locale. Vérifiez les segments LOC après TDT.",
    ),
)
