"""Bytes to messages: interchanges, groups and messages, read as far as they make sense."""

from collections.abc import Mapping

import msgspec

from smartborder.formats.edifact.charset import decode_with_note
from smartborder.formats.edifact.codes import FUNCTIONS, REPLY_KINDS
from smartborder.formats.edifact.cusres_read import COMMON_CODES, read_cusres
from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.header import Header, Interchange, read_unb, read_unh
from smartborder.formats.edifact.paxlst_read import ENDS, read_paxlst
from smartborder.formats.edifact.paxlst_us import read_us_paxlst
from smartborder.formats.edifact.segments import Segments
from smartborder.formats.edifact.service import BLANKS, Chunk, interchanges
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList, UnknownMessage
from smartborder.model.reason import Finding
from smartborder.model.reply import ReplyCode, ReplyMessage

Message = PassengerList | ReplyMessage | UnknownMessage

_LIST_TAGS = frozenset({"BGM", "NAD", "TDT", "COM", "CTA", "PDT", "UNS", "CNT"})
_OPENS = _LIST_TAGS | {"UNH", "UNG", "UNT"}
_READ = ("PAXLST", "CUSRES", "PNRGOV")
_PNR_TAGS = frozenset({"MSG", "ORG", "TVL", "EQN", "SRC", "RCI", "TIF"})
_PNR_CONTENT = "MSG, TVL, SRC, RCI, TIF, SSR, TKT, FOP, LTS"


class EmptyBody(InputError):
    """Nothing was sent: send the message as the body, without any wrapping."""

    code = "edifact.empty"
    title = Text("Empty message", "Message vide")


def read_messages(
    data: bytes, *, travel_year: int, meanings: Mapping[str, ReplyCode] = COMMON_CODES
) -> tuple[Message, ...]:
    """Every message in ``data``, in order; whatever is damaged is in their findings.

    Args:
        data: the bytes as received, any number of interchanges with anything around them.
        travel_year: pivot for two-digit years where a message has no flight date of its own.
        meanings: reply codes of CUSRES and what they mean in the country that sends them.

    Raises:
        EmptyBody: if there is nothing but blanks. No other input raises.

    """
    decoded = decode_with_note(data)
    if not decoded.text.strip(BLANKS):
        raise EmptyBody("the body is empty: send an EDIFACT message")
    chunks = interchanges(decoded.text)
    messages: list[Message] = []
    for chunk in chunks:
        messages += _Interchange(chunk, travel_year, meanings).read()
    if not messages:
        messages = [UnknownMessage(findings=(note("edifact.unknown-message", type="no EDIFACT"),))]
    first = [
        *([note("edifact.charset", "UNB", declared=decoded.declared, used=decoded.used)]
          if decoded.declared else []),
        *([note("edifact.leading-text", count=chunks[0].skipped)]
          if chunks and chunks[0].skipped else []),
    ]  # fmt: skip
    return (_with(messages[0], before=first), *messages[1:]) if first else tuple(messages)


def _with(
    message: Message, before: list[Finding] | None = None, after: list[Finding] | None = None
) -> Message:
    if not before and not after:
        return message
    found = (*(before or ()), *message.findings, *(after or ()))
    return msgspec.structs.replace(message, findings=found)


