"""A node of an earlier version is upgraded: every record it sealed, or kept in plain, is read."""

import json
import secrets
from contextlib import closing

import msgspec
import psycopg
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartborder.model.lookout import Lookout
from smartborder.model.reason import Reason
from smartborder.node.act import sealed_hit
from smartborder.node.exchange import crossings, query, questions
from smartborder.node.lookouts import reading
from smartborder.node.store import migrate
from smartborder.node.store.session import SYSTEM, Store

pytestmark = pytest.mark.node

AT = "2026-11-20T12:00:00Z"
LOOKOUT = {
    "id": "lookout-1", "version": 2, "names": [{"text": "Zoltan PRUEFER"}], "basis": "warrant",
    "originator": "USA", "office": "Warrants desk", "review_by": "2027-11-01", "created_at": AT,
    "agreement": "shared-lookouts",
    "documents": [{"number": "X1234567"}],
}  # fmt: skip
ASKED = {"surname": "Prüfer", "given_names": "Zoltan", "birth_date": "1970-02-03",
         "document_number": "X1234567"}  # fmt: skip
SEALED = (
    ("lookouts.lookout", "lookout"), ("exchange.crossing", "content"), ("exchange.query", "body"),
    ("exchange.request", "body"), ("act.hit", "said"),
)  # fmt: skip
REASONS = [{"code": "screening.document-same", "detail": {"en": "Same", "fr": "Même"},
            "compared": {"ours": "X1234567", "theirs": "X1234567"}, "citation": None}]  # fmt: skip
BEFORE = """
    ALTER TABLE lookouts.lookout DROP lookout, ADD lookout jsonb NOT NULL;
    ALTER TABLE exchange.request DROP answer_key, DROP who,
        DROP body, ADD body jsonb NOT NULL, DROP answer, ADD answer jsonb;
    ALTER TABLE exchange.query DROP answer_key;
    ALTER TABLE act.hit DROP CONSTRAINT hit_traveller_fkey, DROP said,
        ADD name text NOT NULL, ADD reasons jsonb NOT NULL,
        ADD would_change jsonb NOT NULL DEFAULT '[]';
    DELETE FROM alembic_version WHERE version_num ~ '^(act|custody|exchange|lookouts)[0-9]';
    INSERT INTO alembic_version VALUES ('act0006reading'), ('exchange0011'), ('lookouts0006');
"""


def by_column(home, column, record, value):
    """What earlier versions kept: under one key for a column, bound to the record."""
    info = b"smartborder column " + column.encode()
    key = HKDF(SHA256(), 32, None, info).derive(home.data_key())
    nonce = secrets.token_bytes(12)
    bound = f"{column}:{record}".encode()
    return nonce + AESGCM(key).encrypt(nonce, json.dumps(value).encode(), bound)


def newest(room):
    """The newest step of a room that stays as it is."""
    (folder,) = [f for f in migrate.rooms() if f.parent.name == room]
    return room + max(file.name[:4] for file in folder.glob("0*.py"))


