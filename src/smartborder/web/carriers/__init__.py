"""Carriers: the desk, their systems and keys, their own page, and the banner for everybody."""

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.web.carriers import clients, own_page, pages
from smartborder.web.registry import Room, Section

ROOM = Room(
    sections=(
        Section(id="carriers", title=Text("Carriers", "Transporteurs"), path="/carriers",
                act=Act.CARRIER_SEE, order=30, key="g c"),
        Section(id="clients", title=Text("Reporting systems", "Systèmes déclarants"),
                path="/clients", act=Act.CARRIER_ADMIT, order=31),
    ),
    routes=(
        pages.carriers, pages.acknowledged, pages.banner,
        own_page.enter_ask, own_page.enter, own_page.own, own_page.leave,
        clients.everyone, clients.add, clients.one, clients.change, clients.key, clients.rotate,
        clients.revoke, clients.live, clients.visit, clients.push, clients.close,
        pages.push_again,
    ),
)  # fmt: skip
