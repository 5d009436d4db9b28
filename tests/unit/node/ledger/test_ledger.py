"""The ledger: append only, verifiable from outside, and one flipped bit names its entry."""

import json
import random

import msgspec
import psycopg
import pytest
from typer.testing import CliRunner

from smartborder.cli.main import app
from smartborder.kernel import merkle
from smartborder.node.exchange.keys import public_signing_key
from smartborder.node.ledger import heads, proofs, stamps
from smartborder.node.ledger.export import lines
from smartborder.node.ledger.sequence import sequence
from smartborder.node.ledger.verifying import NotALedger, verify
from smartborder.node.store.session import SYSTEM, NotFound, Store

pytestmark = pytest.mark.node
ENTRIES = 37


@pytest.fixture(scope="module")
def store(home):
    made = Store(home)
    for start in range(0, ENTRIES, 10):
        with made.act(SYSTEM, "test") as s:
            for n in range(start, min(start + 10, ENTRIES)):
                s.leaf("thing", f"thing-{n}", {"secret": f"canary {n}"})
        sequence(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def exported(store, home):
    with store.act(SYSTEM, "test") as s:
        return list(lines(s, home))


def test_an_untouched_export_verifies_also_with_the_key_from_elsewhere(exported, home):
    found = verify(exported, key=public_signing_key(home))
    assert (found.ok, found.entries, found.key_pinned) == (True, ENTRIES, True)
    assert verify(exported).key_pinned is False


def test_somebody_elses_key_does_not_verify(exported, node_home):
    other = public_signing_key(node_home("US"))
    assert verify(exported, key=other).ok is False


@pytest.mark.parametrize("seed", range(200))
def test_one_flipped_bit_names_its_entry(exported, seed):
    chance = random.Random(seed)
    at = chance.randrange(1, ENTRIES + 1)
    damaged = bytearray(exported[at])
    damaged[chance.randrange(len(damaged) - 1)] ^= 1 << chance.randrange(8)
    found = verify([*exported[:at], bytes(damaged), *exported[at + 1 :]])
    assert found.ok is False
    assert (found.bad.seq, found.bad.line) == (at - 1, at + 1)


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_bit_anywhere_is_noticed(exported, seed):
    chance = random.Random(seed)
    at = chance.choice((0, len(exported) - 1))
    damaged = bytearray(exported[at])
    place = chance.randrange(len(damaged) - 4)  # the last signature digit has unused bits
    damaged[place] ^= 1 << chance.randrange(8)
    try:
        assert verify([*exported[:at], bytes(damaged), *exported[at + 1 :]]).ok is False
    except NotALedger:
        assert at == 0


@pytest.mark.parametrize("at", [1, 2, 20, ENTRIES])
def test_a_missing_doubled_or_moved_entry_is_named(exported, at):
    missing = verify([*exported[:at], *exported[at + 1 :]])
    doubled = verify([*exported[: at + 1], *exported[at:]])
    assert not missing.ok
    assert not doubled.ok
    assert doubled.bad.seq == at
    if at < ENTRIES:
        assert missing.bad.seq == at - 1


def test_a_rewritten_tail_does_not_match_the_signed_head(exported):
    """Entries dropped from the end leave a consistent chain; only the head tells."""
    cut = verify([*exported[:20], exported[-1]])
    assert (cut.ok, cut.entries) == (False, 19)
    assert verify(exported[:-1]).ok is False


def test_what_is_no_ledger_is_refused():
    for lines_ in ([], [b""], [b"{}\n"], [b"\xff\n"], [b"[1]\n"]):
        with pytest.raises(NotALedger):
            verify(lines_)


def test_the_tree_proves_inclusion_and_consistency(store):
    with store.act(SYSTEM, "test") as s:
        size, root = heads.current(s)
        node = heads.reader(s)
        leaf = node(0, 5)
        path = merkle.inclusion_proof(5, size, node)
        old = merkle.root(20, node)
        proof = merkle.consistency_proof(20, size, node)
    assert merkle.verify_inclusion(5, size, leaf, path, root)
    assert merkle.verify_consistency(20, size, old, root, proof)
    assert size == ENTRIES


def test_no_personal_value_is_in_an_export_and_destroying_a_salt_keeps_the_proof(store, home):
    with store.act(SYSTEM, "test") as s:
        s.run("DELETE FROM ledger.opening WHERE record = 'thing-3'")
        made = list(lines(s, home))
    assert b"canary" not in b"".join(made)
    assert verify(made).ok


@pytest.mark.parametrize("table", ["leaf", "entry", "node", "head", "partner_head"])
@pytest.mark.parametrize("act", ["UPDATE ledger.{} SET {} = {}", "DELETE FROM ledger.{}"])
def test_the_app_cannot_rewrite_the_ledger(home, store, table, act):
    column = {"leaf": "kind", "entry": "seq", "node": "level"}.get(table, "size")
    with psycopg.connect(home.dsn("app")) as app:
        app.execute("SELECT set_config('smartborder.purpose', 'test', true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(act.format(table, column, column))


def test_a_partner_that_signs_two_roots_of_one_size_is_caught(store):
    with store.act(SYSTEM, "test") as s:
        heads.keep_theirs(s, "USA", 5, "aa" * 32, {"said": 1})
        heads.keep_theirs(s, "USA", 5, "aa" * 32, {"said": 2})
        with pytest.raises(heads.HeadsDisagree):
            heads.keep_theirs(s, "USA", 5, "bb" * 32, {"said": 3})


def test_entries_are_json_with_nothing_but_ids_hashes_and_times(exported):
    entry = msgspec.json.decode(exported[1])
    assert set(entry) == {"seq", "leaf", "kind", "record", "commitment", "actor", "at", "hash",
                          "chain"}  # fmt: skip


def test_one_entry_is_proved_without_the_ledger_and_any_change_shows(store, home, node_home):
    with store.act(SYSTEM, "test") as s:
        leaf = s.value("SELECT leaf FROM ledger.entry WHERE seq = 11")
        proof = proofs.prove(s, home, leaf)
        with pytest.raises(NotFound):
            proofs.prove(s, home, "leaf-none")
    key = public_signing_key(home)
    assert proofs.holds(proof, key)
    assert not proofs.holds(proof, public_signing_key(node_home("FR")))
    for name, value in (("record", "thing-12"), ("seq", 12), ("commitment", "00" * 32),
                        ("path", proof.path[:-1]), ("at", "2026-11-24T00:00:00Z")):  # fmt: skip
        assert not proofs.holds(msgspec.structs.replace(proof, **{name: value}), key)
    larger = msgspec.structs.replace(proof.head, size=ENTRIES + 1)
    assert not proofs.holds(msgspec.structs.replace(proof, head=larger), key)


def test_the_command_proves_and_verifies_one_entry(store, home, tmp_path):
    with store.act(SYSTEM, "test") as s:
        leaf = s.value("SELECT leaf FROM ledger.entry WHERE seq = 3")
    run = CliRunner()
    made = run.invoke(app, ["ledger", "prove", leaf, "--home", str(home.path), "--json"])
    (tmp_path / "proof.json").write_text(made.output)
    (tmp_path / "key.json").write_text(json.dumps(public_signing_key(home)))
    words = ["verify", str(tmp_path / "proof.json"), "--proof", "--json"]
    checked = run.invoke(app, [*words, "--key", str(tmp_path / "key.json")])
    assert json.loads(checked.output) == {"ok": True, "leaf": leaf, "seq": 3}
    assert run.invoke(app, words).exit_code != 0


def test_without_an_authority_a_time_stamp_is_refused_and_says_so():
    head = proofs.Head(node="CAN", size=3, root="00" * 32, at="2026-11-24T00:00:00Z")
    with pytest.raises(stamps.NoTimeStamps, match="3 entries"):
        stamps.Absent().stamp(head)
    with pytest.raises(stamps.NoTimeStamps):
        stamps.Absent().check(head, b"token")
