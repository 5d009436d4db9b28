"""A Canadian node in this process, with its registers loaded, and an airline that reports to it."""

from collections.abc import Iterator

import pytest

from smartborder.node.act import registers
from smartborder.node.act.registers import Holding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.home import NodeHome
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM
from smartborder.programmes.opening import open_node


@pytest.fixture(scope="module")
def node(home: NodeHome) -> Iterator[Node]:
    opened = open_node(home)
    with opened.store.act(SYSTEM, "registers") as s:
        for kind in sorted(registers.KINDS):
            held = [Holding(document="12AB34567", issuer="FRA")]
            lines = iter(held if kind == "travel-authorisation" else [])
            registers.load(s, kind, lines, source="test", complete_as_of=s.now)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def airline(node: Node) -> ReportingClient:
    return ReportingClient(id="client-af", carriers=frozenset({"AF"}), address="AFHOST")
