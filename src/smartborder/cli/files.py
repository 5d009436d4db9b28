"""Reading files that a person named on the command line, with a coded error when that fails."""

import sys
from pathlib import Path

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text


class FileUnreadable(InputError):
    """The named file is not there, or cannot be read as what it should be."""

    code = "file.unreadable"
    title = Text("File cannot be read", "Fichier illisible")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; ``-`` is standard input.

    Raises:
        FileUnreadable: naming the file.
    """
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable("cannot be read; check the name and your rights",
                             file=str(path)) from error  # fmt: skip


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, a byte-order mark removed.

    Raises:
        FileUnreadable: naming the file.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable("is not UTF-8 text", file=str(path)) from error
