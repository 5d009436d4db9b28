"""Accounts on the screen: an administrator opens and closes them and sees no traveller."""

import re

import pytest

from smartborder.node.access import sign_in, users
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Store
from tests.support.pages import Client, account, form_token, signed_in

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def administrator(node: Node) -> User:
    return account(node, "root", "administrator", name="Odile")


@pytest.fixture
def office(browser: Client, administrator: User) -> Client:
    signed_in(browser, administrator, "fr")
    browser.headers["x-form-token"] = form_token(browser.get("/settings").text)
    return browser


def opened(office: Client, login: str, *roles: str) -> str:
    return office.post(
        "/accounts", data={"login": login, "name": "Léo Roy", "roles": list(roles)}
    ).text


def test_an_account_with_two_roles_and_its_link(office: Client, store: Store) -> None:
    html = opened(office, "leo", "officer", "secondary")
    link = re.search(r"<code>http://[^/]+/enter/([\w-]{43})</code>", html)
    assert link
    assert "Agent, Examen secondaire" in html
    with store.act(SYSTEM, PURPOSE) as s:
        user = sign_in.with_link(s, link[1]).user
        assert (user.login, user.roles) == ("leo", ("officer", "secondary"))
        kinds = s.rows("SELECT kind, actor FROM ledger.leaf WHERE record = :u", u=user.id)
        administrator = users.by_login(s, "root").id
    assert {(r["kind"], r["actor"]) for r in kinds} >= {
        ("access.user-opened", f"officer:{administrator}"),
        ("access.link-made", f"officer:{administrator}"),
    }


@pytest.mark.parametrize(
    ("login", "roles", "title"),
    [
        ("x y", ["officer"], "Nom inutilisable"),
        ("", ["officer"], "Nom inutilisable"),
        ("z" * 65, ["officer"], "Nom inutilisable"),
        ("ok", [], "Ces rôles ne peuvent être attribués"),
        ("ok", ["auditor", "officer"], "Ces rôles ne peuvent être attribués"),
        ("root", ["officer"], "Nom d&#39;utilisateur déjà pris"),
    ],
)
def test_what_cannot_be_opened_is_explained_and_what_was_typed_stays(
    office: Client, login: str, roles: list[str], title: str
) -> None:
    html = opened(office, login, *roles)
    assert title in html
    assert 'value="Léo Roy"' in html
    assert "/enter/" not in html


def test_closing_ends_sessions_but_never_ones_own(
    office: Client, store: Store, administrator: User
) -> None:
    with store.act(SYSTEM, PURPOSE) as s:
        other = users.add(s, login="mia", name="Mia", roles=["analyst"])
        token = sign_in.begin(s, other).token
    assert office.post(f"/accounts/{other.id}/close").status_code == 303
    with store.act(SYSTEM, PURPOSE) as s, pytest.raises(sign_in.NotSignedIn):
        sign_in.resume(s, token)
    own = office.post(f"/accounts/{administrator.id}/close")
    assert own.status_code == 409
    assert "access.own-account" in own.text
    assert office.post("/accounts/user-nobody/link").status_code == 404


def test_an_officer_manages_no_accounts(desk: Client) -> None:
    assert desk.get("/accounts").status_code == 403
