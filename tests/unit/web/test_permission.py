"""A page asks the table of roles before it opens anything."""

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from smartborder.node.access import sign_in, users
from smartborder.node.access.roles import Act
from smartborder.node.access.users import PURPOSE
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Store
from smartborder.web import registry
from smartborder.web.app import create
from smartborder.web.page import Response, WebRequest, acting, page
from smartborder.web.registry import Room, Section, Text

pytestmark = pytest.mark.node


@get("/test-audit", sync_to_thread=True)
def audit(request: WebRequest) -> Response[str]:
    with acting(request, Act.AUDIT_SEE, purpose="audit") as s:
        s.saw("traveller", ["traveller-1"])
    return page(request, "errors/error.html", section="test", error=None, status=200)


@get("/test-figures", sync_to_thread=True)
def figures(request: WebRequest) -> Response[str]:
    with acting(request, Act.FIGURES_SEE, purpose="figures", case="case-1") as s:
        s.saw("traveller", ["traveller-2"], "name")
    return Response("seen")


ROOM = Room(
    sections=(
        Section(id="b", title=Text("Audit", "Vérification"), path="/test-audit",
                act=Act.AUDIT_SEE, order=901),
        Section(id="a", title=Text("Figures", "Chiffres"), path="/test-figures",
                act=Act.FIGURES_SEE, order=900),
    ),
    routes=(audit, figures),
)  # fmt: skip


@pytest.fixture
def application(home: NodeHome, store: Store, monkeypatch: pytest.MonkeyPatch) -> Litestar:
    rooms = (*registry.rooms(), ROOM)
    monkeypatch.setattr(registry, "rooms", lambda: rooms)
    return create(home, store=store)


@pytest.fixture
def counsel(browser: TestClient[Litestar], store: Store) -> TestClient[Litestar]:
    with store.act(SYSTEM, PURPOSE) as s:
        login = f"counsel-{s.new_id('x')}"
        user = users.add(s, login=login, name="Denise", roles=["counsel"])
        browser.cookies.set("sb-ca-8100-session", sign_in.begin(s, user).token)
    return browser


def test_an_act_that_is_not_theirs_is_refused_with_the_reason(
    counsel: TestClient[Litestar],
) -> None:
    answer = counsel.get("/test-audit")
    assert answer.status_code == 403
    assert "access.act-refused" in answer.text
    assert "est réservé\u00a0: Vérificateur, Responsable de la vie privée." in answer.text
    problem = counsel.get("/test-audit", headers={"accept": "application/json"}).json()
    assert problem["where"] == {"act": "audit.see", "reason": "access.role"}


def test_the_navigation_shows_what_they_may_open(counsel: TestClient[Litestar]) -> None:
    html = counsel.get("/settings").text
    assert 'href="/test-figures"' in html
    assert "/test-audit" not in html


def test_what_is_read_is_audited_with_person_purpose_and_case(
    counsel: TestClient[Litestar], store: Store
) -> None:
    assert counsel.get("/test-figures").text == "seen"
    with store.act(SYSTEM, PURPOSE) as s:
        user = s.one(
            "SELECT u.id FROM access.user u JOIN access.session x ON x.user_id = u.id"
            " WHERE u.login LIKE 'counsel-%' ORDER BY x.began_at DESC LIMIT 1"
        )
        expected = {"actor": user["id"], "purpose": "figures", "case_id": "case-1",
                    "record": "traveller-2", "what": "name"}  # fmt: skip
    auditors = Store(store.home, role="auditor", pool_size=1)
    with auditors.act(SYSTEM, "audit") as s:
        seen = s.rows("SELECT actor, purpose, case_id, record, what FROM audit.seen"
                      " WHERE record LIKE 'traveller-%'")  # fmt: skip
    auditors.close()
    assert seen == [expected]
