"""A person at a carrier opens the carrier's own page: a link that works once, a short session.

Nobody at a carrier has an account here. The link comes from whoever holds the carrier's key, or
from the carrier desk; it is kept as a hash, as the session is. A visit sees what its client sent
in the modes it was made for (a test key opens no live traffic), for the carriers it names, and
never a reason or a hit.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from smartborder.kernel.errors import AccessError, InputError
from smartborder.kernel.text import Text
from smartborder.node.access.clients import Client, KeyMode
from smartborder.node.access.tokens import hashed, new_token
from smartborder.node.store.session import Row, Session

PATH = "carrier/enter/"
"""Where a link leads, below the address of the node."""
LINK_LIFE = timedelta(hours=24)
"""Long enough for somebody in another time zone to read a message."""
LASTS = timedelta(minutes=30)
"""A visit ends then, busy or not; the next one needs a new link."""


class VisitOver(AccessError):
    """The link was used or has expired, or the visit is over: ask for a new link."""

    code = "carrier.visit-over"
    title = Text("This visit is over", "Cette visite est terminée")
    status = 401
    said = Text(
        "Ask whoever holds your key, or the help desk, for a new link.",
        "Demandez un nouveau lien à la personne qui détient votre clé ou au bureau d'aide.",
    )


class NotTheirCarrier(InputError):
    """A link can be narrowed to carriers of its client, and to no others."""

    code = "carrier.visit-carriers"
    title = Text("Not a carrier of this client", "Transporteur étranger à ce client")


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What one visit may see.

    Attributes:
        client: record id of the client whose page it is.
        name: the client as people call it.
        modes: test traffic, live traffic, or both.
        carriers: for which of the client's carriers.
        whole: these are all carriers of the client, so what names no carrier is theirs too.
        live_since: when the client left test mode.
        ends: when the session is over, or the link expires.

    """

    client: str
    name: str
    modes: tuple[KeyMode, ...]
    carriers: frozenset[str]
    whole: bool
    live_since: datetime | None
    ends: datetime


class Begun(NamedTuple):
    """A visit that has just begun; ``token`` goes into the cookie and is kept nowhere else."""

    visit: Visit
    token: str


def modes(client: Client) -> tuple[KeyMode, ...]:
    """What there is to see of a client: test traffic always, live traffic once it is live."""
    return ("live", "test") if client.live_since else ("test",)


def make_link(s: Session, client: Client, seen: Collection[KeyMode],
              carriers: Collection[str] = ()) -> str:  # fmt: skip
    """A token for one visit; only its hash is kept. The address is :data:`PATH` and the token.

    Args:
        s: the transaction of whoever gives the link.
        client: whose page.
        seen: test traffic, live traffic or both.
        carriers: narrows it to some carriers of the client; empty for all.

    Raises:
        NotTheirCarrier: one of them is not the client's.

    """
    named = frozenset(carriers) or client.carriers
    if strange := sorted(named - client.carriers):
        raise NotTheirCarrier("choose among the client's carriers", carrier=strange[0])
    token = new_token()
    s.run("DELETE FROM carriers.visit WHERE greatest(expires_at, session_ends) < :now", now=s.now)
    s.run(
        "INSERT INTO carriers.visit (token, client, made_by, made_at, expires_at, modes, carriers)"
        " VALUES (:token, :client, :by, :now, :ends, :modes, :carriers)",
        token=hashed(token),
        client=client.id,
        by=s.actor.label,
        now=s.now,
        ends=s.now + LINK_LIFE,
        modes=sorted(seen),
        carriers=sorted(named),
    )
    s.leaf("carriers.visit-link", client.id, {"client": client.id, "by": s.actor.label})
    return token


def offered(s: Session, token: str) -> Visit:
    """What a link would open; looking does not use it up, for mail scanners look at links too.

    Raises:
        VisitOver: see there.

    """
    row = s.first(
        f"SELECT {_COLUMNS}, v.expires_at AS ends FROM {_VISIT} WHERE v.token = :token"
        " AND v.used_at IS NULL AND v.expires_at > :now AND c.closed_at IS NULL",
        token=hashed(token),
        now=s.now,
    )
    return _read(row)


def begin(s: Session, token: str) -> Begun:
    """Use a link up and begin its visit; of two at once, one wins.

    Raises:
        VisitOver: see there.

    """
    visit = msgspec.structs.replace(offered(s, token), ends=s.now + LASTS)
    session = new_token()
    used = s.run(
        "UPDATE carriers.visit SET used_at = :now, session = :session, session_ends = :ends"
        " WHERE token = :token AND used_at IS NULL",
        now=s.now,
        session=hashed(session),
        ends=visit.ends,
        token=hashed(token),
    )
    if not used:
        raise VisitOver("this link has just been used")
    s.leaf("carriers.visit-begun", visit.client, {"client": visit.client})
    return Begun(visit, session)


def resume(s: Session, session: str) -> Visit:
    """The visit under way with this session token.

    Raises:
        VisitOver: see there.

    """
    row = s.first(
        f"SELECT {_COLUMNS}, v.session_ends AS ends FROM {_VISIT} WHERE v.session = :session"
        " AND v.session_ends > :now AND c.closed_at IS NULL",
        session=hashed(session),
        now=s.now,
    )
    return _read(row)


def end(s: Session, session: str) -> None:
    """End a visit; unknown tokens are ignored."""
    s.run("UPDATE carriers.visit SET session_ends = :now WHERE session = :session"
          " AND session_ends > :now", now=s.now, session=hashed(session))  # fmt: skip


_VISIT = "carriers.visit v JOIN access.client c ON c.id = v.client"
_COLUMNS = "v.client, v.modes, v.carriers, c.name, c.carriers AS every, c.live_since"


def _read(row: Row | None) -> Visit:
    if row is None:
        raise VisitOver("ask for a new link")
    named, every = frozenset(row["carriers"]), frozenset(row["every"])
    return Visit(
        client=row["client"], name=row["name"], modes=tuple(row["modes"]),
        carriers=named & every, whole=every <= named, live_since=row["live_since"],
        ends=row["ends"],
    )  # fmt: skip
