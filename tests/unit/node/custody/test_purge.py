"""On its delete-by date everything about a person is gone, and every proof still holds."""

from datetime import timedelta

import psycopg
import pytest

from smartborder.model.screening import ListedDocument
from smartborder.node.act.intake import receive
from smartborder.node.custody import raw
from smartborder.node.custody.disclosures import disclose
from smartborder.node.custody.holdings import HOLDINGS, kind_of
from smartborder.node.custody.purging import purge
from smartborder.node.exchange.keys import public_signing_key
from smartborder.node.ledger.export import lines
from smartborder.node.ledger.verifying import verify
from smartborder.node.lookouts import reading, writing
from smartborder.node.store import backup, programs
from smartborder.node.store.session import NotFound
from tests.scenarios.test_lookouts import AIRLINE, hits, make, passenger, report
from tests.support.pair import content, joined, load_registers

pytestmark = pytest.mark.node
CANARY = "KANARIENVOGEL"


@pytest.fixture
def pair(node_home):
    with joined(node_home) as pair:
        load_registers(pair.ca)
        yield pair


def everywhere(home, word):
    """Tables with ``word`` in any column, as the server's administrator sees them."""
    found = []
    with psycopg.connect(home.dsn("admin"), autocommit=True) as admin:
        tables = admin.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN"
            " ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            count = admin.execute(
                f'SELECT count(*) FROM "{schema}"."{table}" x WHERE x::text ILIKE %s',
                (f"%{word}%",),
            ).fetchone()[0]
            if count:
                found.append(f"{schema}.{table}")
    return found


def in_bytes(side, word):
    """Where ``word`` stands as bytes: a dump of the database, the node's folder, its export."""
    home, found = side.home, []
    command = [*programs.program(home, "pg_dump"), f"--dbname={home.database.name}"]
    with programs.running(home, command) as dump:
        found += ["dump"] if word.lower().encode() in dump.read().lower() else []
    for path in home.path.rglob("*"):
        if path.is_file() and word.lower().encode() in path.read_bytes().lower():
            found.append(str(path.relative_to(home.path)))
    with side.act() as s:
        found += ["export"] if word.lower().encode() in b"".join(lines(s, home)).lower() else []
        layers = side.node.lookouts.current(s)
    found += ["memory"] if word in repr(layers.lookouts.__dict__) else []
    return found


def test_nothing_of_a_person_is_left_after_the_delete_by_date(pair):
    ca = pair.ca
    lookout = make(ca, name=f"Zoltan {CANARY}")
    record = report(ca, name=f"{CANARY}:ZOLTAN")
    assert hits(ca, record)
    assert {"act.traveller", "act.traveller_version"} <= set(everywhere(ca.home, CANARY))
    with ca.act() as s:
        s.run("UPDATE act.case_file SET state = 'closed', closed_at = :now", now=s.now)
        writing.withdraw(s, ca.home, lookout)
    pair.later(days=ca.node.pack.retention["passenger-list"].days - 1)
    assert purge(ca.node).travellers == 0
    pair.later(days=2)
    done = purge(ca.node)
    assert (done.travellers, done.messages, done.raw) == (1, 1, 1)
    pair.later(days=ca.node.pack.retention["lookout"].days)
    assert purge(ca.node).lookouts == 1
    assert everywhere(ca.home, CANARY) == []
    destroyed = ca.rows("SELECT kind, rule FROM custody.destruction ORDER BY at, id")
    assert {d["kind"] for d in destroyed} == {"raw-message", "message", "traveller", "lookout"}
    assert all(d["rule"] for d in destroyed)


def test_the_ledger_still_verifies_and_the_salts_are_gone(pair):
    ca = pair.ca
    record = report(ca)
    with ca.act() as s:
        s.run("UPDATE act.case_file SET state = 'closed'")
    pair.later(days=4000)
    purge(ca.node)
    ca.work()
    with ca.act() as s:
        file = list(lines(s, ca.home))
    assert verify(file, key=public_signing_key(ca.home)).ok
    assert ca.value("SELECT count(*) FROM ledger.leaf WHERE record = :r", r=record) >= 1
    destroyed = [r["record"] for r in ca.rows("SELECT record FROM custody.destruction")]
    assert ca.value(
        "SELECT count(*) FROM ledger.opening o JOIN ledger.leaf l ON l.id = o.leaf"
        " WHERE o.record = ANY(:r) AND l.kind <> 'destruction'",
        r=destroyed,
    ) == 0  # fmt: skip


def test_a_destroyed_raw_message_says_so(pair):
    ca = pair.ca
    transmission = receive(ca.node, AIRLINE, passenger()).transmission
    pair.later(days=ca.node.pack.retention["raw-message"].days + 1)
    purge(ca.node)
    with ca.act() as s, pytest.raises(raw.Destroyed):
        raw.fetch(s, ca.node.data_key, transmission)
    assert ca.value("SELECT state FROM act.transmission WHERE id = :t", t=transmission) == "purged"


