"""The worker's part of the exchange: send what is due, give up what nobody answered."""

import threading

from smartborder.node.exchange import query
from smartborder.node.exchange.at_once import hand_over
from smartborder.node.exchange.delivery import PURPOSE, send_due
from smartborder.node.exchange.door import Door
from smartborder.node.exchange.line import line_to
from smartborder.node.exchange.questions import expire
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM

_doors: dict[str, Door] = {}
"""The doors of this process, by home."""


def send(node: Node) -> None:
    """Send what is due; a node without a partner has nothing to do."""
    if node.home.partner is not None:
        line = line_to(node.home)
        send_due(node.home, node.store, line)
        hand_over(node.home, node.store, line)


def open_door(node: Node) -> None:
    """Open the partner's door, once, where the settings name a port for it."""
    home = node.home
    if home.partner is None or home.exchange_port is None or str(home.path) in _doors:
        return
    door = Door(home, node.store, home.exchange_port)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    _doors[str(home.path)] = door


def expire_questions(node: Node) -> None:
    """Give up questions that nobody answered in time."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        expire(s)
        query.expire(s)
        query.forget(s, node.home)
