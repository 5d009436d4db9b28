"""A batch transmission, processed by the worker: the reply is fetched or pushed later."""

from smartborder.kernel.errors import AccessError, InputError
from smartborder.node.act import failures, intake
from smartborder.node.act.sender import ReportingClient
from smartborder.node.custody import raw
from smartborder.node.node import Node
from smartborder.node.store.session import Actor

WORKER = Actor("system", "worker")


def process_transmission(node: Node, transmission: str) -> None:
    """Read, check and answer one batch transmission; done already, it does nothing.

    What the carrier may not send is refused, with its code in the state of the transmission. A
    fault of ours leaves it in state ``failed`` with its bytes in custody; the job comes again,
    and so may the engineer.
    """
    try:
        _process(node, transmission)
    except (InputError, AccessError) as error:
        with node.store.act(WORKER, intake.PURPOSE) as s:
            s.run("UPDATE act.transmission SET state = 'refused', error = :code,"
                  " answered_at = :now WHERE id = :id",
                  code=error.code, now=s.now, id=transmission)  # fmt: skip
    except Exception as error:
        with node.store.act(WORKER, intake.PURPOSE) as s:
            failures.mark(s, transmission, error)
        raise


def _process(node: Node, transmission: str) -> None:
    with node.store.act(WORKER, intake.PURPOSE) as s:
        row = s.first("SELECT * FROM act.transmission WHERE id = :id FOR UPDATE", id=transmission)
        if row is None or row["state"] not in ("received", "failed"):
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
        intake.process(s, node, reporting, transmission, messages, row["kind"])  # fmt: skip
