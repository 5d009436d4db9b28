"""A list or look-out changes after people arrived: their records are screened again, officers are
told, carriers are not; a run that was stopped goes on where it was.
"""

from datetime import date

import pytest

from smartborder.formats.lists import read_list
from smartborder.kernel.executor import InProcess
from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListedDate, Query
from smartborder.node.act.programme import Programme
from smartborder.node.lookouts import rescreening, stored, writing
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.lookouts.pool import ProcessPool
from tests.scenarios.test_lookouts import (  # noqa: F401
    ca,
    cases,
    hits,
    make,
    pair,
    report,
    traveller,
    unsolicited,
    withdraw,
)
from tests.support.pair import content

pytestmark = [pytest.mark.node, pytest.mark.points(28, 29)]
NOW_FOUND = "lookout.found-later"


@pytest.fixture
def arrived(pair, ca):  # noqa: F811
    """Three people of yesterday's flight; one of them is the man of the look-out."""
    names = ("PRUEFER:ZOLTAN", "NAGY:ISTVAN", "ORBANOVA:EVA")
    day = pair.clock.now()
    ids = [
        report(ca, name=name, birth=birth, flight=str(next(_flights)), departs=f"{day:%y%m%d}1830",
               arrives=f"{day:%y%m%d}2010")
        for name, birth in zip(names, ("700203", "611231", "850505"), strict=True)
    ]  # fmt: skip
    pair.later(days=2)
    rescreening.rescreen(ca.node)
    return ids


_flights = iter(range(400, 500))


def member(record, stored):
    return Query(id=record, name=stored.decode())


class Members:
    """A room that stores people of its own: one of them is the man of the look-out."""

    id = "members"
    asked = staticmethod(member)

    def __init__(self):
        self.told = []

    def count(self, s):
        return 2

    def part(self, s, after):
        people = [("member-1", b"Zoltan Pruefer"), ("member-2", b"Eva Orbanova")]
        return [p for p in people if p[0] > after][:1]

    def record(self, s, node, found):
        self.told += sorted(found)
        return len(found)


@pytest.fixture
def members(ca):  # noqa: F811
    room, before = Members(), ca.node.programmes
    ca.node.programmes = (*before, Programme(id="travel-members", points=(6,), records=(room,)))
    yield room
    ca.node.programmes = before


class Dies:
    """An executor whose machine is switched off after some parts."""

    def __init__(self, after):
        self.after = after

    def run(self, prepare, parts):
        for number, answer in enumerate(InProcess().run(prepare, parts)):
            if number == self.after:
                raise KeyboardInterrupt
            yield answer


def run_of(ca):  # noqa: F811
    return ca.rows("SELECT * FROM lookouts.rescreen ORDER BY up_to DESC LIMIT 1")[0]


def test_somebody_who_arrived_is_found_once_and_the_carrier_hears_nothing(ca, arrived):  # noqa: F811
    man, *others = arrived
    make(ca, instruction="hold-reply")
    assert rescreening.rescreen(ca.node) == 1
    assert rescreening.rescreen(ca.node) == 0
    (case,) = cases(ca, man)
    assert (case["kind"], case["reasons"][0]["code"]) == ("arrival", NOW_FOUND)
    assert [h["state"] for h in hits(ca, man)] == ["open"]
    assert (traveller(ca, man)["reply"], unsolicited(ca, man)) == ("ok", [])
    assert [cases(ca, other) for other in others] == [[], []]
    run = run_of(ca)
    assert (run["screened"], run["entries"], run["hits"]) == (run["stored"], 1, 1)


def test_a_silent_look_out_stays_out_of_sight(ca, arrived):  # noqa: F811
    make(ca, instruction="silent")
    rescreening.rescreen(ca.node)
    assert [c["kind"] for c in cases(ca, arrived[0])] == ["silent"]


