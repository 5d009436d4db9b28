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
from smartborder.node.store.session import Row, Session

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
    embargo.keep(s, home, record, notice, way="own", originator=home.node_id, envelope=None)
    if not announce(s, home, record, notice):
        raise NotSent("nothing was sealed or sent")
    return record


def announce(s: Session, home: NodeHome, record: str, notice: Notice) -> bool:
    """Send the partner's named officers a notice that lies sealed here; whether it may cross."""
    values = {
        "entity_names": list(notice.names),
        "entity_identifiers": {"kind": notice.kind,
                               "documents": msgspec.to_builtins(notice.documents)},
        "effective_at": iso(notice.release_at),
        "listing_authority": notice.authority,
        "embargo_officers": list(notice.named),
    }  # fmt: skip
    passed = gate.send(s, home, Outgoing(
        kind="disclosure", agreement=AGREEMENT, channel="push", stage="response", purpose=PURPOSE,
        subject=record, record=record, fields=("id", *FIELDS), values={**values, "id": record},
        facts=facts(values), caveats=("embargo", "named-officers-only"),
    ))  # fmt: skip
    return passed is not None and passed.sent


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
    """Keep the partner's notice sealed until its release; one that is here changes nothing.

    Raises:
        EnvelopeRefused: it is no notice, was withdrawn, or another of its number is here.

    """
    identifiers = fields.get("entity_identifiers") or {}
    try:
        notice = msgspec.convert({
            "names": fields.get("entity_names"), "documents": identifiers.get("documents"),
            "kind": identifiers.get("kind"), "authority": fields.get("listing_authority"),
            "named": fields.get("embargo_officers"), "release_at": fields.get("effective_at"),
        }, Notice)  # fmt: skip
        record = str(fields["id"])
        here = notice_ending.locked(s, record)
        if here is None:
            embargo.keep(s, home, record, notice, way="received", originator=header.sender,
                         envelope=header.id)  # fmt: skip
        elif here["withdrawn_at"] is not None or not _same(here, header, notice):
            raise EnvelopeRefused("it was withdrawn, or is another", envelope=header.id)
    except (msgspec.ValidationError, NoticeUnusable, KeyError) as error:
        raise EnvelopeRefused("not an advance notice", envelope=header.id) from error
    return Effect(outcome="applied", record=record)


def _same(here: Row, header: Header, notice: Notice) -> bool:
    """By what stands beside the one that is here: nobody opens it to compare."""
    return (here["originator"], tuple(here["named"]), here["release_at"]) == (
        header.sender, notice.named, notice.release_at,
    )  # fmt: skip
