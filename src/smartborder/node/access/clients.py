"""API clients: airline hosts, handling agents and gateways, their keys and their carriers.

A client starts in test mode with test keys. Once its messages pass the published conformance set
it goes live, and only then can it be given a live key. A key is shown once and kept as a hash.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

import msgspec

from smartborder.kernel.errors import AccessError, InputError, StateError
from smartborder.kernel.text import Text
from smartborder.node.access.tokens import hashed, new_token
from smartborder.node.store.session import Row, Session

Kind = Literal["airline-host", "handling-agent", "gateway"]
KeyMode = Literal["test", "live"]
KEY_LIFE = timedelta(days=365)
PER_MINUTE = 600
_PREFIX: dict[KeyMode, str] = {"test": "sbt_", "live": "sbl_"}


class KeyRefused(AccessError):
    """No key, an unknown, expired or revoked one: send ``Authorization: Bearer KEY``."""

    code = "client.key-refused"
    title = Text("Key refused", "Clé refusée")
    status = 401


class ClientUnknown(StateError):
    """There is no open client with that id or name."""

    code = "client.unknown"
    title = Text("No such client", "Client inconnu")
    status = 404


class ClientExists(StateError):
    """An open client has that name already."""

    code = "client.exists"
    title = Text("Client name is taken", "Nom de client déjà pris")


class NotLiveYet(StateError):
    """A live key needs a client that has passed the conformance set and gone live."""

    code = "client.not-live-yet"
    title = Text("This client is still in test mode", "Ce client est encore en mode d'essai")


class CarriersUnusable(InputError):
    """A carrier is an airline designator: two or three letters or digits, such as AC or BAW."""

    code = "client.carriers-unusable"
    title = Text("Carriers cannot be used", "Transporteurs inutilisables")


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """One system that reports to this node.

    Attributes:
        id: record id (``client-...``).
        name: what the carrier desk sees.
        carriers: airline designators it may report for.
        address: how replies are addressed to it in UNB.
        per_minute: requests it may send in a minute.
        live_since: when it left test mode; None while it is in it.

    """

    id: str
    name: str
    kind: Kind
    carriers: frozenset[str]
    address: str
    per_minute: int
    live_since: datetime | None = None


class Caller(NamedTuple):
    """A client that has shown a valid key; what it sends counts as ``mode``."""

    client: Client
    mode: KeyMode


def add(
    s: Session,
    *,
    name: str,
    kind: Kind,
    carriers: Iterable[str],
    address: str = "CARRIER",
    per_minute: int = PER_MINUTE,
) -> Client:
    """Register a client, in test mode and without a key.

    Raises:
        ClientExists: an open client has that name.
        CarriersUnusable: none given, or one that is no airline designator.

    """
    client = Client(
        id=s.new_id("client"), name=name, kind=kind, carriers=_usable(carriers),
        address=address, per_minute=per_minute,
    )  # fmt: skip
    made = s.run(
        "INSERT INTO access.client (id, name, kind, carriers, address, per_minute, made_at)"
        " VALUES (:id, :name, :kind, :carriers, :address, :per_minute, :now)"
        " ON CONFLICT (name) WHERE closed_at IS NULL DO NOTHING",
        id=client.id, name=name, kind=kind, carriers=sorted(client.carriers), address=address,
        per_minute=per_minute, now=s.now,
    )  # fmt: skip
    if not made:
        raise ClientExists(f"'{name}' is taken")
    s.leaf("access.client-added", client.id, _leaf(client))
    return client


def find(s: Session, id_or_name: str) -> Client:
    """An open client by id or name.

    Raises:
        ClientUnknown: if there is none.

    """
    row = s.first(
        f"SELECT {_COLUMNS} FROM access.client c"
        " WHERE (c.id = :which OR c.name = :which) AND c.closed_at IS NULL",
        which=id_or_name,
    )
    if row is None:
        raise ClientUnknown("no open client with that id or name")
    return _read(row)


def everyone(s: Session) -> list[Client]:
    """All open clients, by name."""
    rows = s.rows(
        f"SELECT {_COLUMNS} FROM access.client c WHERE c.closed_at IS NULL ORDER BY c.name"
    )
    return [_read(row) for row in rows]


def go_live(s: Session, client_id: str, evidence: str) -> None:
    """End a client's test mode; ``evidence`` names the run that shows it passed."""
    s.run("UPDATE access.client SET live_since = :now WHERE id = :id AND live_since IS NULL",
          id=client_id, now=s.now)  # fmt: skip
    s.leaf("access.client-live", client_id, {"client": client_id, "evidence": evidence})


