"""One immutable state of all lists, ready to screen against."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from smartborder.engines.screening.documents import DocumentIndex
from smartborder.engines.screening.evidence import terms
from smartborder.engines.screening.explain import (
    document_reason,
    evidence_reason,
    name_reason,
    would_change,
)
from smartborder.engines.screening.names import NameKey, name_key
from smartborder.engines.screening.namesearch import NameSearch
from smartborder.engines.screening.scoring import MATCH, POSSIBLE, name_logit, probability
from smartborder.model.reason import Reason
from smartborder.model.screening import Hit, ListEntry, Query

_BATCH = 512
_HOPELESS = -5.0
"""Log-odds of a name below which no evidence could make a hit."""


class Snapshot:
    """Listed entries in the form that screening needs. Build once, share freely, never change."""

    def __init__(self, entries: Sequence[ListEntry], version: str) -> None:
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
        self._search = NameSearch(self._keys, np.array(weak, dtype=bool))
        self._documents = DocumentIndex(self.entries)
        self._person = np.array([e.kind == "person" for e in self.entries], dtype=bool)

    @classmethod
    def build(cls, entries: Iterable[ListEntry], *, version: str = "") -> "Snapshot":
        """A snapshot of ``entries``; ``version`` names the state of the lists it stands for."""
        return cls(tuple(entries), version)

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
        for start in range(0, len(queries), _BATCH):
            found.extend(self._screen(queries[start : start + _BATCH], as_of, exhaustive))
        return found

    def _screen(
        self, queries: Sequence[Query], as_of: date | None, exhaustive: bool
    ) -> list[tuple[Hit, ...]]:
        keys = [name_key(_written(q), q.kind) for q in queries]
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
        documents: dict[int, tuple[bool, str]] = {}
        if query.document_number:
            for at, issuer in self._documents.exact(query.document_number):
                if not (issuer and query.document_issuer) or issuer == query.document_issuer:
                    documents[at] = (True, query.document_number)
            for at, _issuer, number in self._documents.near(query.document_number):
                documents.setdefault(at, (False, number))
        hits = [
            self._hit(query, key, at, likely.get(at), documents.get(at))
            for at in likely.keys() | documents.keys()
            if as_of is None or _listed_by(self.entries[at], as_of)
        ]
        kept = [h for h in hits if h is not None]
        return tuple(sorted(kept, key=lambda h: (-h.score, h.entry)))

    def _hit(
        self,
        query: Query,
        key: NameKey,
        at: int,
        named: tuple[float, int] | None,
        document: tuple[bool, str] | None,
    ) -> Hit | None:
        entry = self.entries[at]
        logit = named[0] if named else -4.0
        reasons: list[Reason] = []
        if document:
            logit += 8.0 if document[0] else 3.0
            reasons.append(
                document_reason(document[1], query.document_number or "", exact=document[0])
            )
        found = terms(query, entry)
        logit += sum(t.size for t in found)
        score = probability(logit)
        if score < POSSIBLE:
            return None
        text = self._names[named[1]] if named else (entry.names[0].text if entry.names else "")
        if named:
            same = sorted(self._keys[named[1]].words) == sorted(key.words)
            reasons.append(name_reason(text, _written(query), same=same))
        reasons.extend(evidence_reason(t) for t in found)
        return Hit(
            entry=entry.id,
            list=entry.list,
            name=text,
            score=round(score, 4),
            verdict="match" if score >= MATCH else "possible",
            reasons=tuple(reasons),
            would_change=would_change(
                found, has_birth=query.birth_date is not None, listed_birth=bool(entry.birth_dates)
            ),
            entry_version=entry.version,
        )


def _written(query: Query) -> str:
    """The name as reported, or put together from its parts."""
    return query.name or " ".join(p for p in (query.given_names, query.surname) if p)


def _listed_by(entry: ListEntry, day: date) -> bool:
    listed = entry.listed_on
    if listed is None:
        return True
    return (listed.year, listed.month or 1, listed.day or 1) <= (day.year, day.month, day.day)
