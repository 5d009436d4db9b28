from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from smartborder.node.access import sign_in, users
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Store
from smartborder.web.app import create


@pytest.fixture(scope="module")
def store(home: NodeHome) -> Iterator[Store]:
    made = Store(home)
    yield made
    made.close()


@pytest.fixture(scope="module")
def application(home: NodeHome, store: Store) -> Litestar:
    return create(home, store=store)


@pytest.fixture
def browser(application: Litestar) -> Iterator[TestClient[Litestar]]:
    """A browser with empty cookies that follows no redirect."""
    with TestClient(application, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        client.headers["accept"] = "text/html"
        yield client


@pytest.fixture(scope="module")
def officer(store: Store) -> User:
    with store.act(SYSTEM, PURPOSE) as s:
        return users.add(s, login="agnes", name="Agnès Roy", roles=["officer"])


@pytest.fixture
def desk(browser: TestClient[Litestar], store: Store, officer: User) -> TestClient[Litestar]:
    """A browser in which the officer is signed in."""
    with store.act(SYSTEM, PURPOSE) as s:
        token = sign_in.begin(s, officer).token
    browser.cookies.set("sb-ca-8100-session", token)
    return browser
