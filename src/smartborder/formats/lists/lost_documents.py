"""Lost, stolen and invalidated documents: CSV with number, issuer, type and status."""

from collections.abc import Iterator

from smartborder.formats.lists.draft import Draft, clean
from smartborder.formats.lists.source import Source
from smartborder.formats.lists.tables import records
from smartborder.formats.lists.territory import alpha3
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry


def read_lost_documents(source: Source) -> Iterator[ListEntry | Finding]:
    """One entry a document, without any name; found by its number alone."""
    findings: list[Finding] = []
    for line, row in records(source, findings):
        number = clean(row.get("number") or row.get("documentnumber"))
        issuer = clean(row.get("issuer") or row.get("issuingcountry") or row.get("issuingstate"))
        country = alpha3(issuer) or issuer
        key = f"{country}/{number}" if country else number
        draft = Draft("documents", key, line)
        kind = row.get("type") or row.get("documenttype")
        draft.document(number, kind, country, row.get("status") or "lost or stolen")
        yield from draft.emit()
    yield from findings
