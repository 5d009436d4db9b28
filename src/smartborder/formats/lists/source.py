"""Bytes in: where a list comes from, text lines out of it, and findings about it."""

import codecs
import io
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.reason import Finding, Severity


class Readable(Protocol):
    """What we need of a binary stream; files, sockets and archives have it."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes, all if negative, none at the end."""

    def readline(self, size: int = -1, /) -> bytes:
        """One line with its end, cut at ``size`` bytes."""


@runtime_checkable
class Rewindable(Readable, Protocol):
    """A stream that may be able to go back to its start."""

    def seekable(self) -> bool:
        """Whether it is."""

    def seek(self, offset: int, /) -> int:
        """Go to ``offset``."""


def rewindable(stream: Readable) -> Rewindable | None:
    """The stream as one that can be read twice, or None."""
    return stream if isinstance(stream, Rewindable) and stream.seekable() else None


Source = bytes | Readable
"""A whole file as bytes, or a binary stream that is read once, piece by piece."""

LONGEST_LINE = 8 * 1024 * 1024
"""A line longer than this (bytes) is not a record; it is cut and reported."""


class UnknownList(InputError):
    """The file is none of the supported lists; docs/reference/lists.md names them."""

    code = "list.unknown-format"
    title = Text("Not a known list format", "Format de liste inconnu")


def finding(code: str, severity: Severity, en: str, fr: str, place: str | None = None) -> Finding:
    """A finding about a list; ``place`` is ``line 12`` or ``record 3``."""
    return Finding(code=code, severity=severity, detail=Text(en, fr), segment=place)


def opened(source: Source) -> Readable:
    """``source`` as a stream."""
    return io.BytesIO(source) if isinstance(source, bytes) else source


def text_lines(source: Source, findings: list[Finding]) -> Iterator[str]:
    """Lines of a text file, line ends kept, whatever its encoding.

    UTF-8 is expected; UTF-16 is recognised by its mark; a line that is not UTF-8 is read as
    Windows-1252, which list publishers also use, and reported once. NUL bytes are dropped.
    """
    stream = opened(source)
    first = stream.read(4)
    if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        whole = (first + stream.read()).decode("utf-16", errors="replace")
        yield from io.StringIO(whole.replace("\x00", ""))
        return
    told = False
    pending = first
    while True:
        line = pending + stream.readline(LONGEST_LINE)
        pending = b""
        if b"\n" in line[:-1]:  # the mark's four bytes may hold line ends
            head, _, pending = line.partition(b"\n")
            line = head + b"\n"
        if not line:
            return
        if line.startswith(codecs.BOM_UTF8):
            line = line[3:]
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", errors="replace")
            if not told:
                told = True
                findings.append(
                    finding(
                        "list.encoding",
                        "warning",
                        "Not UTF-8; read as Windows-1252",
                        "Pas en UTF-8; lu en Windows-1252",
                    )
                )
        yield text.replace("\x00", "")
