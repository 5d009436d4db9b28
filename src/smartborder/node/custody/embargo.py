"""Advance notices of listings: sealed, open to the officers named on them, released at one instant.

Until the release nothing is matched, searched or frozen on a notice (listing-advance-notice
LN-1, LN-6); its content lies sealed under a key of its own. Every opening, and every try of
somebody who is not named, is kept, so that a leak can be traced (LN-5). One that was withdrawn
(:mod:`smartborder.node.custody.notice_ending`) says nothing any more and is never released.
"""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from smartborder import agreements
from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.model.lookout import Lookout
from smartborder.model.screening import Kind, ListedDocument, ListedName
from smartborder.node.act.one_by_one import one_by_one
from smartborder.node.custody import raw
from smartborder.node.home import NodeHome
from smartborder.node.lookouts import keeping
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Row, Session

AGREEMENT = "listing-advance-notice"
PURPOSE = "simultaneous-listing"
REVIEW = timedelta(days=365)
SEALED_FOR = timedelta(days=30)
"""How long the sealed notice is kept after its release; the look-out made of it lives on."""
_SEALED = timedelta(seconds=1)
"""Before the release: an instant at which a notice is sealed."""
STANDS = (
    "n.released_at IS NULL AND n.withdrawn_at IS NULL AND EXISTS (SELECT FROM custody.raw r"
    " JOIN custody.key k USING (id) WHERE r.id = n.id)"
)
"""Of ``custody.notice n``: it lies sealed here and is still to be released."""
_DUE = f"n.release_at <= :now AND {STANDS}"


class NoticeUnusable(InputError):
    """A notice needs a name, an identifier, named officers, and a release in the future."""

    code = "notice.unusable"
    title = Text("Notice incomplete", "Préavis incomplet")


