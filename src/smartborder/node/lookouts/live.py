"""Travellers a change can still matter to: on flights not yet arrived, as last reported."""

from collections.abc import Sequence

import msgspec

from smartborder.model.passenger_list import Traveller
from smartborder.model.reply import ReplyCode
from smartborder.node.act.identity import Identity
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Row, Session

ARRIVING = "24 hours"
"""A flight without any known arrival counts as under way this long after its departure date."""

LIVE = (
    "t.mode = 'live' AND t.presence IN ('reported', 'boarded', 'boarded-without-ok')"
    " AND f.status NOT IN ('cancelled', 'arrived')"
    " AND coalesce(f.actual_arrival, f.estimated_arrival, f.scheduled_arrival,"
    f" f.scheduled_departure + interval '{ARRIVING}', f.departs_on + interval '2 days') > :now"
)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A traveller as last reported, with the reply in force.

    Attributes:
        officer_decided: an officer decided the reply; a recheck never undoes that by itself.

    """

    id: str
    flight: str
    client: str
    version: int
    position: int
    message: str
    reply: ReplyCode
    officer_decided: bool
    person: Traveller
    identity: Identity
    fingerprint: bytes
    cleared_on: bytes


_COLUMNS = (
    "SELECT t.id, t.flight, t.client, t.version, t.reply, t.reply_decision, t.reference,"
    " t.locator, t.document, t.name_key, t.birth_date, t.fingerprint, t.cleared_on,"
    " v.message, v.position, v.person FROM act.traveller t"
    " JOIN act.flight f ON f.id = t.flight"
    " JOIN act.traveller_version v ON v.traveller = t.id AND v.version = t.version"
)


def everybody(s: Session, scope: str, change: int | None) -> list[Person]:
    """All live travellers; with ``change``, those last checked before it.

    Args:
        s: the transaction.
        scope: ``lists`` or ``lookouts``: which half of the checked version counts.
        change: number of the change, or None for everybody.

    """
    part = 1 if scope == "lists" else 2
    newer = (
        " AND coalesce((SELECT split_part(c.lists, '.', :part)::bigint FROM act.check_result c"
        " WHERE c.traveller = t.id ORDER BY c.at DESC LIMIT 1), 0) < :change"
    )
    rows = s.rows(
        f"{_COLUMNS} WHERE {LIVE}{newer if change is not None else ''} ORDER BY t.flight, t.id",
        now=s.now,
        **({"part": part, "change": change} if change is not None else {}),
    )
    return [_person(r) for r in rows]


def with_hits_of(s: Session, entries: Sequence[str]) -> list[Person]:
    """Live travellers who have or had an undecided hit of one of ``entries``."""
    rows = s.rows(
        f"{_COLUMNS} WHERE {LIVE} AND t.id IN (SELECT traveller FROM act.hit"
        " WHERE entry = ANY(:entries)) ORDER BY t.flight, t.id",
        now=s.now,
        entries=list(entries),
    )
    return [_person(r) for r in rows]


def again(s: Session, flight: str, ids: Sequence[str]) -> list[Person]:
    """Some travellers of one flight as they stand under its lock."""
    rows = s.rows(
        f"{_COLUMNS} WHERE {LIVE} AND t.flight = :flight AND t.id = ANY(:ids) ORDER BY t.id",
        now=s.now,
        flight=flight,
        ids=list(ids),
    )
    return [_person(r) for r in rows]


def reporter(s: Session, client: str) -> ReportingClient:
    """The live client that reported a traveller."""
    row = s.first("SELECT carriers FROM access.client WHERE id = :id", id=client)
    return ReportingClient(id=client, carriers=frozenset(row["carriers"] if row else ()))


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        flight=row["flight"],
        client=row["client"],
        version=row["version"],
        position=row["position"],
        message=row["message"],
        reply=row["reply"],
        officer_decided=row["reply_decision"] is not None,
        person=msgspec.convert(row["person"], Traveller),
        identity=Identity(
            row["reference"], row["locator"], row["document"], row["name_key"], row["birth_date"]
        ),
        fingerprint=bytes(row["fingerprint"]),
        cleared_on=bytes(row["cleared_on"] or b""),
    )
