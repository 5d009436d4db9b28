"""Advance notices on screen: open to those named, not there for anybody else, openings kept."""

import re
from datetime import timedelta

import pytest

from smartborder.model.screening import ListedDocument
from smartborder.node.custody import embargo, notices
from smartborder.node.exchange import embargo as embargo_out
from smartborder.node.exchange import history, outbox
from tests.support.pages import account, english_left, send, signed_in, web_client
from tests.support.pair import joined

pytestmark = pytest.mark.node

NAME, NUMBER, AUTHORITY = "Northern Lantern Relief Front", "REG-77120", "Office of Lantern Affairs"
NOWHERE = "/advance-notices/lookout-01m8zzzzzzzzzzzzzzzzzzzzzz"


class Desk:
    """The screens of one node, to be looked at as different people."""

    def __init__(self, side, client):
        self.side, self.client, self.users = side, client, {}

    def sit(self, login, role, language="en"):
        """Sign ``login`` in, anew each time: clocks move a lot here."""
        if login not in self.users:
            name = f"{login.title()} Roy"
            self.users[login] = account(self.side, login, role, name=name)
        signed_in(self.client, self.users[login], language)
        return self

    def get(self, path):
        return self.client.get(path)

    def post(self, path, **data):
        return send(self.client, "/settings", path, **data)


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        yield pair


def desk(side):
    with web_client(side) as client:
        yield Desk(side, client)


@pytest.fixture(scope="module")
def ca(pair):
    yield from desk(pair.ca)


@pytest.fixture(scope="module")
def us(pair):
    yield from desk(pair.us)


@pytest.fixture
def notice(pair):
    """The id of a notice that the United States sent to Canada's clerk, released in an hour."""
    with pair.us.act() as s:
        record = embargo_out.send(s, pair.us.home, embargo.Notice(
            names=(NAME,), documents=(ListedDocument(number=NUMBER, issuer="HND"),),
            authority=AUTHORITY, named=("clerk",), release_at=s.now + timedelta(hours=1),
        ))  # fmt: skip
    pair.settle()
    return record


def audit(side, record):
    with side.act() as s:
        return [(o.officer, o.opened) for o in notices.openings(s, record)]


def is_sealed(page):
    return not any(said in page.text for said in (NAME, NUMBER, AUTHORITY))


def test_a_named_officer_opens_it_and_the_opening_is_kept(pair, ca, notice):
    ca.sit("clerk", "officer")
    listed, outside = ca.get("/advance-notices"), ca.get(f"/advance-notices/{notice}")
    assert f'href="/advance-notices/{notice}"' in listed.text
    assert "2026" in outside.text
    assert "UTC)" in outside.text
    assert is_sealed(listed)
    assert is_sealed(outside)
    assert "To list and freeze in both countries at the same instant" in outside.text
    assert audit(pair.ca, notice) == []  # to look at the outside opens nothing
    opened = ca.post(f"/advance-notices/{notice}/open")
    for said in (NAME, NUMBER, AUTHORITY):
        assert said in opened.text
    assert opened.headers["cache-control"] == "no-store"
    assert audit(pair.ca, notice) == [(ca.users["clerk"].id, True)]
    assert is_sealed(ca.get(f"/advance-notices/{notice}"))
    assert pair.ca.rows("SELECT actor, purpose FROM audit.seen WHERE record = :id", id=notice) == [
        {"actor": ca.users["clerk"].id, "purpose": embargo.PURPOSE}
    ]


def without_ids(page, path):
    """The answer without what differs between any two answers: its address and one-time values."""
    return re.sub(
        r"[0-9a-f]{32,}|nonce=\S+|data-now=\S+|\d\d:\d\d", "", page.text.replace(path, "")
    )


def test_for_an_officer_who_is_not_named_it_does_not_exist(pair, ca, notice):
    ca.sit("curious", "supervisor")
    assert notice not in ca.get("/advance-notices").text
    path = f"/advance-notices/{notice}"
    for real, made_up in (
        (ca.get(path), ca.get(NOWHERE)),
        (ca.post(f"{path}/open"), ca.post(f"{NOWHERE}/open")),
    ):
        assert real.status_code == made_up.status_code == 404
        assert without_ids(real, path) == without_ids(made_up, NOWHERE)
        assert is_sealed(real)
    assert audit(pair.ca, notice) == [(ca.users["curious"].id, False)] * 2


def test_no_emergency_breaks_an_embargo(pair, ca, notice):
    ca.sit("curious", "supervisor")
    for record in (notice, NOWHERE.rsplit("/", 1)[-1]):
        asked = ca.post("/seals", record=record, why="It is an emergency, they say.")
        assert asked.status_code == 404
    assert notice not in ca.get("/seals").text