def test_an_open_case_holds_its_traveller(pair):
    ca = pair.ca
    make(ca)
    record = report(ca)
    assert ca.value("SELECT count(*) FROM act.case_file WHERE traveller = :t", t=record) == 1
    with ca.act() as s:
        s.run("UPDATE act.hit SET state = 'confirmed'")  # an open one ends with its look-out
    pair.later(days=4000)
    assert purge(ca.node).travellers == 0
    with ca.act() as s:
        s.run("UPDATE act.case_file SET state = 'closed'")
    assert purge(ca.node).travellers == 1


def test_the_partners_look_out_is_destroyed_as_soon_as_it_ends_with_what_derives_from_it(pair):
    lookout = make(pair.us, name=f"Zoltan {CANARY}")
    pair.settle()
    record = report(pair.ca, name=f"{CANARY}:ZOLTAN")
    assert hits(pair.ca, record)[0]["name"]
    with pair.us.act() as s:
        writing.withdraw(s, pair.us.home, lookout)
    pair.settle()
    pair.later(minutes=1)
    assert purge(pair.ca.node).ended == 1
    with pair.ca.act() as s, pytest.raises(NotFound):
        reading.one(s, lookout)
    assert hits(pair.ca, record)[0]["name"] == ""
    assert "lookouts.lookout" not in everywhere(pair.ca.home, CANARY)


SIGN = "Q7CANARY31"
"""Stands only in the look-out: whoever finds it found the look-out."""


def given(pair):
    """A look-out with the sign, met by a traveller in Canada; its id."""
    lookout = make(pair.us, documents=(ListedDocument(number=SIGN, type="P", issuer="HUN"),))
    pair.settle()
    report(pair.ca)
    return lookout


def test_after_the_receipt_no_byte_of_the_record_is_left_at_the_recipient(pair):
    lookout = given(pair)
    assert in_bytes(pair.ca, SIGN) == ["memory"]
    with pair.us.act() as s:
        writing.withdraw(s, pair.us.home, lookout)
    pair.settle()
    assert purge(pair.ca.node).ended == 1
    pair.settle()
    assert in_bytes(pair.ca, SIGN) == []
    (receipt,) = pair.us.rows("SELECT * FROM custody.receipt WHERE record = :r", r=lookout)
    assert (receipt["way"], receipt["partner"]) == ("in", "CAN")
    assert receipt["destroyed_at"] == pair.clock.now()
    (rule,) = pair.ca.rows("SELECT kind, rule FROM custody.destruction WHERE record = :r",
                           r=lookout)  # fmt: skip
    assert (rule["kind"], rule["rule"]) == ("received-lookout", "shared-lookouts@2: ended")


def test_a_review_date_that_passed_destroys_the_copy_in_one_go(pair):
    lookout = given(pair)
    pair.clock.move(content().review_by - pair.clock.now().date() + timedelta(days=1))
    assert purge(pair.ca.node).ended == 1
    pair.settle()
    assert in_bytes(pair.ca, SIGN) == []
    assert pair.us.value("SELECT count(*) FROM custody.receipt WHERE record = :r", r=lookout) == 1


def test_what_the_terms_let_us_hold_no_longer_goes_and_is_not_sent_again_by_itself(pair):
    lookout = given(pair)
    with pair.ca.act() as s:
        s.run("UPDATE custody.received SET delete_by = :today WHERE record = :r",
              today=s.now.date(), r=lookout)  # fmt: skip
    assert purge(pair.ca.node).due == 0  # the last day is not over
    pair.later(days=1)
    assert purge(pair.ca.node).due == 1
    assert in_bytes(pair.ca, SIGN) == []
    for _ in range(4):
        pair.later(minutes=11)
        pair.settle()
    assert in_bytes(pair.ca, SIGN) == []


def test_use_for_a_decision_stops_it_only_where_the_agreement_says_so(pair):
    lookout = given(pair)
    with pair.ca.act() as s:
        s.run("UPDATE custody.received SET delete_by = :today, stops_on_use = true"
              " WHERE record = :r", today=s.now.date() - timedelta(days=1), r=lookout)  # fmt: skip
        s.run("UPDATE act.hit SET state = 'confirmed' WHERE entry = :e", e=f"lookout:{lookout}")
    purge(pair.ca.node)
    assert in_bytes(pair.ca, SIGN) == ["memory"]
    with pair.ca.act() as s:
        s.run("UPDATE act.hit SET state = 'cleared' WHERE entry = :e", e=f"lookout:{lookout}")
    pair.later(hours=23)
    purge(pair.ca.node)
    assert in_bytes(pair.ca, SIGN) == ["memory"]  # looked at once a day
    pair.later(hours=2)
    purge(pair.ca.node)
    assert in_bytes(pair.ca, SIGN) == []


