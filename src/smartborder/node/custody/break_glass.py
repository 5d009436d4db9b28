"""A sealed record opened outside any case: one asks, another agrees, the privacy officer is told.

There is no way round the second person, and none round the telling: the request itself stands on
the privacy officer's page from the moment it is made.
"""

from datetime import datetime, timedelta

import msgspec

from smartborder.kernel.errors import AccessError, InputError, StateError
from smartborder.kernel.text import Text
from smartborder.node.custody import embargo, raw, stated
from smartborder.node.node import Node
from smartborder.node.store.session import NotFound, Row, Session

PURPOSE = "break-glass"
AGREE_WITHIN = timedelta(hours=1)
OPEN_WITHIN = timedelta(minutes=15)


class WhyNeeded(InputError):
    """Say in ten to five hundred characters what the emergency is; name no person in it."""

    code = "break-glass.why"
    title = Text("Say why", "Dites pourquoi")
    field = "why"
    said = Text("In ten to five hundred characters, naming no person.",
                "En dix à cinq cents caractères, sans nommer personne.")  # fmt: skip


class NotSealed(NotFound):
    """No record of this number lies sealed here: copy the number from the traveller's page."""

    code = "break-glass.not-sealed"
    title = Text("No such sealed record", "Aucun enregistrement scellé de ce numéro")
    field = "record"
    said = Text(
        "No record of this number lies sealed here: copy it from the traveller's page.",
        "Aucun enregistrement de ce numéro n'est scellé ici : copiez-le de la page du voyageur.",
    )


class SamePerson(AccessError):
    """Whoever asks cannot agree: find a colleague."""

    code = "break-glass.same-person"
    title = Text("A second person must agree", "Une deuxième personne doit accepter")
    said = Text("Whoever asks cannot agree: find a colleague.",
                "Qui fait la demande ne peut l'accepter : trouvez un collègue.")  # fmt: skip


class NotAgreed(StateError):
    """Nobody agreed, the time is over, it was opened before, or somebody else asked."""

    code = "break-glass.not-agreed"
    title = Text("The seal stays closed", "Le scellé reste fermé")
    said = Text(
        "Nobody agreed in time, it was opened before, or somebody else asked. Ask anew if it is"
        " still needed.",
        "Personne n'a accepté à temps, il a déjà été ouvert, ou quelqu'un d'autre l'a demandé."
        " Faites une nouvelle demande s'il le faut encore.",
    )


class BreakGlass(msgspec.Struct, frozen=True, kw_only=True):
    """One request to open a sealed record."""

    id: str
    record: str
    why: str
    asked_by: str
    asked_at: datetime
    agreed_by: str | None = None
    agreed_at: datetime | None = None
    opened_at: datetime | None = None
    reviewed_at: datetime | None = None


def ask(s: Session, record: str, why: str) -> str:
    """Ask to open a sealed record; the id of the request.

    Raises:
        NotSealed: no such record is held under seal.
        WhyNeeded: the reason is too short or too long.

    """
    said = stated.reason(why)
    if said is None:
        raise WhyNeeded(f"{stated.LEAST} to {stated.MOST} characters")
    # An embargo has no emergency exit: a notice opens for those it names, each in the leak audit.
    if s.first("SELECT id FROM custody.raw WHERE id = :id AND purpose <> :notices", id=record,
               notices=embargo.PURPOSE) is None:  # fmt: skip
        raise NotSealed("not held under seal", record=record)
    made = s.new_id("seal")
    s.run(
        "INSERT INTO custody.break_glass (id, record, why, asked_by, asked_at)"
        " VALUES (:id, :record, :why, :by, :now)",
        id=made,
        record=record,
        why=said,
        by=s.actor.id,
        now=s.now,
    )
    s.leaf("break-glass", record, {"request": made, "asked-by": s.actor.label})
    s.notify("redress")
    return made


def agree(s: Session, request: str) -> None:
    """A second person agrees.

    Raises:
        NotFound: there is no such request.
        SamePerson: whoever asked.
        NotAgreed: the hour is over, or somebody agreed before.

    """
    row = _locked(s, request)
    if row["asked_by"] == s.actor.id:
        raise SamePerson("ask a colleague", request=request)
    if row["agreed_at"] is not None or s.now - row["asked_at"] > AGREE_WITHIN:
        raise NotAgreed("agreed before, or too late", request=request)
    s.run("UPDATE custody.break_glass SET agreed_by = :by, agreed_at = :now WHERE id = :id",
          by=s.actor.id, now=s.now, id=request)  # fmt: skip
    s.leaf("break-glass", row["record"], {"request": request, "agreed-by": s.actor.label})
    s.notify("redress")


def open_seal(s: Session, node: Node, request: str) -> bytes:
    """The sealed record, once, for whoever asked; the read is audited under its own purpose.

    Raises:
        NotFound: there is no such request.
        NotAgreed: see there.
        Destroyed: it was destroyed meanwhile.

    """
    row = _locked(s, request)
    agreed = row["agreed_at"] is not None and s.now - row["agreed_at"] <= OPEN_WITHIN
    if not agreed or row["opened_at"] is not None or row["asked_by"] != s.actor.id:
        raise NotAgreed("not agreed, over, opened before, or not yours", request=request)
    s.run("UPDATE custody.break_glass SET opened_at = :now WHERE id = :id",
          now=s.now, id=request)  # fmt: skip
    s.leaf("break-glass", row["record"], {"request": request, "opened-by": s.actor.label})
    return raw.fetch(s, node.data_key, row["record"])


def review(s: Session, request: str) -> None:
    """The privacy officer has looked at it.

    Raises:
        NotFound: there is no such request.

    """
    row = _locked(s, request)
    s.run("UPDATE custody.break_glass SET reviewed_by = :by, reviewed_at = :now WHERE id = :id",
          by=s.actor.id, now=s.now, id=request)  # fmt: skip
    s.leaf("break-glass", row["record"], {"request": request, "reviewed-by": s.actor.label})


def lately(s: Session, *, unreviewed: bool = False) -> list[BreakGlass]:
    """Requests of the last thirty days, or all that no privacy officer looked at; newest first."""
    rows = s.rows(
        "SELECT * FROM custody.break_glass WHERE CASE WHEN :unreviewed THEN reviewed_at IS NULL"
        " ELSE asked_at > :since END ORDER BY asked_at DESC, id DESC LIMIT 100",
        unreviewed=unreviewed,
        since=s.now - timedelta(days=30),
    )
    return [msgspec.convert(r, BreakGlass) for r in rows]


def asked_by(s: Session, request: str) -> str:
    """Who asked, for the table of roles.

    Raises:
        NotFound: there is no such request.

    """
    return str(s.one("SELECT asked_by FROM custody.break_glass WHERE id = :id",
                     id=request)["asked_by"])  # fmt: skip


def _locked(s: Session, request: str) -> Row:
    return s.one("SELECT * FROM custody.break_glass WHERE id = :id FOR UPDATE", id=request)
