from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from smartborder.node.access.users import User
from smartborder.node.home import NodeHome
from smartborder.node.node import Node
from smartborder.node.store.session import Store
from smartborder.programmes.opening import open_node
from smartborder.web.app import create
from tests.support.pages import Client, account, signed_in


@pytest.fixture(scope="module")
def node(home: NodeHome) -> Iterator[Node]:
    made = open_node(home)
    yield made
    made.close()


@pytest.fixture(scope="module")
def store(node: Node) -> Store:
    return node.store


@pytest.fixture(scope="module")
def application(node: Node) -> Litestar:
    return create(node.home, store=node.store)


@pytest.fixture
def browser(application: Litestar) -> Iterator[Client]:
    """A browser with empty cookies that follows no redirect."""
    with TestClient(application, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        client.headers["accept"] = "text/html"
        yield client


@pytest.fixture(scope="module")
def officer(node: Node) -> User:
    return account(node, "agnes", "officer", name="Agnès Roy")


@pytest.fixture
def desk(browser: Client, officer: User) -> Client:
    """A browser in which the officer is signed in, at the Canadian node in French."""
    return signed_in(browser, officer, "fr")