class NoticeWithdrawn(StateError):
    """Its originator withdrew the notice: what it said is destroyed, and nothing is released."""

    code = "notice.withdrawn"
    title = Text("Notice withdrawn", "Préavis retiré")
    status = 410
    said = Text(
        "Its originator withdrew it; what it said is destroyed.",
        "Son auteur l'a retiré; ce qu'il disait est détruit.",
    )


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What a notice says.

    Attributes:
        named: logins of the officers of either side who may open it before the release.

    """

    names: tuple[str, ...]
    documents: tuple[ListedDocument, ...]
    kind: Kind = "organisation"
    authority: str
    named: tuple[str, ...]
    release_at: datetime


def keep(s: Session, home: NodeHome, record: str, notice: Notice, *, way: str, originator: str,
         envelope: str | None) -> None:  # fmt: skip
    """Keep a notice sealed until its release.

    Raises:
        NoticeUnusable: something is missing.

    """
    if not (notice.names and notice.documents and notice.named and notice.authority.strip()):
        raise NoticeUnusable("give names, an identifier, an authority and named officers")
    raw.keep(s, home.data_key(), record, msgspec.json.encode(notice), source=f"notice:{way}",
             purpose=PURPOSE, delete_by=notice.release_at + SEALED_FOR,
             returns=way == "received")  # fmt: skip
    s.run(
        "INSERT INTO custody.notice (id, way, originator, envelope, named, release_at, made_at,"
        " made_by) VALUES (:id, :way, :originator, :envelope, :named, :release, :now, :by)",
        id=record,
        way=way,
        originator=originator,
        envelope=envelope,
        named=list(notice.named),
        release=notice.release_at,
        now=s.now,
        by=s.actor.label,
    )
    s.leaf("notice", record, {"release": iso(notice.release_at), "by": s.actor.label})


def open_notice(s: Session, home: NodeHome, record: str) -> Notice | None:
    """What a notice says, if the agreement lets this officer see it now; each try is kept.

    None for somebody who is not named: the caller commits, so that the try stays on record.

    Raises:
        NotFound: there is no such notice.
        NoticeWithdrawn: and whoever asks could see it before.
        Destroyed: it was released long ago.

    """
    row = s.one("SELECT * FROM custody.notice WHERE id = :id", id=record)
    allowed = may_see(s, home, row)
    if allowed and row["withdrawn_at"] is not None:
        raise NoticeWithdrawn("nothing is left to open", notice=record)
    log(s, record, opened=allowed)
    if not allowed:
        return None
    return said(s, home.data_key(), record)


def said(s: Session, node_key: bytes, record: str) -> Notice:
    """What a notice says; the caller has seen to it that it may be opened.

    Raises:
        Destroyed: it is held no longer.

    """
    return msgspec.json.decode(raw.fetch(s, node_key, record), type=Notice)


def log(s: Session, record: str, *, opened: bool) -> None:
    """One line of the leak audit; its proof outlives the notice."""
    made = s.new_id("opening")
    s.run(
        "INSERT INTO custody.opening (id, notice, officer, at, opened)"
        " VALUES (:id, :notice, :officer, :now, :opened)",
        id=made,
        notice=record,
        officer=s.actor.id,
        now=s.now,
        opened=opened,
    )
    s.leaf("opening", made, {"notice": record, "officer": s.actor.label, "opened": opened})


def may_see(s: Session, home: NodeHome, row: Row) -> bool:
    """Whether whoever asks may know of a notice, by the clauses that let it cross.

    That is to open it, or to see that it was withdrawn: then its instant never comes, and those
    know of it who could before.
    """
    at: datetime = s.now
    if row["withdrawn_at"] is not None:
        at = row["released_at"] or row["release_at"] - _SEALED
    login = str(s.value("SELECT login FROM access.user WHERE id = :id", id=s.actor.id))
    document = agreements.load(AGREEMENT)
    others = [p.country for p in document.document.parties if p.country != row["originator"]]
    facts: dict[str, Any] = {
        "release_at": iso(row["release_at"]), "officer": login,
        "named_officers": list(row["named"]), "identifiers": ["name", "document"],
    }  # fmt: skip
    answer = agreements.check(document, agreements.decode_request({
        "from": row["originator"], "to": others[0], "channel": "push", "stage": "response",
        "purpose": PURPOSE, "on": iso(at), "mode": home.mode, "subject": facts,
        "fields": ["entity_names"],
    }))  # fmt: skip
    return answer.permitted


def release(node: Node) -> int:
    """The duty: at its instant each notice becomes a look-out, on both sides by their own clocks.

    Each in its own transaction. How many were due.

    Raises:
        Exception: what went wrong with the first that could not be released; the others are.

    """
    with node.store.act(SYSTEM, "lookouts") as s:
        rows = s.rows(f"SELECT n.id FROM custody.notice n WHERE {_DUE} ORDER BY n.release_at, n.id",
                      now=s.now)  # fmt: skip
    return one_by_one((r["id"] for r in rows), lambda record: _release(node, record))


def _release(node: Node, record: str) -> None:
    with node.store.act(SYSTEM, "lookouts") as s:
        row = s.first(f"SELECT n.* FROM custody.notice n WHERE n.id = :id AND {_DUE}"
                      " FOR UPDATE OF n SKIP LOCKED", id=record, now=s.now)  # fmt: skip
        if row is None:  # another worker has it, or it was withdrawn meanwhile
            return
        # The partner's look-out came first: it was released and corrected there meanwhile.
        if not s.value("SELECT 1 FROM lookouts.lookout WHERE id = :id LIMIT 1", id=record):
            _list(s, node, row)
        s.run("UPDATE custody.notice SET released_at = :now WHERE id = :id", now=s.now, id=record)
        s.leaf("notice", record, {"released": iso(s.now)})


def _list(s: Session, node: Node, row: Row) -> None:
    notice = said(s, node.data_key, row["id"])
    review: date = (row["release_at"] + REVIEW).date()
    keeping.put(
        s,
        Lookout(
            id=row["id"], kind=notice.kind, names=tuple(ListedName(text=n) for n in notice.names),
            documents=notice.documents, basis="sanctions-listing", originator=row["originator"],
            office=notice.authority, review_by=review, created_at=row["release_at"],
            agreement=AGREEMENT if row["way"] == "received" else None,
        ),
        "created", created_by=row["made_by"], approved_by=None, source=row["made_by"],
    )  # fmt: skip
