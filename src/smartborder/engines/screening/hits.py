"""Names, documents and evidence brought together into a hit with its reasons."""

import msgspec

from smartborder.engines.screening import evidence, explain
from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.scoring import stated, verdict
from smartborder.model.reason import Reason
from smartborder.model.screening import Hit, ListEntry, Query

_NO_NAME = -4.0
"""Log-odds before a document counts, where the names do not help."""
_DOCUMENT = 9.0
_DOCUMENT_UNKNOWN_ISSUER = 6.5
_DOCUMENT_NEAR = 3.0


class Named(msgspec.Struct, frozen=True):
    """The listed name that comes closest, and its log-odds."""

    logit: float
    key: NameKey
    text: str

    def across(self, asked: NameKey) -> bool:
        """True if the two names are in different kinds of script."""
        return self.key.vowelless != asked.vowelless


class Papered(msgspec.Struct, frozen=True):
    """A listed document number equal or close to the reported one."""

    number: str
    exact: bool
    issuer_known: bool

    @property
    def logit(self) -> float:
        """What the number adds to the log-odds."""
        if not self.exact:
            return _DOCUMENT_NEAR
        return _DOCUMENT if self.issuer_known else _DOCUMENT_UNKNOWN_ISSUER


def make_hit(
    query: Query,
    asked: NameKey,
    entry: ListEntry,
    named: Named | None,
    papered: Papered | None,
) -> Hit | None:
    """The hit of ``query`` on ``entry``, or None if all in all it is not one."""
    written = written_name(query)
    terms = evidence.terms(query, entry)
    logit = (named.logit if named else _NO_NAME) + (papered.logit if papered else 0.0)
    total = logit + sum(t.size for t in terms)
    across = named is not None and named.across(asked)
    found = verdict(total, across=across)
    if found is None:
        return None
    reasons: list[Reason] = []
    if papered:
        number = query.document_number or ""
        reasons.append(
            explain.document_reason(
                papered.number, number, exact=papered.exact, issuer_known=papered.issuer_known
            )
        )
    first = entry.names[0].text if entry.names else ""
    if named:
        reasons.append(explain.name_reason(named.key, asked, named.text, written))
    elif first and written:
        reasons.append(explain.other_name_reason(first, written))
    reasons.extend(explain.evidence_reason(t) for t in terms)
    return Hit(
        entry=entry.id,
        list=entry.list,
        name=named.text if named else first,
        score=round(stated(total, supported=bool(papered) or any(t.size > 0 for t in terms)), 4),
        verdict=found,
        reasons=tuple(reasons),
        would_change=_would_change(query, entry, total, across=across),
        entry_version=entry.version,
    )


def _would_change(
    query: Query, entry: ListEntry, total: float, *, across: bool
) -> tuple[Reason, ...]:
    asked: list[Reason] = []
    if query.birth_date is None and entry.birth_dates and entry.kind == "person":
        same = verdict(total + evidence.TERMS["birth-date-same"], across=across)
        other = verdict(total + evidence.TERMS["birth-date-other"], across=across)
        listed = "; ".join(evidence.written(d) for d in entry.birth_dates)
        asked.append(explain.birth_date_would(same, other, listed))
    if query.document_number is None and entry.documents:
        asked.append(explain.document_would("; ".join(d.number for d in entry.documents[:3])))
    if entry.kind == "person" and not entry.birth_dates and not entry.documents:
        asked.append(explain.listed_without_birth())
    return tuple(asked)


def written_name(query: Query) -> str:
    """The name as reported, or put together from its parts."""
    return query.name or " ".join(p for p in (query.given_names, query.surname) if p)