@pytest.mark.parametrize("role", ["privacy-officer", "auditor"])
def test_the_leak_audit_shows_who_opened_it_and_never_what_it_says(pair, ca, notice, role):
    ca.sit("clerk", "officer").post(f"/advance-notices/{notice}/open")
    ca.sit("curious", "supervisor").get(f"/advance-notices/{notice}")
    ca.sit(f"a-{role}", role)
    listed, shown = ca.get("/advance-notices"), ca.get(f"/advance-notices/{notice}")
    assert notice in listed.text
    lines = re.findall(r'data-label="Who">([^<]+)</td>.*?>([a-z: ]+)</td>', shown.text)
    assert lines == [("Clerk Roy", "opened"), ("Curious Roy", "refused: not named")]
    assert is_sealed(listed)
    assert is_sealed(shown)
    refused = ca.post(f"/advance-notices/{notice}/open")
    assert refused.status_code == 403
    assert is_sealed(refused)


def test_the_leak_audit_is_not_for_the_officers_it_watches(ca, notice):
    assert "Leak audit" not in ca.sit("clerk", "officer").get(f"/advance-notices/{notice}").text


def test_whoever_works_elsewhere_has_no_such_page(ca, notice):
    ca.sit("desk", "carrier-desk")
    assert 'href="/advance-notices"' not in ca.get("/settings").text
    for path in ("/advance-notices", f"/advance-notices/{notice}", NOWHERE):
        assert ca.get(path).status_code == 403


def test_after_its_release_it_is_open(pair, ca, notice):
    pair.later(hours=1)
    embargo.release(pair.ca.node)
    ca.sit("curious", "supervisor")
    assert "Released" in ca.get(f"/advance-notices/{notice}").text
    assert NAME in ca.post(f"/advance-notices/{notice}/open").text


def typed(pair, **changes):
    at = pair.clock.now() + timedelta(hours=2)
    return {"kind": "organisation", "names": NAME, "documents": f"{NUMBER} HND",
            "authority": AUTHORITY, "named": "clerk\nboss",
            "release_at": f"{at:%Y-%m-%d %H:%M}"} | changes  # fmt: skip


def test_a_listing_is_announced_in_two_steps(pair, ca, us):
    us.sit("owner", "lookout-owner")
    counted = "SELECT count(*) FROM custody.notice"
    before = pair.us.value(counted)
    checked = us.post("/advance-notices/check", **typed(pair))
    assert NAME in checked.text
    assert pair.us.value(counted) == before  # nothing is sealed or sent by the first step
    hidden = dict(re.findall(r'type="hidden" name="(?!_form)(\w+)" value="([^"]*)"', checked.text))
    changed = us.post("/advance-notices", **hidden, step="change")
    assert AUTHORITY in changed.text
    assert pair.us.value(counted) == before
    sent = us.post("/advance-notices", **hidden, step="send")
    made = sent.url.path.rsplit("/", 1)[-1]
    assert pair.us.value(counted) == before + 1
    assert is_sealed(sent)
    assert us.post(f"/advance-notices/{made}/open").status_code == 404  # not among those named
    pair.settle()
    assert NAME in ca.sit("clerk", "officer").post(f"/advance-notices/{made}/open").text


@pytest.mark.parametrize(("field", "value"), [
    ("kind", "rumour"), ("names", " "), ("documents", ""), ("documents", "REG-77120"),
    ("documents", "REG-77120 Nowhere"), ("authority", ""), ("named", "\n"),
    ("release_at", "soon"), ("release_at", "2020-01-01 00:00"),
])  # fmt: skip
@pytest.mark.parametrize("path", ["/advance-notices/check", "/advance-notices"])
def test_an_incomplete_announcement_says_which_field(pair, us, path, field, value):
    us.sit("owner", "lookout-owner")
    answer = us.post(path, **typed(pair, **{field: value}))
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert f'href="#{field}"' in answer.text


def test_only_who_decides_on_listings_announces_one(pair, us):
    us.sit("boss", "supervisor")
    assert us.get("/advance-notices/new").status_code == 403
    for path in ("/advance-notices/check", "/advance-notices"):
        assert us.post(path, **typed(pair)).status_code == 403


