"""French spacing: signs that stand apart from a word never begin a line without it.

Office québécois de la langue française: a no-break space before the colon and within guillemets;
none before ``;``, ``!`` and ``?``, which therefore stay where the texts have them.
"""

import re

from smartborder.kernel.text import Language

_BEFORE = re.compile(r" (?=(?:[:»]|%%?)(?:[\s.,;)]|$))")
_AFTER = re.compile(r"(?<=«) ")
_NO_BREAK = "\u00a0"
COLON: dict[Language, str] = {"en": ":", "fr": f"{_NO_BREAK}:"}
"""What stands between a word and what it is: ``{{ word }}{{ colon }} {{ value }}``."""


def unbroken(french: str) -> str:
    """A French sentence with its no-break spaces."""
    return _AFTER.sub(_NO_BREAK, _BEFORE.sub(_NO_BREAK, french))
