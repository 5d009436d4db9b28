"""Several people who look like one entry: each panel is opened before they are cleared together;
and how often screening errs, on the page that says so.
"""

import re
from datetime import timedelta

import msgspec
import pytest

from smartborder.formats.lists import read_list
from smartborder.node.lookouts import recall, rescreening
from smartborder.node.lookouts.list_import import import_list
from tests.scenarios.test_lookouts_rescreening import table
from tests.support.desk import Desk, person
from tests.support.pages import Browser, account, web_client

pytestmark = [pytest.mark.node, pytest.mark.points(6, 28)]
NUMBERS = ["12AB34567", "22CD34567", "32EF34567", "42GH34567"]
COMMON = "L1,COL,Garcia Lopez,Juan Carlos,\n"


@pytest.fixture(scope="module")
def desk(home):
    made = Desk(home)
    made.registers(NUMBERS)
    with made.as_(made.chief, "lists") as s:
        import_list(s, read_list("watch.csv", table(COMMON)))
    people = [person("GARCIA LOPEZ", "JUAN CARLOS", f"19{n}0-0{n}-1{n}", number)
              for n, number in zip("5678", NUMBERS, strict=True)]  # fmt: skip
    made.report(people)
    yield made
    made.node.close()


@pytest.fixture
def at(desk):
    with web_client(desk) as client:
        yield lambda user: Browser(client, user)


def found(page):
    return re.findall(r"/look-alikes/hits/([^/\"]+)/open\" hx-post", page)


def address(page):
    return re.search(r'href="(/look-alikes/entry\?[^"]+)"', page)[1].replace("&amp;", "&")


def states(desk):
    return [r["state"] for r in desk.rows("SELECT state FROM act.hit ORDER BY id")]


def test_no_name_is_shown_before_a_panel_is_opened(at, desk):
    officer = at(desk.agnes)
    listed = officer.get("/look-alikes")
    page = officer.get(address(listed))
    assert "GARCIA" not in (listed + page).upper()
    assert len(found(page)) == 4


def test_what_was_not_opened_is_not_cleared(at, desk):
    officer = at(desk.agnes)
    path = address(officer.get("/look-alikes"))
    first, second, *_ = found(officer.get(path))
    opened = officer.post(f"/look-alikes/hits/{first}/open")
    assert "Garcia" in opened
    refused = officer.post("/look-alikes/entry", 409, entry="gtas:L1", why="different:birth-date",
                           hit=[first, second])  # fmt: skip
    assert "A panel was not opened" in refused
    assert states(desk) == ["open"] * 4


def test_a_panel_opened_by_a_colleague_does_not_count(at, desk):
    officer = at(desk.omar)
    path = address(officer.get("/look-alikes"))
    page = officer.get(path)
    assert len(found(page)) == 4
    opened = desk.value("SELECT record FROM audit.seen WHERE what = 'panel' LIMIT 1")
    officer.post("/look-alikes/entry", 409, entry="gtas:L1", why="different:birth-date",
                 hit=[opened])  # fmt: skip


def test_opened_ones_are_cleared_each_as_a_decision_of_its_own_and_stay_quiet(at, desk):
    officer = at(desk.agnes)
    path = address(officer.get("/look-alikes"))
    for hit in found(officer.get(path))[:2]:
        officer.post(f"/look-alikes/hits/{hit}/open")
    chosen = re.findall(r'name="hit" value="([^"]+)"', officer.get(path))
    done = officer.post("/look-alikes/entry", entry="gtas:L1", why="different:birth-date",
                        hit=chosen)  # fmt: skip
    count = len(chosen)
    assert f"Cleared: {count}." in done
    assert states(desk).count("cleared") == count >= 2
    assert desk.value("SELECT count(*) FROM act.decision WHERE outcome = 'cleared'") == count
    assert desk.value("SELECT count(*) FROM lookouts.memory WHERE judgement = 'different'") == count
    desk.report([person("GARCIA LOPEZ", "JUAN CARLOS", "1950-05-15", NUMBERS[0])], number="348")
    assert sorted(states(desk))[-1] == "quiet"


