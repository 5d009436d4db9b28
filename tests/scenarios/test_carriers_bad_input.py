"""What carriers send that they should not: a coded error or a finding, and nobody lost."""

from datetime import timedelta

import pytest

from smartborder.node.access import clients
from smartborder.node.act import registers
from smartborder.node.act.registers import Holding
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst, person
from tests.scenarios.test_api import bearer
from tests.scenarios.test_intake import codes

pytestmark = [pytest.mark.node, pytest.mark.points(8)]


@pytest.fixture(scope="module")
def client(node):
    with node.store.act(SYSTEM, "access") as s:
        made = clients.add(s, name="AF", kind="airline-host", carriers=["AF"], address="AFHOST",
                           per_minute=10_000)  # fmt: skip
        clients.go_live(s, made.id, "run")
        return clients.find(s, made.id)


@pytest.fixture(scope="module")
def send(web, node, client):
    with node.store.act(SYSTEM, "access") as s:
        key = clients.make_key(s, client, "live")

    def do(data, **more):
        return web.post("/v1/messages", content=data, headers=bearer(key, **more))

    return do


def answered(send, reference, people):
    return send(paxlst(reference, people=people), accept="application/json").json()


def test_an_expired_key_is_refused_like_any_other(web, node, client):
    with node.store.act(SYSTEM, "access") as s:
        old = clients.make_key(s, client, "live", timedelta(seconds=-1))
    answer = web.post("/v1/messages", content=paxlst(), headers=bearer(old))
    assert (answer.status_code, answer.json()["code"]) == (401, "client.key-refused")


@pytest.mark.parametrize(
    ("born", "kept"),
    [("850300", "1985-03"), ("850000", "1985"), ("19850314", "1985-03-14"), ("990230", None),
     ("XX0314", None)],
)  # fmt: skip
def test_a_birth_date_is_kept_as_far_as_it_goes(send, node, born, kept):
    """Thirtieth of February, a month without a day, nothing but noughts: the traveller stays."""
    answer = answered(send, f"B{born}", person(f"BD{born}", birth=born))
    assert answer["state"] == "answered"
    assert answer["reply"].count("ERC+") == 1
    with node.store.act(SYSTEM, "test") as s:
        row = s.one("SELECT birth_date FROM act.traveller WHERE reference = :r", r=f"BD{born}")
    assert row["birth_date"] == kept
    if kept is None:
        assert any(f["code"].startswith("edifact.") for f in answer["findings"])


def test_a_name_of_five_hundred_letters_is_kept_and_checked(send, node):
    name = "WOLFESCHLEGELSTEINHAUSEN" * 21
    answer = answered(
        send, "LONG", person("LONGNAME", name[:500], document="44LL44444", locator="LONG01")
    )
    assert answer["reply"].count("ERC+") == 1
    with node.store.act(SYSTEM, "test") as s:
        kept = s.value(
            "SELECT v.person ->> 'surname' FROM act.traveller_version v"
            " JOIN act.traveller t ON t.id = v.traveller WHERE t.reference = 'LONGNAME'"
        )
    assert kept == name[:500]


def test_ten_thousand_passengers_are_all_answered(send, node):
    with node.store.act(SYSTEM, "registers") as s:
        held = (Holding(document=f"88TT{n:05}", issuer="FRA") for n in range(3, 10_000))
        registers.load(s, "travel-authorisation", held, source="test", complete_as_of=None)
    people = "".join(person(f"M{n:05}", f"NAME{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}",
                            document=f"88TT{n:05}") for n in range(10_000))  # fmt: skip
    answer = send(paxlst("MANY", number="999", people=people))
    assert answer.status_code == 200
    assert [codes(answer.content).count(c) for c in ("0Z", "1Z", "3Z")] == [9_997, 0, 3]
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT count(*) FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                       " WHERE f.number = '999'") == 10_000  # fmt: skip


@pytest.mark.parametrize("code", ["XXA", "XXB", "XXC", "UNO", "EUE", "GBN"])
def test_stateless_persons_and_other_codes_of_the_documents_are_valid(send, code):
    answer = answered(send, f"S{code}", person(f"ST{code}", nationality=code))
    assert [f for f in answer["findings"] if "country" in f["code"]] == []
    assert answer["reply"].count("ERC+") == 1


def test_an_unknown_country_is_a_finding_with_its_place(send):
    answer = answered(send, "QQQ", person("STQQQ", nationality="QQQ"))
    assert answer["reply"].count("ERC+") == 1
    found = [f for f in answer["findings"] if "country" in f["code"]]
    assert found
    assert all(f["segment"] for f in found)


@pytest.mark.parametrize("odd", [b"\x00", b"\x01", b"\xff", "\u202e".encode(), b"\\", b"{}", b"%s"])
def test_signs_that_no_name_has_lose_nobody(send, odd):
    data = paxlst(f"ODD{odd.hex()}", people=person("ODDONE") + person("ODDTWO", "ROY"))
    answer = send(data.replace(b"MARCHAND", b"MAR" + odd + b"CHAND"), accept="application/json")
    assert answer.status_code == 200
    assert answer.json()["reply"].count("ERC+") == 2


@pytest.mark.parametrize("cut", [40, 200, 330, -30])
def test_a_truncated_message_is_read_as_far_as_it_goes(send, cut):
    answer = send(paxlst(f"CUT{cut}", people=person("CUTONE"))[:cut], accept="application/json")
    assert answer.status_code == 200
    assert answer.json()["findings"]


def test_an_unknown_type_is_named(send):
    answer = send(paxlst("IFTMIN").replace(b"PAXLST", b"IFTMIN").replace(b"BGM+745", b"BGM+785"),
                  accept="application/json").json()  # fmt: skip
    assert (answer["state"], answer["reply"]) == ("failed-parse", "")
    assert "edifact.unknown-message" in [f["code"] for f in answer["findings"]]
