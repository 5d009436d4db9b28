"""The envelope around a message: what UNB, UNG and UNH say."""

from typing import NamedTuple

from smartborder.model.reason import Finding


class Interchange(NamedTuple):
    """UNB: who sends to whom under which reference."""

    sender: str | None = None
    recipient: str | None = None
    reference: str | None = None


class Header(NamedTuple):
    """UNH, and where the message starts in its interchange."""

    interchange: Interchange
    type: str | None
    version: str | None
    reference: str | None
    common_reference: str | None
    part: tuple[int, bool] | None
    first: int
    """Index of the segment that counts as number 1."""


def read_unb(els: list[str], component: str) -> Interchange:
    """Sender, recipient and reference, without their qualifiers."""

    def first(at: int) -> str | None:
        return (els[at].split(component)[0].strip() or None) if len(els) > at else None

    return Interchange(first(2), first(3), first(5))


def read_unh(
    els: list[str], component: str, interchange: Interchange, index: int
) -> tuple[Header, list[Finding]]:
    """The message header; anything it lacks is None."""
    name = [part.strip() for part in els[2].split(component)] if len(els) > 2 else [""]
    sequence = [part.strip() for part in els[4].split(component)] if len(els) > 4 else [""]
    part = None
    if sequence[0].isdecimal() and len(sequence[0]) < 6:
        part = (int(sequence[0]), len(sequence) > 1 and sequence[1].upper() == "F")
    header = Header(
        interchange=interchange,
        type=name[0].upper() or None,
        version=":".join(name[1:3]) if len(name) > 2 else None,
        reference=(els[1].strip() or None) if len(els) > 1 else None,
        common_reference=(els[3].strip() or None) if len(els) > 3 else None,
        part=part,
        first=index,
    )
    return header, []
