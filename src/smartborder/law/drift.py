"""Has the law moved? Coded sections against a folder of Justice Laws XML.

The texts themselves are not kept: only the hash of each coded section, where one was
recorded, and the day on which the text was read. A section is *changed* if its hash
differs, and *amended* if the file says that it was amended after it was read.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec
from lxml import etree

from smartborder.kernel.canonical import sha256_hex
from smartborder.kernel.text import Text
from smartborder.law.errors import LawFileUnusable
from smartborder.law.provisions import Instrument

State = Literal["unchanged", "changed", "amended", "gone", "not-compared"]
_LIMS = "{http://justice.gc.ca/lims}"
_SKIP = frozenset({"HistoricalNote", "MarginalNote", "Footnote"})


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one coded section."""

    citation: str
    file: str | None
    state: State
    hash: str | None = None
    last_amended: date | None = None
    read: date | None = None


CANNOT_SEE = (
    Text(
        "Law of the United States: no folder of its text is read.",
        "Le droit des États-Unis : aucun dossier de ses textes n'est lu.",
    ),
    Text(
        "Court orders, ministerial instructions, public policies and notices.",
        "Les ordonnances judiciaires, instructions ministérielles, politiques d'intérêt public "
        "et avis.",
    ),
    Text(
        "A change of meaning without a change of words.",
        "Un changement de sens sans changement de libellé.",
    ),
)


def drift(instruments: tuple[Instrument, ...], files: Mapping[str, bytes]) -> tuple[Drift, ...]:
    """The state of every coded section.

    Args:
        instruments: the law files of a pack.
        files: XML by file name (``SOR-2002-227.xml``); missing ones are not compared.

    Raises:
        LawFileUnusable: if a file is not XML.

    """
    rows: list[Drift] = []
    for instrument in instruments:
        body = files.get(instrument.file or "")
        tree = None if body is None else _parse(body, instrument.file or "")
        for label, provision in instrument.provisions.items():
            rows.append(
                _compare(
                    f"{instrument.instrument} {label}",
                    instrument,
                    None if tree is None else find_section(tree, label),
                    provision.hash,
                    searched=tree is not None,
                )
            )
    return tuple(rows)


def find_section(tree: etree._Element, label: str) -> etree._Element | None:
    """The element of ``7.1(3)(b)``: section 7.1, subsection (3), paragraph (b).

    Of a coded range (``52(2)(c)-(e)``) the section that holds it is taken.
    """
    number, parts = _split(label)
    section = next((s for s in tree.iter("Section") if _label(s) == number), None)
    if section is None:
        return None
    found = section
    for part in parts:
        child = next((c for c in found if _label(c) == part), None)
        if child is None:
            child = next((c for c in found.iter() if _label(c) == part), None)
        if child is None:
            return None
        found = child
    return found


def text_hash(element: etree._Element) -> str:
    """SHA-256 of the words of a section: white space made one, notes left out."""
    return sha256_hex(" ".join(" ".join(_words(element)).split()).encode())


def _compare(
    citation: str,
    instrument: Instrument,
    element: etree._Element | None,
    recorded: str | None,
    *,
    searched: bool,
) -> Drift:
    if not searched:
        return Drift(citation=citation, file=instrument.file, state="not-compared")
    if element is None:
        return Drift(citation=citation, file=instrument.file, state="gone", read=instrument.read)
    found = text_hash(element)
    amended = _amended(element)
    state: State = "not-compared"
    if recorded is not None:
        state = "unchanged" if recorded == found else "changed"
    elif instrument.read is not None and amended is not None:
        state = "amended" if amended > instrument.read else "unchanged"
    return Drift(
        citation=citation,
        file=instrument.file,
        state=state,
        hash=found,
        last_amended=amended,
        read=instrument.read,
    )


def _amended(element: etree._Element) -> date | None:
    """The latest in-force day in the element, or the day its section was last amended."""
    days = [
        value
        for child in element.iter()
        if isinstance(child.tag, str)
        and (value := child.get(f"{_LIMS}inforce-start-date")) is not None
    ]
    try:
        return date.fromisoformat(max(days)) if days else None
    except ValueError:
        return None


def _words(element: etree._Element) -> Iterator[str]:
    if element.tag in _SKIP:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _words(child)
        yield child.tail or ""


def _label(element: etree._Element) -> str | None:
    found = element.find("Label") if isinstance(element.tag, str) else None
    return None if found is None or found.text is None else found.text.strip()


def _split(label: str) -> tuple[str, list[str]]:
    match = re.match(r"([0-9.]+)((?:\([^)]*\))*)", label)
    if match is None:
        return label, []
    parts = re.findall(r"\([^)]*\)", match[2])
    return match[1], parts[:-1] if label[match.end() :].startswith("-") else parts


def _parse(body: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise LawFileUnusable(f"{name}: not XML ({error.msg})") from error
