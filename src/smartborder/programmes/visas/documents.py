"""Has this traveller the documents that the law prescribes? The one check that may answer alone.

A missing prescribed document (IRPR 259) is answered 'not ok' without an officer, but only after
the reported number was compared with our registers for a one-character slip: then the carrier is
asked to send again. Everything the law leaves open goes to an officer.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from smartborder.kernel.text import Text
from smartborder.law import BoardingFacts, boarding
from smartborder.law.entry_facts import DocumentType, SpecialExemption
from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Compared, Reason
from smartborder.model.reply import ReplyCode
from smartborder.model.verdict import Verdict
from smartborder.node.act.identity import plain_number
from smartborder.node.act.programme import CheckContext, CheckResult, CheckSubject, Entitlement
from smartborder.node.ports import Ports

DOCUMENT_TYPES: dict[str, DocumentType] = {
    "P": "passport", "PP": "passport", "PD": "diplomatic-passport", "D": "diplomatic-passport",
    "PS": "official-passport", "S": "official-passport", "PE": "emergency-travel-document",
    "E": "emergency-travel-document", "PT": "stateless-travel-document",
    "PR": "refugee-travel-document", "T": "refugee-travel-document", "L": "laissez-passer",
    "C": "permanent-resident-card", "A": "permanent-resident-card", "I": "identity-card",
    "F": "other", "M": "military-identity", "N": "trusted-traveller-card",
}  # fmt: skip
"""Message code -> kind of document (WCO/IATA/ICAO PAXLST guide; T, L, N by bilateral use)."""

REGISTERS = frozenset(
    {
        "visa",
        "travel-authorisation",
        "permanent-resident",
        "refugee-travel-document",
        "temporary-travel-document",
        "entry-permit",
    }
)
"""Kinds of register in which a reported number may be found or just missed."""

_REPLY: dict[str, ReplyCode] = {"board": "ok", "no-board": "not-ok", "insufficient": "insufficient"}
_REPORTED = Text(
    "Nothing that the law prescribes is on file for the document reported.",
    "Rien de ce que la loi prescrit n'est au dossier pour le document déclaré.",
)
_SLIP = Text(
    "A document on our register differs from the reported number by one character; the carrier"
    " is asked to check the number and send again.",
    "Un document de notre registre ne diffère du numéro déclaré que d'un caractère; le"
    " transporteur est prié de vérifier le numéro et de renvoyer le message.",
)

UNKNOWN_DESTINATION = Reason(
    code="documents.unknown-destination",
    detail=Text(
        "The port of arrival is not known here, so it cannot be said which law applies.",
        "Le port d'arrivée n'est pas connu ici; on ne peut donc dire quel droit s'applique.",
    ),
)

NOT_ACROSS = Reason(
    code="documents.not-across-the-border",
    detail=Text(
        "By the ports reported, this person is not on the leg that crosses the border: the law of"
        " boarding was not asked.",
        "D'après les ports déclarés, cette personne n'est pas sur le trajet qui franchit la"
        " frontière : le droit d'embarquement n'a pas été consulté.",
    ),
)


class DocumentCheck:
    """The law of boarding of the country of arrival, asked about each traveller."""

    id = "documents"

    def __call__(
        self, subjects: Sequence[CheckSubject], context: CheckContext
    ) -> list[CheckResult]:
        """One result per subject, with the verdict it rests on."""
        ports = Ports(context.pack.code)
        if context.flight.direction == "elsewhere" and not ports.country(
            context.flight.destination
        ):
            unknown = CheckResult(
                check=self.id, result="contact-government", reasons=(UNKNOWN_DESTINATION,)
            )
            return [unknown for _ in subjects]
        if context.flight.direction != "inbound":
            return [CheckResult(check=self.id) for _ in subjects]
        origin = ports.alpha3(context.flight.origin)
        on = (
            context.flight.scheduled_arrival.date()
            if context.flight.scheduled_arrival
            else context.on
        )
        return [
            self._one(s, context, origin, on)
            if across(s.person, context, ports)
            else CheckResult(check=self.id, reasons=(_not_across(s.person),))
            for s in subjects
        ]

    def _one(
        self, subject: CheckSubject, context: CheckContext, origin: str | None, on: date
    ) -> CheckResult:
        facts = facts_of(subject, context, origin, on)
        verdict = boarding(facts, country=context.pack.code, on=on, as_known=context.as_known)
        result = reply_of(verdict)
        reasons = verdict.reasons if result != "ok" else ()
        if result == "not-ok":
            reasons = (*_as_reported(subject.person), *reasons)
        if result == "not-ok" and (slip := one_character_off(subject, on)):
            result, reasons = "insufficient", (slip, *reasons)
        return CheckResult(
            check=self.id,
            result=result,
            reasons=reasons,
            verdict=verdict,
            delegated_by=context.pack.delegations.get(self.id),
        )


def across(person: Traveller, context: CheckContext, ports: Ports) -> bool:
    """Whether somebody on an inbound flight of several legs is aboard where it crosses the border.

    Not who boards at a port of ours, nor who leaves where the crossing leg begins.
    """
    boards_here = ports.country(person.embarks) == context.pack.code
    return not boards_here and person.disembarks != context.flight.origin


def _not_across(person: Traveller) -> Reason:
    ports = f"{person.embarks or '?'}-{person.disembarks or '?'}"
    return msgspec.structs.replace(NOT_ACROSS, compared=Compared(theirs=ports))


def _as_reported(person: Traveller) -> tuple[Reason, ...]:
    """The document that the answer rests on, so that the officer sees it in the raw message."""
    return tuple(
        Reason(
            code="documents.reported",
            detail=_REPORTED,
            compared=Compared(theirs=d.number),
            citation="IRPR 259",
        )
        for d in person.documents[:1]
        if d.number
    )


def reply_of(verdict: Verdict) -> ReplyCode:
    """The reply a verdict allows without an officer; 'contact government' where it needs one."""
    if verdict.verdict != "board" and verdict.needs_officer:
        return "contact-government"
    return _REPLY.get(verdict.verdict, "contact-government")


def facts_of(
    subject: CheckSubject, context: CheckContext, origin: str | None, on: date
) -> BoardingFacts:
    """What the report and our registers say, as the law's facts; None stays 'not known'."""
    person = subject.person
    main = next((d for d in person.documents if d.type != "V"), None)
    cards = [d for d in person.documents if DOCUMENT_TYPES.get(d.type or "") ==
             "permanent-resident-card"]  # fmt: skip
    own_card = any(c.issuer == context.pack.alpha3 for c in cards)

    def held(kind: str) -> bool | None:
        return _holding(subject.entitlements.get(kind), kind in context.registers, on)

    return BoardingFacts(
        nationalities=(person.nationality,) if person.nationality else None,
        mode="air",
        role="crew" if "crew" in person.role else "passenger",
        special_exemption=_exemption(main.type if main else None),
        us_permanent_resident=any(c.issuer == "USA" for c in cards),
        direction="inbound",
        from_country=origin,
        in_transit="transit" in person.role,
        document_type=_type(main.type if main else None, person),
        document_number=main.number if main else None,
        document_issuer=main.issuer if main else None,
        document_expires=_day(main.expires if main else None),
        prescribed_person=_prescribed(subject, context),
        prescribed_number_equal=True if "prescribed-person" in subject.entitlements else None,
        visa=held("visa"),
        travel_authorisation=held("travel-authorisation"),
        permanent_resident_document=True if own_card else held("permanent-resident"),
        refugee_travel_document=held("refugee-travel-document"),
        temporary_travel_document=held("temporary-travel-document"),
        entry_permit=held("entry-permit"),
    )


