"""The officer's screens: queue, case, flights, travellers, arrivals, secondary, figures, audit."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.desk import (
    arrivals,
    audit,
    case,
    figures,
    flights,
    met,
    queue,
    secondary,
    traveller,
)
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="queue", title=Text("Queue", "File d'attente"), path="/queue", act=Act.QUEUE_SEE,
                order=10, key="g q"),
        Section(id="flights", title=Text("Flights", "Vols"), path="/flights", act=Act.FLIGHT_SEE,
                order=12, key="g f"),
        Section(id="arrivals", title=Text("Arrivals", "Arrivées"), path="/arrivals",
                act=Act.ARRIVAL_SEE, order=14, key="g a"),
        Section(id="secondary", title=Text("Secondary", "Examen secondaire"), path="/secondary",
                act=Act.SECONDARY_SEE, order=16, key="g s"),
        Section(id="met", title=Text("Met", "Rencontres"), path="/lookouts/met",
                act=Act.LOOKOUT_CONFIRM, order=44),
        Section(id="desk-figures", title=Text("Figures", "Statistiques"), path="/figures/desk",
                act=Act.FIGURES_SEE, order=60),
        Section(id="audit", title=Text("Audit", "Vérification"), path="/audit",
                act=Act.AUDIT_SEE, order=80),
    ),
    routes=(
        queue.queue, queue.rows, queue.claim, queue.release, queue.hand_over,
        case.case, case.decide_hit, case.decide_reply, case.give_second, case.close,
        flights.flights, flights.rows, flights.flight, flights.log_sheet, flights.sheet,
        traveller.traveller, traveller.override, traveller.double,
        arrivals.arrivals, arrivals.find, arrivals.admit, arrivals.refer, arrivals.unknown,
        secondary.secondary, secondary.rows, secondary.one, secondary.record,
        figures.figures, figures.errors, audit.audit, met.met, met.say,
    ),
)  # fmt: skip
