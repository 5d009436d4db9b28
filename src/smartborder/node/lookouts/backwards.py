"""One part of the stored records against what changed: what an executor's process does."""

from collections.abc import Callable
from datetime import date

import msgspec

from smartborder.engines.screening import Snapshot
from smartborder.engines.screening.frequency import Frequency
from smartborder.engines.screening.snapshot import query_keys
from smartborder.model.screening import Hit, ListEntry, Query

Found = list[tuple[str, tuple[Hit, ...]]]
"""Record ids with their hits; those without are left out."""

_BATCH = 1_000


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A few thousand records of one kind.

    Attributes:
        asked: makes the question of one record (id, person as stored).
        records: ids with the person as stored.

    """

    asked: Callable[[str, bytes], Query]
    records: list[tuple[str, bytes]]


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """Makes the function that screens one part of the stored records.

    Attributes:
        layers: changed entries of each layer, with the word counts of that layer, so that
            scores are those of forward screening.

    """

    layers: tuple[tuple[tuple[ListEntry, ...], Frequency], ...]
    as_of: date

    def __call__(self) -> Callable[[Part], Found]:
        """Build the snapshots, once wherever parts are worked on."""
        snapshots = [Snapshot.build(e, like=frequency) for e, frequency in self.layers if e]

        def screen(part: Part) -> Found:
            queries = [part.asked(record, stored) for record, stored in part.records]
            keys = query_keys(queries)
            hits: dict[int, tuple[Hit, ...]] = {}
            for snapshot in snapshots:
                likely = snapshot.worth_asking(queries, keys)
                for start in range(0, len(likely), _BATCH):
                    some = likely[start : start + _BATCH]
                    asked = [queries[at] for at in some], [keys[at] for at in some]
                    answers = snapshot.screen_keyed(*asked, self.as_of)
                    for at, own in zip(some, answers, strict=True):
                        if own:
                            hits[at] = hits.get(at, ()) + own
            return [(queries[at].id, hits[at]) for at in sorted(hits)]

        return screen
