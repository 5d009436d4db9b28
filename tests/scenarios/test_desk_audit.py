"""What a page of the desk shows of a person is in the audit; test traffic is on none of them."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from smartborder.node.act import alarms, registers, release, unsolicited
from smartborder.node.act.intake import receive
from smartborder.node.act.registers import Holding
from smartborder.node.carriers import desk as carriers
from smartborder.node.desk import arrivals, figures, flights, queue
from smartborder.node.exchange import encounters
from smartborder.node.lookouts.recheck import recheck
from smartborder.node.store.session import SYSTEM, NotFound
from smartborder.web.desk import ROOM
from tests.scenarios.messages import paxlst
from tests.scenarios.messages import person as sent
from tests.support.desk import TESTER, Desk, busy_day, person
from tests.support.pages import Browser, Client, web_client

pytestmark = [pytest.mark.node, pytest.mark.points(8, 12)]


@pytest.fixture(scope="module")
def desk(home) -> Iterator[Desk]:
    made = Desk(home)
    made.pages = busy_day(made)
    yield made
    made.node.close()


@pytest.fixture(scope="module")
def client(desk) -> Iterator[Client]:
    with web_client(desk) as made:
        yield made


def everybody(desk):
    """What a page would show (document number, whole name) -> the travellers it may be."""
    rows = desk.rows("SELECT t.id, v.person FROM act.traveller t JOIN act.traveller_version v"
                     " ON v.traveller = t.id")  # fmt: skip
    shown = {}
    for row in rows:
        who = row["person"]
        name = f"{who['surname'].upper()}, {who['given_names']}"
        for mark in (who["documents"][0]["number"], name):
            shown.setdefault(mark, set()).add(row["id"])
    return shown


def behind(desk, user, since):
    """Travellers whom ``user`` saw by the audit: themselves, or through a hit, arrival or case."""
    return {
        r["traveller"]
        for r in desk.rows(
            "SELECT coalesce(h.traveller, a.traveller, c.traveller, s.record) AS traveller"
            " FROM audit.seen s LEFT JOIN act.hit h ON h.id = s.record"
            " LEFT JOIN act.arrival a ON a.id = s.record LEFT JOIN act.case_file c"
            " ON c.id = s.record WHERE s.n > :since AND s.actor = :user",
            since=since, user=user.id,
        )
    }  # fmt: skip


def test_every_page_that_shows_a_person_leaves_the_read_in_the_audit(desk, client):
    """Every GET route of the desk, by everybody who may open it; and the lane's search."""
    users = (desk.agnes, desk.chief, desk.second, desk.carrier_desk, desk.owner, desk.auditor)
    people = everybody(desk)
    officer = Browser(client, desk.agnes)
    officer.get("/flights")
    form = {"_form": officer.token, "recipient": "Counter 4"}
    sheet = officer.client.post(desk.pages["flight"] + "/sheet", data=form)
    rows = {f"{n}-rows": f"/{n}/rows" for n in ("queue", "flights", "secondary")}
    pages = {**desk.pages, **rows, "sheet": sheet.url.path}
    reached, shown = set(), 0
    for user in users:
        browser = Browser(client, user)
        browser.get("/settings")
        asked = [lambda b, p=path: b.client.get(p) for path in pages.values()]
        asked += [
            lambda b, d=d: b.client.post("/arrivals", data={"_form": b.token, "document": d})
            for d in ("12AB34567", "77QQ77777", "99XX00000")
        ]
        for ask in asked:
            before = desk.value("SELECT coalesce(max(n), 0) FROM audit.seen")
            answer = ask(browser)
            if answer.status_code != 200:
                continue
            reached.add(answer.request.url.path)
            assert "attachment" not in answer.headers.get("content-disposition", "")
            seen = behind(desk, user, before)
            for mark, travellers in people.items():
                if mark in answer.text:
                    shown += 1
                    assert travellers & seen, (answer.request.url.path, user.login, mark)
    assert shown > 100
    templates = {path for r in ROOM.routes for path in r.paths if "GET" in r.http_methods}
    unseen = {t for t in templates if not any(fits(t, path) for path in reached)}
    assert unseen == set()


def fits(template, path):
    """``/cases/{case_id:str}`` fits ``/cases/case-1``."""
    one, other = template.split("/"), path.split("/")
    return len(one) == len(other) and all(
        a == b or a.startswith("{") for a, b in zip(one, other, strict=True)
    )


def test_a_sheet_opens_for_nobody_but_whoever_logged_it(desk, client):
    entry = desk.value("SELECT id FROM custody.disclosure ORDER BY at DESC LIMIT 1")
    path = f"{desk.pages['flight']}/sheet/{entry}"
    assert entry in Browser(client, desk.agnes).get(path)
    Browser(client, desk.omar).get(path, status=410)


def test_findings_about_any_segment_stand_on_the_page_of_their_traveller_alone(desk, client):
    bad = sent("TRBAD", "GIRAUD", "PAUL", document="31AA00001").replace("850314", "850230")
    good = sent("TRGOOD", "GIRAUD", "MARC", document="31AA00002")
    receive(desk.node, msgspec.structs.replace(TESTER, id="client-af", mode="live"),
            paxlst("PLACES", number="370", people=good + bad))  # fmt: skip
    agnes = Browser(client, desk.agnes)
    html = agnes.get(f"/travellers/{desk.traveller('31AA00001')}")
    assert "edifact.impossible-date" in html
    assert "<mark>DTM+329:850230&#39;</mark>" in html
    assert "impossible-date" not in agnes.get(f"/travellers/{desk.traveller('31AA00002')}")


