"""Replies pushed to the client's own address: batch replies once, changed replies at each try.

A reply that came after its call was over (to a list whose last part never arrived, say) is one
of a batch, however it was sent.

A push that the address took counts as sent and as nothing more: the carrier has acknowledged a
changed reply when it says so, and until then it is escalated like one that is fetched. A push
that fails is tried again as a job, with longer and longer waits; after eight tries it is a dead
letter, which the carrier desk sees (of live traffic) and may send once more. The reply itself
waits at ``/v1/replies`` all the while, so nothing depends on a push.
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from smartborder.node.act.intake import PURPOSE
from smartborder.node.carriers import push_address, push_wire
from smartborder.node.carriers.own_log import FLIGHT
from smartborder.node.carriers.push_wire import NotDelivered
from smartborder.node.jobs.defer import defer
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Actor, Row, Session

TRIES = 8
"""Of one push; the waits between them double from 2 to 128 seconds."""
LOST = timedelta(minutes=10)
"""A push that nobody has tried for that long lost its job with the process; it gets another."""
OVERLAP = timedelta(minutes=2)
"""Longer than any transaction that answers a batch."""
_AT_ONCE = 20
"""Pushes of one client under way together, so that a dead address takes nobody else's time."""
State = Literal["due", "sent", "dead", "moot"]


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A push of live traffic that failed to the end."""

    id: str
    client: str
    kind: str
    flight: str | None
    error: str | None
    made_at: datetime
    ended_at: datetime


_UNDER_WAY = (
    "(SELECT count(*) FROM carriers.push p WHERE p.client = h.client AND p.mode = h.mode"
    f" AND p.state = 'due') < {_AT_ONCE}"
)
_NOT_YET = (
    "NOT EXISTS (SELECT FROM carriers.push p WHERE p.reply = r.id"
    " AND (p.escalation = r.escalations OR p.state = 'due'))"
)
_HOOKS = "carriers.hook h JOIN access.client c ON c.id = h.client AND c.closed_at IS NULL"
_CHANGED = (
    "SELECT r.id AS reply, r.escalations, r.client, r.mode FROM act.reply r"
    f" JOIN ({_HOOKS}) ON h.client = r.client AND h.mode = r.mode"
    " WHERE r.kind = 'unsolicited' AND r.state IN ('awaiting-ack', 'escalated')"
    f" AND r.created_at >= h.since AND {_NOT_YET} AND {_UNDER_WAY} ORDER BY r.id LIMIT {_AT_ONCE}"
)
_BATCH = (
    "SELECT r.id AS reply, r.escalations, r.client, r.mode FROM act.reply r"
    " JOIN act.transmission t ON t.id = r.transmission"
    " LEFT JOIN act.message m ON m.id = r.message WHERE r.client = :client"
    " AND r.mode = :mode AND r.kind = 'reply'"
    " AND (t.delivery = 'batch' OR m.received_at > t.received_at)"
    f" AND r.created_at >= :since AND {_NOT_YET} ORDER BY r.id LIMIT {_AT_ONCE}"
)


def queue(node: Node) -> int:
    """The duty: a job for each reply that is to be pushed and has none; how many there were."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        rows = s.rows(_CHANGED)
        for hook in s.rows(f"SELECT h.* FROM {_HOOKS} WHERE {_UNDER_WAY}"
                           " FOR UPDATE OF h SKIP LOCKED"):  # fmt: skip
            rows += _batch(s, hook)
        for row in rows:
            _new(s, row)
        lost = s.rows(
            "UPDATE carriers.push SET tried_at = :now WHERE state = 'due'"
            " AND coalesce(tried_at, made_at) < :before RETURNING id",
            now=s.now,
            before=s.now - LOST,
        )
        for row in lost:
            defer(s, "push_reply", push=row["id"])
    return len(rows) + len(lost)


def _batch(s: Session, hook: Row) -> list[Row]:
    """Batch replies that came since the last look, and a little before it, for one that is
    written now may carry the instant at which its transaction began.
    """
    since = max(hook["since"], hook["looked_at"] - OVERLAP)
    rows = s.rows(_BATCH, client=hook["client"], mode=hook["mode"], since=since)
    if len(rows) < _AT_ONCE:
        s.run("UPDATE carriers.hook SET looked_at = :now WHERE client = :client AND mode = :mode",
              now=s.now, client=hook["client"], mode=hook["mode"])  # fmt: skip
    return rows


def _new(s: Session, row: Row) -> None:
    push = s.new_id("push")
    made = s.run(
        "INSERT INTO carriers.push (id, reply, escalation, client, mode, state, made_at)"
        " VALUES (:id, :reply, :escalation, :client, :mode, 'due', :now) ON CONFLICT DO NOTHING",
        id=push,
        reply=row["reply"],
        escalation=row["escalations"],
        client=row["client"],
        mode=row["mode"],
        now=s.now,
    )
    if made:
        defer(s, "push_reply", push=push)


