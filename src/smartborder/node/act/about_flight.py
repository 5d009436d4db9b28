"""What is wrong with the flight that a message names; said to the carrier with the reply."""

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList
from smartborder.model.reason import Finding
from smartborder.node.act.flights import crossing_leg
from smartborder.node.ports import Ports

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
ELSEWHERE = Finding(
    code="flight.elsewhere",
    severity="warning",
    detail=Text(
        "The flight neither leaves from nor lands in this country: look-outs were asked, the law"
        " of entry was not. Check the LOC segments after TDT, and whether the message was for us.",
        "Le vol ne part pas de ce pays et n'y arrive pas : les signalements ont été consultés, non"
        " le droit d'entrée. Vérifiez les segments LOC après TDT et le destinataire du message.",
    ),
)
NO_DATE = Finding(
    code="flight.no-departure-time",
    severity="warning",
    detail=Text(
        "The flight has no scheduled departure (DTM+189): its date was taken from the arrival, or"
        " from today, and may be another. Send the time; the flight is then put right.",
        "Le vol n'a pas d'heure de départ prévue (DTM+189) : sa date a été tirée de l'arrivée, ou"
        " de ce jour, et peut être autre. Envoyez l'heure; le vol sera alors rectifié.",
    ),
)
MASTER_LIST = Finding(
    code="crew.master-list-kept",
    severity="info",
    detail=Text(
        "A master crew list names no flight: it is kept, and nobody on it was checked or cleared."
        " Each crew member is checked when a crew list reports them on a flight.",
        "Une liste maîtresse d'équipage ne désigne aucun vol : elle est conservée, et personne n'y"
        " a été vérifié ni autorisé. Chaque membre est vérifié lorsqu'une liste d'équipage le"
        " déclare sur un vol.",
    ),
)


def about_flight(ports: Ports, message: PassengerList) -> tuple[Finding, ...]:
    """Findings about the flight of ``message``, if it has to name one."""
    if message.purpose == "master-crew-list":
        return (MASTER_LIST,)
    leg = crossing_leg(message.itinerary, ports)
    if leg is None:
        return (NO_FLIGHT,)
    found = []
    if not (ports.zone(leg.origin) and ports.zone(leg.destination)):
        found.append(UNKNOWN_PORT)
    elif not leg.overflight and ports.direction(leg.origin, leg.destination) == "elsewhere":
        found.append(ELSEWHERE)
    if leg.departs is None:
        found.append(NO_DATE)
    return tuple(found)
