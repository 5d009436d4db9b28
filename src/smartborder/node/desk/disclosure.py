"""Printing and exporting: a disclosure, logged before anything leaves, marked on what leaves."""

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


def log(s: Session, *, kind: str, record: str, recipient: str, fields: tuple[str, ...],
        means: str) -> str:  # fmt: skip
    """Write down what is about to leave, for whom and by what means; the id of the entry."""
    entry = s.new_id("disclosure")
    s.run(
        "INSERT INTO custody.disclosure (id, at, actor, recipient, kind, record, case_id,"
        " purpose, fields, means) VALUES (:id, :now, :actor, :recipient, :kind, :record, :case,"
        " :purpose, :fields, :means)",
        id=entry, now=s.now, actor=s.actor.id, recipient=recipient, kind=kind, record=record,
        case=s.case, purpose=s.purpose, fields=list(fields), means=means,
    )  # fmt: skip
    s.leaf("disclosure", entry, {"kind": kind, "record": record, "by": s.actor.id})
    return entry


def sheet(s: Session, entry: str, record: str) -> Sheet:
    """The logged sheet, for whoever logged it.

    Raises:
        SheetLapsed: see there.
    """
    row = s.first(
        "SELECT id, at, record, recipient FROM custody.disclosure WHERE id = :id"
        " AND record = :record AND actor = :me AND at > :since",
        id=entry, record=record, me=s.actor.id, since=s.now - GOOD_FOR,
    )  # fmt: skip
    if row is None:
        raise SheetLapsed("log the sheet again from the flight's page")
    return msgspec.convert(row, Sheet)
