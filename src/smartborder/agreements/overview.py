"""One line about each agreement, for lists and screens."""

import msgspec

from smartborder.agreements.compiled import Compiled
from smartborder.kernel.text import Text
from smartborder.model.agreement import Channel, Mode, Period


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of agreements shows.

    Attributes:
        mode: ``demo`` while the law of a party is not held or no named counsel reviewed it.

    """

    id: str
    version: int
    digest: str
    title: Text
    parties: tuple[str, ...]
    channels: tuple[Channel, ...]
    purposes: tuple[str, ...]
    in_force: Period
    mode: Mode


def overview(compiled: Compiled) -> Overview:
    """The line about one agreement."""
    document = compiled.document
    unread = any(part.text == "not-held" or part.counsel is None for part in document.parties)
    return Overview(
        id=document.id,
        version=document.version,
        digest=compiled.digest,
        title=document.title,
        parties=tuple(part.country for part in document.parties),
        channels=tuple(term.code for term in document.channels),
        purposes=tuple(term.code for term in document.purposes),
        in_force=document.in_force,
        mode="demo" if unread else "production",
    )
