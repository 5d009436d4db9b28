"""A withdrawn advance notice is gone on both sides at once, certified back, and never released."""

import re
from datetime import timedelta

import pytest

from smartborder.model.screening import ListedDocument
from smartborder.node.agreements import acting
from smartborder.node.custody import embargo, notices, purging, restored
from smartborder.node.exchange import embargo as embargo_out
from smartborder.node.exchange import gate, notice_withdrawal, outbox
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.store.session import SYSTEM, Actor, NotFound
from tests.support.pages import account, english_left, form_token, signed_in, web_client
from tests.support.pair import joined

pytestmark = pytest.mark.node

NAME, NUMBER, AUTHORITY = "Northern Lantern Relief Front", "REG-77120", "Office of Lantern Affairs"
NOWHERE = "/advance-notices/lookout-01m8zzzzzzzzzzzzzzzzzzzzzz"
WHY = "The ministers put it off."


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        yield pair


@pytest.fixture(scope="module")
def people(pair):
    """Two officers of the United States and one of Canada are named; two others are not."""
    return {
        "amos": account(pair.us, "amos", "officer"),
        "noah": account(pair.us, "noah", "supervisor"),
        "owner": account(pair.us, "owner", "lookout-owner"),
        "auditor": account(pair.us, "auditor", "auditor"),
        "counsel": account(pair.us, "counsel", "counsel"),
        "clerk": account(pair.ca, "clerk", "officer"),
        "curious": account(pair.ca, "curious", "supervisor"),
        "watcher": account(pair.ca, "watcher", "privacy-officer"),
    }


@pytest.fixture(scope="module")
def us(pair):
    with web_client(pair.us) as client:
        yield client


@pytest.fixture(scope="module")
def ca(pair):
    with web_client(pair.ca) as client:
        yield client


def sent(pair, people):
    """A notice of the United States that has left, but did not arrive yet."""
    with pair.us.act(people["owner"].actor, embargo.PURPOSE) as s:
        return embargo_out.send(s, pair.us.home, embargo.Notice(
            names=(NAME,), documents=(ListedDocument(number=NUMBER, issuer="HND"),),
            authority=AUTHORITY, named=("amos", "clerk"), release_at=s.now + timedelta(hours=1),
        ))  # fmt: skip


@pytest.fixture
def notice(pair, people):
    """One that both sides hold."""
    record = sent(pair, people)
    pair.settle()
    return record


def withdraw(client, user, record, why=WHY):
    signed_in(client, user)
    token = form_token(client.get("/settings").text)
    return client.post(f"/advance-notices/{record}/withdraw", data={"_form": token, "why": why})


def post(client, path, **data):
    return client.post(path, data={"_form": form_token(client.get("/settings").text), **data})


def row(side, record):
    return side.rows("SELECT * FROM custody.notice WHERE id = :id", id=record)[0]


def is_gone(side, record):
    """Neither content nor key is there, in any table; the register and the ledger say so."""
    assert not side.rows("SELECT 1 FROM custody.raw WHERE id = :id", id=record)
    assert not side.rows("SELECT 1 FROM custody.key WHERE id = :id", id=record)
    assert not side.rows("SELECT 1 FROM exchange.outbox WHERE record = :id AND payload IS NOT NULL"
                         " AND kind = 'disclosure'", id=record)  # fmt: skip
    assert side.rows("SELECT kind, rule FROM custody.destruction WHERE record = :id",
                     id=record) == [{"kind": "advance-notice",
                                     "rule": "listing-advance-notice: LN-7"}]  # fmt: skip
    return True


def receipts(side, record):
    return side.rows("SELECT way, destroyed_at FROM custody.receipt WHERE record = :id ORDER BY at",
                     id=record)  # fmt: skip