@pytest.fixture
def upgraded(node_home):
    home = node_home("CA")
    with psycopg.connect(home.dsn("admin")) as admin:
        admin.execute(BEFORE)
        admin.execute("INSERT INTO alembic_version VALUES (%s)", [newest("custody")])
        for version in (1, 2):
            admin.execute(
                "INSERT INTO lookouts.lookout (id, version, lookout, originator, source, agreement,"
                " instruction, review_by, created_at, created_by, current) VALUES ('lookout-1', %s,"
                " %s, 'USA', 'partner:USA', 'shared-lookouts', 'board-and-refer', '2027-11-01',"
                " %s, 'partner:USA', %s)",
                [version, json.dumps({**LOOKOUT, "version": version}), AT, version == 2],
            )
        admin.execute(
            "INSERT INTO exchange.crossing (id, way, partner, content, crossed_at, envelope,"
            " made_at) VALUES ('crossing-1', 'received', 'USA', %s, %s, 'e-1', %s)",
            [by_column(home, "exchange.crossing.content", "crossing-1", ASKED), AT, AT],
        )
        admin.execute(
            "INSERT INTO exchange.query (id, way, partner, agreement, purpose, asks, case_id, body,"
            " answer, envelope, asked_by, asked_at, expires_at, state) VALUES ('query-1', 'out',"
            " 'USA', 'us-visa-sharing', 'p', '{hit}', 'case-1', %s, %s, 'e-2', 'officer:a', %s, %s,"
            " 'answered')",
            [by_column(home, "exchange.query.body", "query-1", ASKED),
             by_column(home, "exchange.query.answer", "query-1", {"hit": True}), AT, AT],
        )  # fmt: skip
        admin.execute(
            "INSERT INTO exchange.request (id, way, partner, lookout, hit, envelope, body, answer,"
            " asked_by, asked_at, expires_at, state) VALUES ('question-1', 'out', 'USA',"
            " 'lookout-1', NULL, 'e-3', %s, NULL, 'officer:a', %s, %s, 'expired'),"
            " ('question-2', 'out', 'USA', 'lookout-1', NULL, 'e-4', %s, '{\"hit\": true}',"
            " 'officer:a', %s, %s, 'answered')",
            [json.dumps(ASKED), AT, AT, json.dumps(ASKED), AT, AT],
        )
        for record, name in (("hit-1", "Zoltan PRUEFER"), ("hit-2", "")):  # one was emptied
            admin.execute(
                "INSERT INTO act.hit (id, traveller, version, entry, entry_version, list, name,"
                " score, band, instruction, reasons, found_at) VALUES (%s, 'traveller-1', 1,"
                " 'lookout:lookout-1', 'v', 'partner:USA', %s, 0.9, 'match', 'board-and-refer',"
                " %s, %s)",
                [record, name, json.dumps(REASONS if name else []), AT],
            )
    migrate.upgrade(home)
    with closing(Store(home, pool_size=1)) as store:
        yield store


def test_what_an_earlier_version_kept_is_read_after_the_upgrade_and_lies_sealed(upgraded):
    with upgraded.act(SYSTEM, "test") as s:
        assert [k.lookout.version for k in reading.versions(s, "lookout-1")] == [2, 1]
        held = reading.one(s, "lookout-1").lookout
        assert isinstance(held, Lookout)
        assert (held.names[0].text, held.documents[0].number) == ("Zoltan PRUEFER", "X1234567")
        crossing = s.one("SELECT c.*, k.wrapped FROM exchange.crossing c"
                         " JOIN custody.record_key k ON k.id = c.id")  # fmt: skip
        assert crossings.SEALED.said(s, crossing) == ASKED
        (asked,) = query.of_case(s, "case-1")
        assert (asked.body, asked.answer) == (ASKED, {"hit": True})
        both = [questions.SEALED.opened(s, r) for r in s.rows(f"{questions.ROWS} ORDER BY q.id")]
        assert [(q["body"], q["answer"]) for q in both] == [(ASKED, None), (ASKED, {"hit": True})]
        traces = s.rows("SELECT who FROM exchange.request")
        assert all(len(r["who"]) == 2 for r in traces)
        full, emptied = s.rows("SELECT h.*, k.wrapped FROM act.hit h LEFT JOIN"
                               " custody.record_key k ON k.id = h.id ORDER BY h.id")  # fmt: skip
        found = sealed_hit.said(s, full)
        assert (found.name, found.would_change) == ("Zoltan PRUEFER", ())
        assert found.reasons == msgspec.convert(REASONS, tuple[Reason, ...])
        assert sealed_hit.said(s, emptied) == sealed_hit.Said()
        for table, column in SEALED:
            kept = s.rows(f"SELECT {column} AS kept FROM {table} WHERE {column} IS NOT NULL")
            assert kept
            assert not any(b"1234567" in r["kept"] for r in kept)
