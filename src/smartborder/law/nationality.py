"""Codes of nationality, issuer and document as travel documents have them (Doc 9303)."""

from functools import cache
from typing import Any, cast

from smartborder.kernel.resources import read_yaml
from smartborder.law.entry_facts import DocumentType


@cache
def _table() -> dict[str, Any]:
    return cast(dict[str, Any], read_yaml("smartborder.countries", "neutral/documents.yaml"))


@cache
def is_known(code: str) -> bool:
    """Is this a nationality there is? Stateless and refugee codes (XXA, XXB, XXC) are."""
    table = _table()
    return code in table["iso"] or code in table["doc9303"]


@cache
def may_issue(issuer: str, nationality: str) -> bool:
    """May a passport of ``nationality`` have been issued by ``issuer``?"""
    allowed = _table()["issued-by"].get(nationality)
    return issuer == nationality or (allowed is not None and issuer in allowed)


@cache
def document_type(code: str | None) -> DocumentType | None:
    """What a document code of a passenger list or an MRZ means; None if the code is empty.

    A visa (``V``) is not a travel document: it says that a visa is held, so it is ``other``.
    """
    if not code:
        return None
    table: dict[str, DocumentType] = _table()["document-codes"]
    text = code.strip("<").upper()
    return table.get(text[:2]) or table.get(text[:1]) or "other"