def test_both_sides_destroy_it_and_nothing_is_released_at_the_instant(pair, people, us, ca, notice):
    opened = post(signed_in(ca, people["clerk"]), f"/advance-notices/{notice}/open")
    assert NAME in opened.text
    page = signed_in(us, people["amos"]).get(f"/advance-notices/{notice}")
    assert f'action="/advance-notices/{notice}/withdraw"' in page.text
    done = withdraw(us, people["amos"], notice)
    assert done.url.path == f"/advance-notices/{notice}"
    text = " ".join(re.sub(r"<[^>]+>", "", done.text).split())
    assert "Withdrawn, destroyed on" in text
    assert "receipt of the partner: awaited" in text
    assert WHY in text
    assert is_gone(pair.us, notice)
    at = pair.clock.now()
    pair.settle()
    assert is_gone(pair.ca, notice)
    assert row(pair.ca, notice)["withdrawn_at"] == at
    assert receipts(pair.us, notice) == [{"way": "in", "destroyed_at": at}]
    assert receipts(pair.ca, notice) == [{"way": "out", "destroyed_at": at}]
    assert not pair.ca.rows("SELECT 1 FROM custody.received WHERE record = :id", id=notice)
    for path in ("/advance-notices", f"/advance-notices/{notice}"):
        text = " ".join(re.sub(r"<[^>]+>", "", us.get(path).text).split())
        assert "Withdrawn, destroyed on" in text
        assert "awaited" not in text
    pair.later(hours=2)
    for side in (pair.us, pair.ca):
        embargo.release(side.node)
        assert row(side, notice)["released_at"] is None
        assert not side.rows("SELECT 1 FROM lookouts.lookout WHERE id = :id", id=notice)
    for _ in range(2):
        pair.later(minutes=11)
        pair.settle()
    assert pair.us.value("SELECT out_of_step FROM exchange.partner") is None
    with pair.ca.act() as s:
        assert [(o.officer, o.opened) for o in notices.openings(s, notice)] == [
            (people["clerk"].id, True)]  # the leak audit stays  # fmt: skip
    for side in (pair.us, pair.ca):
        kinds = {r["kind"] for r in side.rows("SELECT kind FROM ledger.leaf WHERE record = :id",
                                              id=notice)}  # fmt: skip
        assert {"notice", "destruction"} <= kinds


def without_ids(page, path):
    return re.sub(
        r"[0-9a-f]{32,}|nonce=\S+|data-now=\S+|\d\d:\d\d", "", page.text.replace(path, "")
    )


def test_it_still_does_not_exist_for_those_it_did_not_name(pair, people, us, ca, notice):
    withdraw(us, people["amos"], notice)
    pair.settle()
    for hours in (0, 2):  # nor when its instant is over
        pair.later(hours=hours)
        for client, login in ((us, "noah"), (us, "counsel"), (ca, "curious")):
            signed_in(client, people[login])
            path = f"/advance-notices/{notice}"
            assert notice not in client.get("/advance-notices").text
            assert notice not in client.get("/exchange").text
            for real, made_up in (
                (client.get(path), client.get(NOWHERE)),
                (post(client, f"{path}/open"), post(client, f"{NOWHERE}/open")),
                (post(client, f"{path}/withdraw"), post(client, f"{NOWHERE}/withdraw")),
            ):
                assert real.status_code == made_up.status_code == 404
                assert without_ids(real, path) == without_ids(made_up, NOWHERE)
        counsel = signed_in(us, people["counsel"])
        assert notice not in counsel.get("/redress").text  # its receipt neither
        assert notice in signed_in(ca, people["watcher"]).get("/redress").text


def test_the_exchange_page_of_others_counts_no_envelope_of_it(pair, people, us, ca):
    title = "Advance notice of a terrorist listing"
    before = {c: signed_in(c, people[w]).get("/exchange").text.count(title)
              for c, w in ((us, "noah"), (ca, "curious"))}  # fmt: skip
    record = sent(pair, people)
    pair.settle()
    withdraw(us, people["amos"], record)
    pair.settle()
    assert receipts(pair.us, record)
    for client, login in ((us, "noah"), (ca, "curious")):
        page = signed_in(client, people[login]).get("/exchange")
        assert page.text.count(title) == before[client]
    assert signed_in(us, people["amos"]).get("/exchange").text.count(title) > before[us]


def test_those_who_knew_of_it_see_that_it_is_withdrawn(pair, people, us, ca, notice):
    withdraw(us, people["amos"], notice)
    pair.settle()
    pair.later(hours=2)
    for client, login in ((us, "amos"), (us, "owner"), (us, "auditor"), (ca, "clerk"),
                          (ca, "watcher")):  # fmt: skip
        page = signed_in(client, people[login]).get(f"/advance-notices/{notice}")
        assert "Withdrawn" in page.text
        assert (WHY in page.text) is (login == "amos")  # named, at home
        assert "/open" not in page.text
        assert "/withdraw" not in page.text
    assert "our receipt to the partner" in ca.get("/advance-notices").text
    gone = post(signed_in(ca, people["clerk"]), f"/advance-notices/{notice}/open")
    assert gone.status_code == 410
    assert "notice.withdrawn" in gone.text


def test_only_an_officer_named_at_its_originator_withdraws_it(pair, people, us, ca, notice):
    for login in ("noah", "owner", "counsel"):  # the owner made it, and is not named
        assert withdraw(us, people[login], notice).status_code == 404
    assert withdraw(us, people["auditor"], notice).status_code == 403
    with pair.us.act() as s:
        tries = [(o.officer, o.opened) for o in notices.openings(s, notice)]
    assert tries == [(people[x].id, False) for x in ("noah", "owner", "counsel")]
    page = signed_in(ca, people["clerk"]).get(f"/advance-notices/{notice}")
    assert "/withdraw" not in page.text
    refused = withdraw(ca, people["clerk"], notice)
    assert refused.status_code == 403
    assert "notice.not-ours" in refused.text
    for side in (pair.us, pair.ca):
        assert row(side, notice)["withdrawn_at"] is None


