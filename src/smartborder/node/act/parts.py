"""Messages sent in several parts: kept until the last one is there, in whatever order.

A list that stays incomplete is processed by force after five minutes, with a finding: nobody
on the parts that did arrive is left unchecked.
"""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from smartborder.model.passenger_list import PassengerList
from smartborder.node.act.messages import insert
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Session

FORCE_AFTER = timedelta(minutes=5)


def collect(s: Session, node: Node, client: ReportingClient, record: str, position: int,
            message: PassengerList, content: bytes, kind: str) -> PassengerList | None:  # fmt: skip
    """The whole message, once this part completes it; None while parts are missing.

    A message that is not in parts is returned as it is.
    """
    if message.part is None or message.common_reference is None or message.part == (1, True):
        return message
    insert(s, client, record, position, message, content, state="waiting-parts",
           delete_by=None, keep_travellers=True)  # fmt: skip
    rows = s.rows(
        "SELECT id, body FROM act.message WHERE client = :client AND mode = :mode"
        " AND common_reference = :common AND state = 'waiting-parts' ORDER BY part FOR UPDATE",
        client=client.id,
        mode=client.mode,
        common=message.common_reference,
    )
    held = [msgspec.convert(r["body"], PassengerList) for r in rows]
    complete, whole = node.kind(kind).assemble(held)
    if not complete:
        return None
    s.run(
        "UPDATE act.message SET state = 'assembled', body = NULL WHERE id = ANY(:ids)",
        ids=[r["id"] for r in rows],
    )
    return msgspec.structs.replace(whole, part=None)


def force_late(node: Node, process: Callable[..., object]) -> int:
    """Process lists that stayed incomplete too long with what arrived; how many there were.

    ``process(s, node, client, transmission, message, content)`` records the partial message.
    """
    with node.store.act(SYSTEM, "passenger-information") as s:
        groups = s.rows(
            "SELECT client, mode, common_reference, min(transmission) AS transmission"
            " FROM act.message WHERE state = 'waiting-parts'"
            " GROUP BY client, mode, common_reference HAVING min(received_at) <= :late",
            late=s.now - FORCE_AFTER,
        )
        for group in groups:
            rows = s.rows(
                "SELECT id, body, content FROM act.message WHERE client = :client"
                " AND mode = :mode AND common_reference = :common_reference"
                " AND state = 'waiting-parts' ORDER BY part FOR UPDATE",
                client=group["client"],
                mode=group["mode"],
                common_reference=group["common_reference"],
            )
            held = [msgspec.convert(r["body"], PassengerList) for r in rows]
            _, whole = node.kind("paxlst").assemble(held)
            carriers = frozenset(leg.carrier for leg in whole.itinerary if leg.carrier)
            client = ReportingClient(id=group["client"], mode=group["mode"], carriers=carriers)
            s.run("UPDATE act.message SET state = 'assembled', body = NULL WHERE id = ANY(:ids)",
                  ids=[r["id"] for r in rows])  # fmt: skip
            whole = msgspec.structs.replace(whole, part=None)
            process(s, node, client, group["transmission"], whole, bytes(rows[0]["content"]))
        return len(groups)
