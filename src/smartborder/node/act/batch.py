"""A batch transmission, processed by the worker: the reply is fetched or pushed later."""

from smartborder.node.act import intake
from smartborder.node.act.sender import ReportingClient
from smartborder.node.custody import raw
from smartborder.node.node import Node
from smartborder.node.store.session import Actor


def process_transmission(node: Node, transmission: str) -> None:
    """Read, check and answer one batch transmission; done already, it does nothing."""
    with node.store.act(Actor("system", "worker"), intake.PURPOSE) as s:
        row = s.first("SELECT * FROM act.transmission WHERE id = :id FOR UPDATE", id=transmission)
        if row is None or row["state"] != "received":
            return
        client = s.one("SELECT * FROM access.client WHERE id = :id", id=row["client"])
        data = raw.fetch(s, node.data_key, transmission)
        reporting = ReportingClient(
            id=row["client"],
            carriers=frozenset(client["carriers"]),
            mode=row["mode"],
            address=client.get("address") or "CARRIER",
        )
        messages = node.kind(row["kind"]).read(data, row["received_at"])
        intake.process(s, node, reporting, transmission, messages, bytes(row["sha256"]),
                       row["kind"])  # fmt: skip