@pytest.mark.parametrize("why", ["", "too short", "x" * 501])
def test_without_a_reason_it_stays(pair, people, us, notice, why):
    answer = withdraw(us, people["amos"], notice, why)
    assert answer.status_code == 400
    assert 'id="why-error"' in answer.text
    assert row(pair.us, notice)["withdrawn_at"] is None


def test_a_second_time_and_after_the_release_it_is_refused(pair, people, us, notice):
    withdraw(us, people["amos"], notice)
    again = withdraw(us, people["amos"], notice)
    assert again.status_code == 410
    assert "notice.withdrawn" in again.text
    pair.settle()
    late = sent(pair, people)
    pair.later(hours=1)  # its instant, before the duty came to it
    answer = withdraw(us, people["amos"], late)
    assert answer.status_code == 409
    assert "notice.released" in answer.text
    pair.settle()
    embargo.release(pair.us.node)
    assert withdraw(us, people["amos"], late).status_code == 409
    assert row(pair.us, late)["withdrawn_at"] is None


def arrives(pair, record, *, sender="us", originator="USA"):
    """A withdrawal arrives that this node's officers did not make; what became of it."""
    side = getattr(pair, sender)
    with side.act(purpose="exchange") as s:
        passed = gate.send(s, side.home, Outgoing(
            kind="withdrawal", agreement=embargo.AGREEMENT, channel="push", stage="response",
            purpose=notice_withdrawal.PURPOSE, subject=record, record=record,
            fields=notice_withdrawal.FIELDS, facts={"originator": originator},
            values={"id": record, "originator": originator, "withdrawn_at": s.now.isoformat()},
        ))  # fmt: skip
    pair.settle()
    return side.rows("SELECT state, code FROM exchange.outbox WHERE id = :id",
                     id=passed.envelope)[0]  # fmt: skip


def test_a_withdrawal_that_arrives_twice_is_applied_once_and_certified_anew(
    pair, people, us, notice
):
    withdraw(us, people["amos"], notice)
    pair.settle()
    first = receipts(pair.us, notice)
    pair.later(minutes=1)
    assert arrives(pair, notice)["state"] == "applied"
    assert is_gone(pair.ca, notice)  # one row in the register
    assert receipts(pair.us, notice) == first


def test_one_that_arrives_before_its_notice_keeps_it_out(pair, people, us, ca):
    with pair.us.act() as s:
        record = s.new_id("lookout")
    assert arrives(pair, record)["state"] == "applied"
    assert row(pair.ca, record)["withdrawn_at"] is not None
    assert [r["way"] for r in receipts(pair.ca, record)] == ["out"]
    shown = signed_in(ca, people["watcher"]).get(f"/advance-notices/{record}")
    assert "before it came here" in shown.text
    assert signed_in(ca, people["curious"]).get(f"/advance-notices/{record}").status_code == 404
    with pair.us.act(purpose="exchange") as s:
        values = {
            "id": record, "entity_names": [NAME], "listing_authority": AUTHORITY,
            "entity_identifiers": {"kind": "organisation",
                                   "documents": [{"number": NUMBER, "issuer": "HND"}]},
            "effective_at": (s.now + timedelta(hours=1)).isoformat(),
            "embargo_officers": ["clerk"],
        }  # fmt: skip
        late = gate.send(s, pair.us.home, Outgoing(
            kind="disclosure", agreement=embargo.AGREEMENT, channel="push", stage="response",
            purpose=embargo.PURPOSE, subject=record, record=record,
            fields=("id", *embargo_out.FIELDS), values=values, facts=embargo_out.facts(values),
        ))  # fmt: skip
    before = signed_in(ca, people["curious"]).get("/exchange").text
    pair.settle()
    with pair.us.act() as s:
        assert outbox.one(s, late.envelope).code == "exchange.envelope-refused"
    assert not pair.ca.rows("SELECT 1 FROM custody.raw WHERE id = :id", id=record)
    title = "Advance notice of a terrorist listing"
    assert ca.get("/exchange").text.count(title) == before.count(title)


def test_a_notice_that_did_not_leave_yet_never_leaves(pair, people, us):
    record = sent(pair, people)
    withdraw(us, people["amos"], record)
    states = pair.us.rows("SELECT kind, state, code FROM exchange.outbox WHERE record = :id"
                          " ORDER BY n", id=record)  # fmt: skip
    assert states == [
        {"kind": "disclosure", "state": "withheld", "code": "exchange.called-back"},
        {"kind": "withdrawal", "state": "waiting", "code": None},
    ]
    assert is_gone(pair.us, record)
    pair.settle()
    assert row(pair.ca, record)["named"] == []
    assert [r["way"] for r in receipts(pair.us, record)] == ["in"]


