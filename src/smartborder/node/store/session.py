"""A transaction with an actor and a purpose: the only way to the data.

There is no read without both. Row security refuses a transaction that names no purpose, and
what a person saw of whom is written in the same transaction as the read itself.
"""

import logging
import re
import secrets
import select
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock
from typing import Any, Literal, cast

import msgspec
import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg.types.string import BytesBinaryDumper
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from smartborder.kernel.canonical import canonical, sha256_hex
from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.ids import after, make_id
from smartborder.kernel.text import Text
from smartborder.kernel.time import TimeSource
from smartborder.node.home import NodeHome

# The driver's warnings quote what the server said of a row, which may be personal.
logging.getLogger("psycopg").setLevel(logging.ERROR)

_FEW = 200
"""Rows that wait for the next statement; more are sent at once."""
ActorKind = Literal["officer", "client", "partner", "system", "auditor"]
Row = Mapping[str, Any]


class NotFound(StateError):
    """There is no such record, or it is not for you: the two look the same on purpose."""

    code = "record.not-found"
    title = Text("No such record", "Aucun enregistrement de ce nom")
    status = 404


class UnstorableText(InputError):
    """A text holds the sign NUL, which no name, address or reference has."""

    code = "record.unstorable-text"
    title = Text("Text cannot be used", "Texte inutilisable")


class Actor(msgspec.Struct, frozen=True):
    """Who acts: an officer by user id, a carrier's client, the partner node, the system."""

    kind: ActorKind
    id: str

    @property
    def label(self) -> str:
        """How registers and the ledger name the actor: ``officer:user-...``."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor("system", "system")


class NodeTime:
    """The operating system's clock, moved by the node's own offset (0 outside demonstrations)."""

    def __init__(self, offset_seconds: float = 0.0) -> None:
        self._offset = timedelta(seconds=offset_seconds)

    def now(self) -> datetime:
        """The present instant of this node, in UTC."""
        return datetime.now(UTC) + self._offset


class Ids:
    """Identifiers of one process: those made later sort later, within a millisecond too."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: tuple[int, bytes] = (-1, b"")

    def make(self, prefix: str, at: datetime) -> str:
        """A new identifier for something made ``at`` an instant."""
        millis = int(at.timestamp() * 1000)
        with self._lock:
            then, last = self._last
            # The top bit of the growing part starts at 0, so it has room to grow.
            fresh = secrets.token_bytes(10)
            random = after(last, fresh) if then == millis else fresh[:2] + _half(fresh[2:])
            self._last = (millis, random)
        return make_id(prefix, at, random)


def _half(data: bytes) -> bytes:
    return bytes([data[0] & 0xF7]) + data[1:]


