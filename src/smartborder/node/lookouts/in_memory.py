"""The look-outs and lists in force, held in memory and swapped whole when they change.

Two layers: imported lists (large, rarely changed) and look-outs of our own and of the partner
(small, changed at any moment). A swap is one assignment, so a screening under way finishes on
the version it began with.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec
import psycopg

from smartborder.engines.screening import Snapshot
from smartborder.formats.lists import content_hash
from smartborder.formats.lists.lookouts import identity_entry
from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.model.lookout import Lookout
from smartborder.model.passenger_list import Traveller
from smartborder.model.screening import Hit, ListEntry
from smartborder.node.lookouts.asked import query_of
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

    def instruction(self, entry: str) -> str:
        """The instruction behind an entry; imported lists mean 'board and refer'."""
        return self.instructions.get(entry, "board-and-refer")


class LookoutsInMemory:
    """The current layers; refreshed when the store's change counter has moved."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._lists: tuple[str, Snapshot] = ("", Snapshot.build(()))
        self._layers = Layers("", self._lists[1], self._lists[1], {})
        self._failed_at: datetime | None = None
        self.missing: str | None = None
        """The version in force that could not be loaded; None while all is well."""

    def current(self, s: Session) -> Layers:
        """The layers in force, rebuilt first if anything changed since they were built.

        Where they cannot be built the ones before them serve on, and ``missing`` says so.
        """
        version = self._version(s)
        if version != self._layers.version and not self._rests(version, s.now):
            with self._lock:
                if version != self._layers.version:
                    self._renew(s, version)
        return self._layers

    def loaded(self, s: Session) -> Layers:
        """The layers in force, and no older ones.

        Raises:
            LookoutsNotLoaded: if they cannot be built.

        """
        layers = self.current(s)
        if self.missing is not None:
            raise LookoutsNotLoaded("the version before it is in use", version=self.missing)
        return layers

    def _rests(self, version: str, now: datetime) -> bool:
        """Whether building this version failed a moment ago."""
        return (
            version == self.missing
            and self._failed_at is not None
            and abs(now - self._failed_at) < _AGAIN
        )

    def _renew(self, s: Session, version: str) -> None:
        try:
            self._layers = self._build(s, version)
        except psycopg.Error:
            raise
        except Exception as error:
            log.error("look-outs %s not loaded: %s", version, type(error).__name__)
            self.missing, self._failed_at = version, s.now
            self._layers = msgspec.structs.replace(
                self._layers, version=self._layers.version or "0.0"
            )
        else:
            self.missing = self._failed_at = None

    def warm(self) -> Layers:
        """Build the layers now (at process start)."""
        with self._store.act(SYSTEM, "lookouts") as s:
            return self.current(s)

    @staticmethod
    def _version(s: Session) -> str:
        row = s.one(
            "SELECT coalesce(max(n) FILTER (WHERE scope = 'lists'), 0) AS lists,"
            " coalesce(max(n) FILTER (WHERE scope = 'lookouts'), 0) AS lookouts"
            " FROM lookouts.change"
        )
        return f"{row['lists']}.{row['lookouts']}"

    def _build(self, s: Session, version: str) -> Layers:
        lists_version = version.split(".")[0]
        if self._lists[0] != lists_version:
            rows = s.rows(
                "SELECT e.entry FROM lookouts.entry e JOIN lookouts.list_version v"
                " ON v.id = e.version WHERE v.active"
            )
            entries = (msgspec.convert(r["entry"], ListEntry) for r in rows)
            self._lists = (lists_version, Snapshot.build(entries, version=lists_version))
        rows = s.rows(
            "SELECT lookout FROM lookouts.lookout WHERE current AND withdrawn_at IS NULL"
            " AND lapsed_at IS NULL AND review_by > :today",
            today=s.now.date(),
        )
        lookouts = [msgspec.convert(r["lookout"], Lookout) for r in rows]
        overlay = Snapshot.build((entry_of(x) for x in lookouts), version=version)
        instructions = {entry_id(x.id): x.instruction for x in lookouts}
        return Layers(version, self._lists[1], overlay, instructions)
