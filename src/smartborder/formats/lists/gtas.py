"""Watch lists of US-CBP GTAS: people and documents, CSV with a header in any order."""

from collections.abc import Iterator

from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.source import Source
from smartborder.formats.lists.tables import records
from smartborder.kernel.canonical import sha256_hex
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry


def read_gtas(source: Source) -> Iterator[ListEntry | Finding]:
    """Rows with a name, a document or both. Dates are ISO or month first, as GTAS writes them."""
    findings: list[Finding] = []
    for line, row in records(source, findings):
        content = "\x1f".join(f"{k}={v.strip()}" for k, v in sorted(row.items()))
        draft = Draft("gtas", row.get("id") or sha256_hex(content.encode())[:12], line)
        names = (row.get(k, "").strip() for k in ("firstname", "middlename", "lastname"))
        draft.name(" ".join(filter(None, names)))
        draft.born(row.get("dob") or row.get("dateofbirth"), month_first=True)
        draft.nationality(row.get("coc") or row.get("citizenship") or row.get("nationality"))
        draft.gender(row.get("gender") or row.get("sex"))
        issuer = row.get("documentcountry") or row.get("issuancecountry")
        draft.document(row.get("documentnumber"), row.get("documenttype"), issuer)
        draft.programme = row.get("category") or None
        yield from draft.emit()
    yield from findings
