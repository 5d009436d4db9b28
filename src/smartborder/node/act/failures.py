"""A transmission that could not be processed through a fault of ours.

Nothing of the first try stands but this: a second transaction keeps the bytes in custody under
a record in state ``failed``, so that nothing received is lost and whoever runs the node sees it.
A retry by the carrier is then a first try, never a duplicate; and the engineer can process the
kept bytes again.
"""

import logging
import traceback

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.act import transmissions
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import Actor, Session

log = logging.getLogger("smartborder.intake")


class NotProcessed(EnvironmentFault):
    """A fault of ours: what was sent is kept, and nobody on it was answered. Send it again."""

    code = "message.not-processed"
    title = Text("Not processed through a fault of ours", "Non traité par notre faute")
    status = 503


def keep(node: Node, client: ReportingClient, data: bytes, sha256: bytes, kind: str,
         channel: str, delivery: str, error: Exception) -> NotProcessed:  # fmt: skip
    """Keep what failed; the error to raise to whoever sent it.

    Raises:
        Exception: whatever the store raises; if even this fails, nothing was accepted.

    """
    with node.store.act(Actor("client", client.id), "passenger-information") as s:
        record = transmissions.open_(s, node, client, data, sha256, kind, channel, delivery)
        mark(s, record, error)
    return NotProcessed("it is kept here; send it again", transmission=record)


def mark(s: Session, transmission: str, error: Exception) -> None:
    """Set the state ``failed``, naming the kind of fault; its words may hold somebody's data."""
    s.run("UPDATE act.transmission SET state = 'failed', error = :error WHERE id = :id",
          error=type(error).__name__, id=transmission)  # fmt: skip
    frames = traceback.extract_tb(error.__traceback__)[::-1][:6]
    place = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in frames)
    log.error("%s failed: %s: %s", transmission, type(error).__name__, place)
