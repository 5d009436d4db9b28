"""An advance notice outlasts outages: of a node that was down, and of one that was restored."""

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag

from smartborder.model.screening import ListedDocument
from smartborder.node.access import users
from smartborder.node.custody import embargo, raw
from smartborder.node.custody.purging import purge
from smartborder.node.exchange import embargo as embargo_out
from smartborder.node.exchange import hello, notice_withdrawal
from smartborder.node.exchange.wire import HELLO_PATH
from smartborder.node.lookouts import writing
from smartborder.node.store import backup
from smartborder.node.store.session import SYSTEM
from tests.scenarios.test_lookouts import make
from tests.support.pair import content, joined

pytestmark = pytest.mark.node

NAME = "Northern Lantern Relief Front"
NUMBER = "REG-77120"


@pytest.fixture
def pair(node_home):
    with joined(node_home) as pair:
        pair.settle()  # they have met
        yield pair


def officer(side, login):
    with side.store.act(SYSTEM, users.PURPOSE) as s:
        return users.add(s, login=login, name=login.title(), roles=["officer"]).actor


def announced(pair, name=NAME, **within):
    """A notice of the United States that has left for Canada; its id."""
    with pair.us.act(purpose=embargo.PURPOSE) as s:
        return embargo_out.send(s, pair.us.home, embargo.Notice(
            names=(name,), documents=(ListedDocument(number=NUMBER, issuer="HND"),),
            authority="Office of Lantern Affairs", named=("amos", "clerk"),
            release_at=s.now + timedelta(**within),
        ))  # fmt: skip


def withdrawn(pair, amos, record):
    with pair.us.act(amos, embargo.PURPOSE) as s:
        assert notice_withdrawal.withdraw(s, pair.us.home, record, "The ministers put it off.")


def state(side, record):
    found = side.rows("SELECT * FROM custody.notice WHERE id = :id", id=record)
    return found[0] if found else None


def hellos(pair, times=3):
    """A difference is noticed at one hello, and everything sent anew at the next."""
    for _ in range(times):
        pair.later(minutes=11)
        pair.settle()


def restore(side, file):
    side.store.close()  # the node is stopped
    backup.restore(file, side.home.path)


def in_step(pair):
    return [x.value("SELECT out_of_step FROM exchange.partner") for x in (pair.us, pair.ca)] == [
        None, None]  # fmt: skip


def refusals(pair):
    return sum(x.value("SELECT count(*) FROM exchange.refusal") for x in (pair.us, pair.ca))


def released_at(side, record):
    """When it became a look-out in force; None while it is none."""
    return side.value(
        "SELECT n.released_at FROM custody.notice n JOIN lookouts.lookout l USING (id)"
        " WHERE n.id = :id AND l.current AND l.withdrawn_at IS NULL AND l.lapsed_at IS NULL",
        id=record,
    )


def test_a_node_that_was_down_for_long_lists_before_it_destroys_the_sealed_notice(pair):
    record = announced(pair, hours=1)
    pair.settle()
    pair.later(days=40)
    for side in (pair.us, pair.ca):  # the purge may be the first duty that runs
        assert purge(side.node).raw == 1
        assert side.lookout(record).names[0].text == NAME
        assert not side.rows("SELECT 1 FROM custody.raw WHERE id = :id", id=record)
        assert embargo.release(side.node) == 0
        assert released_at(side, record) == pair.clock.now()


def test_one_that_was_down_past_the_review_date_ends_the_look_out_in_the_same_purge(pair):
    record = announced(pair, hours=1)
    pair.settle()
    pair.later(days=400)
    assert purge(pair.ca.node).ended == 1
    pair.settle()
    assert not pair.ca.rows("SELECT 1 FROM lookouts.lookout WHERE id = :id", id=record)
    assert [r["way"] for r in pair.us.rows("SELECT way FROM custody.receipt WHERE record = :id",
                                           id=record)] == ["in"]  # fmt: skip


def spoiled(side, record):
    """What its notice says cannot be opened any more."""
    with side.act() as s:
        s.run("DELETE FROM custody.raw WHERE id = :id", id=record)
        s.run("INSERT INTO custody.raw VALUES (:id, 'notice', 'x', :sealed, :now, :until)",
              id=record, sealed=bytes(64), now=s.now, until=s.now + timedelta(days=20))  # fmt: skip


