"""The partner's look-outs: kept with their origin, caveats and agreement, never as our own."""

from typing import Any

import msgspec

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.model.lookout import Lookout
from smartborder.node.exchange import sharing
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.home import NodeHome
from smartborder.node.lookouts import keeping, withdrawing
from smartborder.node.lookouts.in_memory import entry_id
from smartborder.node.lookouts.rules import admit
from smartborder.node.store.session import NotFound, Session


class LookoutUnusable(EnvelopeRefused):
    """What the partner sent is no look-out that may exist here; its originator must correct it."""

    code = "exchange.lookout-unusable"
    title = Text("The partner's look-out cannot be used", "Signalement du partenaire inutilisable")


def facts(fields: Fields) -> dict[str, Any]:
    """What the agreement asks about a look-out, from what came of it."""
    return sharing.facts(_lookout(fields, "?"))


@handles(sharing.AGREEMENT, "disclosure", "border-lookout", facts)
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """A new or corrected look-out of the partner becomes the current version here.

    Raises:
        LookoutUnusable: not a look-out, not the sender's own, or against our law.

    """
    lookout = _lookout(fields, header.agreement, header.caveats)
    if lookout.originator != header.sender:
        raise LookoutUnusable("a country shares only its own look-outs", envelope=header.id)
    before = _known(s, lookout.id)
    if before is not None and before.lookout.originator != header.sender:
        raise LookoutUnusable("this number is taken by another country", envelope=header.id)
    if before is not None and before.lookout.version > lookout.version:
        raise LookoutUnusable("a later version is here already", envelope=header.id)
    if before is not None and before.in_force and before.lookout.version == lookout.version:
        return Effect(outcome="applied", record=lookout.id)
    try:
        admit(lookout, s.now.date(), home.pack.retention["lookout"].days)
    except SmartborderError as error:
        raise LookoutUnusable(error.code, envelope=header.id) from error
    what = "corrected" if before else "created"
    by = f"partner:{header.sender}"
    keeping.put(s, lookout, what, created_by=by, approved_by=None, source=by)
    return Effect(outcome="applied", record=lookout.id)


@handles(sharing.AGREEMENT, "withdrawal", "lookout-withdrawal",
         lambda fields: {"originator": fields.get("originator")})  # fmt: skip
def take_back(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """The partner withdrew: the look-out ends, its open hits go, encounters are told.

    A withdrawal of a look-out that never came here is applied: there is nothing to end.
    """
    lookout_id = fields.get("id")
    before = _known(s, lookout_id) if isinstance(lookout_id, str) else None
    if before is None:
        return Effect(outcome="applied")
    if before.lookout.originator != header.sender:
        raise LookoutUnusable("not the sender's look-out", envelope=header.id)
    if before.lookout.withdrawn_at is None:
        end(s, before.lookout, f"partner:{header.sender}")
    return Effect(outcome="applied", record=before.lookout.id)


def end(s: Session, lookout: Lookout, by: str) -> None:
    """Its originator withdrew it: it ends and its open hits go; the duty then destroys it."""
    after = msgspec.structs.replace(lookout, version=lookout.version + 1, withdrawn_at=s.now)
    keeping.put(s, after, "withdrawn", created_by=by, approved_by=None, source=by)
    withdrawing.withdraw_hits(s, entry_id(after.id))


def _lookout(fields: Fields, agreement: str, caveats: tuple[str, ...] = ()) -> Lookout:
    given = {k: v for k, v in fields.items() if v is not None}
    kept = tuple(dict.fromkeys([*given.get("caveats", ()), *caveats]))
    try:
        return msgspec.convert({**given, "agreement": agreement, "caveats": kept}, Lookout)
    except (msgspec.ValidationError, SmartborderError, TypeError) as error:
        raise LookoutUnusable("not a look-out", agreement=agreement) from error


def _known(s: Session, lookout_id: str) -> keeping.Kept | None:
    try:
        return keeping.current(s, lookout_id, lock=True)
    except NotFound:
        return None