def close(s: Session, client_id: str) -> None:
    """Close a client and revoke all its keys."""
    s.run("UPDATE access.client SET closed_at = :now WHERE id = :id", id=client_id, now=s.now)
    s.run("UPDATE access.client_key SET revoked_at = :now"
          " WHERE client = :id AND revoked_at IS NULL", id=client_id, now=s.now)  # fmt: skip
    s.leaf("access.client-closed", client_id, {"client": client_id})


def make_key(s: Session, client: Client, mode: KeyMode, life: timedelta = KEY_LIFE) -> str:
    """A new key, to be shown once; older keys stay valid until they are revoked or expire.

    Raises:
        NotLiveYet: a live key for a client in test mode.

    """
    if mode == "live" and client.live_since is None:
        raise NotLiveYet("certify it first, then: smartborder client live NAME --evidence RUN")
    key = new_token(_PREFIX[mode])
    key_id = s.new_id("key")
    s.run("INSERT INTO access.client_key (id, hash, client, mode, made_at, expires_at)"
          " VALUES (:id, :hash, :client, :mode, :now, :ends)",
          id=key_id, hash=hashed(key), client=client.id, mode=mode, now=s.now,
          ends=s.now + life)  # fmt: skip
    s.leaf("access.key-made", key_id, {"client": client.id, "mode": mode})
    return key


def revoke_keys(s: Session, client_id: str, mode: KeyMode | None = None) -> int:
    """Revoke a client's keys (of one mode, or all); how many were still valid."""
    revoked = s.run(
        "UPDATE access.client_key SET revoked_at = :now WHERE client = :client"
        " AND revoked_at IS NULL AND (CAST(:mode AS text) IS NULL OR mode = :mode)",
        client=client_id, mode=mode, now=s.now,
    )  # fmt: skip
    s.leaf("access.keys-revoked", client_id, {"client": client_id, "mode": mode or "all"})
    return revoked


def identify(s: Session, authorization: str | None) -> Caller:
    """Who calls, by the ``Authorization`` header (``Bearer KEY``).

    Raises:
        KeyRefused: see there; all its causes look the same.

    """
    scheme, _, key = (authorization or "").partition(" ")
    if scheme.lower() == "bearer" and key:
        row = s.first(
            f"SELECT {_COLUMNS}, k.mode FROM access.client_key k"
            " JOIN access.client c ON c.id = k.client"
            " WHERE k.hash = :hash AND k.revoked_at IS NULL AND k.expires_at > :now"
            " AND c.closed_at IS NULL",
            hash=hashed(key.strip()), now=s.now,
        )  # fmt: skip
        if row is not None:
            return Caller(_read(row), row["mode"])
    raise KeyRefused("send a valid key: Authorization: Bearer KEY")


_COLUMNS = "c.id, c.name, c.kind, c.carriers, c.address, c.per_minute, c.live_since"


def _read(row: Row) -> Client:
    return Client(
        id=row["id"], name=row["name"], kind=row["kind"], carriers=frozenset(row["carriers"]),
        address=row["address"], per_minute=row["per_minute"], live_since=row["live_since"],
    )  # fmt: skip


def _leaf(client: Client) -> dict[str, object]:
    return {"client": client.id, "kind": client.kind, "carriers": sorted(client.carriers)}


def _usable(carriers: Iterable[str]) -> frozenset[str]:
    given = frozenset(carrier.strip().upper() for carrier in carriers)
    bad = sorted(c for c in given if not (len(c) in (2, 3) and c.isascii() and c.isalnum()))
    if bad or not given:
        raise CarriersUnusable(f"not a designator: {bad[0]!r}" if bad else "give at least one")
    return given
