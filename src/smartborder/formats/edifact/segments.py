"""A chunk of text as segments, with the place of each one in the text.

Released service characters (``?'``) become pairs of noncharacters of the same length, so that
``str.split`` can do the work and offsets stay true; :meth:`Segments.plain` restores them.
"""

import re
from itertools import accumulate

from smartborder.formats.edifact.service import BLANKS, Chunk

MARK = "\ufdd0"
"""Stands before each released character."""
_MERGED = (
    "NAD{e}(?:FL|FM|DDU|DDT|MS){e}|ATT{e}2{e}|DTM{e}[0-9]{{1,3}}{c}|LOC{e}[0-9]{{1,3}}{e}|"
    "NAT{e}2{e}|RFF{e}[A-Z]{{2,3}}{c}|DOC{e}[A-Z]{{1,2}}[{c}{e}]|GEI{e}4{e}|MEA{e}(?:CT|WT){e}|"
    "FTX{e}[A-Z]{{3}}{e}|COM{e}|TDT{e}[0-9]{{2}}{e}|CNT{e}4|ERP{e}[0-9]|ERC{e}|PDT{e}|UNS{e}|"
    "UNT{e}[0-9]|UNE{e}[0-9]|UNZ{e}[0-9]|UNH{e}|BGM{e}[0-9]{{3}}"
)


class Segments:
    """The segments of one interchange.

    Attributes:
        pieces: text of each segment without terminator, blanks around it and line breaks in it.
        ends: where each one ends in the decoded text (behind its terminator).
        text: the interchange as it came, ``start`` its offset in the decoded text.
        unclosed: True if the last segment has no terminator.
        faults: finding code by index, for what had to be mended to get the segments.

    """

    __slots__ = (
        "_back",
        "_merged",
        "ends",
        "faults",
        "pieces",
        "service",
        "start",
        "text",
        "unclosed",
    )

    def __init__(self, chunk: Chunk) -> None:
        service = self.service = chunk.service
        text = self.text = chunk.text
        self.start = chunk.start
        self.faults: dict[int, str] = {}
        self._back: dict[str, str] = {}
        self._merged: re.Pattern[str] | None = None
        if service.release and service.release in text:
            text = self._protect(text)
        pieces = text.split(service.terminator)
        self.unclosed = bool(pieces[-1].strip(BLANKS))
        ends = list(accumulate([len(piece) + 1 for piece in pieces], initial=chunk.start))[1:]
        ends[-1] -= 1
        if any(c in text for c in "\r\n\t") or service.terminator + " " in text:
            pieces = [piece.strip(BLANKS) for piece in pieces]
        else:
            pieces[-1] = pieces[-1].strip(BLANKS)
        if not pieces[-1]:
            pieces.pop()
            ends.pop()
        self.pieces: list[str] = pieces
        self.ends: list[int] = ends
        if "\n" in text or "\r" in text:
            self._mend_lines()
        if self.unclosed and not self.pieces[-1].startswith("UNZ"):
            self.faults.setdefault(len(self.pieces) - 1, "edifact.truncated")

    def _protect(self, text: str) -> str:
        service = self.service
        release = service.release
        marks = (release, service.terminator, service.element, service.component, " ")
        for offset, char in enumerate(dict.fromkeys(marks)):
            pair = MARK + chr(0xFDD1 + offset)
            if release + char in text:
                text = text.replace(release + char, pair)
                self._back[pair] = char
        return text

    def plain(self, value: str) -> str:
        """``value`` with its released characters restored."""
        if MARK in value:
            for pair, char in self._back.items():
                value = value.replace(pair, char)
        return value

    def where(self, index: int) -> int:
        """Where segment ``index`` starts in the decoded text, blanks before it included."""
        return self.ends[index - 1] if index else self.start

    def begin(self, index: int) -> int:
        """Where the text of segment ``index`` begins, behind blanks and line ends."""
        start, end, base = self.where(index), self.ends[index], self.start
        while start < end and self.text[start - base] in BLANKS:
            start += 1
        return start

    def elements(self, index: int) -> list[str]:
        """The data elements of a segment, tag first and without blanks."""
        els = self.pieces[index].split(self.service.element)
        els[0] = els[0].strip().upper()
        return els

    def parts(self, els: list[str], at: int) -> list[str]:
        """The components of element ``at``, restored and without blanks around; at least one."""
        if len(els) <= at:
            return [""]
        return [self.plain(part.strip()) for part in els[at].split(self.service.component)]

    def first(self, els: list[str], at: int) -> str | None:
        """The first component of element ``at``; None if it is empty or not there."""
        return self.parts(els, at)[0] or None

    def split_merged(self, index: int) -> bool:
        """Split a segment that swallowed the next one; True if it did.

        The list of pieces grows by one, so positions behind it stay those of the message as it
        should have been.
        """
        if self._merged is None:
            e, c = re.escape(self.service.element), re.escape(self.service.component)
            self._merged = re.compile(r"(?<=.)(?:" + _MERGED.format(e=e, c=c) + ")", re.S)
        piece = self.pieces[index]
        found = self._merged.search(piece, 4)
        if found is None:
            return False
        cut = found.start()
        first = piece[:cut]
        if not first[-1].isalnum() or first[-1].islower():
            first = first[:-1]
        rest = len(piece) - cut
        self.pieces[index : index + 1] = [first.strip(BLANKS), piece[cut:]]
        self.ends.insert(index, max(self.where(index), self.ends[index] - rest - 1))
        moved = {i + (i > index): code for i, code in self.faults.items()}
        self.faults.clear()
        self.faults.update(moved)
        self.faults[index] = "edifact.missing-terminator"
        return True

    def _mend_lines(self) -> None:
        """Remove line breaks inside segments, or split there if a new segment begins."""
        tag = re.compile(rf"[A-Z]{{3}}\s?{re.escape(self.service.element)}")
        index = 0
        while index < len(self.pieces):
            piece = self.pieces[index]
            if "\n" in piece or "\r" in piece:
                lines = [line for line in re.split(r"[\r\n]+", piece) if line]
                for number in range(1, len(lines)):
                    if tag.match(lines[number].lstrip(BLANKS)):
                        first, rest = "".join(lines[:number]), lines[number:]
                        tail = sum(map(len, rest)) + len(rest)
                        self.pieces[index : index + 1] = [first, "\n".join(rest).lstrip(BLANKS)]
                        self.ends.insert(index, max(self.where(index), self.ends[index] - tail))
                        self.faults[index] = "edifact.missing-terminator"
                        break
                else:
                    self.pieces[index] = "".join(lines)
                    self.faults[index] = "edifact.broken-line"
                if number > 1 and index not in self.faults:
                    self.faults[index] = "edifact.broken-line"
            index += 1
