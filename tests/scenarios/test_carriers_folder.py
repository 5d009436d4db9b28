"""The watched folder, in and out: files, crashes between commit and move, acknowledgements."""

import os

import pytest

from smartborder.formats import edifact
from smartborder.node.access import clients
from smartborder.node.act import intake, unsolicited, watching
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst
from tests.scenarios.test_intake import codes
from tests.scenarios.test_replies import acknowledgement
from tests.support.desk import Desk

pytestmark = [pytest.mark.node, pytest.mark.points(12)]


@pytest.fixture(scope="module")
def desk(home):
    made = Desk(home)
    made.registers(["12AB34567"])
    yield made
    made.node.close()


@pytest.fixture(scope="module")
def folder(desk):
    """The folder of a live client, with a way to drop a settled file into it."""
    with desk.store.act(SYSTEM, "access") as s:
        client = clients.add(s, name="AF", kind="airline-host", carriers=["AF"], address="AFHOST")
        clients.go_live(s, client.id, "run")
    path = desk.home.path / "watch" / client.id
    path.mkdir()
    return path


def drop(folder, name, data, *, settled=True):
    file = folder / name
    file.write_bytes(data)
    if settled:
        os.utime(file, (0, 0))
    return file


def names(folder):
    return sorted(p.name for p in folder.iterdir() if p.is_file())


def test_a_file_is_answered_beside_it_and_moves_away(desk, folder):
    drop(folder, "a.edi", paxlst("WATCH1", number="501"))
    assert watching.take_in(desk.node) == 1
    assert codes((folder / "a.edi.reply").read_bytes()) == ["0Z"]
    assert (folder / "done" / "a.edi").exists()
    assert watching.take_in(desk.node) == 0


def test_a_file_that_still_grows_is_left_alone(desk, folder):
    drop(folder, "b.edi", paxlst("WATCH2", number="502"), settled=False)
    assert watching.take_in(desk.node) == 0
    os.utime(folder / "b.edi", (0, 0))
    assert watching.take_in(desk.node) == 1


def test_a_crash_between_commit_and_move_makes_a_retry_with_the_verdict_in_force(
    desk, folder, monkeypatch
):
    file = drop(folder, "c.edi", paxlst("WATCH3", number="503"))
    with monkeypatch.context() as patched:
        patched.setattr(watching, "_write", power_cut)
        with pytest.raises(SystemExit):
            watching.take_in(desk.node)
    assert file.exists()
    assert not (folder / "c.edi.reply").exists()
    (t,) = desk.rows("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                     " WHERE f.number = '503'")  # fmt: skip
    with desk.store.act(SYSTEM, "passenger-information") as s:
        unsolicited.change_reply(s, desk.node, t["id"], "not-ok")
    watching.take_in(desk.node)
    assert codes((folder / "c.edi.reply").read_bytes()) == ["1Z"]
    assert (
        desk.value("SELECT count(*) FROM act.message WHERE interchange_reference = 'WATCH3'") == 1
    )


def power_cut(*_):
    raise SystemExit("power cut")


def test_what_cannot_be_used_says_why_beside_it(desk, folder):
    drop(folder, "d.edi", b"  ")
    drop(folder, "e.edi", paxlst("WATCH4", carrier="LH"))
    watching.take_in(desk.node)
    assert (folder / "d.edi.error").read_text().startswith("edifact.empty: ")
    assert (folder / "e.edi.error").read_text().startswith("client.not-your-carrier: ")
    assert names(folder / "refused") == ["d.edi", "e.edi"]


def test_one_file_that_fails_holds_up_no_other(desk, folder, monkeypatch):
    drop(folder, "f.edi", paxlst("WATCH5", number="505"))
    drop(folder, "g.edi", paxlst("WATCH6", number="506"))
    real = intake.process

    def fail_once(*given):
        monkeypatch.setattr(intake, "process", real)
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(intake, "process", fail_once)
    watching.take_in(desk.node)
    error = (folder / "f.edi.error").read_text()
    assert error.startswith("message.not-processed: ")
    assert "[transmission: transmission-" in error
    assert codes((folder / "g.edi.reply").read_bytes()) == ["0Z"]


def test_a_changed_reply_is_put_out_at_each_try_until_it_is_acknowledged(desk, folder):
    drop(folder, "h.edi", paxlst("WATCH7", number="507"))
    watching.take_in(desk.node)
    (t,) = desk.rows("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                     " WHERE f.number = '507'")  # fmt: skip
    with desk.store.act(SYSTEM, "passenger-information") as s:
        unsolicited.change_reply(s, desk.node, t["id"], "not-ok")
    watching.take_in(desk.node)
    (file,) = [p for p in (folder / "out").glob("*.edi")
               if b"RFF+AF:AF507'" in p.read_bytes()]  # fmt: skip
    (message,) = edifact.read_messages(file.read_bytes(), travel_year=2026)
    assert (message.kind, [r.code for r in message.replies]) == ("unsolicited", ["1Z"])
    file.unlink()  # the carrier took it
    watching.take_in(desk.node)
    assert not file.exists()
    unsolicited.escalate(desk.node)  # not acknowledged: the next try
    watching.take_in(desk.node)
    assert file.exists()
    file.unlink()
    drop(folder, "ack.edi", acknowledgement(message.transaction))
    watching.take_in(desk.node)
    desk.time.move(unsolicited.EVERY)
    unsolicited.escalate(desk.node)
    watching.take_in(desk.node)
    assert not file.exists()


def test_a_folder_of_nobody_is_left_alone(desk):
    stranger = desk.home.path / "watch" / "client-nobody"
    stranger.mkdir()
    file = drop(stranger, "x.edi", paxlst("WATCH9"))
    assert watching.take_in(desk.node) == 0
    assert file.exists()
