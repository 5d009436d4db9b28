"""A long list is built beside the one in use; nobody waits for it who does not have to."""

import threading

import psycopg
import pytest

from smartborder.engines.screening import Snapshot
from smartborder.formats.lists import read_list
from smartborder.node.lookouts import list_layer
from smartborder.node.lookouts.in_memory import LookoutsInMemory, LookoutsNotLoaded
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.store.session import SYSTEM, Store

pytestmark = [pytest.mark.node, pytest.mark.points(8)]
HEAD = "id,nationality,last_name,first_name,birth_date\n"


class Gate:
    """Stands before ``Snapshot.build``: the real one, once it may."""

    def __init__(self, monkeypatch):
        self.open = threading.Event()
        self.reached = threading.Event()
        self.wrong = None
        build = Snapshot.build

        def gated(entries, *, version="", like=None):
            if threading.current_thread().name == "lists":
                self.reached.set()
                self.open.wait(20)
                if self.wrong:
                    raise self.wrong
            return build(entries, version=version, like=like)

        monkeypatch.setattr(Snapshot, "build", gated)
        monkeypatch.setattr(list_layer, "PATIENCE", 0.0)


@pytest.fixture
def store(home):
    opened = Store(home)
    yield opened
    opened.close()


@pytest.fixture
def gate(monkeypatch):
    made = Gate(monkeypatch)
    yield made
    made.open.set()


def load(store, *people):
    with store.act(SYSTEM, "lookouts") as s:
        import_list(s, read_list("watch.csv", (HEAD + "".join(people)).encode()), force=True)


@pytest.fixture
def memory(store):
    """In memory: one name."""
    load(store, "A1,HUN,Pruefer,Zoltan,1970-02-03\n")
    memory = LookoutsInMemory(store)
    memory.warm()
    return memory


def now(store, memory, **how):
    with store.act(SYSTEM, "lookouts") as s:
        layers = memory.current(s, **how)
        return len(layers.lists), memory.behind(layers)


BOTH = ("A1,HUN,Pruefer,Zoltan,1970-02-03\n", "A2,COL,Nadie,Nadie,1971-02-03\n")


def test_while_a_new_list_is_built_the_one_before_answers_and_says_so(store, memory, gate):
    assert now(store, memory) == (1, False)
    load(store, *BOTH)
    assert now(store, memory) == (1, True)
    assert now(store, memory) == (1, True)
    gate.open.set()
    assert now(store, memory, wait=True) == (2, False)
    assert now(store, memory) == (2, False)


def test_a_look_out_is_in_force_at_once_also_while_a_list_is_built(store, memory, gate):
    load(store, *BOTH)
    assert now(store, memory) == (1, True)
    with store.act(SYSTEM, "lookouts") as s:
        s.run("INSERT INTO lookouts.change (scope, what, entry, at)"
              " VALUES ('lookouts', 'created', 'lookout:x', :now)", now=s.now)  # fmt: skip
        layers = memory.current(s)
        newest = s.value("SELECT max(n) FROM lookouts.change")
    assert layers.version.split(".")[1] == str(newest)
    assert memory.behind(layers)


def test_before_there_is_any_list_nobody_goes_unchecked(store, gate):
    load(store, *BOTH)
    memory = LookoutsInMemory(store)
    found = []
    asks = threading.Thread(target=lambda: found.append(now(store, memory)))
    asks.start()
    assert gate.reached.wait(20)
    assert found == []
    gate.open.set()
    asks.join(20)
    assert found == [(2, False)]


def test_a_list_that_cannot_be_built_is_named_as_missing_and_the_one_before_serves(
    store, memory, gate
):
    gate.wrong = ValueError("nothing that is in it")
    load(store, *BOTH)
    assert now(store, memory) == (1, True)
    gate.open.set()
    with store.act(SYSTEM, "lookouts") as s, pytest.raises(LookoutsNotLoaded):
        memory.loaded(s)
    assert now(store, memory) == (1, False)  # a spell now, no list under way
    assert memory.missing is not None


def test_a_database_that_failed_while_nobody_waited_is_asked_again(store, memory, gate):
    gate.wrong = psycopg.OperationalError("gone")
    load(store, *BOTH)
    assert now(store, memory) == (1, True)
    gate.open.set()
    memory._lists._building.done.wait(20)
    gate.wrong = None
    assert now(store, memory)[1]
    assert now(store, memory, wait=True) == (2, False)
    assert memory.missing is None
