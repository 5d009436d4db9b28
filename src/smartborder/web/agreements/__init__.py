"""Agreements between this node and its partner: what may cross, what stands, who signed."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.agreements import pages
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="agreements", title=Text("Agreements", "Accords"), path="/agreements",
                act=Act.AGREEMENT_SEE, order=46, key="g t"),
    ),
    routes=(pages.every, pages.one, pages.act),
)  # fmt: skip
