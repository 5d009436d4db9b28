"""Screening backwards: a few changed entries against many stored identities."""

from collections.abc import Iterable, Iterator, Sequence

from smartborder.engines.screening.frequency import Frequency
from smartborder.engines.screening.snapshot import Snapshot, query_keys
from smartborder.model.screening import Hit, ListEntry, Query

_BATCH = 2_048


class IdentityIndex:
    """Stored identities (travellers, members, applications), their names made ready once.

    Parts of a large store can be indexed apart and asked in parallel: answers do not depend on
    what else is stored.
    """

    def __init__(self, stored: Sequence[Query]) -> None:
        """Use :meth:`build`."""
        self.stored = tuple(stored)
        self._keys = query_keys(self.stored)

    @classmethod
    def build(cls, queries: Iterable[Query]) -> "IdentityIndex":
        """An index over ``queries``, kept in memory."""
        return cls(tuple(queries))

    def __len__(self) -> int:
        return len(self.stored)

    def screen_entries(
        self, entries: Iterable[ListEntry], *, like: Frequency | None = None
    ) -> Iterator[tuple[Query, tuple[Hit, ...]]]:
        """Each stored identity that any of ``entries`` may be, with its hits, in stored order.

        Args:
            entries: those that a list update added or changed.
            like: counts of the snapshot in force, so that scores are those of forward screening.

        """
        part = Snapshot.build(entries, like=like)
        for start in range(0, len(self.stored), _BATCH):
            queries, keys = self.stored[start : start + _BATCH], self._keys[start : start + _BATCH]
            likely = part.worth_asking(queries, keys)
            queries = tuple(queries[at] for at in likely)
            found = part.screen_keyed(queries, [keys[at] for at in likely])
            yield from ((q, hits) for q, hits in zip(queries, found, strict=True) if hits)


def reverse(
    delta_entries: Iterable[ListEntry], stored: Sequence[Query], *, like: Frequency | None = None
) -> list[tuple[Query, tuple[Hit, ...]]]:
    """One-off reverse screening; build an :class:`IdentityIndex` to ask more than once."""
    return list(IdentityIndex.build(stored).screen_entries(delta_entries, like=like))
