"""Why a hit: sentences an officer reads in ten seconds, with the two values beside each."""

from smartborder.engines.screening.evidence import Relation, Term
from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason

_TERMS: dict[Relation, Text] = {
    "birth-date-same": Text("Same birth date", "Même date de naissance"),
    "birth-year-same": Text("Birth year agrees", "Année de naissance concordante"),
    "birth-date-swapped": Text(
        "Same birth date with day and month exchanged",
        "Même date de naissance, jour et mois intervertis",
    ),
    "birth-date-one-part-off": Text(
        "Birth date differs in one part (day, month or year)",
        "Date de naissance différente d'un seul élément (jour, mois ou année)",
    ),
    "birth-year-one-off": Text(
        "Birth year one off or day unknown", "Année de naissance à un an près ou jour inconnu"
    ),
    "birth-year-near": Text(
        "Birth year differs by one or two", "Année de naissance différente d'un ou deux ans"
    ),
    "birth-date-other": Text("Different birth date", "Date de naissance différente"),
    "nationality-same": Text("Same nationality", "Même nationalité"),
    "nationality-other": Text("Different nationality", "Nationalité différente"),
    "sex-other": Text("Different sex", "Sexe différent"),
    "place-same": Text("Same place of birth", "Même lieu de naissance"),
}


def evidence_reason(term: Term) -> Reason:
    """The reason for one term of evidence."""
    return Reason(
        code=f"screening.{term.relation}",
        detail=_TERMS[term.relation],
        compared=Compared(ours=term.ours, theirs=term.theirs),
    )


def name_reason(listed: str, asked: str, *, same: bool) -> Reason:
    """The reason that the names gave."""
    detail = Text("Same name", "Même nom") if same else Text("Names are alike", "Noms semblables")
    return Reason(
        code="screening.name-same" if same else "screening.name-alike",
        detail=detail,
        compared=Compared(ours=listed, theirs=asked),
    )


def document_reason(listed: str, asked: str, *, exact: bool) -> Reason:
    """The reason that a document number gave."""
    return Reason(
        code="screening.document-same" if exact else "screening.document-one-off",
        detail=(
            Text("Same document number", "Même numéro de document")
            if exact
            else Text(
                "Document number differs by one character",
                "Numéro de document différent d'un caractère",
            )
        ),
        compared=Compared(ours=listed, theirs=asked),
    )


def would_change(found: list[Term], *, has_birth: bool, listed_birth: bool) -> tuple[Reason, ...]:
    """What, if known, would change the verdict."""
    if has_birth or not listed_birth:
        return ()
    return (
        Reason(
            code="screening.ask-birth-date",
            detail=Text(
                "The birth date of the person would decide; the list has one",
                "La date de naissance de la personne trancherait; la liste en donne une",
            ),
        ),
    )
