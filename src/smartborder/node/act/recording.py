"""Writing reported people in bulk: travellers, versions, check results, rule-authored decisions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from smartborder.model.decision import Author, Decision
from smartborder.model.passenger_list import Traveller
from smartborder.model.reply import ReplyCode
from smartborder.node.act.checking import Combined
from smartborder.node.act.deciding import REDRESS, record_decisions
from smartborder.node.act.identity import Identity
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """One person of one message, matched to a record.

    Attributes:
        settled_with: the record that stands for this one, where an officer said that both are
            one person and nothing of it has changed; the record then stays off the list.

    """

    position: int
    traveller: str
    person: Traveller
    identity: Identity
    fingerprint: bytes
    cleared_on: bytes
    version: int
    is_new: bool
    to_check: bool
    changed: tuple[str, ...] = ()
    double_of: str | None = None
    settled_with: str | None = None
    reply: ReplyCode = "ok"
    combined: Combined | None = None

    @property
    def result(self) -> ReplyCode:
        """The reply in force once this message is recorded."""
        return self.combined.result if self.combined else self.reply


def record(s: Session, node: Node, client: ReportingClient, flight: Row, message: str,
           reported: Sequence[Reported], lists: str) -> None:  # fmt: skip
    """Write all of it; an unchanged person only gets a version row naming the message."""
    keep = node.pack.retention["passenger-list" if client.mode == "live" else "test-message"]
    delete_by = (flight["scheduled_departure"] or s.now) + timedelta(days=keep.days)
    new = [r for r in reported if r.is_new]
    s.insert(
        "act.traveller",
        ("id", "flight", "mode", "client", "role", "version", "reference", "locator", "document",
         "name_key", "birth_date", "fingerprint", "reply", "cleared_on", "double_of",
         "created_at", "updated_at", "delete_by"),
        [
            (r.traveller, flight["id"], client.mode, client.id, r.person.role, r.version,
             r.identity.reference, r.identity.locator, r.identity.document, r.identity.name_key,
             r.identity.birth_date, r.fingerprint, r.result, r.cleared_on, r.double_of,
             s.now, s.now, delete_by)
            for r in new
        ],
    )  # fmt: skip
    s.many(
        "UPDATE act.traveller SET version = :version, reference = :reference, locator = :locator,"
        " document = :document, name_key = :name_key, birth_date = :birth_date, role = :role,"
        " fingerprint = :fingerprint, reply = :reply, cleared_on = :cleared_on, client = :client,"
        " presence = CASE WHEN presence = 'cancelled' AND NOT :settled THEN 'reported'"
        " ELSE presence END,"
        " updated_at = :now WHERE id = :id",
        [
            {
                "id": r.traveller, "version": r.version, "role": r.person.role,
                "fingerprint": r.fingerprint, "reply": r.result, "cleared_on": r.cleared_on,
                "client": client.id, "now": s.now, "settled": r.settled_with is not None,
                **_keys(r.identity),
            }
            for r in reported
            if not r.is_new
        ],
    )  # fmt: skip
    s.insert(
        "act.traveller_version",
        ("traveller", "version", "message", "position", "person", "changed", "received_at"),
        [
            (r.traveller, r.version, message, r.position,
             msgspec.Raw(msgspec.json.encode(r.person)), list(r.changed), s.now)
            for r in reported
        ],
    )  # fmt: skip
    s.insert(
        "act.check_result",
        ("id", "traveller", "version", "result", "results", "law_on", "as_known", "lists", "at"),
        [
            (s.new_id("check"), r.traveller, r.version, r.result, stored_results(r.combined),
             flight["departs_on"], s.now.date(), lists, s.now)
            for r in reported
            if r.combined
        ],
    )  # fmt: skip
    record_decisions(s, [d for r in reported if (d := rule_decision(s, r)) is not None])


def _keys(identity: Identity) -> dict[str, Any]:
    return {name: getattr(identity, name) for name in Identity.__struct_fields__}


def stored_results(combined: Combined) -> msgspec.Raw:
    """The check results as stored; hits are rows of their own, a clean verdict keeps no trace."""
    kept = []
    for r in combined.results:
        verdict = r.verdict
        if verdict is not None and r.result == "ok":
            verdict = msgspec.structs.replace(verdict, trace=(), reasons=())
        kept.append(msgspec.structs.replace(r, hits=(), verdict=verdict))
    return msgspec.Raw(msgspec.json.encode(kept))


def rule_decision(s: Session, r: Reported) -> Decision | None:
    """The rule-authored decision behind an adverse reply that the law lets a rule give alone."""
    combined = r.combined
    if combined is None or combined.result not in ("not-ok", "insufficient"):
        return None
    rule = next(c.check for c in combined.results if c.result == combined.result)
    return Decision(
        id=s.new_id("decision"),
        subject=r.traveller,
        outcome=combined.result,
        author=Author(kind="rule", id=rule, delegated_by=combined.delegated_by),
        reasons=combined.reasons,
        at=s.now,
        redress=REDRESS,
    )
