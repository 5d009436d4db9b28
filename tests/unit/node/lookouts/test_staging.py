"""What an import holds of a list: every entry can be had again, in memory are ids and hashes."""

import pytest

from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedName, ListEntry
from smartborder.node.lookouts import staging
from smartborder.node.lookouts.staging import FINDINGS, Staged


def entry(number, list_name="a", name="Née Ünal\u2028"):
    return ListEntry(id=f"{list_name}:{number}", list=list_name, version=f"v{number}",
                     names=(ListedName(text=f"{name}{number}"), ListedName(text="x")))  # fmt: skip


FINDING = Finding(code="list.birth-date", severity="warning", detail=Text("No date", "Sans date"))


@pytest.fixture(params=[staging._IN_MEMORY, 100])
def staged(request, monkeypatch):
    """In memory, and (as if the list were long) on the disk."""
    monkeypatch.setattr(staging, "_IN_MEMORY", request.param)
    with Staged() as made:
        yield made


def test_entries_come_again_in_file_order_and_each_at_its_place(staged):
    entries = [entry(n, "ab"[n % 2]) for n in range(50)]
    staged.read(entries, lambda *_: None)
    assert list(staged.entries()) == entries
    held = staged.lists["b"]
    assert [staged.at(place) for place in held.places] == entries[1::2]
    assert (list(held.versions.values())[:2], held.names) == (["v1", "v3"], 50)


def test_the_digest_does_not_depend_on_the_order_of_the_file():
    digests = set()
    for order in (range(9), reversed(range(9))):
        with Staged() as staged:
            staged.read([entry(n) for n in order], lambda *_: None)
            digests.add(staged.lists["a"].digest())
    assert len(digests) == 1


def test_findings_are_counted_and_the_first_ones_kept(staged):
    staged.read([FINDING] * (FINDINGS + 7), lambda *_: None)
    assert (staged.noticed, len(staged.findings), staged.lists) == (FINDINGS + 7, FINDINGS, {})
