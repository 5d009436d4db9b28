"""One immutable state of all lists, ready to screen against."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

import numpy as np

from smartborder.engines.screening.documents import DocumentIndex
from smartborder.engines.screening.frequency import Frequency
from smartborder.engines.screening.hits import Named, Papered, make_hit, written_name
from smartborder.engines.screening.names import NameKey, name_key
from smartborder.engines.screening.namesearch import NameSearch
from smartborder.engines.screening.scoring import name_logit
from smartborder.engines.screening.sieve import Sieve
from smartborder.model.screening import Hit, ListEntry, Query

_BATCH = 512
_BATCH_EXHAUSTIVE = 4
_HOPELESS = -5.0
"""Log-odds of a name below which no evidence could make a hit."""


class Snapshot:
    """Listed entries in the form that screening needs. Build once, share freely, never change."""

    def __init__(
        self, entries: Sequence[ListEntry], version: str, like: Frequency | None = None
    ) -> None:
        """Use :meth:`build`."""
        self.entries: tuple[ListEntry, ...] = tuple(entries)
        self.version = version
        pairs = [(at, name) for at, e in enumerate(self.entries) for name in e.names]
        keys = [name_key(name.text, self.entries[at].kind) for at, name in pairs]
        kept = [i for i, key in enumerate(keys) if key.words]
        self._names = [pairs[i][1].text for i in kept]
        self._keys = [keys[i] for i in kept]
        self._entry = np.array([pairs[i][0] for i in kept], dtype=np.int32)
        weak = [pairs[i][1].quality == "weak" for i in kept]
        self._search: NameSearch = NameSearch(self._keys, np.array(weak, dtype=bool), like)
        self._documents = DocumentIndex(self.entries)
        self._person = np.array([e.kind == "person" for e in self.entries], dtype=bool)

    @classmethod
    def build(
        cls, entries: Iterable[ListEntry], *, version: str = "", like: Frequency | None = None
    ) -> "Snapshot":
        """A snapshot of ``entries``.

        Args:
            entries: what is listed.
            version: names the state of the lists it stands for.
            like: counts of a larger snapshot, to score as that one does; for a part of its
                lists, such as a delta.

        """
        return cls(tuple(entries), version, like)

    @property
    def frequency(self) -> Frequency:
        """How common words are in its names; small, and can be sent to other processes."""
        return self._search.lexicon.frequency

    def __len__(self) -> int:
        return len(self.entries)

    def screen(
        self,
        queries: Sequence[Query],
        *,
        as_of: date | None = None,
        exhaustive: bool = False,
    ) -> list[tuple[Hit, ...]]:
        """Hits of each query, in input order, best first; an empty tuple is an answer.

        Args:
            queries: who is asked about.
            as_of: leave out entries listed after this day.
            exhaustive: compare with every name instead of the likely ones.

        """
        found: list[tuple[Hit, ...]] = []
        size = _BATCH_EXHAUSTIVE if exhaustive else _BATCH
        for start in range(0, len(queries), size):
            part = queries[start : start + size]
            found.extend(self.screen_keyed(part, query_keys(part), as_of, exhaustive))
        return found

    def worth_asking(self, queries: Sequence[Query], keys: Sequence[NameKey]) -> list[int]:
        """Positions of the queries that may have a hit, in order; nobody with a hit is left out.

        Quick where the snapshot is small, such as a delta, and the queries are many.
        """
        found = {at for at, q in enumerate(queries) if q.document_number
                 and self._documents.may_hold(q.document_number)}  # fmt: skip
        for person, sieve in zip((True, False), self._sieves, strict=True):
            asked = [at for at, q in enumerate(queries) if (q.kind == "person") is person]
            found.update(asked[i] for i in sieve.passing([keys[at] for at in asked]))
        return sorted(found)

    @cached_property
    def _sieves(self) -> tuple[Sieve, Sieve]:
        """For people, and for everybody else."""
        person, search = self._person[self._entry], self._search
        return (
            Sieve(search.lexicon, search.candidates, person),
            Sieve(search.lexicon, search.candidates, ~person),
        )

    def screen_keyed(
        self,
        queries: Sequence[Query],
        keys: Sequence[NameKey],
        as_of: date | None = None,
        exhaustive: bool = False,
    ) -> list[tuple[Hit, ...]]:
        """One batch of queries whose name keys are known already (:func:`query_keys`)."""
        best: list[dict[int, tuple[float, int]]] = [{} for _ in queries]
        for q, name, logit in self._names_like(keys, queries, exhaustive):
            entry = int(self._entry[name])
            if logit > best[q].get(entry, (-99.0, 0))[0]:
                best[q][entry] = (logit, name)
        return [
            self._answer(query, key, likely, as_of)
            for query, key, likely in zip(queries, keys, best, strict=True)
        ]

    def _names_like(
        self, keys: Sequence[NameKey], queries: Sequence[Query], exhaustive: bool
    ) -> Iterable[tuple[int, int, float]]:
        if not self._keys:
            return []
        found = self._search.compare(keys, exhaustive=exhaustive)
        q, n = found.query, found.name
        is_person = np.array([query.kind == "person" for query in queries], dtype=bool)
        listed_person = self._person[self._entry[n]]
        logit = name_logit(found.rows, listed_person)
        keep = (logit > _HOPELESS) & (is_person[q] == listed_person)
        return zip(q[keep].tolist(), n[keep].tolist(), logit[keep].tolist(), strict=True)

    def _answer(
        self, query: Query, key: NameKey, likely: dict[int, tuple[float, int]], as_of: date | None
    ) -> tuple[Hit, ...]:
        papers = self._papers(query) if query.document_number else {}
        if not likely and not papers:
            return ()
        hits: list[Hit] = []
        for at in likely.keys() | papers.keys():
            entry = self.entries[at]
            if as_of is not None and not _listed_by(entry, as_of):
                continue
            named = None
            if at in likely:
                logit, name = likely[at]
                named = Named(logit, self._keys[name], self._names[name])
            hit = make_hit(query, key, entry, named, papers.get(at))
            if hit is not None:
                hits.append(hit)
        return tuple(sorted(hits, key=lambda h: (-h.score, h.entry)))

    def _papers(self, query: Query) -> dict[int, Papered]:
        """Entries by a document number equal or close to the reported one.

        Another issuer of an equal number makes another document.
        """
        found: dict[int, Papered] = {}
        number, issuer = query.document_number or "", query.document_issuer
        for at, listed in self._documents.exact(number):
            known = bool(issuer and listed)
            if not known or issuer == listed:
                found[at] = Papered(number, exact=True, issuer_known=known)
        for at, listed, other in self._documents.near(number):
            if not (issuer and listed) or issuer == listed:
                known = bool(issuer and listed)
                found.setdefault(at, Papered(other, exact=False, issuer_known=known))
        return found


def query_keys(queries: Iterable[Query]) -> list[NameKey]:
    """The name key of each query."""
    return [name_key(written_name(query), query.kind) for query in queries]


def _listed_by(entry: ListEntry, day: date) -> bool:
    listed = entry.listed_on
    if listed is None:
        return True
    return (listed.year, listed.month or 1, listed.day or 1) <= (day.year, day.month, day.day)
