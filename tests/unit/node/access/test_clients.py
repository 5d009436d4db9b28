from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from smartborder.kernel.time import FixedTime
from smartborder.node.access import clients
from smartborder.node.access.clients import Client
from smartborder.node.access.users import PURPOSE
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Session, Store

pytestmark = pytest.mark.node


@pytest.fixture
def time() -> FixedTime:
    return FixedTime(datetime(2026, 11, 24, 3, tzinfo=UTC))


@pytest.fixture
def store(home: NodeHome, time: FixedTime) -> Iterator[Store]:
    made = Store(home, time=time, pool_size=1)
    yield made
    made.close()


@pytest.fixture
def s(store: Store) -> Iterator[Session]:
    with store.act(SYSTEM, PURPOSE) as session:
        yield session


@pytest.fixture
def client(s: Session, request: pytest.FixtureRequest) -> Client:
    return clients.add(s, name=request.node.name, kind="airline-host", carriers=["ac", "QK"])


def caller(s: Session, key: str) -> clients.Caller | None:
    try:
        return clients.identify(s, f"Bearer {key}")
    except clients.KeyRefused:
        return None


def test_a_test_key_says_who_calls_and_that_it_is_a_test(s: Session, client: Client) -> None:
    key = clients.make_key(s, client, "test")
    assert key.startswith("sbt_")
    assert caller(s, key) == (client, "test")
    assert client.carriers == {"AC", "QK"}


def test_a_live_key_needs_a_client_that_has_gone_live(s: Session, client: Client) -> None:
    with pytest.raises(clients.NotLiveYet):
        clients.make_key(s, client, "live")
    clients.go_live(s, client.id, "run-1")
    client = clients.find(s, client.name)
    assert client.live_since == s.now
    assert caller(s, clients.make_key(s, client, "live")) == (client, "live")


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer sbt_nothing", "Basic sbt_nothing"]
)
def test_every_refusal_looks_the_same(s: Session, header: str | None) -> None:
    with pytest.raises(clients.KeyRefused, match="send a valid key"):
        clients.identify(s, header)


def test_only_the_hash_of_a_key_is_kept(s: Session, client: Client) -> None:
    key = clients.make_key(s, client, "test")
    kept = bytes(s.one("SELECT hash FROM access.client_key WHERE client = :c", c=client.id)["hash"])
    assert len(kept) == 32
    assert key.encode() not in kept


@pytest.mark.parametrize(("days", "works"), [(364, True), (365, False)])
def test_a_key_expires(store: Store, time: FixedTime, days: int, works: bool) -> None:
    with store.act(SYSTEM, PURPOSE) as s:
        client = clients.add(s, name=f"expiring-{days}", kind="gateway", carriers=["AC"])
        key = clients.make_key(s, client, "test")
    time.move(timedelta(days=days))
    with store.act(SYSTEM, PURPOSE) as s:
        assert (caller(s, key) is not None) is works


def test_revoking_by_mode_and_closing(s: Session, client: Client) -> None:
    clients.go_live(s, client.id, "run-1")
    client = clients.find(s, client.id)
    test, live = clients.make_key(s, client, "test"), clients.make_key(s, client, "live")
    assert clients.revoke_keys(s, client.id, "live") == 1
    assert caller(s, live) is None
    assert caller(s, test) is not None
    clients.close(s, client.id)
    assert caller(s, test) is None
    with pytest.raises(clients.ClientUnknown):
        clients.find(s, client.id)


@pytest.mark.parametrize("carriers", [[], ["A"], ["AIRX"], ["É1"], ["A C"]])
def test_carriers_must_be_designators(s: Session, carriers: list[str]) -> None:
    with pytest.raises(clients.CarriersUnusable):
        clients.add(s, name="bad", kind="gateway", carriers=carriers)


def test_a_name_is_taken_while_its_client_is_open(s: Session, client: Client) -> None:
    with pytest.raises(clients.ClientExists):
        clients.add(s, name=client.name, kind="gateway", carriers=["AC"])
    clients.close(s, client.id)
    clients.add(s, name=client.name, kind="gateway", carriers=["AC"])
