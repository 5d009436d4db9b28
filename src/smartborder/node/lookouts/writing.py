"""Officers write, correct, review and withdraw look-outs of their own country.

Some instructions (hold the carrier's reply, silent, officer safety) take effect only once a
second person has approved them; until then the proposal waits and what was in force stays so.
"""

from datetime import date
from typing import Literal

import msgspec

from smartborder.kernel.errors import AccessError
from smartborder.kernel.text import Text
from smartborder.model.lookout import Basis, Instruction, Lookout, LookoutRefused
from smartborder.model.passenger_list import Sex
from smartborder.model.screening import Kind, ListedDate, ListedDocument, ListedName
from smartborder.node.exchange.sharing import share_lookout, share_withdrawal
from smartborder.node.home import NodeHome
from smartborder.node.lookouts import keeping, withdrawing
from smartborder.node.lookouts.in_memory import entry_id
from smartborder.node.lookouts.rules import admit, needs_second
from smartborder.node.store.session import Session

What = Literal["created", "corrected", "reviewed"]


class NotYours(AccessError):
    """The look-out is the partner's: only its originator may change it; ask the originator."""

    code = "lookout.not-yours"
    title = Text("The look-out belongs to the partner", "Le signalement appartient au partenaire")


class SamePerson(AccessError):
    """Whoever proposed a look-out cannot approve it: ask a colleague."""

    code = "lookout.same-person"
    title = Text("A second person must approve this", "Une deuxième personne doit approuver")


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer fills in; everything else comes from the node and the clock."""

    kind: Kind = "person"
    names: tuple[ListedName, ...] = ()
    birth_dates: tuple[ListedDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    sex: Sex | None = None
    documents: tuple[ListedDocument, ...] = ()
    basis: Basis
    office: str
    instruction: Instruction = "board-and-refer"
    caveats: tuple[str, ...] = ()
    review_by: date
    note: str | None = None


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a change.

    Attributes:
        proposal: id of the proposal if it now waits for a second person; None if in force.

    """

    id: str
    version: int
    proposal: str | None = None


def create(s: Session, home: NodeHome, content: Content) -> Written:
    """A new look-out of our own.

    Raises:
        LookoutRefused: if it may not exist (identifiers, review date, a child without welfare).

    """
    lookout = _made(s, home, content, s.new_id("lookout"), 1)
    return _propose_or_put(s, home, lookout, "created")


def correct(s: Session, home: NodeHome, lookout_id: str, content: Content,
            expected: int | None = None) -> Written:  # fmt: skip
    """A new version that says something else; the old one stays beside it.

    Raises:
        NotFound, NotInForce, ChangedMeanwhile, NotYours, LookoutRefused.

    """
    before = _ours(s, lookout_id, expected)
    after = _made(s, home, content, lookout_id, before.version + 1)
    return _propose_or_put(s, home, after, "corrected")


def review(s: Session, home: NodeHome, lookout_id: str, review_by: date,
           expected: int | None = None) -> Written:  # fmt: skip
    """Reviewed and still needed: the same look-out with a new review date.

    Raises:
        NotFound, NotInForce, ChangedMeanwhile, NotYours, LookoutRefused.

    """
    before = _ours(s, lookout_id, expected)
    after = msgspec.structs.replace(
        before, version=before.version + 1, review_by=review_by, created_at=s.now
    )
    admit(after, s.now.date(), home.pack.retention["lookout"].days)
    return _propose_or_put(s, home, after, "reviewed")


def withdraw(s: Session, home: NodeHome, lookout_id: str, expected: int | None = None) -> Written:
    """End a look-out now: its open hits go, their cases close, earlier encounters are told.

    Raises:
        NotFound, NotInForce, ChangedMeanwhile, NotYours.

    """
    before = _ours(s, lookout_id, expected)
    after = msgspec.structs.replace(before, version=before.version + 1, withdrawn_at=s.now)
    _overtake(s, lookout_id)
    keeping.put(s, after, "withdrawn", created_by=_person(s), approved_by=None, source=_person(s))
    withdrawing.withdraw_hits(s, entry_id(lookout_id))
    share_withdrawal(s, home, after)
    return Written(id=lookout_id, version=after.version)


