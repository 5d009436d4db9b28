"""Make everything a node's database needs, in the right order; each step is safe to repeat."""

from collections.abc import Iterator
from contextlib import contextmanager

from smartborder.node.home import NodeHome
from smartborder.node.store import migrate, roles
from smartborder.node.store.cluster import Cluster


def install(home: NodeHome) -> NodeHome:
    """Make the data folder (own server), the roles, the database and its tables.

    An own server is stopped again unless it was running before.

    Returns:
        The home, marked as installed.

    """
    with serving(home):
        roles.install(home)
        migrate.upgrade(home)
    installed = home.changed(installed=True)
    installed.save()
    return installed


@contextmanager
def serving(home: NodeHome) -> Iterator[None]:
    """Within the block the database answers; an own server that we started is stopped after it."""
    if home.database.kind == "given":
        yield
        return
    cluster = Cluster(home)
    cluster.install()
    was_running = cluster.pid() is not None
    cluster.start()
    try:
        yield
    finally:
        if not was_running:
            cluster.stop()
