"""A notice that is withdrawn: what it says and its key go at once, who opened it stays on record.

Only its originator withdraws a notice, by an officer named on it, before its release
(listing-advance-notice LN-7 to LN-9). After that it is a look-out and is withdrawn as one.
"""

from smartborder.kernel.errors import AccessError, InputError, StateError
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.node.custody import embargo, raw, stated
from smartborder.node.custody.destroying import destroyed
from smartborder.node.custody.embargo import AGREEMENT, PURPOSE, NoticeWithdrawn
from smartborder.node.home import NodeHome
from smartborder.node.store.session import NotFound, Row, Session

_RULE = f"{AGREEMENT}: LN-7"


class WhyWithdrawn(InputError):
    """Say in ten to five hundred characters why; do not name the entity."""

    code = "notice.why"
    title = Text("Say why", "Dites pourquoi")
    said = Text("In ten to five hundred characters, without naming the entity.",
                "En dix à cinq cents caractères, sans nommer l'entité.")  # fmt: skip


class NoticeReleased(StateError):
    """The notice was released: both countries hold a look-out now; withdraw that."""

    code = "notice.released"
    title = Text("The notice was released", "L'embargo du préavis est levé")
    said = Text(
        "It is a look-out now, and is withdrawn as one.",
        "C'est maintenant un signalement, et il se retire comme tel.",
    )


class NoticeNotOurs(AccessError):
    """Only the country that made a notice withdraws it."""

    code = "notice.not-ours"
    title = Text("The notice is the partner's", "Le préavis est celui du partenaire")
    said = Text("Only its originator withdraws it.", "Seul son auteur le retire.")


def withdraw(s: Session, home: NodeHome, record: str, why: str) -> bool:
    """Withdraw a notice of ours and destroy what it says; its reason stays here, sealed.

    False for somebody who is not named: the caller commits, so that the try stays on record.

    Raises:
        NotFound: there is no such notice.
        NoticeWithdrawn: somebody did so before.
        NoticeReleased: it is too late.
        NoticeNotOurs: it is the partner's.
        WhyWithdrawn: the reason is too short or too long.

    """
    row = locked(s, record)
    if row is None:
        raise NotFound("no such record, or not under this purpose")
    if not embargo.may_see(s, home, row):
        embargo.log(s, record, opened=False)
        return False
    if row["withdrawn_at"] is not None:
        raise NoticeWithdrawn("withdrawn before", notice=record)
    if row["released_at"] is not None or s.now >= row["release_at"]:
        raise NoticeReleased("withdraw the look-out", notice=record)
    if row["way"] != "own":
        raise NoticeNotOurs("ask its originator", notice=record)
    said = stated.reason(why)
    if said is None:
        raise WhyWithdrawn(f"{stated.LEAST} to {stated.MOST} characters", notice=record)
    reason = s.new_id("reason")
    raw.keep(s, home.data_key(), reason, said.encode(), source="notice:why", purpose=PURPOSE,
             delete_by=row["release_at"] + embargo.SEALED_FOR)  # fmt: skip
    end(s, record, s.actor.label, reason=reason)
    return True


def end(s: Session, record: str, by: str, *, reason: str | None = None) -> None:
    """Destroy what a notice says, with its key, and write down who withdrew it."""
    s.run("DELETE FROM custody.key WHERE id = :id", id=record)
    s.run("DELETE FROM custody.raw WHERE id = :id", id=record)
    s.run("UPDATE custody.notice SET withdrawn_at = :now, withdrawn_by = :by, why = :why"
          " WHERE id = :id", now=s.now, by=by, why=reason, id=record)  # fmt: skip
    destroyed(s, "advance-notice", [record], _RULE)
    s.leaf("notice", record, {"withdrawn": iso(s.now), "by": by})


def end_restored(s: Session) -> None:
    """After a restore: a sealed notice whose key is gone was withdrawn after the backup.

    Its content went with its key already; here what stands beside it follows. (Or it was released
    so long ago that its sealed copy is past its days.)
    """
    s.run(
        "UPDATE custody.notice n SET withdrawn_at = :now, withdrawn_by = :by"
        " WHERE released_at IS NULL AND withdrawn_at IS NULL"
        " AND NOT EXISTS (SELECT FROM custody.raw r WHERE r.id = n.id)",
        now=s.now,
        by=s.actor.label,
    )


def note_unseen(s: Session, record: str, originator: str) -> None:
    """The partner withdrew a notice that never came: from here on it may not come any more."""
    s.run(
        "INSERT INTO custody.notice (id, way, originator, named, release_at, made_at, made_by,"
        " withdrawn_at, withdrawn_by)"
        " VALUES (:id, 'received', :originator, '{}', :now, :now, :by, :now, :by)",
        id=record,
        originator=originator,
        now=s.now,
        by=f"partner:{originator}",
    )
    s.leaf("notice", record, {"withdrawn": iso(s.now), "unseen": True})


def locked(s: Session, record: str) -> Row | None:
    """What stands beside a notice, held until the commit, so that it is not released meanwhile."""
    return s.first("SELECT * FROM custody.notice WHERE id = :id FOR UPDATE", id=record)


def reason(s: Session, home: NodeHome, record: str) -> str | None:
    """Why a notice of ours was withdrawn; None where that is not held, or not any more.

    The caller has seen to it that whoever asks may know of the notice.
    """
    sealed = s.value("SELECT r.id FROM custody.notice n JOIN custody.raw r ON r.id = n.why"
                     " WHERE n.id = :id", id=record)  # fmt: skip
    return None if sealed is None else raw.fetch(s, home.data_key(), sealed).decode()
