"""Which stored records are screened when a list or look-out changes: each room declares its own.

The node's own are travellers who arrived. A programme that stores people (members, applications)
declares a :class:`RecordKind` in :class:`~smartborder.node.act.programme.Programme`, and they are
drawn, screened and resumed like travellers. Files of determinations hold no names, only the
officer's file number, so that there is nothing in them to screen.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from smartborder.model.screening import Hit, Query
from smartborder.node.lookouts import found_later, stored
from smartborder.node.lookouts.asked import stored_query
from smartborder.node.store.session import Session

if TYPE_CHECKING:
    from smartborder.node.node import Node

Record = tuple[str, bytes]
"""A record's id, and the person as the room stores it."""


class RecordKind(Protocol):
    """One kind of stored people.

    Attributes:
        id: names it for good: how far a run got is kept by it.

    """

    id: str

    @property
    def asked(self) -> Callable[[str, bytes], Query]:
        """Makes the question to the matcher of one record; a function of a module, since it runs
        in other processes.
        """

    def count(self, s: Session) -> int:
        """How many there are."""

    def part(self, s: Session, after: str) -> list[Record]:
        """The next few thousand after a record id, in the order of their ids; none at the end."""

    def record(self, s: Session, node: "Node", found: Mapping[str, tuple[Hit, ...]]) -> int:
        """Queue for an officer the hits that are not on record yet; how many there were.

        Done twice, the second time finds nothing new. Nobody but officers is told anything.
        """


class Travellers:
    """People of flights that arrived."""

    id = "travellers"
    asked: Callable[[str, bytes], Query] = staticmethod(stored_query)

    def count(self, s: Session) -> int:
        """See :class:`RecordKind`."""
        return stored.count(s)

    def part(self, s: Session, after: str) -> list[Record]:
        """See :class:`RecordKind`."""
        return stored.part(s, after)

    def record(self, s: Session, node: "Node", found: Mapping[str, tuple[Hit, ...]]) -> int:
        """See :class:`RecordKind`."""
        return found_later.record(s, node, found)


def kinds_of(node: "Node") -> tuple[RecordKind, ...]:
    """Every kind that this node stores, in the order in which they are drawn."""
    declared = (kind for programme in node.programmes for kind in programme.records)
    return tuple(sorted((Travellers(), *declared), key=lambda kind: kind.id))