def test_one_that_arrives_after_the_release_ends_the_look_out_made_of_it(
    pair, people, us, ca, notice
):
    pair.us.cable.connected = False
    withdraw(us, people["amos"], notice)
    pair.settle()
    pair.later(hours=1)
    embargo.release(pair.ca.node)
    assert pair.ca.lookout(notice).names[0].text == NAME
    pair.us.cable.connected = True
    pair.later(minutes=5)
    pair.settle()
    assert is_gone(pair.ca, notice)
    assert receipts(pair.us, notice) == []  # the look-out is still to be destroyed
    purging.end_received(pair.ca.node)
    pair.settle()
    assert not pair.ca.rows("SELECT 1 FROM lookouts.lookout WHERE id = :id", id=notice)
    assert [r["way"] for r in receipts(pair.us, notice)] == ["in"]
    shown = signed_in(ca, people["clerk"]).get(f"/advance-notices/{notice}")
    assert "It had been released here" in shown.text


@pytest.mark.parametrize("side", ["us", "ca"])
def test_a_node_restored_from_before_the_withdrawal_releases_nothing(
    pair, people, us, notice, side
):
    """The backup has the sealed notice; the newest keys, which a restore takes, do not open it."""
    restored_side = getattr(pair, side)
    withdraw(us, people["amos"], notice)
    pair.settle()
    with restored_side.act() as s:
        s.run("UPDATE custody.notice SET withdrawn_at = NULL, withdrawn_by = NULL, why = NULL"
              " WHERE id = :id", id=notice)  # fmt: skip
        s.run("INSERT INTO custody.raw VALUES (:id, 'notice', 'x', 'sealed', :now, :now)",
              id=notice, now=s.now + timedelta(days=9))  # fmt: skip
    with restored_side.store.act(SYSTEM, restored.PURPOSE) as s:
        restored.destroy_again(s)
    assert row(restored_side, notice)["withdrawn_at"] is not None
    pair.later(hours=2)
    assert embargo.release(restored_side.node) == 0
    assert not restored_side.rows("SELECT 1 FROM lookouts.lookout WHERE id = :id", id=notice)


def test_the_partner_withdraws_nothing_of_ours_nor_what_is_no_notice(pair, people, notice):
    # Their gate refuses a withdrawal of what is not theirs; here a partner lies about it.
    answer = arrives(pair, notice, sender="ca", originator="USA")
    assert answer["state"] == "withheld"
    assert arrives(pair, notice, sender="ca", originator="CAN") == {
        "state": "dead", "code": "exchange.not-its-originator"}  # fmt: skip
    assert row(pair.us, notice)["withdrawn_at"] is None
    assert pair.us.rows("SELECT 1 FROM custody.raw WHERE id = :id", id=notice)
    for nothing in ("traveller-1", "?"):
        assert arrives(pair, nothing, originator="USA")["code"] == "exchange.not-its-originator"


def test_a_suspended_agreement_lets_a_withdrawal_and_its_receipt_pass(pair, people, us, notice):
    with pair.us.act(Actor("officer", "counsel")) as s:
        acting.act(s, pair.us.home, embargo.AGREEMENT, "suspend", "test")
    pair.settle()
    try:
        withdraw(us, people["amos"], notice)
        pair.settle()
        assert is_gone(pair.ca, notice)
        assert [r["way"] for r in receipts(pair.us, notice)] == ["in"]
    finally:
        with pair.us.act(Actor("officer", "counsel")) as s:
            acting.act(s, pair.us.home, embargo.AGREEMENT, "resume", "test")
        pair.settle()


def test_pages_in_french_hold_no_english(pair, people, us, ca, notice):
    path = f"/advance-notices/{notice}"
    signed_in(us, people["amos"], "fr")
    pages = [us.get(path), post(us, f"{path}/withdraw", why="court")]
    pages += [post(us, f"{path}/withdraw", why=WHY), us.get("/advance-notices")]
    pair.settle()
    pages += [us.get(path), signed_in(ca, people["clerk"], "fr").get(path)]
    pages += [ca.get("/advance-notices")]
    for page in pages:
        assert english_left(page.text, "exchange") == set()
        assert 'lang="fr"' in page.text


def test_a_notice_of_another_number_is_not_found(pair, people):
    with pair.us.act(people["amos"].actor, embargo.PURPOSE) as s, pytest.raises(NotFound):
        notice_withdrawal.withdraw(s, pair.us.home, "lookout-none", WHY)
