"""What scenarios share: a Canadian node, its pages and an airline; two nodes; a desk's pages."""

from collections.abc import Iterator

import pytest

from smartborder.node.act import registers
from smartborder.node.act.registers import Holding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.home import NodeHome
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM
from smartborder.programmes.opening import open_node
from tests.support.desk import Desk
from tests.support.node import MakeHome
from tests.support.pages import Client, web_client
from tests.support.pair import Pair, joined


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
def web(node: Node) -> Iterator[Client]:
    with web_client(node) as client:
        yield client


@pytest.fixture(scope="module")
def airline(node: Node) -> ReportingClient:
    return ReportingClient(id="client-af", carriers=frozenset({"AF"}), address="AFHOST")


@pytest.fixture(scope="module")
def pair(node_home: MakeHome) -> Iterator[Pair]:
    with joined(node_home) as pair:
        pair.settle()
        yield pair


@pytest.fixture
def client(desk: Desk) -> Iterator[Client]:
    """The pages of the module's own ``desk``."""
    with web_client(desk) as made:
        yield made
