"""Opening a node with every programme that this version has."""

from smartborder.node.act.programme import Programme
from smartborder.node.home import NodeHome
from smartborder.node.node import Node
from smartborder.node.store.session import Store
from smartborder.programmes import protection, sanctions, travellers, visas

PROGRAMMES: tuple[Programme, ...] = (
    travellers.PROGRAMME,
    visas.PROGRAMME,
    protection.PROGRAMME,
    sanctions.PROGRAMME,
)


def open_node(home: NodeHome, *, store: Store | None = None) -> Node:
    """The node in ``home``, ready to act."""
    return Node(home, PROGRAMMES, store=store)
