"""A chunk of text as segments, with the place of each one in the text.

Released service characters (``?'``) become pairs of noncharacters of the same length, so that
``str.split`` can do the work and offsets stay true; :meth:`Segments.plain` restores them.
"""

import re
from itertools import accumulate, pairwise

from smartborder.formats.edifact.service import BLANKS, Chunk

MARK = "\ufdd0"
"""Stands before each released character."""
_MERGED = (
    "NAD{e}(?:FL|FM|DDU|DDT|MS){e}|ATT{e}2{e}|DTM{e}[0-9]{{1,3}}{c}|LOC{e}[0-9]{{1,3}}{e}|"
    "NAT{e}2{e}|RFF{e}[A-Z]{{2,3}}{c}|DOC{e}[A-Z]{{1,2}}[{c}{e}]|GEI{e}4{e}|MEA{e}(?:CT|WT){e}|"
    "FTX{e}[A-Z]{{3}}{e}|TDT{e}[0-9]{{2}}{e}|"
    # These few could be somebody's name and what stands behind it.
    "(?<![{c}{e}])(?:COM{e}|CNT{e}4|ERP{e}[0-9]|ERC{e}|PDT{e}|UNS{e}|UN[TEZ]{e}[0-9]|UNH{e}"
    "|BGM{e}[0-9]{{3}})"
)
_LINES = re.compile(r"[^\r\n]+[\r\n]*")


class Segments:
    """The segments of one interchange.

    Attributes:
        pieces: text of each segment without terminator, blanks around it and line breaks in it.
        ends: where each one ends in the decoded text (behind its terminator).
        text: the interchange as it came, ``start`` its offset in the decoded text.
        protected: the same with released characters replaced, which ``split`` and patterns use.
        unclosed: True if the last segment has no terminator.
        faults: finding code by index, for what had to be mended to get the segments.

    """

    __slots__ = (
        "_back",
        "_merged",
        "ends",
        "faults",
        "pieces",
        "protected",
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
        self.protected = text
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

    @property
    def released(self) -> bool:
        """True if any service character is released in this interchange."""
        return bool(self._back)

    def where(self, index: int) -> int:
        """Where segment ``index`` starts in the decoded text, blanks before it included."""
        return self.ends[index - 1] if index else self.start

    def begin(self, index: int) -> int:
        """Where the text of segment ``index`` begins, behind blanks and line ends."""
        start, end, base = (
            self.ends[index - 1] if index else self.start,
            self.ends[index],
            self.start,
        )
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
        """Split a segment that swallowed others after it; True if it did.

        The list of pieces grows, so positions behind it stay those of the message as it should
        have been.
        """
        if self._merged is None:
            e, c = re.escape(self.service.element), re.escape(self.service.component)
            self._merged = re.compile(r"(?<=.)(?:" + _MERGED.format(e=e, c=c) + ")", re.S)
        piece = self.pieces[index]
        cuts = [found.start() for found in self._merged.finditer(piece, 4)]
        if not cuts:
            return False
        begin = self.ends[index] - len(piece) - 1
        parts = [piece[a:b] for a, b in pairwise([0, *cuts, len(piece)])]
        for number, part in enumerate(parts[:-1]):
            if not part[-1].isalnum() or part[-1].islower():
                part = part[:-1]
            parts[number] = part.strip(BLANKS)
        more = len(cuts)
        moved = {at + more * (at > index): code for at, code in self.faults.items()}
        self.pieces[index : index + 1] = parts
        self.ends[index:index] = [max(self.where(index), begin + cut) for cut in cuts]
        self.faults.clear()
        self.faults.update(moved)
        for number in range(more):
            self.faults[index + number] = "edifact.missing-terminator"
        return True

    def _mend_lines(self) -> None:
        """Remove line breaks inside segments, or split there if a new segment begins."""
        tag = re.compile(rf"\s*[A-Z]{{3}}\s?{re.escape(self.service.element)}")
        pieces: list[str] = []
        ends: list[int] = []
        for piece, end in zip(self.pieces, self.ends, strict=True):
            if "\n" not in piece and "\r" not in piece:
                pieces.append(piece)
                ends.append(end)
                continue
            left = len(piece)
            whole: list[str] = []
            for line in _LINES.findall(piece):
                if whole and tag.match(line):
                    self.faults[len(pieces)] = "edifact.missing-terminator"
                    pieces.append("".join(whole))
                    ends.append(max(end - left - 1, ends[-1] if ends else self.start))
                    whole = []
                elif whole:
                    self.faults[len(pieces)] = "edifact.broken-line"
                whole.append(line.strip(BLANKS) if not whole else line.rstrip("\r\n"))
                left -= len(line)
            pieces.append("".join(whole).strip(BLANKS))
            ends.append(end)
        self.pieces, self.ends = pieces, ends
