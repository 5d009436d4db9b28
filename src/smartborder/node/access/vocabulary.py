"""The words of access: roles, acts, conditions and what conditions look at."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from smartborder.kernel.text import Text


class Role(StrEnum):
    """A job at a node. A person may hold several, except those that must be kept apart."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    CARRIER_DESK = "carrier-desk"
    SECONDARY = "secondary"
    LOOKOUT_OWNER = "lookout-owner"
    PRIVACY_OFFICER = "privacy-officer"
    AUDITOR = "auditor"
    COUNSEL = "counsel"
    ADMINISTRATOR = "administrator"
    SCREENING_SYSTEM = "screening-system"


ROLE_NAMES: Mapping[Role, Text] = {
    Role.OFFICER: Text("Officer", "Agent"),
    Role.SUPERVISOR: Text("Supervisor", "Superviseur"),
    Role.ANALYST: Text("Analyst", "Analyste"),
    Role.CARRIER_DESK: Text("Carrier desk", "Bureau des transporteurs"),
    Role.SECONDARY: Text("Secondary examination", "Examen secondaire"),
    Role.LOOKOUT_OWNER: Text("Look-out owner", "Responsable des signalements"),
    Role.PRIVACY_OFFICER: Text("Privacy officer", "Responsable de la vie privée"),
    Role.AUDITOR: Text("Auditor", "Vérificateur"),
    Role.COUNSEL: Text("Counsel", "Conseiller juridique"),
    Role.ADMINISTRATOR: Text("Administrator", "Administrateur"),
    Role.SCREENING_SYSTEM: Text("Screening system", "Système de filtrage"),
}

MACHINE_ROLES: frozenset[Role] = frozenset({Role.SCREENING_SYSTEM})
"""Roles of other systems, by kind of API client; no person can be given one."""

APART: tuple[frozenset[Role], ...] = tuple(
    frozenset({watcher, worker})
    for watcher in (Role.AUDITOR, Role.ADMINISTRATOR)
    for worker in Role
    if worker is not watcher and worker not in MACHINE_ROLES
)
"""Pairs that one person may not hold together: whoever watches or administers does no case work."""


class Condition(StrEnum):
    """What else must be true for a role to do an act."""

    ALWAYS = "always"
    ASSIGNED = "assigned"
    OTHER_PERSON = "other-person"
    OWNER = "owner"


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What the conditions look at; leave out what the act does not concern.

    Attributes:
        user: who wants to act (user id).
        assigned_to: who holds the case at this moment.
        first_by: who decided first, where a second person is asked for.
        owner: whose record (look-out, shift note) it is.

    """

    user: str
    assigned_to: str | None = None
    first_by: str | None = None
    owner: str | None = None


class Act(StrEnum):
    """Everything a signed-in person can do that touches data or changes something."""

    QUEUE_SEE = "queue.see"
    CASE_SEE = "case.see"
    CASE_CLAIM = "case.claim"
    CASE_HAND_OVER = "case.hand-over"
    CASE_REASSIGN = "case.reassign"
    HIT_DECIDE = "hit.decide"
    REPLY_DECIDE = "reply.decide"
    DECISION_SECOND = "decision.second"
    FLIGHT_SEE = "flight.see"
    TRAVELLER_SEE = "traveller.see"
    MESSAGE_SEE = "message.see"
    ARRIVAL_SEE = "arrival.see"
    ARRIVAL_REFER = "arrival.refer"
    SECONDARY_SEE = "secondary.see"
    SECONDARY_RECORD = "secondary.record"
    LOOKOUT_SEE = "lookout.see"
    LOOKOUT_WRITE = "lookout.write"
    LOOKOUT_CHANGE = "lookout.change"
    LOOKOUT_CONFIRM = "lookout.confirm"
    LIST_IMPORT = "list.import"
    SCREEN_ASK = "screen.ask"
    PARTNER_REQUEST = "partner.request"
    PARTNER_ANSWER = "partner.answer"
    CARRIER_SEE = "carrier.see"
    CARRIER_OVERRIDE = "carrier.override"
    CARRIER_ACKNOWLEDGE = "carrier.acknowledge"
    CARRIER_ADMIT = "carrier.admit"
    DISCLOSURE_MAKE = "disclosure.make"
    FIGURES_SEE = "figures.see"
    AUDIT_SEE = "audit.see"
    LEDGER_EXPORT = "ledger.export"
    AGREEMENT_SEE = "agreement.see"
    AGREEMENT_SIGN = "agreement.sign"
    LAW_SEE = "law.see"
    LAW_REVIEW = "law.review"
    DETERMINATION_SEE = "determination.see"
    DETERMINATION_DECIDE = "determination.decide"
    CLAIM_SEE = "claim.see"
    CLAIM_DECIDE = "claim.decide"
    LISTING_SEE = "listing.see"
    LISTING_DECIDE = "listing.decide"
    NOTICE_SEE = "notice.see"
    NOTICE_OPEN = "notice.open"
    NOTICE_WITHDRAW = "notice.withdraw"
    REDRESS_SEE = "redress.see"
    REDRESS_DECIDE = "redress.decide"
    RECORD_DESTROY = "record.destroy"
    USER_MANAGE = "user.manage"
    NODE_SEE = "node.see"


class Entry(msgspec.Struct, frozen=True):
    """One row of the table: what the act is, in words, and which roles may do it when."""

    title: Text
    holders: Mapping[Role, Condition]
