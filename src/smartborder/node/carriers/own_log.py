"""What a carrier's person reads of the carrier's own traffic: newest first, in codes.

Each transmission with what was noticed in it and how many travellers were given which code. No
traveller is named, no reason is given, and whether anybody was found on a list cannot be read
from it: a code is all that a carrier ever hears.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from smartborder.model.country import CountryPack, ReplyRow
from smartborder.model.reason import Finding
from smartborder.node.access.clients import KeyMode
from smartborder.node.carriers.log import LoggedMessage
from smartborder.node.carriers.visits import Visit
from smartborder.node.store.session import Session

SHOWN = 25
"""Transmissions on one page."""
CHANGES_DAYS = 7
_CHANGES = 50


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One reply: which code how often, and what became of it.

    Attributes:
        codes: code and text of the country's table with the number of travellers, in the order
            of the table.
        state: ``fetched`` for a reply to a message; for a changed one ``awaiting-ack``,
            ``escalated``, ``acknowledged`` or ``lapsed``.
        pushed: ``due``, ``sent`` or ``dead`` where an address for replies is registered.

    """

    id: str
    at: datetime
    codes: tuple[tuple[ReplyRow, int], ...]
    state: str
    flight: str | None = None
    pushed: str | None = None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One transmission with its messages and the replies to it."""

    id: str
    at: datetime
    state: str
    error: str | None
    findings: tuple[Finding, ...]
    messages: tuple[LoggedMessage, ...]
    replies: tuple[Given, ...]


class OwnLog(msgspec.Struct, frozen=True, kw_only=True):
    """One page; ``older`` is given as ``before`` to read on, None at the end."""

    sent: tuple[Sent, ...]
    changes: tuple[Given, ...]
    older: str | None


_THEIRS = (
    "(:whole OR EXISTS (SELECT FROM act.message m WHERE m.transmission = t.id"
    " AND m.carrier = ANY(:carriers)) OR EXISTS (SELECT FROM act.reply r JOIN act.message m"
    " ON m.id = r.message WHERE r.transmission = t.id AND m.carrier = ANY(:carriers)))"
)
_PUSHED = (
    "(SELECT p.state FROM carriers.push p WHERE p.reply = r.id ORDER BY p.escalation DESC LIMIT 1)"
    " AS pushed"
)
FLIGHT = (
    "f.carrier || ' ' || f.number || f.suffix || ' ' || f.origin || ' → ' || f.destination"
    " AS flight"
)
"""A flight (``f``) as people name it."""


def read(s: Session, pack: CountryPack, visit: Visit, mode: KeyMode,
         before: str | None = None) -> OwnLog:  # fmt: skip
    """One page of the log of a visit, in one of its modes; the read is noted."""
    bound = {"client": visit.client, "mode": mode, "whole": visit.whole,
             "carriers": sorted(visit.carriers)}  # fmt: skip
    rows = s.rows(
        "SELECT id, received_at AS at, state, error, findings FROM act.transmission t"
        " WHERE client = :client AND mode = :mode"
        f" AND (CAST(:before AS text) IS NULL OR id < :before) AND {_THEIRS}"
        " ORDER BY id DESC LIMIT :limit",
        before=before,
        limit=SHOWN + 1,
        **bound,
    )
    more, rows = len(rows) > SHOWN, rows[:SHOWN]
    ids = [r["id"] for r in rows]
    messages = s.rows(
        "SELECT transmission, id AS message, position, interchange_reference AS interchange,"
        " reference, purpose, carrier, travellers, state, findings FROM act.message"
        " WHERE transmission = ANY(:ids)"
        " AND (:whole OR carrier = ANY(:carriers)) ORDER BY position",
        ids=ids,
        whole=visit.whole,
        carriers=bound["carriers"],
    )
    replies = s.rows(
        f"SELECT r.transmission, r.id, r.created_at AS at, r.codes, r.state, {_PUSHED}, {FLIGHT}"
        " FROM act.reply r LEFT JOIN act.message m ON m.id = r.message"
        " LEFT JOIN act.flight f ON f.id = r.flight"
        " WHERE r.transmission = ANY(:ids) AND (:whole OR m.carrier = ANY(:carriers))"
        " ORDER BY r.id",
        ids=ids,
        whole=visit.whole,
        carriers=bound["carriers"],
    )
    changes = s.rows(
        f"SELECT r.id, r.created_at AS at, r.codes, r.state, {_PUSHED}, {FLIGHT}"
        " FROM act.reply r LEFT JOIN act.flight f ON f.id = r.flight"
        " LEFT JOIN act.message m ON m.id = r.message"
        " WHERE r.client = :client AND r.mode = :mode AND r.kind = 'unsolicited'"
        " AND r.created_at > :since AND (:whole OR m.carrier = ANY(:carriers))"
        " ORDER BY r.id DESC LIMIT :most",
        since=s.now - timedelta(days=CHANGES_DAYS),
        most=_CHANGES,
        **bound,
    )
    s.saw("transmission", ids, "carrier's own page")
    s.saw("reply", [r["id"] for r in changes], "carrier's own page")
    sent = (_sent(row, _of(messages, row), _of(replies, row), pack, visit) for row in rows)
    return OwnLog(sent=tuple(sent), changes=tuple(_given(r, pack) for r in changes),
                  older=ids[-1] if more else None)  # fmt: skip


def _of(rows: Sequence[Mapping[str, Any]], transmission: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{k: v for k, v in r.items() if k != "transmission"} for r in rows
            if r["transmission"] == transmission["id"]]  # fmt: skip


def _sent(row: Mapping[str, Any], messages: list[dict[str, Any]], replies: list[dict[str, Any]],
          pack: CountryPack, visit: Visit) -> Sent:  # fmt: skip
    """Findings of a whole transmission may be about another carrier's message in it."""
    findings = row["findings"] if visit.whole else []
    return Sent(
        id=row["id"], at=row["at"], state=row["state"], error=row["error"],
        findings=msgspec.convert(findings, tuple[Finding, ...]),
        messages=msgspec.convert(messages, tuple[LoggedMessage, ...]),
        replies=tuple(_given(r, pack) for r in replies),
    )  # fmt: skip


def _given(row: Mapping[str, Any], pack: CountryPack) -> Given:
    counted = Counter(row["codes"])
    codes = tuple((coded, counted[meaning]) for meaning, coded in pack.replies.items()
                  if counted[meaning])  # fmt: skip
    plain = {k: v for k, v in row.items() if k != "codes"}
    return Given(codes=codes, **plain)
