"""A transaction with an actor and a purpose: what it refuses, what it writes beside the act."""

import time

import msgspec
import psycopg
import pytest
from psycopg import IntegrityError

from smartborder.node.store.session import SYSTEM, Actor, Store

pytestmark = pytest.mark.node
OFFICER = Actor("officer", "user-1")


@pytest.fixture(scope="module")
def store(home):
    opened = Store(home)
    with opened.act(SYSTEM, "test") as s:
        s.run(
            "INSERT INTO act.entitlement (id, kind, document, issuer, source, at)"
            " VALUES ('entitlement-1', 'visa', 'X1', 'FRA', 'test', :now)",
            now=s.now,
        )
    yield opened
    opened.close()


def test_without_a_purpose_there_are_no_rows(store, home):
    with psycopg.connect(home.dsn("app")) as connection:
        assert connection.execute("SELECT count(*) FROM act.entitlement").fetchone() == (0,)
    with store.act(OFFICER, "passenger-information") as s:
        assert s.value("SELECT count(*) FROM act.entitlement") == 1


def test_without_a_purpose_nothing_can_be_written(home):
    with psycopg.connect(home.dsn("app")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO act.entitlement (id, kind, document, issuer, source, at)"
                " VALUES ('entitlement-2', 'visa', 'X2', 'FRA', 't', now())"
            )


def test_the_purpose_ends_with_the_transaction(store):
    with store.act(OFFICER, "passenger-information") as s:
        connection = s.driver
        assert s.value("SELECT count(*) FROM act.entitlement") == 1
    assert not connection.closed, "it went back to the pool"
    (left,) = connection.execute("SELECT count(*) FROM act.entitlement").fetchone()
    connection.rollback()
    assert left == 0


def test_a_connection_that_died_in_the_pool_is_replaced_unnoticed(store, home):
    with store.act(OFFICER, "passenger-information") as s:
        mine = s.value("SELECT pg_backend_pid()")
    with psycopg.connect(home.dsn("admin"), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))
    with store.act(OFFICER, "passenger-information") as s:
        assert s.value("SELECT pg_backend_pid()") != mine


def test_what_is_lent_when_the_store_closes_is_closed_when_it_comes_back(home):
    opened = Store(home)
    with opened.act(SYSTEM, "test") as s:
        backend = s.value("SELECT pg_backend_pid()")
        opened.close()
    ends = time.monotonic() + 10
    with psycopg.connect(home.dsn("admin"), autocommit=True) as admin:
        there = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
        while admin.execute(there, (backend,)).fetchone() != (0,):
            assert time.monotonic() < ends, "the server still has the connection"


def test_a_colon_in_a_cast_and_a_percent_sign_are_no_places(store):
    with store.act(OFFICER, "passenger-information") as s:
        assert s.value("SELECT :n::text || '%' WHERE 'ab' LIKE 'a%'", n=7) == "7%"


def test_what_was_seen_is_written_in_the_same_transaction(store):
    with store.act(OFFICER, "passenger-information", "case-1") as s:
        s.saw("traveller", ["traveller-1", "traveller-2"], "page")
    with store.act(SYSTEM, "audit") as s:
        rows = s.rows("SELECT actor, purpose, case_id, record FROM audit.seen ORDER BY record")
    assert [(r["actor"], r["case_id"], r["record"]) for r in rows] == [
        ("user-1", "case-1", "traveller-1"),
        ("user-1", "case-1", "traveller-2"),
    ]


