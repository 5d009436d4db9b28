"""Reporting systems on screen, and the one rule by which any of them goes live."""

import re
from datetime import timedelta

import pytest

from smartborder.kernel.time import FixedTime
from smartborder.node.access import client_keys, clients
from smartborder.node.access.users import PURPOSE
from smartborder.node.carriers import admission
from smartborder.node.store.session import SYSTEM, Store
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import AT, paxlst
from tests.scenarios.test_api import bearer
from tests.support.pages import Browser, account, web_client

pytestmark = [pytest.mark.node, pytest.mark.points(12)]


@pytest.fixture(scope="module")
def clock():
    return FixedTime(AT)


@pytest.fixture(scope="module")
def opened(node, clock):
    made = open_node(node.home, store=Store(node.home, time=clock))
    yield made
    made.close()


@pytest.fixture(scope="module")
def web(opened):
    with web_client(opened) as client:
        yield client


@pytest.fixture(scope="module")
def administrator(opened):
    return account(opened, "odile", "administrator")


@pytest.fixture
def office(web, administrator):
    return Browser(web, administrator)


def new(opened, name, **more):
    with opened.store.act(SYSTEM, PURPOSE) as s:
        return clients.add(s, name=name, kind="airline-host", carriers=["AF"], **more)


def run(opened, client, *, passed=True, ago=timedelta(0)):
    with opened.store.act(SYSTEM, PURPOSE) as s:
        record = s.new_id("run")
        s.run("INSERT INTO carriers.run VALUES (:id, :client, :at, :at, :criteria, :passed)",
              id=record, client=client.id, at=s.now - ago, passed=passed,
              criteria='[{"id": "good-list", "title": {"en": "A list", "fr": "Une liste"},'
                       f' "shown": {str(passed).lower()}}}]')  # fmt: skip
    return record


def admitted(opened, client, evidence):
    """The code of the refusal, or None."""
    try:
        with opened.store.act(SYSTEM, PURPOSE) as s:
            admission.admit(s, clients.find(s, client.id), evidence)
    except (admission.NoEvidence, admission.LiveAlready) as refused:
        return refused.code, refused.detail
    return None


def secret(html):
    return re.search(r"<code>(sb[tl]_[\w-]{43})</code>", html)[1]


def test_a_run_that_does_not_exist_or_is_anothers_or_failed_lets_nobody_go_live(opened):
    ours, other = new(opened, "rule"), new(opened, "rule other")
    for evidence in ("", "run-1", "demo conformance run", run(opened, other)):
        code, said = admitted(opened, ours, evidence)
        assert (code, said[:27]) == ("certification.no-evidence", "this client has no run of t")
    _, said = admitted(opened, ours, run(opened, ours, passed=False))
    assert said == "the run did not pass; not shown: good-list"
    with opened.store.act(SYSTEM, PURPOSE) as s:
        assert clients.find(s, ours.id).live_since is None


@pytest.mark.parametrize(
    ("ago", "right"),
    [(timedelta(days=30) - timedelta(seconds=1), True), (timedelta(days=30), False)],
)
def test_a_run_counts_for_thirty_days(opened, ago, right):
    client = new(opened, f"recent {right}")
    refused = admitted(opened, client, run(opened, client, ago=ago))
    assert (refused is None) is right
    if not right:
        assert refused[1] == "the run is older than 30 days; certify again"


def test_going_live_twice_is_refused(opened):
    client = new(opened, "twice")
    evidence = run(opened, client)
    assert admitted(opened, client, evidence) is None
    assert admitted(opened, client, evidence)[0] == "client.live-already"