def test_a_held_reply_is_decided_in_its_own_case(at, desk):
    desk.lookout("Marius Tolland", "1980-09-09", instruction="hold-reply", document="42GH34567")
    for n in range(2):
        desk.report([person("TOLLAND", "MARIUS", "1980-09-09", "42GH34567")], number=f"36{n}")
    assert "lookout:" not in at(desk.agnes).get("/look-alikes")


def test_a_reason_is_needed_and_others_at_the_desk_may_not(at, desk):
    officer = at(desk.agnes)
    assert "govuk-error-summary" in officer.post("/look-alikes/entry", 400, entry="gtas:L1")
    at(desk.second).get("/look-alikes", 403)


def test_the_page_of_errors_counts_them_by_list_week_and_group(at, desk):
    page = at(desk.auditor).get("/figures/screening")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    cleared = states(desk).count("cleared")
    assert "2026-11-23 GTAS" in text
    assert f"({cleared}/{cleared})" in text
    assert "All other names 7" in text
    assert "F1 on labelled pairs, all" in text
    for name in ("GARCIA", "Garcia"):
        assert name not in page


def test_what_the_index_loses_is_counted_once_a_day(at, desk):
    recall.due(desk.node)
    recall.due(desk.node)
    recall.audit(desk.node)
    (day,) = desk.rows("SELECT * FROM lookouts.recall")
    assert day["asked"] > 1
    assert (day["hits"] > 0, day["lost"], day["lost_matches"]) == (True, 0, 0)
    assert str(day["asked"]) in at(desk.auditor).get("/figures/screening")


def test_progress_of_stored_records_is_on_the_page_of_lists(at, desk):
    desk.time.move(timedelta(days=2))
    with desk.as_(desk.chief, "lists") as s:
        import_list(s, read_list("watch.csv", table(COMMON + "L2,COL,Nadie,Nadie,\n")))
    rescreening.rescreen(desk.node)
    assert "Stored records" in at(desk.owner).get("/lists")


@pytest.fixture(scope="module")
def privacy(desk):
    return account(desk, "privacy", "privacy-officer", name="Eve Roy")


def reported(number, document, birth="1950-05-15", name="JUAN CARLOS"):
    """The cleared man again, with the number he was told, on another passport."""
    again = person("GARCIA LOPEZ", name, birth, document)
    return msgspec.structs.replace(again, references=(("AEA", number),))


def test_a_redress_number_is_told_once_and_works_with_a_new_passport(at, desk, privacy):
    man = desk.value("SELECT traveller FROM act.hit WHERE state = 'cleared' ORDER BY id LIMIT 1")
    born = desk.value("SELECT birth_date FROM act.traveller WHERE id = :t", t=man)
    officer = at(privacy)
    assert "Give a redress number" in officer.get(f"/travellers/{man}")
    number = re.search(r"<code>([0-9A-Z]{12})</code>",
                       officer.post(f"/redress-numbers/{man}"))[1]  # fmt: skip
    assert desk.value("SELECT count(*) FROM lookouts.redress_number") == 1
    dump = str(desk.rows("SELECT * FROM lookouts.redress_number"))
    assert number not in dump
    for flight, (told, birth, expected) in enumerate([
        (number, born, "quiet"), (number.lower(), born, "quiet"),
        ("ZZZZZZZZZZZZ", born, "open"), (number, "1951-01-01", "open"),
    ]):  # fmt: skip
        document = f"92XY{flight:05}"
        desk.report([reported(told, document, birth)], number=f"37{flight}")
        state = desk.value("SELECT h.state FROM act.hit h WHERE h.traveller = :t AND entry ="
                           " 'gtas:L1'", t=desk.traveller(document))  # fmt: skip
        assert state == expected, (told, birth)


def test_nobody_gets_a_number_without_a_cleared_hit(at, desk, privacy):
    other = desk.value(
        "SELECT traveller FROM act.hit WHERE state = 'open' ORDER BY id DESC LIMIT 1"
    )
    assert "redress.nothing-cleared" in at(privacy).post(f"/redress-numbers/{other}", 409)
    at(desk.agnes).post(f"/redress-numbers/{other}", 403)
