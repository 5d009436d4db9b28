"""The carrier desk: message health, replies to acknowledge, who flew without one; the banner."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.carriers import pages
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="carriers", title=Text("Carriers", "Transporteurs"), path="/carriers",
                act=Act.CARRIER_SEE, order=30, key="g c"),
    ),
    routes=(pages.carriers, pages.acknowledged, pages.banner),
)  # fmt: skip
