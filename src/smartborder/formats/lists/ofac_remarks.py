"""What OFAC's legacy files put into one free text: births, places, papers, vessels, weak names.

``DOB 30 Jul 1957; alt. DOB 1958; POB City, Country; Passport A123 (Iran); a.k.a. 'X'.``
"""

import re

from smartborder.formats.lists.draft import Draft

_SPLIT = re.compile(r"\s*;\s*")
_DATED = re.compile(r"^(?:alt\.\s*)?DOB\s+(.+)$", re.I)
_PLACE = re.compile(r"^(?:alt\.\s*)?POB\s+(.+)$", re.I)
_NATION = re.compile(
    r"^(?:alt\.\s*)?(?:nationality|citizen)\s+(?!of Registration)(?:possibly\s+)?(.+)$", re.I
)
_WEAK = re.compile(r"^(?:alt\.\s*)?(?:a|f|n)\.k\.a\.\s*'(.+?)'$", re.I)
_GENDER = re.compile(r"^Gender\s+(\w+)$", re.I)
_IMO = re.compile(r"\bIMO\s*(\d{7})\b")
_MMSI = re.compile(r"\bMMSI\s*(\d{9})\b")
_PAPER = re.compile(
    r"^(?:alt\.\s*)?(?P<type>Passport|National (?:ID|Foreign ID) (?:No|Number)\.?|"
    r"Identification Number|Cedula No\.|C\.U\.R\.P\.|C\.U\.I\.T\.|R\.F\.C\.|RUC #|NIT #|D\.N\.I\.|"
    r"SSN|Tax ID No\.|Registration (?:ID|Number)|Company Number|Driver's License No\.|"
    r"Residency Number|Birth Certificate Number|Travel Document Number|Stateless Person ID Card|"
    r"[\w.'\s]{2,40}?\b(?:ID|No\.|Number|#))\s+(?P<number>[A-Z0-9][\w./-]*)"
    r"(?:\s*\((?P<issuer>[^)]*)\))?",
    re.I,
)


def read_remarks(draft: Draft, remarks: str) -> None:
    """Put what ``remarks`` says into ``draft``; the rest stays a note."""
    rest: list[str] = []
    for piece in _SPLIT.split(remarks.strip().removesuffix(".")):
        if not _known(draft, piece):
            rest.append(piece)
    draft.note("remarks", "; ".join(p for p in rest if p))


def _known(draft: Draft, piece: str) -> bool:
    if match := _DATED.match(piece):
        draft.born(match[1])
    elif match := _PLACE.match(piece):
        draft.birth_place(match[1])
    elif match := _NATION.match(piece):
        draft.nationality(match[1])
    elif match := _GENDER.match(piece):
        draft.gender(match[1])
    elif match := _WEAK.match(piece):
        draft.name(match[1], "weak")
    elif (imo := _IMO.search(piece)) or _MMSI.search(piece):
        mmsi = _MMSI.search(piece)
        draft.imo = imo[1] if imo else draft.imo
        draft.mmsi = mmsi[1] if mmsi else draft.mmsi
    elif match := _PAPER.match(piece):
        draft.document(match["number"], match["type"], match["issuer"])
    else:
        return False
    return True