def test_pages_in_french_hold_no_english(pair, ca, us, notice):
    path = f"/advance-notices/{notice}"
    ca.sit("clerk", "officer", "fr")
    pages = [ca.get("/advance-notices"), ca.get(path), ca.post(f"{path}/open")]
    ca.sit("a-privacy-officer", "privacy-officer", "fr")
    pages += [ca.get("/advance-notices"), ca.get(path)]
    us.sit("owner", "lookout-owner", "fr")
    pages += [us.get("/advance-notices/new"), us.post("/advance-notices/check", **typed(pair)),
              us.post("/advance-notices/check", **typed(pair, named=""))]  # fmt: skip
    for page in pages:
        assert english_left(page.text, "exchange") == set()
        assert 'lang="fr"' in page.text


def counts(page):
    """What the exchange page counts: waiting to be sent, refused by the partner."""
    _, _, waiting, dead = re.findall(r"<div><dt>[^<]*</dt><dd>([^<]*)</dd></div>", page.text)
    return int(waiting), int(dead)


@pytest.mark.parametrize(("state", "more"), [("waiting", (1, 0)), ("dead", (0, 1))])
def test_a_sealed_notice_is_in_no_count_of_those_it_does_not_name(pair, us, notice, state, more):
    readers = [("plain", "supervisor", (0, 0)), ("an-auditor", "auditor", more),
               ("clerk", "officer", more)]  # fmt: skip
    pair.later(minutes=10)  # the partner is silent: the banner counts as well
    before = {who: counts(us.sit(who, role).get("/exchange")) for who, role, _ in readers}
    with pair.us.act() as s:
        s.run("UPDATE exchange.outbox SET state = :state WHERE record = :r", state=state, r=notice)
    for who, role, seen in readers:
        now = counts(us.sit(who, role).get("/exchange"))
        assert tuple(n - b for n, b in zip(now, before[who], strict=True)) == seen, who
        banner = us.get("/exchange/banner").text
        assert "has not been heard" in banner
        assert ("1 message waits" in banner) == (seen == (1, 0)), who
    with pair.us.act() as s:
        s.run("UPDATE exchange.outbox SET state = 'applied' WHERE record = :r", r=notice)


def test_a_list_is_as_long_for_those_who_do_not_see_a_sealed_notice(pair, notice):
    with pair.us.act() as s:
        others = [e.id for e in outbox.lately(s) if e.record != notice]
        assert [e.id for e in outbox.lately(s, most=1, hidden={notice})] == others[:1]
    with pair.ca.act() as s:
        others = [e["id"] for e in history.received(s) if e["record"] != notice]
        assert [e["id"] for e in history.received(s, 1, hidden={notice})] == others[:1]


def received(page):
    """How many envelopes the exchange page lists as received."""
    listed = page.text.partition(">Received</h2>")[2].partition("</table>")[0]
    return listed.count('<th scope="row"')


def test_refused_notices_do_not_shorten_the_list_of_what_was_received(pair, ca, notice):
    readers = [("plain", "supervisor"), ("clerk", "officer"), ("an-auditor", "auditor")]
    plain, clerk, auditor = (received(ca.sit(*who).get("/exchange")) for who in readers)
    assert 0 < plain < clerk <= auditor < 50
    with pair.ca.act() as s:
        s.run("INSERT INTO exchange.inbox SELECT id || n, partner, batch, agreement, subject,"
              " sequence, header, :now, 'refused', 'test.refused', NULL FROM exchange.inbox,"
              " generate_series(1, 50) n WHERE record = :r", r=notice, now=s.now)  # fmt: skip
    now = [received(ca.sit(*who).get("/exchange")) for who in readers]
    assert now == [plain, clerk, 50]
    with pair.ca.act() as s:
        s.run("DELETE FROM exchange.inbox WHERE code = 'test.refused'")


def test_the_exchange_pages_show_no_trace_of_it_to_others(pair, ca, us, notice):
    title = "Advance notice of a terrorist listing"
    ca.sit("curious", "supervisor")
    page = ca.get("/exchange")
    assert 'href="/advance-notices"' in page.text
    sealed = pair.ca.value("SELECT count(*) FROM custody.notice WHERE released_at IS NULL")
    everything = pair.ca.value("SELECT count(*) FROM custody.notice")
    assert page.text.count(title) == everything - sealed
    assert ca.sit("clerk", "officer").get("/exchange").text.count(title) == everything
    envelope = pair.us.value("SELECT id FROM exchange.outbox WHERE record = :id", id=notice)
    us.sit("boss", "supervisor")
    assert f"/exchange/{envelope}" not in us.get("/exchange").text
    assert us.get(f"/exchange/{envelope}").status_code == 404
    assert us.post(f"/exchange/{envelope}/again").status_code == 404
    us.sit("an-auditor", "auditor")
    assert us.get(f"/exchange/{envelope}").status_code == 200
