"""Document numbers: the exact lane, and the lane for one wrong character."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from smartborder.model.screening import ListEntry

_DROP = str.maketrans(dict.fromkeys(" -./\\<"))
SHORTEST_NEAR = 7
"""A number shorter than this has too many neighbours for the one-off lane."""


def clean(number: str) -> str:
    """A number as compared: upper case, without spaces, hyphens, dots, slashes and fillers."""
    return number.translate(_DROP).upper()


class DocumentIndex:
    """Every document, IMO and MMSI number of a snapshot."""

    def __init__(self, entries: Sequence[ListEntry]) -> None:
        """Index the numbers of ``entries`` by position."""
        self._exact: dict[str, list[tuple[int, str | None]]] = {}
        self._near: dict[str, list[str]] = {}
        self._lengths: set[int] = set()
        self._ends: set[str] = set()
        for at, entry in enumerate(entries):
            numbers = [(d.number, d.issuer) for d in entry.documents]
            numbers += [(n, None) for n in (entry.imo, entry.mmsi) if n]
            for number, issuer in numbers:
                key = clean(number)
                if len(key) < 3:
                    continue
                held = self._exact.setdefault(key, [])
                if not held and len(key) >= SHORTEST_NEAR:
                    self._lengths.add(len(key))
                    self._ends.update(_ends(key))
                    for part in _parts(key, len(key)):
                        self._near.setdefault(part, []).append(key)
                held.append((at, issuer))

    def may_hold(self, number: str) -> bool:
        """False if no number here is equal to this one or one slip away; quick."""
        key = clean(number)
        return key in self._exact or not self._ends.isdisjoint(_ends(key))

    def exact(self, number: str) -> Sequence[tuple[int, str | None]]:
        """(entry position, listed issuer) of every entry that holds ``number``."""
        return self._exact.get(clean(number), ())

    def near(self, number: str) -> Iterator[tuple[int, str | None, str]]:
        """Entries whose number differs by one character: changed, missing, added or swapped.

        One slip leaves the first or the second half of a number untouched, or (a swap in the
        middle) all but the two signs there, so that only numbers sharing such a part are compared.
        """
        key = clean(number)
        seen: set[str] = set()
        for length in (len(key) - 1, len(key), len(key) + 1):
            if length not in self._lengths:
                continue
            for part in _parts(key, length):
                for other in self._near.get(part, ()):
                    if other != key and other not in seen:
                        seen.add(other)
                        if OSA.distance(key, other, score_cutoff=1) == 1:
                            for at, issuer in self._exact[other]:
                                yield at, issuer, other


def _ends(key: str) -> tuple[str, str]:
    """Three signs at either end: one slip leaves those of one end as they are."""
    return "<" + key[:3], ">" + key[-3:]


def _parts(key: str, length: int) -> tuple[str, ...]:
    """What a number of ``length`` one slip away would share with ``key``."""
    half = length // 2
    halves = "<" + key[:half], ">" + key[half - length :]
    if len(key) != length:
        return halves
    return (*halves, "=" + key[: half - 1] + "." + key[half + 1 :])
