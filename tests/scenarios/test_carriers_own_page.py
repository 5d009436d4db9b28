"""The carrier's own page: a link that works once, a short visit, codes and never a reason."""

import re
from datetime import timedelta

import pytest

from smartborder.formats.lists import read_list
from smartborder.kernel.time import FixedTime
from smartborder.node.access import clients
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.act.unsolicited import change_reply
from smartborder.node.carriers import visits
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.store.session import SYSTEM, Store
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import AT, paxlst, person
from tests.scenarios.test_api import bearer
from tests.scenarios.test_screen_api import watched
from tests.support.pages import cookie, form_token, reading, send, web_client

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
def agent(opened):
    """A handling agent of two airlines, live, with traffic of both and a test message."""
    with opened.store.act(SYSTEM, "access") as s:
        made = clients.add(s, name="Ground Handling", kind="handling-agent", carriers=["AF", "KL"])
        clients.go_live(s, made.id, "run")
        made = clients.find(s, made.id)
    live = ReportingClient(id=made.id, carriers=made.carriers)
    refused = person("PAGE1", "TAZI", "OMAR", document="88QQ88888")
    receive(opened, live, paxlst("OWNAF", number="711", people=person("PAGE0") + refused))
    receive(opened, live, paxlst("OWNKL", carrier="KL", number="712"))
    receive(opened, live, paxlst("OWNBAD", number="713").replace(b"CNT+42:1'", b"CNT+42:9'"))
    receive(opened, ReportingClient(id=made.id, carriers=made.carriers, mode="test"),
            paxlst("OWNTEST", number="714"))  # fmt: skip
    return made


@pytest.fixture
def browser(opened):
    with web_client(opened) as web:
        yield reading(web, "en")


def link(opened, client, modes=("live", "test"), carriers=()):
    with opened.store.act(SYSTEM, "access") as s:
        return visits.make_link(s, client, modes, carriers)


def enter(web, token, status=200):
    answer = send(web, f"/carrier/enter/{token}", "/carrier/enter", token=token)
    assert answer.status_code == status, answer.text[-500:]
    return answer


def test_the_page_says_how_we_are_and_what_became_of_their_messages(opened, agent, browser):
    html = enter(browser, link(opened, agent)).text
    assert "In service; checks are complete." in html
    assert "Travel authorisations" in html
    assert "Carrier help desk, 24 hours" in html
    assert "No run yet." in html
    for reference in ("OWNAF", "OWNKL", "OWNBAD"):
        assert reference in html
    assert re.search(r"<strong>0Z</strong> × 1</span>, <span[^>]*><strong>1Z</strong> × 1", html)
    assert "edifact.count-mismatch" in html
    assert html.index("OWNBAD") < html.index("OWNKL") < html.index("OWNAF")


def test_no_name_no_reason_and_no_law_is_on_it(opened, agent, browser):
    html = enter(browser, link(opened, agent)).text
    for never in ("MARCHAND", "TAZI", "88QQ88888", "IRPR", "259", "traveller-", "hit", "case-"):
        assert never not in html.replace("white", ""), never


def test_test_and_live_traffic_never_stand_together(opened, agent, browser):
    enter(browser, link(opened, agent))
    live, test = (browser.get(f"/carrier?mode={m}").text for m in ("live", "test"))
    assert ("OWNAF" in live, "OWNTEST" in live) == (True, False)
    assert ("OWNAF" in test, "OWNTEST" in test) == (False, True)


def test_a_link_for_test_traffic_opens_no_other(opened, agent, browser):
    enter(browser, link(opened, agent, ["test"]))
    html = browser.get("/carrier?mode=live").text
    assert "OWNTEST" in html
    assert "OWNAF" not in html


def test_a_link_for_one_airline_shows_nothing_of_the_other(opened, agent, browser):
    html = enter(browser, link(opened, agent, carriers=["KL"])).text
    assert "OWNKL" in html
    assert "OWNAF" not in html
    assert "OWNBAD" not in html
    with opened.store.act(SYSTEM, "access") as s, pytest.raises(visits.NotTheirCarrier):
        visits.make_link(s, agent, ["live"], ["LH"])


def test_nobody_reads_the_messages_of_another_client(opened, agent, browser):
    with opened.store.act(SYSTEM, "access") as s:
        other = clients.add(s, name="Other AF", kind="airline-host", carriers=["AF"])
    html = enter(browser, link(opened, other, ["live", "test"])).text
    assert "No messages." in html


def test_a_changed_reply_is_shown_with_its_state(opened, agent, browser):
    with opened.store.act(SYSTEM, "passenger-information") as s:
        traveller = s.value("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                            " WHERE f.number = '711' AND t.reference = 'PAGE0'")  # fmt: skip
        change_reply(s, opened, traveller, "contact-government")
    html = enter(browser, link(opened, agent)).text
    row = html[html.index("AF 711 CDG → YUL") :].partition("</tr>")[0]
    assert "2Z" in row
    assert "Waits for acknowledgement" in row
    narrowed = enter(browser, link(opened, agent, carriers=["KL"])).text
    assert "AF 711" not in narrowed


def test_looking_does_not_use_a_link_up_and_using_it_does(opened, agent, browser):
    token = link(opened, agent)
    assert browser.get(f"/carrier/enter/{token}").status_code == 200
    enter(browser, token)
    again = browser.get(f"/carrier/enter/{token}")
    assert (again.status_code, "carrier.visit-over" in again.text) == (401, True)
    assert "Ask whoever holds your key" in again.text


@pytest.mark.parametrize(("minutes", "status"), [(24 * 60 - 1, 200), (24 * 60, 401)])
def test_a_link_works_for_a_day(opened, agent, browser, clock, minutes, status):
    token = link(opened, agent)
    clock.move(timedelta(minutes=minutes))
    assert browser.get(f"/carrier/enter/{token}").status_code == status
    clock.move(-timedelta(minutes=minutes))


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 401)])
def test_a_visit_lasts_half_an_hour_busy_or_not(opened, agent, browser, clock, minutes, status):
    enter(browser, link(opened, agent))
    browser.get("/carrier")
    clock.move(timedelta(minutes=minutes))
    assert browser.get("/carrier").status_code == status
    clock.move(-timedelta(minutes=minutes))


