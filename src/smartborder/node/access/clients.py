"""API clients: airline hosts, handling agents, gateways, screening systems, and their keys.

A client starts in test mode with test keys. Once its messages pass the published conformance set
it goes live, and only then can it be given a live key. A key is shown once and kept as a hash.

A screening system reports nobody: it asks whether somebody is on one of the lists named for it,
and nothing else answers its key.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, get_args

import msgspec

from smartborder.kernel.errors import AccessError, InputError, StateError
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Role
from smartborder.node.access.tokens import hashed, new_token
from smartborder.node.store.session import Row, Session

Kind = Literal["airline-host", "handling-agent", "gateway", "screening-system"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KeyMode = Literal["test", "live"]
SCREENING: Kind = "screening-system"
KEY_LIFE = timedelta(days=365)
PER_MINUTE = 600
MOST_PER_MINUTE = 100_000
_PREFIX: dict[KeyMode, str] = {"test": "sbt_", "live": "sbl_"}
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,/()-]{0,34}")
"""UNB party identification, element 0004: up to 35 signs, none of them a service sign."""


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


class OtherUse(AccessError):
    """The key is of a client made for another use: screening systems ask, the others report."""

    code = "client.other-use"
    title = Text("This key is for another use", "Cette clé sert à un autre usage")
    status = 403


class ListsUnusable(InputError):
    """A screening system needs the names of the lists it may ask about; no other client does."""

    code = "client.lists-unusable"
    title = Text("Lists cannot be used", "Listes inutilisables")


class NotLiveYet(StateError):
    """A live key needs a client that has passed the conformance set and gone live."""

    code = "client.not-live-yet"
    title = Text("This client is still in test mode", "Ce client est encore en mode d'essai")


class CarriersUnusable(InputError):
    """A carrier is an airline designator: two or three letters or digits, such as AC or BAW."""

    code = "client.carriers-unusable"
    title = Text("Carriers cannot be used", "Transporteurs inutilisables")


class SettingsUnusable(InputError):
    """Name: 1 to 100 signs. Address: 1 to 35 letters or digits. Requests a minute: 1 to 100,000."""

    code = "client.settings-unusable"
    title = Text("Settings of the client cannot be used", "Réglages du client inutilisables")


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """One system that reports to this node.

    Attributes:
        id: record id (``client-...``).
        name: what the carrier desk sees.
        carriers: airline designators it may report for; none for a screening system.
        lists: names of the imported lists a screening system may ask about.
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
    lists: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """What it is in the table of roles; empty for those that report."""
        return frozenset({Role.SCREENING_SYSTEM}) if self.kind == SCREENING else frozenset()


class Caller(NamedTuple):
    """A client that has shown a valid key; what it sends counts as ``mode``."""

    client: Client
    mode: KeyMode


def add(
    s: Session,
    *,
    name: str,
    kind: Kind,
    carriers: Iterable[str] = (),
    address: str = "CARRIER",
    per_minute: int = PER_MINUTE,
    lists: Iterable[str] = (),
) -> Client:
    """Register a client, in test mode and without a key.

    Raises:
        ClientExists: an open client has that name.
        CarriersUnusable: none given, or one that is no airline designator.
        ListsUnusable: a screening system without lists, or lists for another kind.
        SettingsUnusable: name, address or limit cannot be used.

    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise SettingsUnusable("name: 1 to 100 signs that can be read")
    named = frozenset(lists)
    if (kind == SCREENING) != bool(named):
        raise ListsUnusable("name lists for a screening system, and for no other client")
    client = Client(
        id=s.new_id("client"), name=name, kind=kind, lists=named,
        carriers=_usable(carriers) if kind != SCREENING else frozenset(),
        address=_address(address), per_minute=_limit(per_minute),
    )  # fmt: skip
    made = s.run(
        "INSERT INTO access.client (id, name, kind, carriers, address, per_minute, lists, made_at)"
        " VALUES (:id, :name, :kind, :carriers, :address, :per_minute, :lists, :now)"
        " ON CONFLICT (name) WHERE closed_at IS NULL DO NOTHING",
        id=client.id, name=name, kind=kind, carriers=sorted(client.carriers),
        address=client.address, per_minute=client.per_minute, lists=sorted(named), now=s.now,
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


def change(s: Session, client: Client, *, carriers: Iterable[str], address: str,
           per_minute: int) -> Client:  # fmt: skip
    """Change for whom a client reports, how it is addressed and how fast it may send.

    Raises:
        CarriersUnusable: see :func:`add`.
        SettingsUnusable: see :func:`add`.

    """
    changed = msgspec.structs.replace(
        client, address=_address(address), per_minute=_limit(per_minute),
        carriers=_usable(carriers) if client.kind != SCREENING else frozenset(),
    )  # fmt: skip
    s.run("UPDATE access.client SET carriers = :carriers, address = :address,"
          " per_minute = :per_minute WHERE id = :id", id=client.id,
          carriers=sorted(changed.carriers), address=changed.address,
          per_minute=changed.per_minute)  # fmt: skip
    s.leaf("access.client-changed", client.id, _leaf(changed))
    return changed


def go_live(s: Session, client_id: str, evidence: str) -> None:
    """End a client's test mode; ``evidence`` names the run that shows it passed.

    Whether that run counts is not looked at here but in :mod:`smartborder.node.carriers.admission`.
    """
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


_COLUMNS = "c.id, c.name, c.kind, c.carriers, c.address, c.per_minute, c.live_since, c.lists"


def _read(row: Row) -> Client:
    return Client(
        id=row["id"], name=row["name"], kind=row["kind"], carriers=frozenset(row["carriers"]),
        address=row["address"], per_minute=row["per_minute"], live_since=row["live_since"],
        lists=frozenset(row["lists"]),
    )  # fmt: skip


def _leaf(client: Client) -> dict[str, object]:
    return {"client": client.id, "kind": client.kind, "carriers": sorted(client.carriers),
            "address": client.address, "per_minute": client.per_minute,
            "lists": sorted(client.lists)}  # fmt: skip


def _address(address: str) -> str:
    if not _ADDRESS.fullmatch(address.strip()):
        raise SettingsUnusable("address: 1 to 35 letters or digits, as it stands in UNB")
    return address.strip()


def _limit(per_minute: int) -> int:
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise SettingsUnusable(f"requests a minute: 1 to {MOST_PER_MINUTE}")
    return per_minute


def _usable(carriers: Iterable[str]) -> frozenset[str]:
    given = frozenset(carrier.strip().upper() for carrier in carriers)
    bad = sorted(c for c in given if not (len(c) in (2, 3) and c.isascii() and c.isalnum()))
    if bad or not given:
        raise CarriersUnusable(f"not a designator: {bad[0]!r}" if bad else "give at least one")
    return given
