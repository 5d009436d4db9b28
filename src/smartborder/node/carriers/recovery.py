"""Look-outs can be loaded again: everybody who was answered without them is checked now."""

from smartborder.node.carriers.completeness import LOOKOUTS
from smartborder.node.jobs.defer import defer
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM


def recover(node: Node) -> int:
    """The duty: end a spell that is over and have all live travellers checked; spells ended."""
    with node.store.act(SYSTEM, "passenger-information") as s:
        row = s.first(
            "SELECT id FROM carriers.spell WHERE cause = :cause AND ended_at IS NULL"
            " FOR UPDATE SKIP LOCKED",
            cause=LOOKOUTS,
        )
        if row is None:
            return 0
        node.lookouts.current(s)
        if node.lookouts.missing is not None:
            return 0
        s.run("UPDATE carriers.spell SET ended_at = :now WHERE id = :id", now=s.now, id=row["id"])
        defer(s, "recheck", scope="lookouts")
        s.notify("carriers")
        return 1
