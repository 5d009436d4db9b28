"""Requirements that must all be met, each one line of the trace."""

from collections.abc import Iterable

from smartborder.law.answer import Answer

Requirement = tuple[str, bool | None, tuple[str, ...]]
"""Citation, whether it is met (None: not known), and the facts that would settle it."""


def require(a: Answer, requirements: Iterable[Requirement]) -> bool | None:
    """True if all are met, False if one is not, None if that hangs on facts not known.

    A requirement that was not in force is recorded as such and asks nothing.
    """
    result: bool | None = True
    for citation, holds, names in requirements:
        if a.view.find(citation) is None:
            a.not_met(citation)
            continue
        outcome = a.test(citation, holds, *names)
        if outcome is False:
            result = False
        elif outcome is None and result is True:
            result = None
    return result


def negated(value: bool | None) -> bool | None:
    """Three-valued not."""
    return None if value is None else not value