# --- test traffic -------------------------------------------------------------------------

TWIN = person("SALENKO", "VIKTOR", "1971-04-02", "90ZZ00009", seat="1A")
"""Name, birth date and document of a look-out; on a live flight a hit that no desk could miss."""


@pytest.fixture(scope="module")
def twin(desk):
    """A test list with the twin of a hit, one missing document and a close-out with a stranger."""
    before = {
        "queue": counts(desk, queue.counts), "figures": counts(desk, figures.by_list, 30),
        "load": counts(desk, figures.load, 30).alerts, "health": counts(desk, carriers.health),
        "left": desk.value("SELECT count(*) FROM custody.disclosure"),
        "outbox": desk.value("SELECT count(*) FROM exchange.outbox"),
    }  # fmt: skip
    other = person("TESTER", "UNA", "1990-01-30", "77QQ00001", seat="1B")
    desk.report([TWIN, other], number="901", client=TESTER, departs=timedelta(minutes=50))
    ids = [r["id"] for r in desk.rows("SELECT id FROM act.traveller WHERE mode = 'test'")]
    return {"before": before, "ids": ids, "other": other}


def counts(desk, what, *given):
    with desk.as_(desk.chief) as s:
        return what(s, *given)


def test_the_twin_of_a_hit_reaches_no_officer_whatever_happens_to_it(desk, client, twin):
    """A list, a change of lists and registers, a held deadline, a close-out that does not come."""
    before, ids = twin["before"], twin["ids"]
    assert len(ids) == 2
    desk.lookout("Una Tester", "1990-01-30", instruction="hold-reply", document="77QQ00001")
    with desk.store.act(SYSTEM, "registers") as s:
        registers.load(s, "visa", iter([Holding(document="77QQ00001", issuer="FRA")]),
                       source="test", complete_as_of=s.now)  # fmt: skip
    for scope, entry in (("lookouts", None), ("registers", "visa")):
        recheck(desk.node, scope=scope, entry=entry)
    with desk.store.act(SYSTEM, "passenger-information") as s:
        unsolicited.change_reply(s, desk.node, ids[0], "not-ok")
    for _ in range(12):
        desk.time.move(timedelta(minutes=10))
        unsolicited.escalate(desk.node)
        release.release_held(desk.node)
        alarms.missing_close_outs(desk.node)
        encounters.report_confirmed(desk.node)
    stranger = person("NOBODY", "KNOWN", "1980-01-01", "77QQ00002")
    desk.report([TWIN, stranger], number="901", client=TESTER, purpose="flight-close-out",
                departs=timedelta(minutes=-70))  # fmt: skip
    mine = "(SELECT id FROM act.traveller WHERE mode = 'test')"
    assert desk.value(f"SELECT count(*) FROM act.traveller WHERE id IN {mine}") == 3
    for table in ("hit", "case_file", "arrival", "help_call"):
        assert desk.value(f"SELECT count(*) FROM act.{table} WHERE traveller IN {mine}") == 0, table
    tests = "SELECT count(*) FROM act.case_file c JOIN act.flight f ON f.id = c.flight"
    assert desk.value(f"{tests} WHERE f.mode = 'test'") == 0
    assert counts(desk, figures.by_list, 30) == before["figures"]
    assert counts(desk, carriers.health) == before["health"]
    assert not {w.id for w in counts(desk, carriers.waiting)} & {
        r["id"] for r in desk.rows("SELECT id FROM act.reply WHERE mode = 'test'")
    }
    assert not {w.traveller for w in counts(desk, carriers.without_reply)} & set(ids)
    assert desk.value("SELECT count(*) FROM custody.disclosure") == before["left"]
    assert desk.value("SELECT count(*) FROM exchange.outbox") == before["outbox"]


def test_no_page_shows_test_traffic_and_its_records_look_as_if_they_did_not_exist(
    desk, client, twin
):
    marks = ("90ZZ00009", "77QQ00001", "77QQ00002", "TESTER, UNA", *twin["ids"])
    users = (desk.agnes, desk.chief, desk.second, desk.carrier_desk)
    flight = desk.value("SELECT flight FROM act.traveller WHERE id = :t", t=twin["ids"][0])
    for user in users:
        browser = Browser(client, user)
        for path in ("/queue", "/flights?window=week", "/secondary", "/carriers"):
            answer = browser.client.get(path)
            assert not [m for m in marks if m in answer.text], path
        for path in (f"/travellers/{twin['ids'][0]}", f"/flights/{flight}"):
            assert browser.client.get(path).status_code in (403, 404)
    with desk.as_(desk.agnes) as s:
        assert arrivals.find(s, "77QQ00001") == []
        assert flight not in [line.flight.id for line in flights.around_now(s, "week")]
        with pytest.raises(NotFound):
            arrivals.refer(s, twin["ids"][0], None, ())
