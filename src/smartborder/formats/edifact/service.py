"""Where interchanges begin in a text, and which characters separate their parts.

ISO 9735-1 section 7: UNA announces six service characters (component, element, decimal mark,
release, repetition, terminator). It may be absent or mangled, so the header segment that
follows is the witness: what UNB and UNH use prevails over what UNA says.
"""

import re
from collections import Counter
from typing import NamedTuple

BLANKS = "".join(map(chr, range(33))) + "\x7f\ufeff"
"""What carries no meaning around a segment: blanks, line ends, control characters."""

_CURLY = "’‘´`′"
_UNB = re.compile(r"UNB\s?([^A-Za-z0-9\s])\s*[A-Za-z0-9]{4}([^A-Za-z0-9\s])\s*[0-9]")
_ANY_UNB = re.compile(r"UNB\s?([^A-Za-z0-9\s])[^\r\n]{0,8}?([^A-Za-z0-9\s])")
_UNH = re.compile(
    r"(?<![A-Za-z0-9])UN[GH]\s?([^A-Za-z0-9\s])(?:[^\r\n]{0,60}?\1)?[A-Z]{6}([^A-Za-z0-9\s])"
)
_BARE = re.compile(r"(?<![A-Za-z0-9])(?:UNA|UNB|UNG|UNH|BGM|CTA|TDT|NAD|MSG)\s?([^A-Za-z0-9\s])")
_NEXT_TAGS = "UNG|UNH|BGM|RFF|NAD|TDT|MSG|ORG|CTA|COM|LOC|DTM|UNT|UNZ"


_USUAL = ("+", ":", "'")


class Service(NamedTuple):
    """The six service characters in force; ``release`` is empty if there is none."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    repetition: str = " "
    terminator: str = "'"


class Chunk(NamedTuple):
    """One interchange: its text after UNA, where that starts, and what was odd about it."""

    text: str
    start: int
    service: Service
    odd_service: bool = False
    skipped: int = 0
    """Characters of text before it that belong to nothing."""


def interchanges(text: str) -> list[Chunk]:
    """The interchanges of a text, in order; a text without any header gives one chunk or none."""
    begins = [_with_una(text, found) for found in _UNB.finditer(text) if _apart(text, found)]
    if not begins:
        found = _ANY_UNB.search(text) or _UNH.search(text) or _BARE.search(text)
        if found is None:
            return []
        begins = [_with_una(text, found)]
    chunks = []
    for number, (begin, una, found) in enumerate(begins):
        end = begins[number + 1][0] if number + 1 < len(begins) else len(text)
        head = text[:begin].strip(BLANKS) if number == 0 else ""
        chunks.append(_chunk(text, found.start(), end, una, found, len(head)))
    return chunks


def _apart(text: str, found: re.Match[str]) -> bool:
    """True if the tag found neither ends a longer word nor is itself an element's value."""
    before = found.start() - 1
    return before < 0 or not (text[before].isalnum() or text[before] in found.groups())


def _with_una(text: str, found: re.Match[str]) -> tuple[int, str | None, re.Match[str]]:
    """Where the interchange begins, and the characters between UNA and its header."""
    begin = found.start()
    una = text.rfind("UNA", max(0, begin - 16), begin)
    if una < 0 or (una and text[una - 1].isalnum()):
        return begin, None, found
    return una, text[una + 3 : begin], found


def _chunk(
    text: str, start: int, end: int, una: str | None, found: re.Match[str], skipped: int
) -> Chunk:
    body = text[start:end]
    element = found[1]
    component = found[2] if found.re is not _BARE and found[2] != element else None
    element, component = _witnessed(body[:16384], element, component)
    announced = _announced(una, element, component)
    service = announced or Service(element=element, component=component or ":")
    terminator = _terminator(body, service)
    odd = (una is not None and announced is None) or terminator != service.terminator
    if una is None and (element, service.component, terminator) != _USUAL:
        odd = True
    if any(mark in body for mark in _CURLY):
        ends = re.compile(rf"[{_CURLY}'](?=\s*(?:[A-Z]{{3}}\s?{re.escape(element)}|$))")
        if terminator in _CURLY or (
            terminator == "'" and re.search(rf"[{_CURLY}]\s*[A-Z]{{3}}{re.escape(element)}", body)
        ):
            body, terminator, odd = ends.sub("'", body), "'", True
    return Chunk(body, start, service._replace(terminator=terminator), odd, skipped)


def _witnessed(body: str, element: str, component: str | None) -> tuple[str, str | None]:
    """The separators that the dates of the message use, where the header disagrees with them."""
    mark = re.escape(component) if component else "[^A-Za-z0-9]"
    if re.search(rf"DTM{re.escape(element)}[0-9]{{1,3}}{mark}[0-9]{{4}}", body):
        return element, component
    dates = re.findall(r"DTM([^A-Za-z0-9\s])[0-9]{1,3}(?!\1)([^A-Za-z0-9\s])[0-9]{4}", body)
    return Counter(dates).most_common(1)[0][0] if dates else (element, component)


def _announced(una: str | None, element: str, component: str | None) -> Service | None:
    """What UNA says, if it is whole and agrees with the header that follows."""
    if una is None:
        return None
    raw = una[:6] if not una[6:].strip(BLANKS) else una.strip(BLANKS)
    if len(raw) != 6:
        return None
    release = "" if raw[3] in BLANKS or raw[3].isalnum() else raw[3]
    service = Service(raw[0], raw[1], raw[2], release, raw[4], raw[5])
    if service.element != element or (component and service.component != component):
        return None
    return service


def _terminator(body: str, service: Service) -> str:
    """The terminator in use: the one announced if segments end with it, else what ends most."""
    announced, element = service.terminator, re.escape(service.element)
    follows = re.compile(rf"\s*(?:{_NEXT_TAGS})\s?{element}")
    first = body.find(announced)
    if first >= 0 and follows.match(body, first + 1):
        return announced
    seen = Counter(re.findall(rf"([^A-Za-z0-9\s])(?={follows.pattern})", body[3:16384]))
    for mark in (service.element, service.component):
        seen.pop(mark, None)
    if seen and seen[announced] < max(seen.values()):
        best: str = seen.most_common(1)[0][0]
        return best
    if not seen and re.search(rf"[\r\n]\s*(?:{_NEXT_TAGS})\s?{element}", body):
        return "\r" if "\n" not in body else "\n"
    return announced