def test_one_notice_that_cannot_be_opened_holds_up_no_other_and_no_purge(pair):
    bad, good = announced(pair, "First Lantern", hours=1), announced(pair, hours=2)
    later = announced(pair, "Last Lantern", hours=700)
    pair.settle()
    spoiled(pair.ca, bad)
    pair.later(hours=3)
    with pytest.raises(InvalidTag):  # the worker logs its kind, and comes again
        embargo.release(pair.ca.node)
    assert released_at(pair.ca, good) == pair.clock.now()
    assert state(pair.ca, bad)["released_at"] is None
    pair.later(hours=700)
    assert purge(pair.ca.node).raw == 1  # the bad one's day is over
    assert released_at(pair.ca, later) == pair.clock.now()
    assert state(pair.ca, bad)["released_at"] is None
    assert embargo.release(pair.ca.node) == 0  # nothing is left of it to be released
    assert not pair.ca.rows("SELECT 1 FROM lookouts.lookout WHERE id = :id", id=bad)


def test_a_release_that_comes_late_does_not_take_back_a_correction(pair):
    """The partner released and corrected its look-out while this node had not come to it."""
    record = announced(pair, hours=1)
    pair.settle()
    pair.later(hours=1)
    assert embargo.release(pair.us.node) == 1
    with pair.us.act() as s:
        writing.correct(s, pair.us.home, record, content("Southern Lantern", basis="warrant"))
    pair.settle()
    assert pair.ca.lookout(record).names[0].text == "Southern Lantern"
    assert embargo.release(pair.ca.node) == 1
    assert pair.ca.lookout(record).names[0].text == "Southern Lantern"
    assert state(pair.ca, record)["released_at"] == pair.clock.now()
    hellos(pair)
    assert in_step(pair)


@pytest.mark.parametrize("newer_keys", [False, True])
def test_a_restored_node_gets_back_the_notice_that_came_after_the_backup(
    pair, tmp_path, newer_keys
):
    clerk, curious = officer(pair.ca, "clerk"), officer(pair.ca, "curious")
    amos = officer(pair.us, "amos")
    backup.back_up(pair.ca.home, tmp_path / "yesterday.backup", pair.clock.now())
    record, away = announced(pair, days=2), announced(pair, "Withdrawn Lantern", days=2)
    pair.settle()
    instant = state(pair.us, record)["release_at"]
    withdrawn(pair, amos, away)
    pair.settle()
    if newer_keys:  # then the key of the notice is at the restored node before the notice
        backup.back_up(pair.ca.home, tmp_path / "today.backup", pair.clock.now())
    restore(pair.ca, tmp_path / "yesterday.backup")
    assert state(pair.ca, record) is None
    hellos(pair)
    assert in_step(pair)
    with pair.ca.store.act(curious, embargo.PURPOSE) as s:
        assert embargo.open_notice(s, pair.ca.home, record) is None
    with pair.ca.store.act(clerk, embargo.PURPOSE) as s:
        opened = embargo.open_notice(s, pair.ca.home, record)
    assert opened is not None
    assert (opened.names, opened.release_at) == ((NAME,), instant)
    assert not pair.ca.rows("SELECT 1 FROM custody.raw WHERE id = :id", id=away)
    assert pair.ca.value("SELECT count(*) FROM exchange.refusal") == 0
    pair.later(seconds=(instant - pair.clock.now()).total_seconds() - 1)
    for side in (pair.us, pair.ca):
        assert embargo.release(side.node) == 0
    pair.later(seconds=1)
    for side in (pair.us, pair.ca):
        assert embargo.release(side.node) == 1
        assert released_at(side, record) == instant
        assert not side.rows("SELECT 1 FROM lookouts.lookout WHERE id = :id", id=away)
    if newer_keys:  # the key is the one that the newer backup was sealed with
        restore(pair.ca, tmp_path / "today.backup")
        with pair.ca.act() as s:
            assert raw.fetch(s, pair.ca.home.data_key(), record)


