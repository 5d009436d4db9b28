"""A list delta against stored identities."""

from smartborder.engines.screening import IdentityIndex, Snapshot, reverse
from smartborder.model.screening import ListedName, ListEntry, Query

STORED = [
    Query(id="a", name="Orlanth Vaduvescu"),
    Query(id="b", name="John Smith"),
    Query(id="c", name="VADUVESCU, Orlanth K."),
]
NEW = ListEntry(id="t:1", list="t", names=(ListedName(text="Vaduvescu Orlanth"),))


def test_only_identities_with_hits_come_back_in_stored_order() -> None:
    found = reverse([NEW], STORED)
    assert [q.id for q, _ in found] == ["a", "c"]
    assert {h.entry for _, hits in found for h in hits} == {"t:1"}


def test_the_same_as_forward_screening_with_the_snapshot_in_force() -> None:
    others = [
        ListEntry(id=f"t:o{i}", list="t", names=(ListedName(text=f"Vaduvescu Person{i}"),))
        for i in range(40)
    ]
    full = Snapshot.build([NEW, *others])
    forward = {
        q.id: [h for h in hits if h.entry == "t:1"]
        for q, hits in zip(STORED, full.screen(STORED), strict=True)
    }
    backward = {
        q.id: list(hits)
        for q, hits in IdentityIndex.build(STORED).screen_entries([NEW], like=full.frequency)
    }
    assert backward == {key: hits for key, hits in forward.items() if hits}
    assert backward


def test_parts_of_the_store_give_what_the_whole_gives() -> None:
    whole = reverse([NEW], STORED)
    parts = [hit for q in STORED for hit in reverse([NEW], [q])]
    assert whole == parts
