"""The officer's screens: queue, case, flights, travellers, arrivals, secondary, figures, audit."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.desk import case, flights, queue, traveller
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="queue", title=Text("Queue", "File"), path="/queue", act=Act.QUEUE_SEE,
                order=10, key="g q"),
        Section(id="flights", title=Text("Flights", "Vols"), path="/flights", act=Act.FLIGHT_SEE,
                order=12, key="g f"),
    ),
    routes=(
        queue.queue, queue.rows, queue.claim, queue.release, queue.hand_over,
        case.case, case.decide_hit, case.decide_reply, case.give_second, case.close,
        flights.flights, flights.rows, flights.flight, flights.log_sheet, flights.sheet,
        traveller.traveller, traveller.override,
    ),
)  # fmt: skip
