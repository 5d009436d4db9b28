"""One PostgreSQL server per test process, one migrated database per test module.

Use, in a test module marked ``pytestmark = pytest.mark.node``::

    def test_something(home):                  # a Canadian node, database migrated and empty
        with psycopg.connect(home.dsn("app")) as connection: ...

    @pytest.fixture(scope="module")
    def pair(node_home):                       # as many nodes as needed, each with a database
        return node_home("CA"), node_home("US")

``home.path`` is a complete node home (secrets, log, run, watch), so a subprocess started with
``SMARTBORDER_HOME=home.path`` finds the same database. The first database of a test process is
migrated once and then copied (CREATE DATABASE ... TEMPLATE), about 0.1 s a module. Time is the
machine's; pass ``FixedTime`` to what needs a day of its own. Nothing here has to outlive the
machine, so this server alone does not wait for the disk; what a crash must not lose is proved in
``tests/faults``, on servers as the product starts them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from smartborder.node.home import NodeHome
from smartborder.node.store import cluster, migrate, roles
from smartborder.node.store.cluster import Cluster

MakeHome = Callable[[str], NodeHome]


@pytest.fixture(scope="session")
def server_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeHome]:
    """The node whose server all databases of this test process live on; used as template only."""
    home = NodeHome.create(tmp_path_factory.mktemp("server") / "node", country="CA")
    server = Cluster(home)
    server.install()
    with pytest.MonkeyPatch.context() as patch:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            patch.setitem(cluster._SETTINGS, setting, "off")
        server.start()
    try:
        roles.install(home)
        migrate.upgrade(home)
        yield home
    finally:
        server.destroy()


@pytest.fixture(scope="module")
def node_home(
    server_home: NodeHome, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeHome]:
    """``node_home("CA")`` makes a node with a migrated, empty database; dropped with the module."""
    made: list[NodeHome] = []

    def make(country: str = "CA") -> NodeHome:
        path = tmp_path_factory.mktemp(f"node-{country.lower()}")
        made.append(made_from(server_home, path, country, port=8100 + len(made)))
        return made[-1]

    yield make
    with roles.connect_admin(server_home) as admin:
        for home in made:
            roles.drop_database(admin, home.database.name)


@pytest.fixture(scope="module")
def home(node_home: MakeHome) -> NodeHome:
    """A Canadian node with a migrated, empty database, shared by the tests of one module."""
    return node_home("CA")


def made_from(server: NodeHome, path: Path, country: str, port: int = 8100) -> NodeHome:
    """A node with an empty database of its own on another node's server."""
    fresh = NodeHome.create(path, country=country, port=port)
    # The server knows the passwords of the home that made it.
    passwords = (server.path / "secrets" / "database.json").read_bytes()
    (path / "secrets" / "database.json").write_bytes(passwords)
    name = f"test_{path.name.replace('-', '_')}"
    home = fresh.changed(database=msgspec.structs.replace(server.database, name=name))
    home.save()
    create_database(home, server.database.name)
    return home


def create_database(home: NodeHome, template: str) -> None:
    """A copy of a database that nobody is connected to, as secure as the original."""
    with roles.connect_admin(home) as admin:
        roles.create_database(admin, home.database.name, template)
    roles.secure(home)