def test_an_act_that_fails_leaves_neither_record_nor_leaf_nor_audit(store):
    def fail():
        with store.act(OFFICER, "passenger-information") as s:
            s.saw("traveller", ["traveller-9"])
            s.leaf("decision", "decision-9", {"a": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.act(SYSTEM, "audit") as s:
        assert s.value("SELECT count(*) FROM audit.seen WHERE record = 'traveller-9'") == 0
        assert s.value("SELECT count(*) FROM ledger.leaf WHERE record = 'decision-9'") == 0


def test_a_leaf_holds_no_value(store):
    with store.act(OFFICER, "passenger-information") as s:
        s.leaf("decision", "decision-1", {"surname": "MARCHAND"})
    with store.act(SYSTEM, "audit") as s:
        row = s.one("SELECT l::text AS text FROM ledger.leaf l WHERE record = 'decision-1'")
    assert "MARCHAND" not in row["text"]


@pytest.mark.parametrize("table", ["ledger.leaf", "ledger.entry", "audit.seen"])
def test_ledger_and_audit_cannot_be_rewritten(home, table):
    with psycopg.connect(home.dsn("app")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"DELETE FROM {table}")


def test_many_rows_travel_as_one_document_with_their_types(store):
    with store.act(OFFICER, "test") as s:
        s.insert(
            "act.entitlement",
            ("id", "kind", "document", "issuer", "valid_to", "attributes", "source", "at"),
            [
                (f"entitlement-m{n}", "visa", f"M{n}", "FRA", s.now.date() if n else None,
                 msgspec.Raw(b'{"entries": "one"}'), "O'Neil; DROP TABLE x", s.now)
                for n in range(3)
            ],
        )  # fmt: skip
        rows = s.rows("SELECT * FROM act.entitlement WHERE id LIKE 'entitlement-m%' ORDER BY id")
    assert [r["valid_to"] for r in rows] == [None, s.now.date(), s.now.date()]
    assert rows[0]["attributes"] == {"entries": "one"}
    assert rows[0]["source"] == "O'Neil; DROP TABLE x"
    assert rows[0]["at"] == s.now


def test_an_error_of_the_database_names_no_value(store):
    with pytest.raises(IntegrityError) as caught:
        with store.act(OFFICER, "test") as s:
            s.run(
                "INSERT INTO act.entitlement (id, kind, document, issuer, at)"
                " VALUES ('e', 'visa', :document, 'FRA', :now)",
                document="SECRET99",
                now=s.now,
            )
    assert "SECRET99" not in str(caught.value).split("DETAIL")[0]


def holding(s, record, document="LATER1"):
    s.later("INSERT INTO act.entitlement (id, kind, document, issuer, source, at) VALUES"
            " (:id, 'visa', :document, 'FRA', 't', :now)", id=record, document=document,
            now=s.now)  # fmt: skip


def test_what_waits_is_seen_by_the_next_read_and_kept_by_the_commit(store):
    with store.act(OFFICER, "passenger-information") as s:
        holding(s, "entitlement-later-1")
        assert s.value("SELECT document FROM act.entitlement WHERE id = :i",
                       i="entitlement-later-1") == "LATER1"  # fmt: skip
        holding(s, "entitlement-later-2", "LATER2")
    with store.act(OFFICER, "passenger-information") as s:
        assert s.value("SELECT count(*) FROM act.entitlement WHERE document LIKE 'LATER%'") == 2
        s.run("DELETE FROM act.entitlement WHERE document LIKE 'LATER%'")


@pytest.mark.parametrize("how", ["read", "sent", "committed"])
def test_what_is_wrong_with_a_statement_that_waited_is_raised_and_nothing_is_kept(store, how):
    with pytest.raises(psycopg.errors.UniqueViolation):
        twice(store, how)
    with store.act(OFFICER, "passenger-information") as s:
        assert s.value("SELECT count(*) FROM act.entitlement WHERE id = 'entitlement-twice'") == 0


def twice(store, how):
    with store.act(OFFICER, "passenger-information") as s:
        holding(s, "entitlement-twice", "SECRET98")
        holding(s, "entitlement-twice", "SECRET99")
        if how == "read":
            s.value("SELECT 1")
        elif how == "sent":
            s.send()


def test_a_savepoint_undoes_what_waited_after_it(store):
    with store.act(OFFICER, "passenger-information") as s:
        s.later("SAVEPOINT here")
        holding(s, "entitlement-twice")
        holding(s, "entitlement-twice")
        with pytest.raises(psycopg.errors.UniqueViolation):
            s.send()
        s.run("ROLLBACK TO SAVEPOINT here")
        assert s.value("SELECT count(*) FROM act.entitlement WHERE id = 'entitlement-twice'") == 0


def test_the_driver_tells_the_log_nothing_of_what_it_gave_up(store, caplog):
    with pytest.raises(psycopg.errors.UniqueViolation):
        twice(store, "read")
    assert "SECRET" not in caplog.text
    assert "entitlement-twice" not in caplog.text


def test_a_large_value_that_waits_for_the_commit_arrives(store, home):
    with store.act(OFFICER, "passenger-information") as s:
        s.later("INSERT INTO custody.key VALUES ('raw-large', :key)", key=bytes(20_000_000))
    with psycopg.connect(home.dsn("admin")) as admin:
        (size,) = admin.execute(
            "DELETE FROM custody.key WHERE id = 'raw-large' RETURNING octet_length(wrapped)"
        ).fetchone()
    assert size == 20_000_000


def test_rows_asked_for_ahead_see_what_was_given_before_them_and_nothing_after(store):
    count = "SELECT count(*) AS n FROM act.entitlement WHERE document = 'AHEAD1'"
    with store.act(OFFICER, "passenger-information") as s:
        before = s.ahead(count)
        holding(s, "entitlement-ahead", "AHEAD1")
        after = s.ahead(count)
        assert s.value("SELECT 7 AS x") == 7  # all three went with it
        assert (before.rows(), after.first()) == ([{"n": 0}], {"n": 1})
        assert s.ahead("SELECT 1 WHERE false").first() is None
        s.run("DELETE FROM act.entitlement WHERE document = 'AHEAD1'")


def test_what_is_wrong_with_a_question_asked_ahead_is_raised_by_whoever_carries_it(store):
    with store.act(OFFICER, "passenger-information") as s:
        s.later("SAVEPOINT here")
        asked = s.ahead("SELECT 1 / 0 AS n")
        with pytest.raises(psycopg.errors.DivisionByZero):
            s.value("SELECT 1")
        s.run("ROLLBACK TO SAVEPOINT here")
        with pytest.raises(psycopg.Error):
            asked.rows()
        assert s.value("SELECT 2 AS x") == 2