def one_character_off(subject: CheckSubject, on: date) -> Reason | None:
    """A reason naming the register's number that the reported one just misses."""
    documents = [d for d in subject.person.documents if d.number]
    for entitlement in subject.near:
        if entitlement.kind in REGISTERS and _valid(entitlement, on):
            return Reason(
                code="documents.one-character-off",
                detail=_SLIP,
                compared=Compared(
                    ours=entitlement.document, theirs=plain_number(documents[0].number or "")
                ),
                citation="IRPR 259",
            )
    return None


def _holding(held: Entitlement | None, register_complete: bool, on: date) -> bool | None:
    if held is not None:
        return _valid(held, on)
    return False if register_complete else None


def _valid(held: Entitlement, on: date) -> bool:
    return held.status == "valid" and (held.valid_from or on) <= on <= (held.valid_to or on)


def _prescribed(subject: CheckSubject, context: CheckContext) -> Literal["no", "possible"] | None:
    if "prescribed-person" in subject.entitlements:
        return "possible"
    return "no" if "prescribed-person" in context.registers else None


def _exemption(code: str | None) -> SpecialExemption | None:
    """Exempt by office? With an ordinary document the list says no; with any other it is open.

    A list has no field for diplomats, visiting forces and the like; what tells them is the kind
    of document, so only an ordinary one lets the rule answer alone.
    """
    kind = DOCUMENT_TYPES.get(code or "P", "other")
    return "none" if kind in ("passport", "permanent-resident-card") else None


def _type(code: str | None, person: Traveller) -> DocumentType | None:
    if code is None:
        return "none" if not person.documents else None
    return DOCUMENT_TYPES.get(code, "other")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
