"""Two nodes on two databases of one server, joined by a cable that tests can pull.

Use, in a test module marked ``pytestmark = pytest.mark.node``::

    from tests.support.pair import Pair

    @pytest.fixture(scope="module")
    def pair(node_home):
        with joined(node_home) as pair: yield pair

Only the HTTP hop is replaced: what would be posted is handed to the other node's own code.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import msgspec

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.time import FixedTime
from smartborder.model.dates import PartialDate
from smartborder.model.lookout import Lookout
from smartborder.model.screening import ListedDate, ListedDocument, ListedName
from smartborder.node.act import registers
from smartborder.node.act.registers import Holding
from smartborder.node.exchange import at_once, correction, hello, inbox
from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.keys import public_signing_key
from smartborder.node.exchange.transport import PartnerRefused, PartnerUnreachable
from smartborder.node.exchange.wire import BATCH_PATH, HELLO_PATH, QUERY_PATH, RECEIPTS_PATH
from smartborder.node.home import NodeHome, PartnerAddress
from smartborder.node.ledger.sequence import sequence
from smartborder.node.lookouts.recheck import recheck, settle
from smartborder.node.lookouts.sealed import by_id
from smartborder.node.lookouts.writing import Content
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Actor, Store
from smartborder.programmes.opening import open_node
from tests.support.node import MakeHome

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANNA = Actor("officer", "anna")
BORIS = Actor("officer", "boris")


class Cable:
    """The way from one node to the other. ``fault`` may damage, drop or repeat what passes."""

    def __init__(self, far_home: NodeHome, far_store: Store) -> None:
        self._home, self._store = far_home, far_store
        self.connected = True
        self.fault: Callable[[str, bytes, Callable[[bytes], bytes]], bytes] | None = None
        self.posted: list[tuple[str, bytes]] = []

    def post(self, path: str, body: bytes) -> bytes:
        if not self.connected:
            raise PartnerUnreachable("cable pulled")
        if self.fault is not None:
            return self.fault(path, body, lambda data: self.deliver(path, data))
        return self.deliver(path, body)

    def deliver(self, path: str, body: bytes) -> bytes:
        self.posted.append((path, body))
        receive = {
            BATCH_PATH: inbox.receive, HELLO_PATH: hello.receive, QUERY_PATH: at_once.receive,
            RECEIPTS_PATH: at_once.receive_receipts,
        }[path]  # fmt: skip
        try:
            return receive(self._home, self._store, body)
        except SmartborderError as error:
            raise PartnerRefused(error.code) from error


class Side:
    """One node of the pair with its clock and its cable to the other."""

    def __init__(self, home: NodeHome, clock: FixedTime) -> None:
        self.home = home
        self.store = Store(home, time=clock)
        self.node: Node = open_node(home, store=self.store)
        self.cable: Cable

    @contextmanager
    def act(self, actor: Actor = ANNA, purpose: str = "lookouts"):
        with self.store.act(actor, purpose) as s:
            yield s

    def send(self) -> int:
        """What the worker's duty does."""
        sent = send_due(self.home, self.store, self.cable)
        at_once.hand_over(self.home, self.store, self.cable)
        return sent

    def work(self) -> None:
        """What the worker does: rechecks that were queued, and the order of the ledger."""
        with self.act() as s:
            jobs = s.rows(
                "SELECT id, args FROM jobs.procrastinate_jobs WHERE task_name = 'recheck'"
                " AND status = 'todo' ORDER BY id"
            )
        for job in jobs:
            recheck(self.node, **job["args"])
            with self.act() as s:
                s.run("DELETE FROM jobs.procrastinate_jobs WHERE id = :id", id=job["id"])
        settle(self.node)
        correction.settle(self.node)
        while sequence(self.store):
            pass

    def lookout(self, record: str) -> Lookout:
        """A look-out as this side holds it now."""
        with self.act() as s:
            return by_id(s, [record])[record]

    def rows(self, sql: str, **values: object) -> list[dict]:
        with self.act() as s:
            return s.rows(sql, **values)

    def value(self, sql: str, **values: object):
        with self.act() as s:
            return s.value(sql, **values)


class Pair:
    """Canada and the United States."""

    def __init__(self, make: MakeHome) -> None:
        self.clock = FixedTime(NOON)
        homes = make("CA"), make("US")
        joined = []
        for home, other in (homes, homes[::-1]):
            partner = PartnerAddress(
                node_id=other.node_id,
                url="http://127.0.0.1:9",
                public_key=public_signing_key(other),
            )
            joined.append(home.changed(partner=partner))
            joined[-1].save()
        self.ca, self.us = Side(joined[0], self.clock), Side(joined[1], self.clock)
        self.ca.cable = Cable(self.us.home, self.us.store)
        self.us.cable = Cable(self.ca.home, self.ca.store)

    def settle(self) -> None:
        """Both workers have done all there is to do."""
        for _ in range(3):
            for side in (self.ca, self.us):
                side.send()
                side.work()

    def later(self, **span: float) -> None:
        self.clock.move(timedelta(**span))

    def close(self) -> None:
        for side in (self.ca, self.us):
            side.node.close()


PASSPORTS = range(1000000, 1001000)
"""X1000000 and so on: one for each passenger that a process of tests reports."""


def load_registers(side: Side) -> None:
    """Complete registers; Hungarian :data:`PASSPORTS` have an authorisation."""
    with side.store.act(SYSTEM, "registers") as s:
        for kind in sorted(registers.KINDS):
            lines = [Holding(document=f"X{n}", issuer="HUN") for n in PASSPORTS]
            held = lines if kind == "travel-authorisation" else []
            registers.load(s, kind, iter(held), source="test", complete_as_of=s.now)


@contextmanager
def joined(make: MakeHome) -> Iterator[Pair]:
    pair = Pair(make)
    try:
        yield pair
    finally:
        pair.close()


def content(name: str = "Zoltan PRUEFER", **changes: object) -> Content:
    """A look-out's content: a synthetic man, born 1970-02-03, passport X1234567."""
    return msgspec.structs.replace(
        Content(
            names=(ListedName(text=name),),
            birth_dates=(ListedDate(date=PartialDate(1970, 2, 3)),),
            nationalities=("HUN",),
            documents=(ListedDocument(number="X1234567", type="P", issuer="HUN"),),
            basis="warrant",
            office="Warrants desk",
            caveats=("originator-control",),
            review_by=date(2027, 11, 1),
        ),
        **changes,
    )
