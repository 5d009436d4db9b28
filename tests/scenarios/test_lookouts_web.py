"""Look-outs as officers meet them: the form, the second person, versions, lists."""

import re

import pytest

from smartborder.formats.lists import read_list
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.store.session import SYSTEM
from tests.support.pages import account, send, signed_in

pytestmark = pytest.mark.node
TYPED = {
    "kind": "person",
    "names": "Zoltan PRUEFER\nZ. PRUFER",
    "birth_dates": "1970-02-03",
    "documents": "X1234567 HUN P",
    "nationalities": "HUN",
    "sex": "M",
    "basis": "warrant",
    "instruction": "board-and-refer",
    "office": "Warrants desk",
    "caveat-originator-control": "on",
    "review_by": "2027-11-01",
    "note": "",
}


@pytest.fixture(scope="module")
def people(node):
    return {
        "anna": account(node, "anna", "lookout-owner", name="Anna Roy"),
        "boris": account(node, "boris", "lookout-owner", name="Boris Roy"),
        "officer": account(node, "omar", "officer", name="Omar Roy"),
    }


@pytest.fixture
def at(web, people):
    """``at("anna")``: the browser with that person signed in, English."""

    def sign(name):
        web.cookies.clear()
        return signed_in(web, people[name])

    return sign


def test_a_look_out_is_made_corrected_reviewed_and_withdrawn(at):
    anna = at("anna")
    made = send(anna, "/lookouts/new", "/lookouts", **TYPED)
    assert made.status_code == 200
    assert "Zoltan PRUEFER" in made.text
    address = made.url.path
    corrected = send(anna, f"{address}/correct", f"{address}/correct",
                     **{**TYPED, "office": "Other desk", "version": "1"})  # fmt: skip
    assert "Other desk" in corrected.text
    versions = corrected.text.partition("<tbody")[2]
    assert "Anna Roy" in versions  # a person's name, never the number of an account
    assert "user-" not in versions
    stale = send(anna, f"{address}/correct", f"{address}/correct", **{**TYPED, "version": "1"})
    assert stale.status_code == 409
    reviewed = send(anna, address, f"{address}/review", review_by="2028-01-31", version="2")
    assert "2028-01-31" in reviewed.text
    assert send(anna, address, f"{address}/withdraw", version="3").status_code == 200
    assert "PRUEFER" not in anna.get("/lookouts").text
    assert "PRUEFER" in anna.get("/lookouts?only=ended").text


def test_holding_a_reply_needs_another_person(at):
    anna = at("anna")
    made = send(anna, "/lookouts/new", "/lookouts", **{**TYPED, "instruction": "hold-reply"})
    proposal = re.search(r"/lookouts/proposals/([^/]+)/approve", made.text)[1]
    own = send(anna, made.url.path, f"/lookouts/proposals/{proposal}/approve")
    assert own.status_code == 403
    approved = send(at("boris"), made.url.path, f"/lookouts/proposals/{proposal}/approve")
    assert approved.status_code == 200
    assert "proposals" not in approved.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_dates", "1970-02-30"),
        ("review_by", "tomorrow"),
        ("nationalities", "Atlantis"),
        ("documents", "X1 HUN P Q"),
        ("office", ""),
        ("names", "x" * 600),
        ("basis", "religion"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(at, field, value):
    answer = send(at("anna"), "/lookouts/new", "/lookouts", **{**TYPED, field: value})
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert "Warrants desk" in answer.text or field == "office"


def test_an_officer_without_the_role_sees_none(at):
    assert at("officer").get("/lookouts").status_code == 403


def test_lists_and_what_a_version_changed(at, node):
    first = b"".join(line(n, f"Person {n}") for n in range(20))
    second = b"".join(line(n, f"Person {n}" if n else "Person Zero") for n in range(21))
    for data in (first, second):
        with node.store.act(SYSTEM, "lists") as s:
            (imported,) = import_list(s, read_list("lookouts.jsonl", data))
    page = at("anna").get("/lists")
    assert imported.version.id in page.text
    shown = at("anna").get(f"/lists/{imported.version.id}")
    assert "Person 20" in shown.text
    delta = imported.delta
    assert (delta.added, delta.removed, delta.changed) == (1, 0, 1)


def line(n, name):
    return (
        f'{{"id": "L{n}", "names": [{{"text": "{name}"}}],'
        f' "birth_dates": [{{"date": {{"year": 1970}}}}], "basis": "warrant",'
        ' "originator": "CAN", "office": "desk", "review_by": "2030-01-01",'
        ' "created_at": "2026-01-01T00:00:00Z"}\n'
    ).encode()
