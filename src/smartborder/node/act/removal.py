"""A carrier takes people off a flight: cancelled, never deleted; a report brings them back."""

from collections.abc import Sequence

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList, Traveller
from smartborder.model.reason import Finding
from smartborder.node.act.named import Named, finding
from smartborder.node.act.recording import record
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session

NOT_ON_IT = "flight.person-not-on-it"
_NOT_ON_IT = Text(
    "This person was to be taken off and is not on this flight as reported so far; nobody else"
    " was taken off in their place. Compare reference, document and name with the list.",
    "Cette personne devait être retirée et ne figure pas sur ce vol tel que déclaré jusqu'ici;"
    " personne d'autre n'a été retiré à sa place. Comparez la référence, le document et le nom"
    " avec la liste.",
)


def names_nobody(message: PassengerList) -> bool:
    """True for a cancellation of the whole list: it names nobody and means to name nobody.

    One that announces people (CNT) or is damaged lost their names on the way, and a reduction
    is always of somebody; these take nobody off.
    """
    if message.purpose == "passenger-reduction":
        return False
    announced = any(number for _, number in message.counts)
    damaged = any(f.severity == "error" for f in message.findings)
    return not (message.travellers or announced or damaged)


def take_off(s: Session, node: Node, client: ReportingClient, flight: Row, message: str,
             people: Sequence[Traveller], *, everybody: bool = False) -> list[Finding]:  # fmt: skip
    """Mark the named people of ``flight`` (or everybody) cancelled; a finding for each stranger."""
    found = Named(s, flight["id"]).again(people)
    record(s, node, client, flight, message, found, "")
    s.run(
        "UPDATE act.traveller SET presence = 'cancelled', updated_at = :now"
        " WHERE flight = :flight AND presence = 'reported' AND (:all OR id = ANY(:ids))",
        flight=flight["id"],
        all=everybody,
        ids=[r.traveller for r in found],
        now=s.now,
    )
    known = {r.position for r in found}
    return [
        finding(NOT_ON_IT, _NOT_ON_IT, position, person)
        for position, person in enumerate(people)
        if position not in known
    ]
