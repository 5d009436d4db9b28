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
from smartborder.node.act.code_shares import share_codes
from smartborder.node.act.meant import known
from smartborder.node.act.messages import insert, note
from smartborder.node.act.named import finding
from smartborder.node.act.removal import names_nobody, take_off
from smartborder.node.act.reporting import Reporting
from smartborder.node.act.sender import ReportingClient
from smartborder.node.act.status import actual_times, reopen, update
from smartborder.node.node import Node
from smartborder.node.store.session import Session

CHANGES = frozenset({"passenger-change", "crew-change"})
LISTS = frozenset({"passenger-list", "crew-list", "gate-pass"}) | CHANGES
REMOVALS = frozenset({"passenger-cancel", "passenger-reduction", "crew-cancel"})
STATUS = frozenset({"flight-cancel", "flight-change", "flight-status"})
NOT_REPORTED = "change.person-not-reported"
_NOT_REPORTED = Text(
    "The change names a person who was not reported on this flight before; they were taken in and"
    " checked as newly reported.",
    "La modification nomme une personne qui n'avait pas été déclarée sur ce vol; elle a été"
    " consignée et vérifiée comme nouvellement déclarée.",
)
CLOSED = "flight.already-closed"
_CLOSED = Text(
    "This person was reported after the flight's close-out and is in none: whether they are aboard"
    " is not known. Send the close-out again with everybody aboard.",
    "Cette personne a été déclarée après l'avis de clôture du vol et n'y figure pas : on ne sait"
    " pas si elle est à bord. Renvoyez l'avis de clôture avec toutes les personnes à bord.",
)


def record_message(s: Session, node: Node, client: ReportingClient, transmission: str,
                   position: int, message: PassengerList,
                   content: bytes) -> tuple[str, tuple[Finding, ...]]:  # fmt: skip
    """Record ``message`` and all that follows; the id of its record, and what was noticed then."""
    master = message.purpose == "master-crew-list"
    named = flights.crossing_leg(message.itinerary, node.ports, client.carriers)
    leg = None if master else named
    keep_for = node.pack.retention["passenger-list" if client.mode == "live" else "test-message"]
    delete_by = s.now + timedelta(days=keep_for.days)
    state = "answered" if leg or master else "failed-flight"
    stored = insert(s, client, transmission, position, message, content, state=state,
                    delete_by=delete_by)  # fmt: skip
    found = _route(s, node, client, stored, message, leg) if leg is not None else ()
    if found:
        note(s, stored, found)
    s.leaf("message", stored, {"sha256": content.hex(), "purpose": message.purpose,
                               "travellers": len(message.travellers)})  # fmt: skip
    if client.mode == "live":
        s.notify("flights")
    return stored, found


def _route(s: Session, node: Node, client: ReportingClient, stored: str,
           message: PassengerList, leg: Leg) -> tuple[Finding, ...]:  # fmt: skip
    if message.purpose in STATUS:
        flight = known(s, client.mode, leg, node.ports)
    if message.purpose not in STATUS or flight is None:
        flight = flights.find_or_make(s, client.mode, leg, node.ports, f"message:{stored}")
    share_codes(s, flight, message.itinerary, leg, client.carriers)
    if message.purpose not in LISTS:
        flight = flights.lock(s, flight)
    actual_times(s, flight, leg, stored, node.ports)
    people = message.travellers
    if message.purpose in LISTS:
        reopen(s, flight)
        done = Reporting(s, node, client, flight, stored).report(people)
        new = [r.position for r in done if r.is_new]
        found: tuple[Finding, ...] = ()
        if flight["status"] == "closed":
            found += tuple(finding(CLOSED, _CLOSED, n, people[n]) for n in new)
        if message.purpose in CHANGES:
            found += tuple(finding(NOT_REPORTED, _NOT_REPORTED, n, people[n]) for n in new)
        return found
    elif message.purpose in REMOVALS:
        everybody = names_nobody(message)
        return tuple(take_off(s, node, client, flight, stored, people, everybody=everybody))
    elif message.purpose in STATUS:
        update(s, flight, message.purpose, leg, stored, node.ports)
    elif message.purpose == "flight-close-out":
        return tuple(close(s, node, client, flight, stored, people))
    return ()