def approve(s: Session, home: NodeHome, proposal: str) -> Written:
    """The second person says yes: the proposal takes effect.

    Raises:
        NotFound: there is no such proposal, or it was decided already.
        SamePerson: the proposer asks.
        ChangedMeanwhile: another version took effect since it was proposed.

    """
    row = s.one(
        "SELECT * FROM lookouts.proposal WHERE id = :id AND decision IS NULL FOR UPDATE",
        id=proposal,
    )
    if row["proposed_by"] == _person(s):
        raise SamePerson("a colleague must approve what you proposed", id=proposal)
    lookout = msgspec.convert(row["lookout"], Lookout)
    if row["what"] != "created":
        keeping.open_current(s, lookout.id, lookout.version - 1)
    admit(lookout, s.now.date(), home.pack.retention["lookout"].days)
    s.run(
        "UPDATE lookouts.proposal SET decision = 'approved', decided_by = :by, decided_at = :now"
        " WHERE id = :id",
        id=proposal,
        by=_person(s),
        now=s.now,
    )
    _put(s, home, lookout, row["what"], row["proposed_by"], _person(s))
    return Written(id=lookout.id, version=lookout.version)


def refuse(s: Session, proposal: str, why: str) -> None:
    """The second person says no; what was in force before stays in force.

    Raises:
        NotFound, SamePerson: as for :func:`approve`.

    """
    row = s.one(
        "SELECT * FROM lookouts.proposal WHERE id = :id AND decision IS NULL FOR UPDATE",
        id=proposal,
    )
    if row["proposed_by"] == _person(s):
        raise SamePerson("a colleague must decide what you proposed", id=proposal)
    s.run(
        "UPDATE lookouts.proposal SET decision = 'refused', decided_by = :by, decided_at = :now,"
        " why = :why WHERE id = :id",
        id=proposal,
        by=_person(s),
        now=s.now,
        why=why,
    )
    s.leaf("lookout-proposal", proposal, {"decision": "refused", "lookout": row["lookout_id"]})
    s.notify("lookouts")


def _made(s: Session, home: NodeHome, content: Content, record: str, version: int) -> Lookout:
    fields = {name: getattr(content, name) for name in Content.__struct_fields__}
    lookout = Lookout(
        id=record, version=version, originator=home.node_id, created_at=s.now, **fields
    )
    if not lookout.office.strip():
        raise LookoutRefused("name the office that answers for it")
    admit(lookout, s.now.date(), home.pack.retention["lookout"].days)
    return lookout


def _ours(s: Session, lookout_id: str, expected: int | None) -> Lookout:
    found = keeping.open_current(s, lookout_id, expected).lookout
    if found.agreement is not None:
        raise NotYours("ask the originator", id=lookout_id)
    return found


def _propose_or_put(s: Session, home: NodeHome, lookout: Lookout, what: What) -> Written:
    _overtake(s, lookout.id)
    if not needs_second(lookout):
        _put(s, home, lookout, what, _person(s), None)
        return Written(id=lookout.id, version=lookout.version)
    record = s.new_id("proposal")
    s.run(
        "INSERT INTO lookouts.proposal (id, lookout_id, version, what, lookout, proposed_by,"
        " proposed_at) VALUES (:id, :lookout_id, :version, :what, :lookout, :by, :now)",
        id=record,
        lookout_id=lookout.id,
        version=lookout.version,
        what=what,
        lookout=msgspec.json.encode(lookout).decode(),
        by=_person(s),
        now=s.now,
    )
    s.leaf("lookout-proposal", record, {"what": what, "lookout": msgspec.to_builtins(lookout)})
    s.notify("lookouts")
    return Written(id=lookout.id, version=lookout.version, proposal=record)


def _put(s: Session, home: NodeHome, lookout: Lookout, what: str, by: str,
         approved_by: str | None) -> None:  # fmt: skip
    keeping.put(s, lookout, what, created_by=by, approved_by=approved_by, source=by)
    share_lookout(s, home, lookout)


def _overtake(s: Session, lookout_id: str) -> None:
    """A newer change makes a waiting proposal moot."""
    s.run(
        "UPDATE lookouts.proposal SET decision = 'overtaken', decided_at = :now, decided_by = :by"
        " WHERE lookout_id = :id AND decision IS NULL",
        id=lookout_id,
        now=s.now,
        by=_person(s),
    )


def _person(s: Session) -> str:
    return f"{s.actor.kind}:{s.actor.id}"
