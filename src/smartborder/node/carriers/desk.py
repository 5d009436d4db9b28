"""What the carrier desk sees: who sends how well, what waits for an answer, who flew without."""

from datetime import datetime, timedelta

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node.act import acknowledge
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Session

HEALTH_DAYS = 7
_MOST = 200


class CallIncomplete(InputError):
    """An acknowledgement by telephone needs who was called and on which number."""

    code = "carrier.call-incomplete"
    title = Text("Say who was called, on which number", "Indiquez qui a été appelé, à quel numéro")


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How well one client sends, over the last days; live traffic only.

    Attributes:
        noted: messages with a warning or an error.
        counts: messages whose counts are wrong (CNT, UNT, UNZ).
        partial: lists that were forced although parts were missing, or still wait.
        failed: transmissions that could not be processed.
    """

    client: str
    name: str
    carriers: tuple[str, ...]
    live: bool
    messages: int
    noted: int
    counts: int
    partial: int
    failed: int
    last_at: datetime | None


class WaitingReply(msgspec.Struct, frozen=True, kw_only=True):
    """A changed reply that the carrier has not acknowledged."""

    id: str
    client: str
    carrier: str | None
    number: str | None
    origin: str | None
    destination: str | None
    origin_zone: str | None
    scheduled_departure: datetime | None
    codes: tuple[str, ...]
    created_at: datetime
    escalations: int


class WithoutReply(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who boarded although no OK was in force."""

    traveller: str
    carrier: str
    number: str
    origin: str
    destination: str
    origin_zone: str | None
    scheduled_departure: datetime | None


class FailedTransmission(msgspec.Struct, frozen=True, kw_only=True):
    """What arrived and could not be processed; its bytes are in custody."""

    id: str
    name: str
    received_at: datetime
    size: int
    error: str | None


def health(s: Session) -> list[Health]:
    """Every client with its messages of the last days, by name."""
    rows = s.rows(
        "SELECT c.id AS client, c.name, c.carriers, c.live_since IS NOT NULL AS live,"
        " count(m.id) AS messages, max(m.received_at) AS last_at,"
        " count(m.id) FILTER (WHERE jsonb_path_exists(m.findings,"
        "  '$[*] ? (@.severity != \"info\")')) AS noted,"
        " count(m.id) FILTER (WHERE jsonb_path_exists(m.findings,"
        "  '$[*] ? (@.code == \"edifact.count-mismatch\")')) AS counts,"
        " count(m.id) FILTER (WHERE m.state = 'waiting-parts' OR jsonb_path_exists(m.findings,"
        "  '$[*] ? (@.code == \"edifact.partial-list\")')) AS partial,"
        " (SELECT count(*) FROM act.transmission t WHERE t.client = c.id AND t.mode = 'live'"
        "  AND t.state LIKE 'failed%' AND t.received_at > :since) AS failed"
        " FROM access.client c LEFT JOIN act.message m ON m.client = c.id AND m.mode = 'live'"
        "  AND m.received_at > :since"
        " WHERE c.closed_at IS NULL GROUP BY c.id ORDER BY c.name",
        since=s.now - timedelta(days=HEALTH_DAYS),
    )
    return [msgspec.convert({**r, "carriers": tuple(r["carriers"])}, Health) for r in rows]


def waiting(s: Session) -> list[WaitingReply]:
    """Unacknowledged replies of live flights, next departure first."""
    rows = s.rows(
        "SELECT r.id, c.name AS client, f.carrier, f.number || f.suffix AS number, f.origin,"
        " f.destination, f.origin_zone, f.scheduled_departure, r.codes, r.created_at,"
        " r.escalations, r.travellers FROM act.reply r JOIN access.client c ON c.id = r.client"
        " LEFT JOIN act.flight f ON f.id = r.flight"
        " WHERE r.mode = 'live' AND r.state IN ('awaiting-ack', 'escalated')"
        " ORDER BY f.scheduled_departure NULLS LAST, r.created_at LIMIT :most",
        most=_MOST,
    )
    s.saw("traveller", [t for r in rows for t in r["travellers"] if t], "carrier desk")
    return [msgspec.convert(r, WaitingReply) for r in rows]


def without_reply(s: Session) -> list[WithoutReply]:
    """Who boarded without an OK, oldest departure first: the list to work through on return."""
    rows = s.rows(
        "SELECT t.id AS traveller, f.carrier, f.number || f.suffix AS number, f.origin,"
        " f.destination, f.origin_zone, f.scheduled_departure FROM act.traveller t"
        " JOIN act.flight f ON f.id = t.flight WHERE f.mode = 'live'"
        " AND t.presence = 'boarded-without-ok' AND f.created_at > :since"
        " ORDER BY coalesce(f.actual_departure, f.scheduled_departure), t.id LIMIT :most",
        since=s.now - timedelta(days=HEALTH_DAYS),
        most=_MOST,
    )
    s.saw("traveller", [r["traveller"] for r in rows], "carrier desk")
    return [msgspec.convert(r, WithoutReply) for r in rows]


def failed(s: Session) -> list[FailedTransmission]:
    """Transmissions that could not be processed, newest first."""
    rows = s.rows(
        "SELECT t.id, coalesce(c.name, t.client) AS name, t.received_at, t.size, t.error"
        " FROM act.transmission t LEFT JOIN access.client c ON c.id = t.client"
        " WHERE t.mode = 'live' AND t.state LIKE 'failed%' AND t.received_at > :since"
        " ORDER BY t.received_at DESC LIMIT :most",
        since=s.now - timedelta(days=HEALTH_DAYS),
        most=_MOST,
    )
    return [msgspec.convert(r, FailedTransmission) for r in rows]


def acknowledged_by_phone(s: Session, reply: str, called: str, number: str) -> bool:
    """Record that a carrier acknowledged a reply when it was called; False if it was done already.

    Raises:
        CallIncomplete: without name or number.
        NotFound: there is no such live reply.
    """
    called, number = " ".join(called.split()), " ".join(number.split())
    if not called or not number:
        raise CallIncomplete("both are needed")
    row = s.one(
        "SELECT r.client, r.control_reference, c.carriers FROM act.reply r"
        " JOIN access.client c ON c.id = r.client WHERE r.id = :id AND r.mode = 'live'",
        id=reply,
    )
    client = ReportingClient(id=row["client"], carriers=frozenset(row["carriers"]))
    done = acknowledge.mark(s, client, row["control_reference"], how="telephone")
    if done:
        s.run(
            "INSERT INTO carriers.phone_call VALUES (:id, :reply, :called, :number, :officer,"
            " :now)",
            id=s.new_id("call"),
            reply=reply,
            called=called[:120],
            number=number[:60],
            officer=s.actor.id,
            now=s.now,
        )
    return bool(done)
