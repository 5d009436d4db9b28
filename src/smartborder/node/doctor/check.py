"""The answer of one check."""

from typing import Literal

import msgspec

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text

Outcome = Literal["ok", "warn", "missing"]


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at.

    Attributes:
        name: stable word for programs, e.g. ``disk``.
        title: what it is.
        state: ``ok``; ``missing`` stops a node; ``warn`` will one day hurt.
        found: what is there: a version, a path, a number with its unit.
        advice: what to do; None when nothing.

    """

    name: str
    title: Text
    state: Outcome
    found: Text
    advice: Text | None = None


def check(
    name: str, title: Text, state: Outcome, found: Text | str, advice: Text | None = None
) -> Check:
    """A check; advice is kept only where there is something to do."""
    words = Text(found, found) if isinstance(found, str) else found
    kept = None if state == "ok" else advice
    return Check(name=name, title=title, state=state, found=words, advice=kept)


def failed(name: str, title: Text, error: SmartborderError) -> Check:
    """A coded error as a check."""
    return check(
        name,
        title,
        "missing",
        Text(f"{error.code}: {error.title.en}", f"{error.code} : {error.title.fr}"),
        Text(error.detail, error.detail),
    )
