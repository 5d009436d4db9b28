"""Which list a file is, from its first bytes; the name only helps where contents cannot."""

import re
from typing import Literal

from smartborder.formats.lists.tables import header_key

ListFormat = Literal[
    "un",
    "ofac-csv",
    "ofac-csv-part",
    "ofac-xml",
    "ofac-advanced",
    "sema-xml",
    "sema-jsonl",
    "ca-listed",
    "eu-fsf",
    "uk",
    "ofsi-xml",
    "ofsi-csv",
    "us-csl",
    "us-dpl",
    "ftm",
    "interpol",
    "gtas",
    "documents",
    "lookouts",
]

HEAD = 65_536
"""Bytes from the start of the file that detection looks at."""

_ROOTS: dict[str, ListFormat] = {
    "CONSOLIDATED_LIST": "un",
    "sdnList": "ofac-xml",
    "Sanctions": "ofac-advanced",
    "data-set": "sema-xml",
    "feed": "ca-listed",
    "export": "eu-fsf",
    "Designations": "uk",
    "ArrayOfFinancialSanctionsTarget": "ofsi-xml",
}
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]")
_OFAC_ROW = re.compile(r'^\s*"?\d{1,9}"?,(?:"|-0-)')


def detect_list(name: str, head: bytes) -> ListFormat | None:
    """The format of a file called ``name`` that begins with ``head``; None if it is no list."""
    text = _decode(head).lstrip("\ufeff \r\n\t")
    if text.startswith("<"):
        return _xml(text)
    if text.startswith(("{", "[")):
        return _json(text)
    first, _, rest = text.partition("\n")
    if _OFAC_ROW.match(first):
        part = re.search(r"(?:^|[_-])(alt|add|comments)\.", name.casefold())
        return "ofac-csv-part" if part or first.count(",") < 11 else "ofac-csv"
    return _table(first, rest.partition("\n")[0])


def _decode(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")


def _xml(text: str) -> ListFormat | None:
    body = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE.*?(?:\[.*?\]\s*)?>", "", text, flags=re.S)
    root = _ROOT.search(body)
    return _ROOTS.get(root[1]) if root else None


def _json(text: str) -> ListFormat | None:
    if '"entity_id"' in text and ('"forename"' in text or '"name"' in text):
        return "interpol"
    line = text.partition("\n")[0]
    if '"originator"' in line and '"review_by"' in line:
        return "lookouts"
    if '"date_of_listing"' in line or '"entity_or_ship"' in line:
        return "sema-jsonl"
    if '"op"' in line or ('"schema"' in line and '"properties"' in line):
        return "ftm"
    return None


def _table(first: str, second: str) -> ListFormat | None:
    if header_key(first).startswith("lastupdated") and "groupid" in header_key(second):
        return "ofsi-csv"
    if "\t" in first:
        keys = {header_key(h) for h in first.split("\t")}
        return "us-dpl" if {"name", "frcitation"} <= keys else None
    keys = {header_key(h) for h in first.split(",")}
    if {"source", "entitynumber", "name"} <= keys:
        return "us-csl"
    if {"firstname", "lastname"} <= keys or {"documenttype", "documentnumber"} == keys & {
        "documenttype",
        "documentnumber",
        "issuer",
        "status",
    }:
        return "gtas"
    numbered = keys & {"number", "documentnumber"}
    if (
        numbered
        and keys & {"issuer", "issuingcountry", "issuingstate", "status"}
        and "name" not in keys
    ):
        return "documents"
    return None