def withdrawn_after_backup(pair, restored, tmp_path):
    """A notice that its officer withdrew after the backup which ``restored`` is back at."""
    amos = officer(pair.us, "amos")
    record = announced(pair, days=2)
    pair.settle()
    backup.back_up(restored.home, tmp_path / "yesterday.backup", pair.clock.now())
    withdrawn(pair, amos, record)
    pair.settle()
    restore(restored, tmp_path / "yesterday.backup")
    return amos, record


def test_a_withdrawal_after_the_backup_comes_again_and_the_notice_does_not(pair, tmp_path):
    _, record = withdrawn_after_backup(pair, pair.ca, tmp_path)
    assert state(pair.ca, record)["withdrawn_at"] is None  # its keys too were of before
    hellos(pair)
    assert in_step(pair)
    assert state(pair.ca, record)["withdrawn_by"] == "partner:USA"
    assert not pair.ca.rows("SELECT 1 FROM custody.key WHERE id = :id", id=record)
    pair.later(days=2)
    for side in (pair.us, pair.ca):
        assert embargo.release(side.node) == 0
        assert released_at(side, record) is None


def test_a_restored_originator_does_not_bring_a_withdrawn_notice_to_the_partner_again(
    pair, tmp_path
):
    amos, record = withdrawn_after_backup(pair, pair.us, tmp_path)
    for _ in range(2):  # refused once, and not sent every ten minutes
        hellos(pair)
        assert in_step(pair)
        dead = pair.us.rows("SELECT 1 FROM exchange.outbox WHERE record = :id AND state = 'dead'"
                            " AND payload IS NOT NULL", id=record)  # fmt: skip
        assert len(dead) == 1
        assert not pair.ca.rows("SELECT 1 FROM custody.raw WHERE id = :id", id=record)
    withdrawn(pair, amos, record)
    pair.settle()
    pair.later(days=2)
    assert [embargo.release(x.node) for x in (pair.us, pair.ca)] == [0, 0]


def test_a_notice_that_is_sent_anew_changes_nothing_where_it_is_held(pair):
    kept = announced(pair, days=2)
    pair.settle()
    sealed = pair.ca.value("SELECT sealed FROM custody.raw WHERE id = :id", id=kept)
    with pair.us.act(purpose="exchange") as s:
        said = embargo.said(s, pair.us.home.data_key(), kept)
        assert embargo_out.announce(s, pair.us.home, kept, said)
    pair.settle()
    assert refusals(pair) == 0
    assert pair.ca.value("SELECT sealed FROM custody.raw WHERE id = :id", id=kept) == sealed


def test_a_notice_of_the_same_number_for_others_is_refused_and_not_sent_again(pair):
    """Nobody is slipped in among those it names; the refusal is for a person, not for ever."""
    kept = announced(pair, days=2)
    pair.settle()
    with pair.us.act(purpose="exchange") as s:
        said = embargo.said(s, pair.us.home.data_key(), kept)
        other = embargo.Notice(names=said.names, documents=said.documents, kind=said.kind,
                               authority=said.authority, named=("amos", "curious"),
                               release_at=said.release_at)  # fmt: skip
        embargo_out.announce(s, pair.us.home, kept, other)
    pair.settle()
    assert refusals(pair) == 1
    assert state(pair.ca, kept)["named"] == ["amos", "clerk"]
    hellos(pair)
    assert refusals(pair) == 1


def test_the_release_itself_sets_nobody_out_of_step_and_every_hello_is_of_one_size(pair):
    make(pair.us)
    record = announced(pair, days=2)
    pair.settle()
    pair.later(days=2)
    embargo.release(pair.ca.node)  # the other node's clock is behind
    hellos(pair)
    sent = pair.us.value("SELECT count(*) FROM exchange.outbox WHERE kind = 'disclosure'")
    assert in_step(pair)
    embargo.release(pair.us.node)
    hellos(pair)
    assert in_step(pair)
    assert released_at(pair.us, record)
    assert pair.us.value("SELECT count(*) FROM exchange.outbox WHERE kind = 'disclosure'") == sent
    sizes = {len(body) for path, body in pair.us.cable.posted if path == HELLO_PATH}
    assert sizes == {hello.SIZE}
