"""Messages sent in several parts: kept until the last one is there, in whatever order.

A list that stays incomplete is processed by force after five minutes, with a finding: nobody
on the parts that did arrive is left unchecked.
"""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from smartborder.model.passenger_list import PassengerList
from smartborder.node.act.messages import insert
from smartborder.node.act.one_by_one import one_by_one
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Row, Session

FORCE_AFTER = timedelta(minutes=5)
PURPOSE = "passenger-information"


def collect(s: Session, node: Node, client: ReportingClient, record: str, position: int,
            message: PassengerList, content: bytes, kind: str) -> PassengerList | None:  # fmt: skip
    """The whole message, once this part completes it; None while parts are missing.

    A message that is not in parts is returned as it is.
    """
    if message.part is None or message.common_reference is None or message.part == (1, True):
        return message
    _alone(s, client, message)
    insert(s, client, record, position, message, content, state="waiting-parts",
           delete_by=None, keep_travellers=True)  # fmt: skip
    held = _held(s, client, message.sender, message.common_reference)
    complete, whole = node.kind(kind).assemble([p for _, p in held])
    if not complete:
        return None
    _assembled(s, [i for i, _ in held])
    return msgspec.structs.replace(whole, part=None)


Process = Callable[[Session, Node, ReportingClient, str, PassengerList, bytes], object]


def force_late(node: Node, process: Process) -> int:
    """Process lists that stayed incomplete too long with what arrived; how many there were.

    ``process(s, node, client, transmission, message, content)`` records the partial message.
    Each list has a transaction of its own.
    """
    with node.store.act(SYSTEM, PURPOSE) as s:
        groups = s.rows(
            "SELECT client, mode, sender, common_reference, min(transmission) AS transmission"
            " FROM act.message WHERE state = 'waiting-parts'"
            " GROUP BY client, mode, sender, common_reference HAVING min(received_at) <= :late",
            late=s.now - FORCE_AFTER,
        )
    return one_by_one(groups, lambda group: _force(node, group, process))


def _force(node: Node, group: Row, process: Process) -> None:
    with node.store.act(SYSTEM, PURPOSE) as s:
        client = _reporter(s, group)
        held = _held(s, client, group["sender"], group["common_reference"])
        if not held:
            return  # the missing part came meanwhile
        _, whole = node.kind("paxlst").assemble([p for _, p in held])
        _assembled(s, [i for i, _ in held])
        content = s.value("SELECT content FROM act.message WHERE id = :id", id=held[0][0])
        whole = msgspec.structs.replace(whole, part=None)
        process(s, node, client, group["transmission"], whole, bytes(content))


def _alone(s: Session, client: ReportingClient, message: PassengerList) -> None:
    """Parts that arrive at the same moment take turns, so that the last one sees all others."""
    key = f"parts/{client.id}/{client.mode}/{message.sender}/{message.common_reference}"
    s.run("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))", key=key)


def _held(s: Session, client: ReportingClient, sender: str | None,
          common: str | None) -> list[tuple[str, PassengerList]]:  # fmt: skip
    rows = s.rows(
        "SELECT id, body FROM act.message WHERE client = :client AND mode = :mode"
        " AND sender IS NOT DISTINCT FROM :sender AND common_reference = :common"
        " AND state = 'waiting-parts' ORDER BY part, id FOR UPDATE",
        client=client.id,
        mode=client.mode,
        sender=sender,
        common=common,
    )
    return [(r["id"], msgspec.convert(r["body"], PassengerList)) for r in rows]


def _assembled(s: Session, ids: list[str]) -> None:
    """Parts that are one list now; the transmissions that brought them wait no longer."""
    s.run("UPDATE act.message SET state = 'assembled', body = NULL WHERE id = ANY(:ids)", ids=ids)
    s.run(
        "UPDATE act.transmission t SET state = 'answered' WHERE t.state = 'waiting-parts'"
        " AND t.id IN (SELECT transmission FROM act.message WHERE id = ANY(:ids))"
        " AND NOT EXISTS (SELECT FROM act.message m WHERE m.transmission = t.id"
        "  AND m.state = 'waiting-parts')",
        ids=ids,
    )


def _reporter(s: Session, group: Row) -> ReportingClient:
    row = s.first("SELECT carriers, address FROM access.client WHERE id = :id",
                  id=group["client"])  # fmt: skip
    return ReportingClient(
        id=group["client"], mode=group["mode"],
        carriers=frozenset(row["carriers"] if row else ()),
        address=row["address"] if row else "CARRIER",
    )  # fmt: skip
