"""An advance notice of a listing crosses before its release, to the officers named on it."""

from typing import Any

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.custody import embargo, notice_ending
from smartborder.node.custody.embargo import AGREEMENT, PURPOSE, Notice, NoticeUnusable
from smartborder.node.exchange import gate
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

FIELDS = ("entity_names", "entity_identifiers", "effective_at", "listing_authority",
          "embargo_officers")  # fmt: skip


class NotSent(StateError):
    """The agreement does not let this notice cross, or there is no partner; nothing was kept."""

    code = "notice.not-sent"
    title = Text("The notice may not cross", "Le préavis ne peut être transmis")
    said = Text(
        "The agreement does not let it cross now, or there is no partner. Nothing was sealed or"
        " sent.",
        "L'accord ne permet pas qu'il soit transmis maintenant, ou il n'y a pas de partenaire. Rien"
        " n'a été scellé ni transmis.",
    )


def send(s: Session, home: NodeHome, notice: Notice) -> str:
    """Keep a notice here under embargo and send it to the partner's named officers; its id.

    Raises:
        NoticeUnusable: something is missing, or the release is not in the future.
        NotSent: the agreement says no, or there is no partner.

    """
    if notice.release_at <= s.now:
        raise NoticeUnusable("the release lies in the future")
    record = s.new_id("lookout")
    values = {
        "entity_names": list(notice.names),
        "entity_identifiers": {"kind": notice.kind,
                               "documents": msgspec.to_builtins(notice.documents)},
        "effective_at": iso(notice.release_at),
        "listing_authority": notice.authority,
        "embargo_officers": list(notice.named),
    }  # fmt: skip
    embargo.keep(s, home, record, notice, way="own", originator=home.node_id, envelope=None)
    passed = gate.send(s, home, Outgoing(
        kind="disclosure", agreement=AGREEMENT, channel="push", stage="response", purpose=PURPOSE,
        subject=record, record=record, fields=("id", *FIELDS), values={**values, "id": record},
        facts=facts(values), caveats=("embargo", "named-officers-only"),
    ))  # fmt: skip
    if passed is None or not passed.sent:
        raise NotSent("nothing was sealed or sent")
    return record


def facts(fields: Fields) -> dict[str, Any]:
    """What the clauses ask: it goes to the first of the named officers, as to any of them."""
    named = list(fields.get("embargo_officers") or [])
    documents = (fields.get("entity_identifiers") or {}).get("documents")
    return {
        "release_at": fields.get("effective_at"),
        "named_officers": named,
        "identifiers": ["name", *(["document"] if documents else [])],
        **({"officer": named[0]} if named else {}),
    }


@handles(AGREEMENT, "disclosure", PURPOSE, facts)
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep the partner's notice sealed until its release.

    Raises:
        EnvelopeRefused: it is no notice.

    """
    identifiers = fields.get("entity_identifiers") or {}
    try:
        notice = msgspec.convert({
            "names": fields.get("entity_names"), "documents": identifiers.get("documents"),
            "kind": identifiers.get("kind"), "authority": fields.get("listing_authority"),
            "named": fields.get("embargo_officers"), "release_at": fields.get("effective_at"),
        }, Notice)  # fmt: skip
        record = str(fields["id"])
        if notice_ending.locked(s, record):
            raise EnvelopeRefused("it is here, or was withdrawn", envelope=header.id)
        embargo.keep(s, home, record, notice, way="received", originator=header.sender,
                     envelope=header.id)  # fmt: skip
    except (msgspec.ValidationError, NoticeUnusable, KeyError) as error:
        raise EnvelopeRefused("not an advance notice", envelope=header.id) from error
    return Effect(outcome="applied", record=record)
