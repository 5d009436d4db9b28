"""Other systems ask whether somebody is on an imported list that was named for them."""

from collections.abc import Sequence
from datetime import date

from smartborder.model.screening import Hit, Query
from smartborder.node.access.clients import Client
from smartborder.node.node import Node
from smartborder.node.store.session import Actor

PURPOSE = "screening"


def ask(node: Node, client: Client, queries: Sequence[Query],
        as_of: date | None) -> list[tuple[Hit, ...]]:  # fmt: skip
    """Hits of each query on the client's lists, best first. Nothing of the question is kept.

    The look-outs of this node and of its partner are not asked. Each entry shown is audited.

    Raises:
        LookoutsNotLoaded: the lists in force could not be loaded.

    """
    with node.store.act(Actor("client", client.id), PURPOSE) as s:
        lists = node.lookouts.loaded(s).lists
        found = lists.screen(queries, as_of=as_of) if queries else []
        answers = [tuple(h for h in hits if h.list in client.lists) for hits in found]
        s.saw("list-entry", sorted({h.entry for hits in answers for h in hits}), "screened")
    return answers