def test_whatever_a_handler_takes_in_has_a_way_to_be_destroyed(pair):
    given(pair)
    held = {kind_of(r["record"]) for r in pair.ca.rows("SELECT record FROM custody.received")}
    assert held <= set(HOLDINGS)


def test_a_purge_in_the_past_destroys_nothing(pair):
    """A clock that was set back must not delete early, and set forward must be a real day."""
    report(pair.ca)
    pair.clock.move(timedelta(days=-400))
    done = purge(pair.ca.node)
    assert (done.raw, done.travellers, done.messages) == (0, 0, 0)


def test_every_disclosure_is_in_the_register_with_a_leaf(pair):
    with pair.ca.act() as s:
        made = disclose(s, recipient="court:file-1", kind="case", record="case-1",
                        fields=("surname",), means="print")  # fmt: skip
    row = pair.ca.rows("SELECT * FROM custody.disclosure WHERE id = :i", i=made)[0]
    assert (row["actor"], row["purpose"], row["fields"]) == (
        "officer:anna", "lookouts", ["surname"],
    )  # fmt: skip
    assert pair.ca.value("SELECT count(*) FROM ledger.leaf WHERE record = :i", i=made) == 1


def test_a_day_old_backup_gets_back_the_corrections_and_destructions_of_the_day(pair, tmp_path):
    gone = given(pair)
    kept = make(pair.us, name="Ludmila KONTROLLE")
    pair.settle()
    file = tmp_path / "yesterday.backup"
    backup.back_up(pair.ca.home, file, pair.clock.now())
    pair.later(days=1)
    with pair.us.act() as s:
        writing.correct(s, pair.us.home, kept, content("Ludmila KONTROLLE", office="New desk"))
        writing.withdraw(s, pair.us.home, gone)
    pair.settle()
    purge(pair.ca.node)
    pair.settle()
    assert in_bytes(pair.ca, SIGN) == []
    pair.ca.store.close()  # the node is stopped
    backup.restore(file, pair.ca.home.path)
    with pair.ca.act() as s:  # the keys too were of that day
        assert reading.one(s, gone).lookout.documents[0].number == SIGN
    for _ in range(3):  # noticed at one hello, sent anew at the next
        pair.later(minutes=11)
        pair.settle()
    with pair.ca.act() as s:
        assert reading.one(s, kept).lookout.office == "New desk"
    purge(pair.ca.node)
    assert in_bytes(pair.ca, SIGN) == []
    pair.settle()
    assert pair.us.value("SELECT count(*) FROM exchange.outbox WHERE state = 'dead'") == 0


def test_what_was_destroyed_opens_in_no_older_backup_once_a_newer_one_is_written(pair, tmp_path):
    """Backups are destroyed by key: of the keys of single records only the newest state is kept."""
    ca = pair.ca
    gone, kept = given(pair), make(pair.us, name="Ludmila KONTROLLE")
    pair.settle()
    old = receive(ca.node, AIRLINE, passenger()).transmission
    yesterday = tmp_path / "yesterday.backup"
    backup.back_up(ca.home, yesterday, pair.clock.now())
    pair.later(days=1)
    with pair.us.act() as s:
        writing.withdraw(s, pair.us.home, gone)
    pair.settle()
    purge(ca.node)
    with ca.act() as s:  # what the purge of a raw message begins with
        s.run("DELETE FROM custody.key WHERE id = :id", id=old)
    pair.settle()
    backup.back_up(ca.home, tmp_path / "today.backup", pair.clock.now())
    ca.store.close()  # the node is stopped
    backup.restore(yesterday, ca.home.path)
    assert in_bytes(ca, SIGN) == []
    with ca.act() as s:
        assert reading.one(s, kept).in_force
        with pytest.raises(NotFound):
            reading.one(s, gone)
        with pytest.raises(raw.Destroyed):
            raw.fetch(s, ca.node.data_key, old)
    assert ca.value("SELECT state FROM act.transmission WHERE id = :t", t=old) == "purged"
    noted = ca.rows(
        "SELECT kind, record FROM custody.destruction WHERE rule LIKE '%its key is gone'"
    )
    assert {(r["kind"], r["record"]) for r in noted} == {("lookout", gone), ("raw-message", old)}
    assert ca.value("SELECT count(*) FROM custody.received WHERE record = :r", r=gone) == 0
    assert ca.value("SELECT count(*) FROM act.hit WHERE entry = :e AND said IS NOT NULL",
                    e=f"lookout:{gone}") == 0  # fmt: skip