def test_a_system_is_registered_and_its_first_key_is_shown_once(office, opened):
    html = office.post("/clients", name="Air Host", kind="gateway", carriers="af, KL",
                       address="AFHOST", per_minute="60")  # fmt: skip
    key = secret(html)
    client = re.search(r"<code>(client-[\w]+)</code>", html)[1]
    assert key not in office.get(f"/clients/{client}")
    status = office.client.get("/v1/status", headers=bearer(key)).json()
    assert status["client"] == {"id": client, "mode": "test", "carriers": ["AF", "KL"],
                                "address": "AFHOST", "replies_waiting": 0}  # fmt: skip
    with opened.store.act(SYSTEM, PURPOSE) as s:
        leaf = s.one("SELECT actor FROM ledger.leaf WHERE kind = 'access.client-added'"
                     " AND record = :c", c=client)  # fmt: skip
    assert leaf["actor"].startswith("officer:user-")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Settings of the client cannot be used"),
        ({"name": "x" * 101}, "Settings of the client cannot be used"),
        ({"carriers": "A1234"}, "Carriers cannot be used"),
        ({"carriers": ""}, "Carriers cannot be used"),
        ({"address": "AF+HOST"}, "Settings of the client cannot be used"),
        ({"address": ""}, "Settings of the client cannot be used"),
        ({"per_minute": "0"}, "Settings of the client cannot be used"),
        ({"per_minute": "many"}, "Settings of the client cannot be used"),
        ({"lists": "un"}, "Lists cannot be used"),
        ({"kind": "screening-system"}, "Lists cannot be used"),
    ],
)
def test_what_cannot_be_used_is_said_and_what_was_typed_stays(office, wrong, said):
    fields = {"name": "Typed", "kind": "airline-host", "carriers": "AF", "address": "AFHOST",
              "per_minute": "60", **wrong}  # fmt: skip
    html = office.post("/clients", 400, **fields)
    assert said in html
    assert "sbt_" not in html
    assert f'value="{fields["address"]}"' in html or not fields["address"]


def test_a_taken_name_is_said_so(office, opened):
    new(opened, "Taken")
    html = office.post("/clients", 409, name=" Taken ", kind="gateway", carriers="AF",
                       address="AFHOST", per_minute="60")  # fmt: skip
    assert "Client name is taken" in html


def test_a_key_is_replaced_without_a_gap_and_revoked_at_once(office, opened, clock):
    client = new(opened, "rotating")
    with opened.store.act(SYSTEM, PURPOSE) as s:
        old = clients.make_key(s, client, "test")

    def works(key):
        try:
            with opened.store.act(SYSTEM, PURPOSE) as s:
                return clients.identify(s, f"Bearer {key}").client.id == client.id
        except clients.KeyRefused:
            return False

    fresh = secret(office.post(f"/clients/{client.id}/keys/rotate", mode="test"))
    assert (works(old), works(fresh)) == (True, True)
    clock.move(client_keys.OVERLAP)
    assert (works(old), works(fresh)) == (False, True)
    clock.move(-client_keys.OVERLAP)
    with opened.store.act(SYSTEM, PURPOSE) as s:
        newest, older = client_keys.working(s, client.id)
    office.post(f"/clients/{client.id}/keys/{newest.id}/revoke")
    assert (works(old), works(fresh)) == (True, False)
    office.post(f"/clients/{client.id}/keys/{newest.id}/revoke", 404)
    office.post(f"/clients/{new(opened, 'not theirs').id}/keys/{older.id}/revoke", 404)
    third = secret(office.post(f"/clients/{client.id}/keys", mode="test", days="7"))
    assert works(third)
    office.post(f"/clients/{client.id}/keys", 400, mode="test", days="731")
    office.post(f"/clients/{client.id}/keys", 409, mode="live", days="7")


def test_going_live_on_screen_is_the_same_rule(office, opened):
    client = new(opened, "screen live")
    assert "certification.no-evidence" not in office.get(f"/clients/{client.id}")
    html = office.post(f"/clients/{client.id}/live", 409, evidence="run-none")
    assert "No certification run that counts" in html
    evidence = run(opened, client)
    assert f'value="{evidence}"' in office.get(f"/clients/{client.id}")
    assert "Ready for live traffic" in office.get("/clients")
    key = secret(office.post(f"/clients/{client.id}/live", evidence=evidence))
    assert key.startswith("sbl_")
    assert "Let it go live" not in office.get(f"/clients/{client.id}")


def test_settings_change_and_the_limit_holds_from_the_next_request(office, opened):
    client = new(opened, "limits")
    with opened.store.act(SYSTEM, PURPOSE) as s:
        key = clients.make_key(s, client, "test")
    office.post(f"/clients/{client.id}", carriers="KL", address="KLHOST", per_minute="1")
    first, second = (office.client.post("/v1/messages", content=paxlst(f"L{n}", carrier="KL"),
                                     headers=bearer(key)) for n in range(2))  # fmt: skip
    assert first.status_code == 200
    assert (second.status_code, second.json()["code"]) == (429, "client.too-fast")
    office.post(f"/clients/{client.id}", 400, carriers="", address="KLHOST", per_minute="1")


