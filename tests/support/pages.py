"""A node's pages and API in this process: a client, people signed in, forms with their token.

Use, in a test module marked ``pytestmark = pytest.mark.node``::

    with web_client(node) as web:
        signed_in(web, account(node, "omar", "officer"), "fr")
        done = send(web, "/settings", "/preferences", theme="dark")

Bytes go through the whole application, but over no socket and without scripts.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from smartborder.node.access import sign_in, users
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Store
from smartborder.web.app import create
from smartborder.web.cookies import Kind
from smartborder.web.i18n import catalogue

Client = TestClient[Litestar]


class Opened(Protocol):
    """A node as a test has it: a ``Node``, a ``Desk``, a ``Side`` of a pair."""

    home: NodeHome
    store: Store


@contextmanager
def web_client(node: Opened) -> Iterator[Client]:
    """A client of the node's pages and API, nobody signed in; a fault is answered, not raised."""
    with TestClient(create(node.home, store=node.store), raise_server_exceptions=False) as client:
        yield client


def cookie(client: Client, kind: Kind) -> str:
    """The name of a cookie of the node that ``client`` talks to."""
    home: NodeHome = client.app.state["home"]
    return f"sb-{home.country.lower()}-{home.port}-{kind}"


def reading(client: Client, language: str) -> Client:
    """``client``, which from now on asks for pages, in ``language``."""
    client.headers["accept"] = "text/html"
    client.cookies.set(cookie(client, "language"), language)
    return client


def account(node: Opened, login: str, *roles: str, name: str = "") -> User:
    """A new account; its name is the login unless one is given."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        return users.add(s, login=login, name=name or login.title(), roles=roles)


def signed_in(client: Client, user: User, language: str = "en") -> Client:
    """``client`` with ``user`` at it, in a session that begins now: tests move clocks a lot."""
    store: Store = client.app.state["store"]
    with store.act(SYSTEM, PURPOSE) as s:
        client.cookies.set(cookie(client, "session"), sign_in.begin(s, user).token)
    return reading(client, language)


def form_token(html: str) -> str:
    """What a form of this page has to be sent with."""
    found = re.search(r'name="_form" value="([0-9a-f]{64})"', html)
    assert found, html[-2000:]
    return found[1]


def send(client: Client, form_page: str, path: str, /, **fields: str) -> Response:
    """The answer to a form, sent to ``path`` with the token that ``form_page`` has now."""
    token = form_token(client.get(form_page).text)
    return client.post(path, data={"_form": token, **fields})


class Browser:
    """Somebody signed in, without scripts: pages by GET, forms by POST with their token."""

    def __init__(self, client: Client, user: User) -> None:
        self.client = client
        client.follow_redirects = True
        client.cookies.clear()
        signed_in(client, user)
        self.token = ""

    def get(self, path: str, status: int = 200) -> str:
        """The page, after any redirect."""
        return self._read(self.client.get(path), status)

    def post(self, path: str, status: int = 200, **fields: str) -> str:
        """What comes after sending a form with the token of the page seen last."""
        if not self.token:
            self.get("/settings")
        return self._read(self.client.post(path, data={"_form": self.token, **fields}), status)

    def _read(self, answer: Response, status: int) -> str:
        assert answer.status_code == status, answer.text[-2000:]
        if 'name="_form"' in answer.text:
            self.token = form_token(answer.text)
        return answer.text


def english_left(html: str, area: str) -> set[str]:
    """English texts of an area's catalogue that stand on a page which should be in French."""
    known = [m for m in catalogue("fr", area) if m.id and m.id != m.string]
    english = {str(m.id if isinstance(m.id, str) else m.id[0]) for m in known}
    return english & {" ".join(t.split()) for t in re.findall(r">([^<>]+)<", html)}
