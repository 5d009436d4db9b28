"""The look-outs and lists in force, held in memory and swapped whole when they change.

Two layers: imported lists (large, rarely changed) and look-outs of our own and of the partner
(small, changed at any moment). A swap is one assignment, so a screening under way finishes on
the version it began with.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

import msgspec
import psycopg
from sqlalchemy.exc import SQLAlchemyError

from smartborder.engines.screening import Snapshot
from smartborder.formats.lists import content_hash
from smartborder.formats.lists.lookouts import identity_entry
from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.model.lookout import Lookout
from smartborder.model.passenger_list import Traveller
from smartborder.model.screening import Hit, ListEntry
from smartborder.node.lookouts.asked import query_of
from smartborder.node.lookouts.list_layer import ListLayer
from smartborder.node.lookouts.sealed import KEPT, said
from smartborder.node.store.session import SYSTEM, Session, Store

log = logging.getLogger("smartborder.lookouts")
OWN_LIST = "lookout"
_AGAIN = timedelta(seconds=10)
"""How long after a failure loading is not tried again."""


class LookoutsNotLoaded(EnvironmentFault):
    """The look-outs in force could not be loaded; the log names the fault. Replies go on."""

    code = "lookouts.not-loaded"
    title = Text("Look-outs could not be loaded", "Signalements impossibles à charger")


def entry_id(lookout_id: str) -> str:
    """What hits of a look-out call it: ``lookout:<id>``."""
    return f"{OWN_LIST}:{lookout_id}"


def entry_of(lookout: Lookout) -> ListEntry:
    """A look-out as the matcher sees it.

    Its version is the hash of what identifies the subject: a new review date or instruction
    does not re-open what an officer decided about a pair.
    """
    entry = msgspec.structs.replace(
        identity_entry(lookout),
        list=OWN_LIST if lookout.agreement is None else f"partner:{lookout.originator}",
    )
    return msgspec.structs.replace(entry, version=content_hash(entry))


class Layers(msgspec.Struct, frozen=True):
    """One version of everything in force."""

    version: str
    lists: Snapshot
    lookouts: Snapshot
    instructions: Mapping[str, str]

    def screen(self, people: Sequence[Traveller], as_of: date) -> list[tuple[Hit, ...]]:
        """Hits of each person over both layers, best first."""
        queries = [query_of(p, str(n)) for n, p in enumerate(people)]
        merged = []
        for a, b in zip(
            self.lookouts.screen(queries, as_of=as_of),
            self.lists.screen(queries, as_of=as_of),
            strict=True,
        ):
            both = (*a, *b)
            merged.append(tuple(sorted(both, key=lambda h: -h.score)) if a and b else both)
        return merged

    @property
    def lists_version(self) -> int:
        """Number of the last change of the lists in it."""
        return int(self.version.split(".")[0] or 0)

    def instruction(self, entry: str) -> str:
        """The instruction behind an entry; imported lists mean 'board and refer'."""
        return self.instructions.get(entry, "board-and-refer")


class LookoutsInMemory:
    """The current layers; refreshed when the store's change counter has moved."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._lists = ListLayer(store)
        self._layers = Layers("", self._lists.ready[1], self._lists.ready[1], {})
        self._failed_at: datetime | None = None
        self.missing: str | None = None
        """The version in force that could not be loaded; None while all is well."""

    def current(self, s: Session, *, wait: bool = False) -> Layers:
        """The layers in force, refreshed first if anything changed since they were built.

        Look-outs are refreshed at once. A long list that is new is built beside the one before,
        which answers until then unless one waits: :meth:`behind` says so of the layers. Where
        something cannot be built the layers before serve on, and ``missing`` says so.
        """
        version = self._version(s)
        if version != self._layers.version and not self._rests(version, s.now):
            self._renew(s, version, wait=wait)
        return self._layers

    def loaded(self, s: Session) -> Layers:
        """The layers in force, and no older ones; waits for them.

        Raises:
            LookoutsNotLoaded: if they cannot be built.

        """
        layers = self.current(s, wait=True)
        if self.missing is not None:
            raise LookoutsNotLoaded("the version before it is in use", version=self.missing)
        return layers

    def behind(self, layers: Layers) -> bool:
        """Whether a newer version of the lists is being built, so that who was checked against
        ``layers`` is to be checked again. What could not be loaded at all is a spell instead.
        """
        return self.missing is None and layers.lists_version < self._lists.wanted

    def warm(self) -> None:
        """Build the layers now, at process start; a failure is met again by the first question."""
        with suppress(psycopg.Error, SQLAlchemyError), self._store.act(SYSTEM, "lookouts") as s:
            self.current(s)

    def _rests(self, version: str, now: datetime) -> bool:
        """Whether building this version failed a moment ago."""
        return (
            version == self.missing
            and self._failed_at is not None
            and abs(now - self._failed_at) < _AGAIN
        )

    def _renew(self, s: Session, version: str, *, wait: bool) -> None:
        lists, lookouts = version.split(".")
        try:
            self._lists.ask(int(lists), wait=wait)
            with self._lock:
                number, snapshot = self._lists.ready
                if self._layers.version != f"{number}.{lookouts}":
                    self._layers = self._built(s, f"{number}.{lookouts}", snapshot)
        except psycopg.Error:
            raise
        except Exception as error:
            log.error("look-outs %s not loaded: %s", version, type(error).__name__)
            self.missing, self._failed_at = version, s.now
            self._layers = msgspec.structs.replace(
                self._layers, version=self._layers.version or "0.0"
            )
        else:
            if number >= int(lists):
                self.missing = self._failed_at = None

    @staticmethod
    def _version(s: Session) -> str:
        row = s.one(
            "SELECT coalesce((SELECT max(n) FROM lookouts.change WHERE scope = 'lists'), 0)"
            " AS lists, coalesce((SELECT max(n) FROM lookouts.change WHERE scope = 'lookouts'), 0)"
            " AS lookouts"
        )
        return f"{row['lists']}.{row['lookouts']}"

    @staticmethod
    def _built(s: Session, version: str, lists: Snapshot) -> Layers:
        rows = s.rows(
            f"{KEPT} WHERE l.current AND l.withdrawn_at IS NULL AND l.lapsed_at IS NULL"
            " AND l.review_by > :today",
            today=s.now.date(),
        )
        lookouts = [said(s, r) for r in rows]
        overlay = Snapshot.build((entry_of(x) for x in lookouts), version=version)
        instructions = {entry_id(x.id): x.instruction for x in lookouts}
        return Layers(version, lists, overlay, instructions)