def test_leaving_ends_it_and_a_form_needs_its_token(opened, agent, browser):
    html = enter(browser, link(opened, agent)).text
    assert browser.post("/carrier/leave", data={}).status_code == 403
    visit = cookie(browser, "carrier")
    kept = browser.cookies[visit]
    assert browser.post("/carrier/leave", data={"_form": form_token(html)}).status_code == 200
    browser.cookies.set(visit, kept)
    assert browser.get("/carrier").status_code == 401


def test_closing_the_client_ends_its_visits_and_links(opened, browser):
    with opened.store.act(SYSTEM, "access") as s:
        made = clients.add(s, name="Closing", kind="airline-host", carriers=["AF"])
    unused = link(opened, made)
    enter(browser, link(opened, made))
    with opened.store.act(SYSTEM, "access") as s:
        clients.close(s, made.id)
    assert browser.get("/carrier").status_code == 401
    assert browser.get(f"/carrier/enter/{unused}").status_code == 401


def test_a_visit_opens_no_officers_page_and_no_officer_is_seen_on_it(opened, agent, browser):
    answer = enter(browser, link(opened, agent))
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    browser.follow_redirects = False
    for path in ("/queue", "/carriers", "/clients"):
        assert browser.get(path).headers["location"].startswith("/sign-in")
    assert 'href="/queue"' not in answer.text


def test_tokens_are_kept_as_hashes_and_reads_are_noted(opened, agent, browser):
    token = link(opened, agent)
    enter(browser, token)
    with opened.store.act(SYSTEM, "audit") as s:
        kept = s.rows("SELECT token, session, made_by FROM carriers.visit WHERE client = :c",
                      c=agent.id)  # fmt: skip
        seen = s.value("SELECT count(*) FROM audit.seen WHERE actor_kind = 'client'"
                       " AND actor = :c AND what = 'carrier''s own page'", c=agent.id)  # fmt: skip
        leaves = s.value("SELECT count(*) FROM ledger.leaf WHERE kind = 'carriers.visit-begun'"
                         " AND record = :c", c=agent.id)  # fmt: skip
    assert all(len(bytes(r["token"])) == 32 and token.encode() not in bytes(r["token"])
               for r in kept)  # fmt: skip
    assert {r["made_by"] for r in kept} == {"system:system"}
    assert seen >= 3
    assert leaves >= 1


def test_a_key_makes_a_link_to_its_own_mode(opened, agent, browser):
    with opened.store.act(SYSTEM, "access") as s:
        keys = {m: clients.make_key(s, agent, m) for m in ("test", "live")}
    for mode, own, other in (("test", "OWNTEST", "OWNAF"), ("live", "OWNAF", "OWNTEST")):
        made = browser.post("/v1/visits", headers=bearer(keys[mode]))
        assert made.status_code == 201
        html = enter(browser, made.json()["url"].rpartition("/")[2]).text
        assert (own in html, other in html) == (True, False)
    wrong = browser.post("/v1/visits?carrier=LH", headers=bearer(keys["live"]))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "carrier.visit-carriers")


def test_older_messages_are_a_page_further_on(opened, agent, browser, monkeypatch):
    from smartborder.node.carriers import own_log

    monkeypatch.setattr(own_log, "SHOWN", 2)
    first = enter(browser, link(opened, agent)).text
    assert ("OWNBAD" in first, "OWNAF" in first) == (True, False)
    older = browser.get(re.search(r'href="(/carrier\?mode=live&amp;before=[\w-]+)"', first)[1]
                        .replace("&amp;", "&")).text  # fmt: skip
    assert ("OWNBAD" in older, "OWNAF" in older) == (False, True)


@pytest.mark.parametrize(
    ("language", "register", "lists"),
    [("en", r"register &#39;Travel authorisations&#39; \d+\.\d h old", r"; lists \d+\.\d h old\."),
     ("fr", r"registre «\sAutorisations de voyage\s»\s: \d+,\d\sh", r"; listes\s: \d+,\d\sh\.")],
)  # fmt: skip
def test_what_made_checks_incomplete_has_its_words_and_names_no_list(
    opened, agent, browser, clock, language, register, lists
):
    with opened.store.act(SYSTEM, "lists") as s:
        import_list(s, read_list("open.jsonl", watched(1, "Zoltan Pruefer", "1970-02-03")))
        named = s.value("SELECT list FROM lookouts.list_version WHERE active")
    clock.move(timedelta(days=30))
    live = ReportingClient(id=agent.id, carriers=agent.carriers)
    receive(opened, live, paxlst(f"OLD{language}", number="719", departs="2612251330",
                                 arrives="2612251510"))  # fmt: skip
    enter(reading(browser, language), link(opened, agent))
    html = browser.get("/carrier").text
    said, *_ = re.findall(r"<code>checks\.incomplete</code>([^<]*)</li>", html)
    assert re.search(register, said)
    assert re.search(lists, said)
    clock.move(-timedelta(days=30))
    for code in ("travel-authorisation", "prescribed-person", named.upper()):
        assert code not in html
