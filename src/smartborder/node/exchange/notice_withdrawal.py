"""A withdrawn advance notice: told to the partner, destroyed there at once, and certified back.

Whatever the order in which notice, withdrawal and release come to pass at the partner, in the
end it holds nothing of the notice and its receipt says so (listing-advance-notice LN-7, LN-10).
"""

from datetime import datetime

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.custody import notice_ending, received
from smartborder.node.custody.embargo import AGREEMENT
from smartborder.node.custody.received import Received
from smartborder.node.exchange import gate, outbox, received_lookouts
from smartborder.node.exchange.destruction import certify
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.exchange.gate import Outgoing, Passed
from smartborder.node.home import NodeHome
from smartborder.node.lookouts import keeping
from smartborder.node.store.session import NotFound, Session

PURPOSE = "notice-withdrawal"
FIELDS = ("id", "originator", "withdrawn_at")


class WithdrawalNotSent(StateError):
    """The agreement does not let the withdrawal cross; the notice stands as it was."""

    code = "notice.withdrawal-not-sent"
    title = Text("The withdrawal may not cross", "Le retrait ne peut être transmis")
    said = Text(
        "The agreement does not let it cross now. The notice stands as it was, on both sides.",
        "L'accord ne permet pas qu'il soit transmis maintenant. Le préavis demeure tel quel, des"
        " deux côtés.",
    )


class NotItsOriginator(EnvelopeRefused):
    """The partner withdrew what is not its own, or is no notice: it stays."""

    code = "exchange.not-its-originator"
    title = Text("Not the sender's to withdraw", "L'expéditeur ne peut le retirer")


def withdraw(s: Session, home: NodeHome, record: str, why: str) -> bool:
    """Withdraw a notice of ours here and tell the partner; the reason stays at home.

    False for somebody who is not named: the caller commits, so that the try stays on record.

    Raises:
        SmartborderError: as :func:`notice_ending.withdraw` says.
        WithdrawalNotSent: the agreement says no; nothing was withdrawn.

    """
    if not notice_ending.withdraw(s, home, record, why):
        return False
    passed = tell(s, home, record, s.now)
    if passed is not None and not passed.sent:
        raise WithdrawalNotSent("nothing was withdrawn", notice=record)
    outbox.call_back(s, AGREEMENT, record)
    return True


def tell(s: Session, home: NodeHome, record: str, withdrawn_at: datetime) -> Passed | None:
    """Tell the partner that a notice of ours is withdrawn; None where there is no partner."""
    return gate.send(s, home, Outgoing(
        kind="withdrawal", agreement=AGREEMENT, channel="push", stage="response", purpose=PURPOSE,
        subject=record, record=record, fields=FIELDS, facts={"originator": home.node_id},
        values={"id": record, "originator": home.node_id, "withdrawn_at": iso(withdrawn_at)},
    ))  # fmt: skip


@handles(AGREEMENT, "withdrawal", PURPOSE,
         lambda fields: {"originator": fields.get("originator")})  # fmt: skip
def take_back(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """The partner withdrew its notice: nothing of it stays, and it learns that.

    One that comes again changes nothing and is certified anew; one that comes before its notice
    keeps that out; one that comes after the release ends the look-out that was made of it.

    Raises:
        NotItsOriginator: it is another's notice, or a look-out that never was a notice.

    """
    record = str(fields.get("id"))
    row = notice_ending.locked(s, record)
    lookout = _lookout(s, record)
    if row is None:
        if lookout is not None or not record.startswith("lookout-"):
            raise NotItsOriginator("no notice", envelope=header.id)
        notice_ending.note_unseen(s, record, header.sender)
    elif row["originator"] != header.sender:
        raise NotItsOriginator("another country's notice", envelope=header.id)
    elif row["withdrawn_at"] is None:
        notice_ending.end(s, record, f"partner:{header.sender}")
    if lookout is None:
        certify(s, home, _owed(header, record), at=row["withdrawn_at"] if row else None)
        received.forget(s, [record])
    elif lookout.lookout.withdrawn_at is None:  # its destruction certifies it, as for any other
        received_lookouts.end(s, lookout.lookout, f"partner:{header.sender}")
    return Effect(outcome="applied", record=record)


def _lookout(s: Session, record: str) -> keeping.Kept | None:
    try:
        return keeping.current(s, record, lock=True)
    except NotFound:
        return None


def _owed(header: Header, record: str) -> Received:
    """A receipt is owed for the withdrawal itself, whether its notice ever came or not."""
    return Received(
        record=record, partner=header.sender, agreement=header.agreement,
        version=header.agreement_version, purpose=header.purpose, caveats=(), envelope=header.id,
        delete_by=None, stops_on_use=False,
    )  # fmt: skip