def push_reply(node: Node, push: str) -> None:
    """The job: one try of one push; done already, or no longer needed, it does nothing.

    Raises:
        NotDelivered: it failed and is to be tried again.

    """
    row = _take(node, push)
    if row is None:
        return
    headers = {
        "content-type": "application/edifact",
        "smartborder-reply": row["reply"],
        "smartborder-mode": row["mode"],
        **push_wire.signed(
            push_wire.signing_key(node.data_key), push, node.store.time.now(), row["body"]
        ),
    }
    if row["transmission"]:
        headers["smartborder-transmission"] = row["transmission"]
    try:
        to = push_address.target(row["url"], node.home)
        push_wire.post(to, push_address.networks(node.home), headers, row["body"])
    except (NotDelivered, push_address.AddressRefused) as error:
        why = error.detail if isinstance(error, NotDelivered) else "address-refused"
        if _failed(node, push, why, last=row["tries"] >= TRIES):
            return
        raise NotDelivered(why) from error
    with node.store.act(SYSTEM, PURPOSE) as s:
        s.run("UPDATE carriers.push SET state = 'sent', error = NULL, ended_at = :now"
              " WHERE id = :id AND state = 'due'", now=s.now, id=push)  # fmt: skip
        s.leaf("reply-pushed", row["reply"], {"push": push})


def _take(node: Node, push: str) -> Row | None:
    """Count a try and read what is to be sent, as the client whose reply it is."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        client = s.value("SELECT client FROM carriers.push WHERE id = :id", id=push)
    if client is None:
        return None
    with node.store.act(Actor("client", client), PURPOSE) as s:
        row = s.first(
            "UPDATE carriers.push p SET tries = p.tries + 1, tried_at = :now FROM act.reply r"
            " WHERE p.id = :id AND p.state = 'due' AND r.id = p.reply RETURNING p.tries, p.mode,"
            " p.reply, r.kind, r.state, r.body, r.travellers, r.transmission, (SELECT h.url FROM"
            "  carriers.hook h JOIN access.client c ON c.id = h.client AND c.closed_at IS NULL"
            "  WHERE h.client = p.client AND h.mode = p.mode) AS url",
            now=s.now,
            id=push,
        )
        if row is None:
            return None
        waits = row["kind"] == "reply" or row["state"] in ("awaiting-ack", "escalated")
        if row["url"] is None or not waits:
            s.run("UPDATE carriers.push SET state = 'moot', ended_at = :now WHERE id = :id",
                  now=s.now, id=push)  # fmt: skip
            return None
        s.saw("traveller", [t for t in row["travellers"] if t], "reply pushed")
    return {**row, "body": bytes(row["body"])}


def _failed(node: Node, push: str, why: str, *, last: bool) -> bool:
    """Note why a try failed; whether it was the last one."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        s.run(
            "UPDATE carriers.push SET error = :why, state = :state, ended_at = :ended"
            " WHERE id = :id AND state = 'due'",
            why=why,
            state="dead" if last else "due",
            ended=s.now if last else None,
            id=push,
        )
        if last:
            s.notify("carriers")
    return last


def dead(s: Session, days: int) -> list[DeadLetter]:
    """Dead letters of live traffic over the last days, newest first: of each reply the last one.

    What has been sent since, or is being sent, and changed replies that wait no longer are none.
    """
    rows = s.rows(
        f"SELECT p.id, c.name AS client, r.kind, p.error, p.made_at, p.ended_at, {FLIGHT}"
        " FROM carriers.push p JOIN access.client c ON c.id = p.client"
        " JOIN act.reply r ON r.id = p.reply LEFT JOIN act.flight f ON f.id = r.flight"
        " WHERE p.mode = 'live' AND p.state = 'dead' AND p.ended_at > :since"
        " AND (r.kind = 'reply' OR r.state IN ('awaiting-ack', 'escalated'))"
        " AND NOT EXISTS (SELECT FROM carriers.push n WHERE n.reply = p.reply"
        "  AND n.escalation > p.escalation)"
        " ORDER BY p.ended_at DESC LIMIT 200",
        since=s.now - timedelta(days=days),
    )
    return [msgspec.convert(row, DeadLetter) for row in rows]


def again(s: Session, push: str) -> bool:
    """Send a dead letter once more, with tries of its own; False if it is none any more."""
    done = s.run(
        "UPDATE carriers.push SET state = 'due', tries = 0, ended_at = NULL, tried_at = :now"
        " WHERE id = :id AND state = 'dead' AND mode = 'live'",
        now=s.now,
        id=push,
    )
    if done:
        defer(s, "push_reply", push=push)
        s.leaf("reply-push-again", push, {"push": push})
    return bool(done)


def counted(s: Session, client: str) -> dict[str, dict[State, int]]:
    """How many pushes of a client came to which end, by mode."""
    rows = s.rows("SELECT mode, state, count(*) AS n FROM carriers.push WHERE client = :c"
                  " GROUP BY mode, state", c=client)  # fmt: skip
    found: dict[str, dict[State, int]] = {}
    for row in rows:
        found.setdefault(row["mode"], {})[row["state"]] = row["n"]
    return found


def public_key(node: Node) -> str:
    """The key that receivers check our pushes with."""
    return push_wire.public_key(push_wire.signing_key(node.data_key))