class Session:
    """One transaction. Values are always bound; rows come back as mappings."""

    def __init__(self, connection: "psycopg.Connection[Any]", actor: Actor, purpose: str,
                 case: str | None, now: datetime, ids: Ids, data_key: bytes) -> None:  # fmt: skip
        self._connection = connection
        self._cursor = connection.cursor(row_factory=dict_row)
        self._waiting: list[tuple[bytes, dict[str, Any], psycopg.Cursor[Any] | None]] = []
        self._ids = ids
        self._told: dict[str, None] = {}
        self._seen: list[tuple[str, str, str]] = []
        self._leaves: list[tuple[str, str, bytes, bytes]] = []
        self.known: dict[tuple[str, str], Any] = {}
        """What this transaction has read and relies on; whoever changes such a thing drops it."""
        self.actor = actor
        self.purpose = purpose
        self.case = case
        self.now = now
        self.data_key = data_key
        """32 bytes of the node's own, never in the database: it wraps the keys of records."""

    @property
    def driver(self) -> "psycopg.Connection[Any]":
        """The driver's connection of this transaction, for COPY and jobs."""
        self.send()
        return self._connection

    def later(self, sql: str, **values: Any) -> None:
        """Execute a statement whose outcome nobody reads, together with the next that is read.

        All statements take effect in the order they were given, over fewer ways to the server.
        What is wrong with it is raised by the next statement, by :meth:`send` or at the end.
        """
        self._waiting.append((_driver_sql(sql), _storable(values), None))

    def ahead(self, sql: str, **values: Any) -> "Ahead":
        """Ask for rows that are needed later: the question goes with the next that is read.

        It is executed in its turn, after all that was given before it, and sees what they did.
        """
        cursor = self._connection.cursor(row_factory=dict_row)
        self._waiting.append((_driver_sql(sql), _storable(values), cursor))
        return Ahead(self, cursor)

    def send(self) -> None:
        """Execute what waits."""
        if self._waiting:
            with self._connection.pipeline():
                self._send_waiting()

    def _send_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        nobody = self._connection.cursor()
        for statement, values, cursor in waiting:
            (cursor or nobody).execute(statement, values)

    def run(self, sql: str, **values: Any) -> int:
        """Execute a statement; the number of rows it touched."""
        return self._execute(sql, values).rowcount

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """All rows of a query."""
        return list(self._execute(sql, values).fetchall())

    def first(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None."""
        return self._execute(sql, values).fetchone()

    def one(self, sql: str, **values: Any) -> Row:
        """The one row.

        Raises:
            NotFound: if there is none.
        """
        row = self.first(sql, **values)
        if row is None:
            raise NotFound("no such record, or not under this purpose")
        return row

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.first(sql, **values)
        return next(iter(row.values())) if row is not None else None

    def many(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """One statement for each of ``rows``, sent together."""
        if rows:
            self.send()
            self._cursor.executemany(_driver_sql(sql), [dict(r) for r in rows])

    def _execute(self, sql: str, values: dict[str, Any]) -> "psycopg.Cursor[DictRow]":
        if not self._waiting:
            return self._cursor.execute(_driver_sql(sql), _storable(values))
        cursor = self._connection.cursor(row_factory=dict_row)
        with self._connection.pipeline():
            self._send_waiting()
            cursor.execute(_driver_sql(sql), _storable(values))
        return cursor

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows at once, row security respected (COPY refuses guarded tables).

        The rows travel as one JSON document. ``table`` and ``columns`` are our own words, never
        input; a JSON column is given as ``msgspec.Raw``.
        """
        if rows:
            names = ", ".join(columns)
            document = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
            self.later(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM"
                f" json_populate_recordset(NULL::{table}, :rows)",
                rows=msgspec.json.encode(document).decode(),
            )
            if len(rows) > _FEW:
                self.send()  # long work does not pile up here

    def copy(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Bulk insert with COPY; only for tables without row security, names never from input."""
        if rows:
            with self.driver.cursor() as cursor:
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as sink:
                    for row in rows:
                        sink.write_row(row)

    def new_id(self, prefix: str) -> str:
        """A new identifier made now."""
        return self._ids.make(prefix, self.now)

    def saw(self, kind: str, ids: Sequence[str], what: str = "") -> None:
        """Note that the actor read these records; written when the transaction commits."""
        self._seen.extend((kind, record, what) for record in ids)

    def leaf(self, kind: str, record: str, value: Any) -> None:
        """Commit to ``value`` (as it stands now) in the ledger.

        The leaf holds SHA-256(salt, canonical value); the salt is kept apart and dies with
        the record, after which the leaf proves that something was recorded and tells nothing.
        """
        salt = secrets.token_bytes(32)
        commitment = bytes.fromhex(sha256_hex(salt + canonical(value)))
        self._leaves.append((kind, record, salt, commitment))

    def notify(self, topic: str) -> None:
        """Tell every worker, once this commits, that ``topic`` changed (no data travels)."""
        self._told[topic] = None

    def finish(self) -> None:
        """Write what was noted and commit."""
        if self._seen or self._leaves or self._told:
            self._note()
        if self._waiting:
            with self._connection.pipeline():
                self._send_waiting()
                # The driver's own commit() waits for the answer before a large value has left.
                self._connection.execute("COMMIT", prepare=False)
        else:
            self._connection.commit()

    def _note(self) -> None:
        """Audit rows, ledger leaves and news for workers, in one statement."""
        seen = list(zip(*self._seen, strict=True)) or [()] * 3
        leaves = list(zip(*self._leaves, strict=True)) or [()] * 4
        self.later(
            _NOTED, now=self.now, actor_kind=self.actor.kind, actor=self.actor.id,
            label=self.actor.label, purpose=self.purpose, case=self.case,
            seen_kinds=list(seen[0]), seen=list(seen[1]), whats=list(seen[2]),
            ids=[self.new_id("leaf") for _ in self._leaves], kinds=list(leaves[0]),
            records=list(leaves[1]), salts=list(leaves[2]), commitments=list(leaves[3]),
            topics=list(self._told),
        )  # fmt: skip


class Ahead:
    """Rows that were asked for ahead of their need."""

    def __init__(self, session: Session, cursor: "psycopg.Cursor[DictRow]") -> None:
        self._session = session
        self._cursor = cursor

    def rows(self) -> list[Row]:
        """All rows."""
        self._session.send()
        return list(self._cursor.fetchall())

    def first(self) -> Row | None:
        """The first row, or None."""
        self._session.send()
        return self._cursor.fetchone()


_NOTED = (
    "WITH seen AS (INSERT INTO audit.seen (at, actor_kind, actor, purpose, case_id, kind, record,"
    " what) SELECT :now, :actor_kind, :actor, :purpose, :case, k, r, w"
    " FROM unnest(CAST(:seen_kinds AS text[]), CAST(:seen AS text[]), CAST(:whats AS text[]))"
    " AS y(k, r, w)),"
    " x AS (SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:kinds AS text[]),"
    " CAST(:records AS text[]), CAST(:commitments AS bytea[]), CAST(:salts AS bytea[]))"
    " AS x(i, k, r, c, s)), leaves AS (INSERT INTO ledger.leaf (id, kind, record, commitment,"
    " actor, at) SELECT i, k, r, c, :label, :now FROM x),"
    " pending AS (INSERT INTO ledger.pending (leaf) SELECT i FROM x),"
    " openings AS (INSERT INTO ledger.opening (leaf, record, salt) SELECT i, r, s FROM x)"
    " SELECT pg_notify('smartborder', t) FROM unnest(CAST(:topics AS text[])) AS t"
)
_PLACE = re.compile(r"(?<![:\w]):(\w+)")
"""``:name``, but not the ``::type`` of a cast."""


@cache
def _driver_sql(sql: str) -> bytes:
    """Our ``:name`` as the driver's ``%(name)s``; texts are ours, so there are few."""
    return _PLACE.sub(r"%(\1)s", sql.replace("%", "%%")).encode()


def _storable(values: dict[str, Any]) -> dict[str, Any]:
    for value in values.values():
        if isinstance(value, str) and "\x00" in value:
            raise UnstorableText("a value holds the sign NUL")
    return values


def _plain(value: Any) -> Any:
    return "\\x" + value.hex() if isinstance(value, bytes) else value


class Store:
    """A node's database. One per process; its sessions are transactions."""

    def __init__(self, home: NodeHome, *, role: Literal["app", "auditor"] = "app",
                 time: TimeSource | None = None, pool_size: int = 8) -> None:  # fmt: skip
        self.home = home
        self.time: TimeSource = time or NodeTime(home.clock_offset_seconds)
        self._ids = Ids()
        self._data_key = home.data_key()
        self._closed = False

        def connect() -> Any:
            opened = psycopg.connect(home.dsn(role))
            # Bytes travel as they are: as text each would be two digits, written and read again.
            opened.adapters.register_dumper(bytes, BytesBinaryDumper)
            return opened

        # The connection last used is lent first: its server has the plans and tables in memory.
        self._pool = QueuePool(connect, pool_size=pool_size, max_overflow=pool_size, use_lifo=True)
        event.listen(self._pool, "checkout", _still_open)

    @contextmanager
    def act(self, actor: Actor, purpose: str, case: str | None = None) -> Iterator[Session]:
        """A transaction for ``actor`` under ``purpose``; rolled back on error."""
        lent = self._pool.connect()
        connection = cast("psycopg.Connection[Any]", lent.driver_connection)
        try:
            session = Session(connection, actor, purpose, case, self.time.now(), self._ids,
                              self._data_key)  # fmt: skip
            session.later(
                "SELECT set_config('smartborder.purpose', :purpose, true),"
                " set_config('smartborder.actor', :actor, true)",
                purpose=purpose,
                actor=actor.label,
            )
            yield session
            session.finish()
        finally:
            if connection.closed:
                lent.invalidate()
            lent.close()  # rolls back what was not committed
            if self._closed:
                self._pool.dispose()

    def close(self) -> None:
        """Close every connection: at once, and those still lent when they come back."""
        self._closed = True
        self._pool.dispose()


def _still_open(connection: Any, *_: Any) -> None:
    """Refuse a pooled connection with something to read: its server has said good-bye.

    Between transactions a server has nothing to say. Looking at the socket costs no round trip;
    the pool then connects anew.
    """
    socket = select.poll()
    if not connection.closed:
        socket.register(connection.fileno(), select.POLLIN)
    if connection.closed or socket.poll(0):
        raise DisconnectionError
