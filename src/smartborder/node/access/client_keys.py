"""The keys of a client one by one: which there are, a change of key without a gap, an end at once.

What a key opens lies in nobody's database: only its hash, when it was made and when it ends.
"""

from datetime import datetime, timedelta

import msgspec

from smartborder.node.access.clients import Client, KeyMode, make_key
from smartborder.node.store.session import NotFound, Session

OVERLAP = timedelta(hours=24)
"""How long the keys before it work on beside a new one, so that a system can change over."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """One key that works now; ``id`` names it, the key itself is not kept."""

    id: str
    mode: KeyMode
    made_at: datetime
    expires_at: datetime


def working(s: Session, client: str) -> list[Key]:
    """The keys of a client that work now, newest first."""
    rows = s.rows(
        "SELECT id, mode, made_at, expires_at FROM access.client_key WHERE client = :client"
        " AND revoked_at IS NULL AND expires_at > :now ORDER BY made_at DESC, id DESC",
        client=client,
        now=s.now,
    )
    return [msgspec.convert(row, Key) for row in rows]


def rotate(s: Session, client: Client, mode: KeyMode, overlap: timedelta = OVERLAP) -> str:
    """A new key, to be shown once; the ones before it of that mode end after ``overlap``.

    Raises:
        NotLiveYet: a live key for a client in test mode.

    """
    s.run(
        "UPDATE access.client_key SET expires_at = least(expires_at, :ends)"
        " WHERE client = :client AND mode = :mode AND revoked_at IS NULL",
        client=client.id,
        mode=mode,
        ends=s.now + overlap,
    )
    s.leaf("access.keys-replaced", client.id, {"client": client.id, "mode": mode})
    return make_key(s, client, mode)


def revoke(s: Session, client: str, key: str) -> None:
    """End one key of a client at once.

    Raises:
        NotFound: the client has no such key, or it has ended already.

    """
    ended = s.run(
        "UPDATE access.client_key SET revoked_at = :now WHERE id = :key AND client = :client"
        " AND revoked_at IS NULL",
        now=s.now,
        key=key,
        client=client,
    )
    if not ended:
        raise NotFound("no such key of this client")
    s.leaf("access.key-revoked", key, {"client": client})
