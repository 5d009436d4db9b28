"""Screening backwards: a few changed entries against many stored identities."""

from collections.abc import Iterable, Sequence

from smartborder.engines.screening.snapshot import Snapshot
from smartborder.model.screening import Hit, ListEntry, Query


class IdentityIndex:
    """Stored identities (travellers, members, applications), ready to be asked about entries."""

    def __init__(self, stored: Sequence[Query]) -> None:
        """Use :meth:`build`."""
        self.stored = tuple(stored)

    @classmethod
    def build(cls, queries: Iterable[Query]) -> "IdentityIndex":
        """An index over ``queries``, kept in memory."""
        return cls(tuple(queries))

    def screen_entries(self, entries: Iterable[ListEntry]) -> list[tuple[str, tuple[Hit, ...]]]:
        """(id of the stored identity, its hits) for each one that any of ``entries`` may be.

        The answer is the same that screening each identity against ``entries`` would give.
        """
        found = Snapshot.build(entries).screen(self.stored)
        return [(q.id, hits) for q, hits in zip(self.stored, found, strict=True) if hits]


def reverse(
    delta_entries: Iterable[ListEntry], stored: Sequence[Query]
) -> list[tuple[str, tuple[Hit, ...]]]:
    """One-off reverse screening; build an :class:`IdentityIndex` to ask more than once."""
    return IdentityIndex.build(stored).screen_entries(delta_entries)
