"""How an officer reads the codes of facts and clocks; the file beside this one has them."""

from functools import cache

from smartborder.kernel.resources import read_yaml
from smartborder.kernel.text import Text


def answer(code: str) -> Text:
    """The value of a fact in both languages; a code the file lacks is shown as it is."""
    return _words("answers").get(code) or _bare(code)


def known_answer(value: str) -> Text:
    """As :func:`answer`; what is no code (a day, a number, a name) is shown as it was written."""
    return _words("answers").get(value) or Text(value, value)


def clock(name: str) -> Text:
    """The name of a clock in both languages."""
    return _words("clocks").get(name) or _bare(name)


@cache
def _words(part: str) -> dict[str, Text]:
    data = read_yaml("smartborder.web.law", "words.yaml")[part]
    return {code: Text(en, fr) for code, (en, fr) in data.items()}


def _bare(code: str) -> Text:
    shown = code.replace("-", " ")
    return Text(shown, shown)
