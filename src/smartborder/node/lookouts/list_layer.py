"""The imported lists in force, in memory: a new version is built beside the one in use.

Building takes a tenth of a millisecond a name, so seconds for a long list. Whoever asks meanwhile
is answered by the version before; the record of that check names the version, and whoever was
checked so is checked again once the new one is there (:mod:`recheck`). The swap is one assignment.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import psycopg

from smartborder.engines.screening import Snapshot
from smartborder.model.screening import ListEntry
from smartborder.node.store.session import SYSTEM, Session, Store

PATIENCE = 0.1
"""Seconds from the start of building for which questions wait; a short list is there by then."""
_TURN = 0.0005
"""Seconds after which building lets another thread have its turn, so that questions go on."""
_USUAL_TURN = 0.005


class Building:
    """One version under way, in a thread of its own."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.done = threading.Event()
        self.error: Exception | None = None

    def finished(self, *, wait: bool) -> bool:
        """Whether it is done, asked by somebody who waits or hardly does."""
        left = PATIENCE - (time.monotonic() - self.began)
        return self.done.wait(None if wait else max(left, 0.0))


class ListLayer:
    """The lists of one process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._building: Building | None = None
        self.ready: tuple[int, Snapshot] = (-1, Snapshot.build(()))
        """The version in use (-1 before the first) and its snapshot."""
        self.wanted = 0
        """The newest version that anybody in this process has asked for."""

    def ask(self, version: int, *, wait: bool) -> None:
        """See to it that ``version`` (or a newer one) is ready, or soon will be.

        Args:
            version: number of the last change of the lists.
            wait: do not return before it is ready. Before the first version everybody waits.

        Raises:
            psycopg.Error: the database failed while somebody waited.
            Exception: whatever is wrong with the lists; once for each try.

        """
        wait = wait or self.ready[0] < 0
        while (building := self._under_way(version)) is not None:
            if not building.finished(wait=wait):
                return
            with self._lock:
                if self._building is building:
                    self._building = None
            if building.error is not None and (
                wait or not isinstance(building.error, psycopg.Error)
            ):
                raise building.error
            if not wait:
                return

    def _under_way(self, version: int) -> Building | None:
        """What is being built, begun now if nothing is; None if ``version`` is ready."""
        with self._lock:
            self.wanted = max(self.wanted, version)
            if self.ready[0] >= version:
                return None
            if self._building is None:
                self._building = Building()
                threading.Thread(
                    target=self._build, args=(self._building,), name="lists", daemon=True
                ).start()
            return self._building

    def _build(self, building: Building) -> None:
        try:
            with self._store.act(SYSTEM, "lookouts") as s:
                version = lists_version(s)
                rows = s.rows(
                    "SELECT e.entry FROM lookouts.entry e JOIN lookouts.list_version v"
                    " ON v.id = e.version WHERE v.active"
                )
            with _taking_short_turns():
                entries = (msgspec.convert(r["entry"], ListEntry) for r in rows)
                made = Snapshot.build(entries, version=str(version))
            self.ready = (version, made)
        except Exception as error:
            building.error = error
        finally:
            building.done.set()


def lists_version(s: Session) -> int:
    """Number of the last change of the imported lists; 0 before the first."""
    number: int = s.value("SELECT coalesce(max(n), 0) FROM lookouts.change WHERE scope = 'lists'")
    return number


@contextmanager
def _taking_short_turns() -> Iterator[None]:
    """Threads of this process change places ten times as often meanwhile."""
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(_USUAL_TURN)
