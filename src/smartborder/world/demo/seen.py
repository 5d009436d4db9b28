"""What a beat saw and how it is told."""

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a beat saw.

    Attributes:
        line: built from what happened, never written in advance.
        record: id of the record it is about.
        node: whose screen shows it (``CA`` or ``US``).
        path: the page that opens it.
        law: section, where one decided.
        command: the same from the command line.
    """

    line: Text
    record: str = ""
    node: str = "CA"
    path: str = ""
    law: str = ""
    command: str = ""


class BeatWrong(StateError):
    """A beat saw something else than the day's story says: the demo is broken, not the story."""

    code = "demo.beat-wrong"
    title = Text("The beat went wrong", "La séquence a mal tourné")


def expect(true: object, what: str) -> None:
    """Refuse to tell a story that did not happen.

    Raises:
        BeatWrong: unless ``true``.
    """
    if not true:
        raise BeatWrong(what)
