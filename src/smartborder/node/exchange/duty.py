"""The worker's part of the exchange: send what is due to the partner in the node's settings."""

from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.transport import HttpTransport
from smartborder.node.node import Node


def send(node: Node) -> None:
    """Send what is due; a node without a partner has nothing to do."""
    if node.home.partner is not None:
        send_due(node.home, node.store, HttpTransport(node.home.partner.url))
