"""A printed sheet: shown only to whoever logged it as a disclosure, and marked with the entry."""

from datetime import datetime, timedelta

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.store.session import Session

GOOD_FOR = timedelta(minutes=15)
"""How long a logged sheet can be opened again; later it must be logged again."""


class SheetLapsed(StateError):
    """This sheet was made for somebody else or more than a quarter of an hour ago: make it anew."""

    code = "desk.sheet-lapsed"
    title = Text("This sheet has lapsed", "Cette feuille n'est plus valable")
    status = 410


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One logged disclosure; its id is printed on every page of it."""

    id: str
    at: datetime
    record: str
    recipient: str


def sheet(s: Session, entry: str, record: str) -> Sheet:
    """The logged sheet, for whoever logged it.

    Raises:
        SheetLapsed: see there.
    """
    row = s.first(
        "SELECT id, at, record, recipient FROM custody.disclosure WHERE id = :id"
        " AND record = :record AND actor = :me AND at > :since",
        id=entry, record=record, me=s.actor.label, since=s.now - GOOD_FOR,
    )  # fmt: skip
    if row is None:
        raise SheetLapsed("log the sheet again from the flight's page")
    return msgspec.convert(row, Sheet)
