"""A client's own message log: what it sent, what became of it, everything that was noticed."""

from datetime import datetime
from typing import Any

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Row, Session

MOST = 200


class BadCursor(InputError):
    """``since`` is an instant (ISO 8601 with its offset), ``after`` the ``next`` of a page."""

    code = "log.bad-cursor"
    title = Text("Page of the log cannot be found", "Page du journal introuvable")


class LoggedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a transmission; no traveller is named in a log.

    Attributes:
        position: its place in the transmission, from 0.
        interchange: reference of its interchange (UNB).
        reference: reference of the message (UNH).
        purpose: what the message is for, such as ``passenger-list``.
        carrier: who operates the first leg.
        travellers: how many it names.
        findings: everything that was noticed in it.

    """

    message: str
    position: int
    interchange: str | None
    reference: str | None
    purpose: str
    carrier: str | None
    travellers: int
    state: str
    findings: tuple[Finding, ...] = ()


class Logged(msgspec.Struct, frozen=True, kw_only=True):
    """One transmission as its sender may see it.

    Attributes:
        transmission: the receipt.
        channel: ``api``, or ``watch`` for the watched folder.
        delivery: ``interactive`` or ``batch``.
        size: bytes.
        error: code of the reason why it was refused.
        findings: everything that was noticed in it.
        state: ``received``, ``waiting-parts``, ``answered``, ``failed-parse``, ``refused``
            (``error`` has the code) or ``failed`` (a fault of ours: it is kept, send it again).
        replies: ids of the replies given to it.

    """

    transmission: str
    received_at: datetime
    answered_at: datetime | None
    channel: str
    delivery: str
    size: int
    state: str
    error: str | None
    findings: tuple[Finding, ...] = ()
    messages: tuple[LoggedMessage, ...] = ()
    replies: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Transmissions, oldest first; ``next`` is given as ``after`` to read on, null at the end."""

    transmissions: tuple[Logged, ...]
    next: str | None


def page(s: Session, client: ReportingClient, *, since: datetime | None = None,
         after: str | None = None, limit: int = MOST) -> Page:  # fmt: skip
    """A page of the log of one client in one mode.

    Raises:
        BadCursor: ``since`` has no offset.

    """
    since = instant(since)
    limit = min(limit, MOST)
    rows = s.rows(
        f"SELECT {_COLUMNS} FROM act.transmission WHERE client = :client AND mode = :mode"
        " AND (CAST(:since AS timestamptz) IS NULL OR received_at >= :since)"
        " AND id > :after ORDER BY id LIMIT :limit",
        client=client.id,
        mode=client.mode,
        since=since,
        after=after or "",
        limit=limit + 1,
    )
    more, rows = len(rows) > limit, rows[:limit]
    return Page(transmissions=_with_all(s, rows), next=rows[-1]["transmission"] if more else None)


def one(s: Session, client: ReportingClient, transmission: str) -> Logged:
    """One transmission of a client in one mode.

    Raises:
        NotFound: there is none of that id, or it is another client's or of the other mode.

    """
    row = s.one(
        f"SELECT {_COLUMNS} FROM act.transmission WHERE id = :id AND client = :client"
        " AND mode = :mode",
        id=transmission,
        client=client.id,
        mode=client.mode,
    )
    return _with_all(s, [row])[0]


_COLUMNS = (
    "id AS transmission, received_at, answered_at, channel, delivery, size, state, error, findings"
)


def _with_all(s: Session, rows: list[Row]) -> tuple[Logged, ...]:
    """Transmissions with their messages and the ids of the replies to them."""
    ids = [r["transmission"] for r in rows]
    messages = _by_transmission(s, "id AS message, position, interchange_reference AS"
                                " interchange, reference, purpose, carrier, travellers, state,"
                                " findings", "act.message", ids)  # fmt: skip
    replies = _by_transmission(s, "id", "act.reply", ids)
    return tuple(
        msgspec.convert(
            {**r, "messages": messages.get(r["transmission"], ()),
             "replies": [x["id"] for x in replies.get(r["transmission"], ())]},
            Logged,
        )
        for r in rows
    )  # fmt: skip


def instant(since: datetime | None) -> datetime | None:
    """``since`` as it came, if it names one instant.

    Raises:
        BadCursor: it has no offset.

    """
    if since is not None and since.tzinfo is None:
        raise BadCursor("since needs an offset, such as 2026-11-24T10:00:00Z")
    return since


def _by_transmission(s: Session, columns: str, table: str,
                     ids: list[str]) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    found: dict[str, list[dict[str, Any]]] = {}
    for row in s.rows(f"SELECT transmission, {columns} FROM {table}"
                      " WHERE transmission = ANY(:ids) ORDER BY id", ids=ids):  # fmt: skip
        found.setdefault(row["transmission"], []).append(
            {k: v for k, v in row.items() if k != "transmission"}
        )
    return found