def test_an_address_for_replies_is_checked_and_removed(office, opened):
    client = new(opened, "push screen")
    page = f"/clients/{client.id}"
    html = office.post(f"{page}/push", 400, mode="test", url="https://10.0.0.1/x")
    assert "Replies cannot be pushed there" in html
    office.post(f"{page}/push", 409, mode="live", url="https://dcs.example/x")
    office.post(f"{page}/push", mode="test", url="https://dcs.example/x")
    assert 'value="https://dcs.example/x"' in office.get(page)
    office.post(f"{page}/push", mode="test", url="")
    assert "dcs.example" not in office.get(page)


def test_a_link_to_the_carriers_page_is_shown_once_and_opens_it(office, opened):
    client = new(opened, "linked")
    html = office.post(f"/clients/{client.id}/visits")
    link = re.search(r"<code>http://[^/]+(/carrier/enter/[\w-]{43})</code>", html)[1]
    assert "Carrier page of linked" in office.get(link)
    office.post(f"/clients/{client.id}/visits", 400, carriers="LH")


def test_closing_ends_the_keys(office, opened):
    client = new(opened, "closing")
    office.post(f"/clients/{client.id}/close")
    office.get(f"/clients/{client.id}", 404)


def test_a_screening_system_reports_nobody_and_goes_live_on_nothing(office):
    html = office.post("/clients", name="Screens", kind="screening-system", carriers="",
                       lists="un eu", address="SCREEN", per_minute="60")  # fmt: skip
    assert "eu un" in html
    for never in ("Let it go live", "Push of replies", "The carrier&#39;s own page"):
        assert never not in html


@pytest.mark.parametrize("role", ["officer", "supervisor", "auditor"])
def test_nobody_else_may_look_or_do(web, opened, role):
    client = new(opened, f"shut to {role}")
    other = Browser(web, account(opened, f"other-{role}", role))
    other.get("/clients", 403)
    other.get(f"/clients/{client.id}", 403)
    for act in ("keys", "keys/rotate", "live", "visits", "push", "close"):
        other.post(f"/clients/{client.id}/{act}", 403)
    assert 'href="/clients"' not in other.get("/settings")


def test_dead_letters_are_on_the_desk_and_sent_again_from_there(web, opened):
    from smartborder.node.act.intake import receive
    from smartborder.node.act.sender import ReportingClient

    client = new(opened, "dead letters")
    received = receive(opened, ReportingClient(id=client.id, carriers=client.carriers),
                       paxlst("DEAD1", number="888"))  # fmt: skip
    with opened.store.act(SYSTEM, "passenger-information") as s:
        s.run("INSERT INTO carriers.push (id, reply, escalation, client, mode, state, tries,"
              " error, made_at, ended_at) SELECT 'push-1', id, 0, :client, 'live', 'dead', 8,"
              " 'status-500', :now, :now FROM act.reply WHERE transmission = :t",
              client=client.id, now=s.now, t=received.transmission)  # fmt: skip
    desk = Browser(web, account(opened, "carrier", "carrier-desk"))
    html = desk.get("/carriers")
    assert "status-500" in html
    assert "AF 888 CDG → YUL" in html
    assert "It is being sent again." in desk.post("/carriers/pushes/push-1/again")
    assert "status-500" not in desk.get("/carriers")


@pytest.mark.parametrize(("mode", "code"), [("demo", 0), ("production", 2)])
def test_a_set_up_file_lets_nobody_go_live_on_words_outside_a_demonstration(
    opened, tmp_path, monkeypatch, capsys, mode, code
):
    from smartborder.cli import main

    file = tmp_path / "node.yaml"
    file.write_text(f"systems: [{{name: From a file {mode}, carriers: [AF], live_evidence: said}}]")
    opened.home.changed(mode=mode).save()
    monkeypatch.setattr("sys.argv", ["smartborder", "node", "furnish", str(file), "--home",
                                     str(opened.home.path)])  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        main.run()
    opened.home.save()
    assert (ended.value.code or 0) == code
    assert ("certification.no-evidence" in capsys.readouterr().err) is (mode == "production")
