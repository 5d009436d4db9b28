"""The addresses that a client's replies are pushed to: one for test traffic, one for live."""

from datetime import datetime

import msgspec

from smartborder.node.access.clients import Client, KeyMode, NotLiveYet
from smartborder.node.carriers import push_address
from smartborder.node.carriers.push_address import AddressRefused
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

__all__ = ["AddressRefused", "Hook", "of", "register", "remove"]


class Hook(msgspec.Struct, frozen=True, kw_only=True):
    """One address; replies made from ``since`` on are pushed to it."""

    mode: KeyMode
    url: str
    since: datetime


def of(s: Session, client: str) -> dict[KeyMode, Hook]:
    """The addresses of a client by mode."""
    rows = s.rows("SELECT mode, url, since FROM carriers.hook WHERE client = :c", c=client)
    found = (msgspec.convert(row, Hook) for row in rows)
    return {hook.mode: hook for hook in found}


def register(s: Session, home: NodeHome, client: Client, mode: KeyMode, url: str) -> None:
    """Push a client's replies of one mode to an address from now on, in place of the one before.

    Raises:
        AddressRefused: nothing may be pushed there.
        NotLiveYet: live replies of a client in test mode.

    """
    if mode == "live" and client.live_since is None:
        raise NotLiveYet("this client has no live traffic yet")
    push_address.target(url, home)
    s.run(
        "INSERT INTO carriers.hook (client, mode, url, since, looked_at, made_by)"
        " VALUES (:client, :mode, :url, :now, :now, :by) ON CONFLICT (client, mode)"
        " DO UPDATE SET url = excluded.url, made_by = excluded.made_by",
        client=client.id,
        mode=mode,
        url=url,
        now=s.now,
        by=s.actor.label,
    )
    s.leaf("carriers.hook", client.id, {"mode": mode, "url": url})


def remove(s: Session, client: str, mode: KeyMode) -> bool:
    """Push nothing any more; whether there was an address. What waits is fetched as before."""
    gone = s.run("DELETE FROM carriers.hook WHERE client = :client AND mode = :mode",
                 client=client, mode=mode)  # fmt: skip
    if gone:
        s.leaf("carriers.hook", client, {"mode": mode, "url": None})
    return bool(gone)
