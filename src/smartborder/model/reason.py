"""Reason and Finding: why, never a bare number."""

from typing import Literal

import msgspec

from smartborder.kernel.text import Text

Severity = Literal["info", "warning", "error"]
Confidence = Literal["law", "excerpt", "memory"]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The two values a reason rests on, as text: what we hold or require, what was reported."""

    ours: str | None = None
    theirs: str | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason, in the one shape used by the API, the command and every screen.

    Attributes:
        code: stable, ``room.what``; officers and tests rely on it.
        detail: the sentence an officer reads.
        compared: the values it rests on; None where nothing was compared.
        citation: the section of law or of an agreement; None where none applies.

    """

    code: str
    detail: Text
    compared: Compared | None = None
    citation: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something noticed in what was sent, with its place.

    Attributes:
        code: stable, ``format.what`` (``edifact.count-mismatch``).
        severity: ``info`` (noted), ``warning`` (departs from the specification, understood
            all the same), ``error`` (part of the message could not be used).
        segment: the place as text, e.g. ``CNT#43`` (tag, position counted from 1 at UNH);
            None when it concerns the whole message.
        detail: what is wrong and what was done about it.
        traveller: index (from 0) of the only traveller affected; None for the whole message.

    """

    code: str
    severity: Severity
    detail: Text
    segment: str | None = None
    traveller: int | None = None
