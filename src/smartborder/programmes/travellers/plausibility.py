"""Does the report make sense? Departures from sense are reasons for an officer, never a refusal.

Only a person who cannot be told apart at all (no name, or neither birth date nor document) is
answered 'insufficient': the carrier sends again.
"""

from collections import Counter
from collections.abc import Sequence

from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason
from smartborder.node.act.identity import document_key
from smartborder.node.act.programme import CheckContext, CheckResult, CheckSubject

NO_NAME = Reason(
    code="report.no-name",
    detail=Text("No surname was reported.", "Aucun nom de famille n'a été déclaré."),
)
NOTHING_TO_TELL_APART = Reason(
    code="report.no-identifiers",
    detail=Text(
        "Neither a birth date nor a document number was reported.",
        "Ni date de naissance ni numéro de document n'ont été déclarés.",
    ),
)
SHARED_DOCUMENT = Reason(
    code="report.shared-document",
    detail=Text(
        "Another traveller on this flight reported the same document.",
        "Un autre voyageur de ce vol a déclaré le même document.",
    ),
)
_WRONG_PORT = Text(
    "The reported port of embarkation is not on this leg.",
    "Le port d'embarquement déclaré ne figure pas sur ce trajet.",
)


class PlausibilityCheck:
    """Flight and booking make sense together."""

    id = "plausibility"

    def __call__(
        self, subjects: Sequence[CheckSubject], context: CheckContext
    ) -> list[CheckResult]:
        """One result per subject."""
        documents = Counter(k for s in subjects if (k := document_key(s.person)))
        return [self._one(s, context, documents) for s in subjects]

    def _one(
        self, subject: CheckSubject, context: CheckContext, documents: Counter[str]
    ) -> CheckResult:
        person = subject.person
        key = document_key(person)
        lacking = None if person.surname else NO_NAME
        if lacking is None and not person.birth_date and not key:
            lacking = NOTHING_TO_TELL_APART
        if lacking is not None:
            return CheckResult(
                check=self.id,
                result="insufficient",
                reasons=(lacking,),
                delegated_by=context.pack.delegations.get(self.id),
            )
        reasons = []
        if key and documents[key] > 1:
            reasons.append(SHARED_DOCUMENT)
        ports = {context.flight.origin, context.flight.destination}
        if person.embarks and person.disembarks and not {person.embarks, person.disembarks} & ports:
            reasons.append(
                Reason(
                    code="report.port-not-on-leg",
                    detail=_WRONG_PORT,
                    compared=Compared(ours=context.flight.origin, theirs=person.embarks),
                )
            )
        return CheckResult(check=self.id, reasons=tuple(reasons))