class _Interchange:
    """Walks the segments of one interchange."""

    def __init__(self, chunk: Chunk, year: int, meanings: Mapping[str, ReplyCode]) -> None:
        self._chunk = chunk
        self._segments = Segments(chunk)
        self._year = year
        self._meanings = meanings
        self._parties = Interchange()
        self._messages: list[tuple[Message, list[Finding]]] = []
        self._waiting: list[Finding] = []
        self._group: tuple[str | None, str | None] | None = None
        self._opened: dict[str, str | None] = {}
        self._in_group = 0
        self._groups = 0

    def read(self) -> list[Message]:
        """The messages; findings about the envelope stand with the message they are next to."""
        segments = self._segments
        if self._chunk.odd_service:
            self._waiting.append(note("edifact.service-string", "UNA"))
        if not segments.pieces or segments.pieces[0][:3].upper() != "UNB":
            self._waiting.append(note("edifact.missing-segment", "UNB", tag="UNB"))
        index, closed = 0, False
        while index < len(segments.pieces):
            if segments.pieces[index].startswith("UN") and segments.split_merged(index):
                self._waiting.append(note("edifact.missing-terminator", segments.pieces[index][:3]))
            els = segments.elements(index)
            tag = self._tag(els, index)
            if tag in ENDS and tag not in ("UNH", "UNT") and index in segments.faults:
                self._waiting.append(note(segments.faults[index], tag))
            index += 1
            if tag == "UNB":
                self._parties = read_unb(segments, els)
            elif tag == "UNG":
                self._open_group(els)
            elif tag == "UNH":
                index = self._message(els, index - 1)
            elif tag == "UNE":
                self._close("UNE", els, self._in_group, self._opened.get("UNG"))
                self._in_group = 0
            elif tag == "UNZ":
                closed = True
                index = self._end(els, index)
            elif tag == "UNT":
                self._late(note("edifact.misplaced-segment", "UNT", tag="UNT"))
            else:
                index = self._headless(index - 1)
        if not closed:
            self._late(note("edifact.missing-segment", "UNZ", tag="UNZ"))
        elif segments.unclosed:
            self._late(note("edifact.missing-terminator", "UNZ"))
        if self._waiting and self._messages:
            self._messages[-1][1].extend(self._waiting)
        elif self._waiting:
            found = (*self._waiting, note("edifact.unknown-message", type="UNB"))
            unknown = UnknownMessage(
                sender=self._parties.sender,
                recipient=self._parties.recipient,
                interchange_reference=self._parties.reference,
                findings=found,
            )
            self._messages.append((unknown, []))
        return [_with(message, after=late) for message, late in self._messages]

    def _tag(self, els: list[str], index: int) -> str:
        tag = els[0].replace(" ", "")
        if self._segments.pieces[index][:4] == tag + " ":
            self._waiting.append(note("edifact.tag-blank", tag, tag=tag))
        return tag

    def _late(self, finding: Finding) -> None:
        """A finding about the message just read, or about the next if there was none."""
        if self._messages:
            self._messages[-1][1].append(finding)
        else:
            self._waiting.append(finding)

    def _open_group(self, els: list[str]) -> None:
        version = ":".join(self._segments.parts(els, 7)) or None
        kind = self._segments.first(els, 1)
        self._opened["UNG"] = self._segments.first(els, 5)
        self._group = (kind, version)
        self._groups += 1
        self._in_group = 0

    def _message(self, els: list[str], index: int) -> int:
        header = read_unh(self._segments, els, self._parties, index)
        found = (
            [note(self._segments.faults[index], "UNH#1")] if index in self._segments.faults else []
        )
        return self._read(header, index + 1, found)

    def _headless(self, index: int) -> int:
        """Segments outside any UNH: a message whose header is lost, or rubbish."""
        tag = self._segments.elements(index)[0]
        kind = self._group[0] if self._group else None
        if tag in _PNR_TAGS or tag in _LIST_TAGS:
            kind = self._looks_like(index) or "PAXLST"
        elif self._messages or kind is None:
            return self._skip(index)
        version = self._group[1] if self._group else None
        header = Header(self._parties, kind, version, None, None, None, index)
        return self._read(header, index, [note("edifact.missing-segment", "UNH", tag="UNH")])

    def _skip(self, index: int) -> int:
        """Step over what belongs to no message, with one finding for all of it."""
        pieces, begun = self._segments.pieces, index
        while index < len(pieces) and (
            index == begun or not (pieces[index][:2] == "UN" or pieces[index][:3] in _LIST_TAGS)
        ):
            index += 1
        self._late(note("edifact.stray-segments", pieces[begun][:3], count=index - begun))
        return index

    def _looks_like(self, index: int) -> str | None:
        """The type of message that these segments belong to, where no header says it."""
        for ahead in range(index, min(index + 12, len(self._segments.pieces))):
            els = self._segments.elements(ahead)
            if els[0] in ("UNT", "UNH", "UNZ"):
                break
            if els[0] == "BGM":
                code = self._segments.parts(els, 1)[0]
                if code in REPLY_KINDS:
                    return "CUSRES"
                return "PAXLST" if code in FUNCTIONS else None
            if els[0] in _PNR_TAGS:
                return "PNRGOV"
            if els[0] in ("TDT", "PDT") or els[:2] == ["NAD", "FL"]:
                return "PAXLST"
        return None

    def _read(self, header: Header, index: int, found: list[Finding]) -> int:
        segments = self._segments
        message: Message
        if header.type not in _READ and (kind := self._looks_like(index)):
            found.append(note("edifact.damaged-header", "UNH#1", type=kind))
            header = header._replace(type=kind)
        if header.type == "PAXLST" and self._old_layout(header, index):
            message, index = read_us_paxlst(segments, index, header, self._year)
        elif header.type == "PAXLST":
            message, index = read_paxlst(segments, index, header, self._year)
        elif header.type == "CUSRES":
            message, index = read_cusres(segments, index, header, self._year, self._meanings)
        else:
            message, index = self._unknown(header, index)
        after = []
        if index < len(segments.pieces) and segments.elements(index)[0] == "UNT":
            after = self._trailer(header, index, named=header.reference is not None)
            index += 1
        else:
            after.append(note("edifact.missing-segment", "UNT", tag="UNT"))
        self._messages.append((_with(message, self._waiting + found, after), []))
        self._waiting = []
        self._in_group += 1
        return index

    def _old_layout(self, header: Header, index: int) -> bool:
        if header.version is not None and header.version[:1].isalpha():
            return False
        pieces = self._segments.pieces
        for at in range(index, len(pieces)):
            if pieces[at][:3] in ENDS or pieces[at][:3] in ("PDT", "UNS"):
                return pieces[at][:3] not in ENDS
        return False

    def _unknown(self, header: Header, index: int) -> tuple[Message, int]:
        segments = self._segments
        begun = index
        while index < len(segments.pieces) and segments.elements(index)[0] not in ENDS:
            index += 1
        kind = header.type or "UNKNOWN"
        if kind == "PNRGOV":
            finding = note("edifact.not-yet-read", "UNH#1", type=kind, what=_PNR_CONTENT)
        else:
            finding = note("edifact.unknown-message", "UNH#1", type=kind[:12])
        message = UnknownMessage(
            format=kind if kind == "PNRGOV" else "UNKNOWN",
            version=header.version,
            sender=header.interchange.sender,
            recipient=header.interchange.recipient,
            interchange_reference=header.interchange.reference,
            reference=header.reference,
            segments=index - begun,
            findings=(finding,),
        )
        return message, index

    def _trailer(self, header: Header, index: int, *, named: bool) -> list[Finding]:
        els = self._segments.elements(index)
        place = f"UNT#{index - header.first + 1}"
        faults = self._segments.faults
        found = [note(faults[index], place)] if index in faults else []
        held = index - header.first + 1 + (0 if named else 1)
        stated = els[1].strip() if len(els) > 1 else ""
        if not stated.isdecimal():
            found.append(note("edifact.bad-number", place, tag="UNT"))
        elif stated.lstrip("0") != str(held):
            stated = stated.lstrip("0")[:9] or "0"
            found.append(
                note("edifact.count-mismatch", place, tag="UNT", stated=stated, found=held)
            )
        if named and self._segments.first(els, 2) != header.reference:
            found.append(note("edifact.reference-mismatch", place, tag="UNT"))
        return found

    def _close(self, tag: str, els: list[str], held: int, opened: str | None) -> None:
        stated = els[1].strip() if len(els) > 1 else ""
        if not stated.isdecimal():
            self._late(note("edifact.bad-number", tag, tag=tag))
        elif stated.lstrip("0") != str(held):
            stated = stated.lstrip("0")[:9] or "0"
            self._late(note("edifact.count-mismatch", tag, tag=tag, stated=stated, found=held))
        if opened is not None and self._segments.first(els, 2) != opened:
            self._late(note("edifact.reference-mismatch", tag, tag=tag))

    def _end(self, els: list[str], index: int) -> int:
        """UNZ, and what stands behind it, which is no segment of anything."""
        segments = self._segments
        held = self._groups or len(self._messages)
        self._close("UNZ", els, held, self._parties.reference)
        if {piece[:3] for piece in segments.pieces[index : index + 3]} & _OPENS:
            return index  # the next interchange has lost its header, or this was no UNZ
        rest = segments.text[segments.ends[index - 1] - segments.start :].strip(BLANKS)
        if rest and index < len(segments.pieces):
            self._late(note("edifact.trailing-text", "UNZ", count=len(rest)))
            segments.unclosed = False
        return len(segments.pieces)
