"""Row security leaves every look-up of the main job its index, however long the tables grow.

Where a condition calls a function that PostgreSQL does not know to be leak-proof, the policy is
applied to every row first and the index is of no use. Whole tables are read then, which nobody
notices until a register holds millions.
"""

import psycopg
import pytest

from smartborder.node.act.intake import receive
from smartborder.node.desk import timeline
from smartborder.node.store import roles
from smartborder.node.store.session import SYSTEM
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import paxlst, person

pytestmark = [pytest.mark.node, pytest.mark.points(8)]

GROWING = (
    "act.arrival", "act.case_file", "act.check_result", "act.decision", "act.entitlement",
    "act.flight", "act.hit", "act.message", "act.reply", "act.transmission", "act.traveller",
    "act.traveller_version", "audit.seen", "custody.raw", "lookouts.change", "lookouts.entry",
    "lookouts.memory",
)  # fmt: skip


def reads_of_whole_tables(home):
    with psycopg.connect(home.dsn("auditor")) as connection:
        return dict(connection.execute(
            "SELECT schemaname || '.' || relname, seq_scan FROM pg_stat_user_tables"
        ).fetchall())  # fmt: skip


def test_no_index_stands_on_an_expression_that_row_security_cannot_use(home):
    with psycopg.connect(home.dsn("auditor")) as connection:
        found = connection.execute(
            "SELECT indexrelid::regclass::text FROM pg_index i JOIN pg_class t ON t.oid = indrelid"
            " WHERE t.relrowsecurity AND i.indexprs IS NOT NULL"
        ).fetchall()
    assert found == []


def test_a_message_and_what_was_answered_are_found_without_reading_a_table_whole(
    home, node, airline
):
    with roles.connect_admin(home) as admin:
        admin.execute(f'ALTER DATABASE "{home.database.name}" SET enable_seqscan = off')
    others = [person("TR0000002", document="99ZZ99999"), person("TR0000003", document="12AB34568")]
    fresh = open_node(home)
    try:
        receive(fresh, airline, paxlst("WARM"))
    finally:
        fresh.close()  # what a session counted is told when it ends
    before = reads_of_whole_tables(home)
    again = open_node(home)
    try:
        receive(again, airline, paxlst("AGAIN", people=others[0]))
        receive(again, airline, paxlst("ONCEMORE", people=others[1]))
        with again.store.act(SYSTEM, "test") as s:
            assert s.value("SHOW enable_seqscan") == "off"
            one = s.value("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                          " WHERE f.carrier = 'AF' AND t.reference = 'TR0000003'")  # fmt: skip
            assert len(timeline.replies(s, one)) == 1
    finally:
        again.close()
    after = reads_of_whole_tables(home)
    whole = {t: after[t] - before[t] for t in GROWING if after[t] > before[t]}
    assert whole == {}