def test_a_correction_takes_the_hit_of_the_version_before_with_it(ca, arrived):  # noqa: F811
    lookout = make(ca)
    rescreening.rescreen(ca.node)
    with ca.act() as s:
        born = (ListedDate(date=PartialDate(1931, 7, 9)),)
        writing.correct(
            s, ca.home, lookout, content(name="Someone ELSE", birth_dates=born, documents=())
        )
    rescreening.rescreen(ca.node)
    assert [h["state"] for h in hits(ca, arrived[0])] == ["withdrawn"]
    assert [c["closed_as"] for c in cases(ca, arrived[0])] == ["withdrawn"]


def test_killed_at_any_part_it_goes_on_and_queues_nobody_twice(pair, ca, arrived, monkeypatch):  # noqa: F811
    monkeypatch.setattr(stored, "PART", 1)
    make(ca)
    with pytest.raises(KeyboardInterrupt):
        rescreening.rescreen(ca.node, Dies(after=2))
    stopped = run_of(ca)
    assert (stopped["screened"], stopped["done_at"]) == (2, None)
    assert rescreening.rescreen(ca.node) == 0  # somebody may be at it still
    assert run_of(ca)["screened"] == 2
    pair.later(minutes=2)
    rescreening.take_up(ca.node)
    assert ca.value("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'rescreen'")
    rescreening.rescreen(ca.node)
    done = run_of(ca)
    assert (done["id"], done["screened"], done["stored"]) == (
        stopped["id"], stopped["stored"], stopped["stored"],
    )  # fmt: skip
    assert done["done_at"] is not None
    assert len(hits(ca, arrived[0])) == 1


def test_people_that_a_programme_stores_are_screened_like_travellers(pair, ca, arrived, members):  # noqa: F811
    make(ca)
    with pytest.raises(KeyboardInterrupt):
        rescreening.rescreen(ca.node, Dies(after=1))
    assert (run_of(ca)["after"], members.told) == ("members/member-1", ["member-1"])
    pair.later(minutes=2)
    assert rescreening.rescreen(ca.node) >= 2
    done = run_of(ca)
    assert (done["stored"], done["after"]) == (done["screened"], f"travellers/{max(arrived)}")
    assert (members.told, len(hits(ca, arrived[0]))) == (["member-1"], 1)


def test_a_dropped_entry_takes_its_hits_and_earlier_encounters_are_told(ca, arrived):  # noqa: F811
    bulk = "".join(f"1{n:05},HUN,Filler{n},Person,1950-01-01\n" for n in range(20))
    with ca.act() as s:
        import_list(s, read_list("watch.csv", table(bulk + MAN)))
    rescreening.rescreen(ca.node, ProcessPool(1))
    (hit,) = hits(ca, arrived[0])
    with ca.act() as s:
        s.run("UPDATE act.hit SET state = 'confirmed' WHERE id = :id", id=hit["id"])
        import_list(s, read_list("watch.csv", table(bulk)))
    assert [c["kind"] for c in cases(ca, arrived[0])] == ["arrival", "notice"]


MAN = "X7,HUN,Pruefer,Zoltan,1970-02-03\n"


def table(rows):
    return ("id,nationality,last_name,first_name,birth_date\n" + rows).encode()


def test_a_look_out_that_is_withdrawn_again_before_the_run_finds_nobody(ca, arrived):  # noqa: F811
    withdraw(ca, make(ca))
    assert rescreening.rescreen(ca.node) == 0
    assert cases(ca, arrived[0]) == []
    assert run_of(ca)["done_at"] is not None


def test_review_dates_do_not_count_as_changes_of_who_is_meant(ca, arrived):  # noqa: F811
    lookout = make(ca)
    rescreening.rescreen(ca.node)
    with ca.act() as s:
        writing.review(s, ca.home, lookout, date(2027, 10, 1))
    assert rescreening.rescreen(ca.node) == 0
    assert len(hits(ca, arrived[0])) == 1
