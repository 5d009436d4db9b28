"""Back up a node, lose it, and have it again."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from smartborder.node.home import NodeHome
from smartborder.node.store import backup, programs, roles
from smartborder.node.store.backup import BackupExists, BackupKeyNeeded, BackupOfOther
from smartborder.node.store.cluster import Cluster
from smartborder.node.store.install import serving
from smartborder.node.store.key_file import RecordKeysUnusable
from smartborder.node.store.programs import ProgramFailed
from smartborder.node.store.sealed import BackupDamaged

pytestmark = pytest.mark.node

AT = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)


def jobs(home: NodeHome) -> int:
    with psycopg.connect(home.dsn("owner")) as connection:
        row = connection.execute("SELECT count(*) FROM jobs.procrastinate_jobs").fetchone()
    assert row
    return int(row[0])


def add_job(home: NodeHome) -> None:
    with psycopg.connect(home.dsn("app")) as connection:
        connection.execute(
            "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name) VALUES ('q', 't')"
        )


@pytest.fixture(scope="module")
def saved(home, tmp_path_factory):
    """A backup of ``home`` taken while it held one job."""
    add_job(home)
    file = tmp_path_factory.mktemp("backup") / "node.backup"
    assert backup.back_up(home, file, AT) == file.stat().st_size
    return file


def test_a_backup_is_closed_to_others_and_never_overwritten(home, saved):
    assert saved.stat().st_mode & 0o777 == 0o600
    assert b'"at":"2026-11-24T03:30:00Z"' in saved.read_bytes()[:300]
    with pytest.raises(BackupExists):
        backup.back_up(home, saved, AT)
    names = sorted(p.name for p in saved.parent.iterdir())
    assert names == [f"{home.node_id}.record-keys", saved.name]
    assert (saved.parent / names[0]).stat().st_mode & 0o777 == 0o600


def test_restore_brings_back_that_instant(home, saved):
    add_job(home)
    assert jobs(home) == 2
    backup.restore(saved, home.path)
    assert jobs(home) == 1
    with (
        psycopg.connect(home.dsn("app")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE public.mine (n int)")


def test_a_damaged_backup_changes_nothing(home, saved, tmp_path):
    content = saved.read_bytes()
    cut, keys = tmp_path / "cut", saved.with_name(f"{home.node_id}.record-keys")
    for damaged in (content[:-1], content[: len(content) // 2], content[:-1] + b"\0", b"", b"x"):
        cut.write_bytes(damaged)
        with pytest.raises(BackupDamaged):
            backup.restore(cut, home.path, keys=keys)
        assert jobs(home) == 1
    with pytest.raises(BackupDamaged):
        backup.restore(tmp_path / "none", home.path)
    with roles.connect_admin(home) as admin:
        names = [row[0] for row in admin.execute("SELECT datname FROM pg_database")]
    assert f"{home.database.name}_new" not in names


def test_a_backup_of_another_node_is_refused(node_home, home, saved, tmp_path):
    other = node_home("US")
    with pytest.raises(BackupDamaged, match="another key"):
        backup.restore(saved, other.path)
    key = tmp_path / "key"
    key.write_bytes(home.backup_key())
    with pytest.raises(BackupOfOther, match="of node CAN"):
        backup.restore(saved, other.path, key)


def test_a_lost_home_needs_its_key(saved, tmp_path):
    with pytest.raises(BackupKeyNeeded):
        backup.restore(saved, tmp_path / "lost")
    assert not (tmp_path / "lost").exists()


def test_a_lost_home_comes_back_with_its_keys(home, saved, tmp_path):
    key = tmp_path / "key"
    key.write_bytes(home.backup_key())
    again = backup.restore(saved, tmp_path / "lost", key)
    try:
        assert again == NodeHome.load(tmp_path / "lost")
        assert (again.node_id, again.port, again.installed) == (home.node_id, home.port, True)
        assert again.data_key() == home.data_key()
        assert again.backup_key() == home.backup_key()
        assert again.signing_key().thumbprint() == home.signing_key().thumbprint()
        assert again.dsn("app") != home.dsn("app")
        with serving(again):
            assert jobs(again) == 1
    finally:
        Cluster(again).destroy()


def test_a_backup_needs_keys_of_its_records_as_new_as_itself(home, saved, tmp_path):
    keys = saved.with_name(f"{home.node_id}.record-keys")
    with pytest.raises(RecordKeysUnusable, match="no file of record keys"):
        backup.restore(saved, home.path, keys=tmp_path / "none")
    with pytest.raises(RecordKeysUnusable, match="another node"):
        backup.restore(saved, home.path, keys=saved)
    later = tmp_path / "later.backup"
    backup.back_up(home, later, AT + timedelta(days=1), tmp_path / "keys")
    with pytest.raises(RecordKeysUnusable, match="older than the backup"):
        backup.restore(later, home.path, keys=keys)
    backup.restore(saved, home.path, keys=tmp_path / "keys")  # newer ones open an older copy


def test_damaged_record_keys_change_nothing(home, saved, tmp_path):
    keys = saved.with_name(f"{home.node_id}.record-keys").read_bytes()
    damaged = tmp_path / "keys"
    for content in (keys[:-1], keys[:-1] + bytes([keys[-1] ^ 1])):
        damaged.write_bytes(content)
        add_job(home)
        held = jobs(home)
        with pytest.raises(BackupDamaged):
            backup.restore(saved, home.path, keys=damaged)
        assert jobs(home) == held


def test_rights_are_not_given_to_other_roles(home, saved, tmp_path):
    key = tmp_path / "key"
    key.write_bytes(home.backup_key())
    with pytest.raises(BackupOfOther, match="grants rights to sb_app"):
        backup.restore(saved, tmp_path / "lost", key, database_url="postgresql://a@b/c")
    assert not (tmp_path / "lost").exists()


def test_a_program_that_fails_says_why(home):
    command = [*programs.program(home, "pg_dump"), "--dbname=not-there"]
    with pytest.raises(ProgramFailed, match="not-there"), programs.running(home, command) as dump:
        assert dump.read() == b""
