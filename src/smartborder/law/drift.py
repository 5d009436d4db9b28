"""Has the law moved? Coded sections against a folder of Justice Laws XML.

The texts themselves are not kept, and no hash of a text that nobody here has held: whoever has
the folder records the hash of each coded section once (:func:`record`) and compares with that
record from then on. Without one, a section is *amended* if the file says that it was amended
after the day on which it was read; *changed* always means another hash.
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
    by: Literal["hash", "day"] | None = None
    hash: str | None = None
    last_amended: date | None = None
    read: date | None = None


class Recorded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The hashes of one folder, kept by whoever had it.

    Attributes:
        consolidated: file -> the day to which it says that it is current; null where silent.
        sections: citation -> SHA-256 of its words, for every coded section that was found.
        not_found: coded sections that the folder does not hold; nothing is recorded of them.

    """

    consolidated: dict[str, date | None]
    sections: dict[str, str]
    not_found: tuple[str, ...] = ()


CANNOT_SEE = (
    Text(
        "Law of the United States: no folder of its text is read.",
        "Le droit des États-Unis : aucun dossier de ses textes n'est lu.",
    ),
    Text(
        "The French version: only the English text is compared, though both are authentic.",
        "La version française : seul le texte anglais est comparé, bien que les deux fassent foi.",
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


def record(instruments: tuple[Instrument, ...], files: Mapping[str, bytes]) -> Recorded:
    """The hash of every coded section that the folder holds.

    Raises:
        LawFileUnusable: if a file is not XML.

    """
    rows = drift(instruments, files)
    return Recorded(
        consolidated={name: _consolidated(_parse(body, name)) for name, body in files.items()},
        sections={r.citation: r.hash for r in rows if r.hash is not None},
        not_found=tuple(dict.fromkeys(r.citation for r in rows if r.hash is None)),
    )


def read_record(data: bytes, where: str) -> Recorded:
    """A record as :func:`record` made it and the command wrote it.

    Raises:
        LawFileUnusable: if it is no such record.

    """
    try:
        return msgspec.json.decode(data, type=Recorded)
    except (msgspec.DecodeError, ValueError) as error:
        raise LawFileUnusable(f"{where}: no record of section hashes ({error})") from error


def drift(
    instruments: tuple[Instrument, ...],
    files: Mapping[str, bytes],
    recorded: Recorded | None = None,
) -> tuple[Drift, ...]:
    """The state of every coded section.

    Args:
        instruments: the law files of a pack.
        files: XML by file name (``SOR-2002-227.xml``); missing ones are not compared.
        recorded: hashes to compare with; those of the law files, if there are any, otherwise.

    Raises:
        LawFileUnusable: if a file is not XML.

    """
    rows: list[Drift] = []
    for instrument in instruments:
        body = files.get(instrument.file or "")
        tree = None if body is None else _parse(body, instrument.file or "")
        for label, provision in instrument.provisions.items():
            citation = f"{instrument.instrument} {label}"
            known = provision.hash if recorded is None else recorded.sections.get(citation)
            rows.append(
                _compare(
                    citation,
                    instrument,
                    None if tree is None else find_section(tree, label),
                    known,
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
    by: Literal["hash", "day"] | None = None
    if recorded is not None:
        state, by = ("unchanged" if recorded == found else "changed"), "hash"
    elif instrument.read is not None and amended is not None:
        state, by = ("amended" if amended > instrument.read else "unchanged"), "day"
    return Drift(
        citation=citation,
        file=instrument.file,
        state=state,
        by=by,
        hash=found,
        last_amended=amended,
        read=instrument.read,
    )


def _consolidated(tree: etree._Element) -> date | None:
    """The day to which the file says that it is current."""
    for name in ("pit-date", "current-date"):
        try:
            return date.fromisoformat(tree.get(f"{_LIMS}{name}") or "")
        except ValueError:
            continue
    return None


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
