"""Screening for others, look-alikes cleared together, and how often screening errs."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.registry import Panel, Room, Section
from smartborder.web.screening import api, clearing, errors, redress

ROOM = Room(
    sections=(
        Section(id="look-alikes", title=Text("Look-alikes", "Homonymes"), path="/look-alikes",
                act=Act.CASE_CLAIM, order=18),
        Section(id="screening-errors", title=Text("Screening errors", "Erreurs de filtrage"),
                path="/figures/screening", act=Act.FIGURES_SEE, order=62),
    ),
    routes=(
        api.screen, api.screen_batch,
        clearing.groups, clearing.entry, clearing.open_panel, clearing.clear,
        errors.errors, redress.issue,
    ),
    panels=(Panel(slot="traveller", order=70, draw=redress.panel),),
)  # fmt: skip
