"""The sentences an officer reads when the boarding rule of the United States has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, citation: str) -> Reason:
    return Reason(code=f"boarding.{code}", detail=Text(en, fr), citation=citation)


NOT_INBOUND = _why(
    "not-inbound",
    "The leg does not land in the United States from abroad; no entry document is asked for.",
    "Le vol n'arrive pas aux États-Unis de l'étranger; aucun document d'entrée n'est exigé.",
    "INA 273(a)",
)
DIRECTION_OPEN = _why(
    "direction-open",
    "It is not known whether the leg lands in the United States from abroad.",
    "On ne sait pas si le vol arrive aux États-Unis de l'étranger.",
    "INA 273(a)",
)
NOT_REPORTED = _why(
    "not-reported",
    "The report lacks what is needed to find the document; it must be sent again.",
    "Il manque dans la déclaration ce qu'il faut pour trouver le document; elle doit être "
    "renvoyée.",
    "INA 212(a)(7)(B)",
)
CITIZEN = _why(
    "citizen",
    "A citizen of the United States with a United States document.",
    "Citoyen des États-Unis muni d'un document américain.",
    "INA 215(b)",
)
CITIZEN_OTHER_DOCUMENT = _why(
    "citizen-other-document",
    "A citizen of the United States without a valid United States document: citizenship is to be "
    "confirmed; boarding is not refused.",
    "Citoyen des États-Unis sans document américain valide : la citoyenneté est à confirmer; "
    "l'embarquement n'est pas refusé.",
    "INA 215(b)",
)
PERMANENT_RESIDENT = _why(
    "permanent-resident",
    "A returning permanent resident with proof of status.",
    "Résident permanent de retour, preuve du statut à l'appui.",
    "8 CFR 211.1(a)",
)
PAROLE = _why(
    "parole-document",
    "Holds an advance parole document or boarding foil.",
    "Titulaire d'une autorisation préalable ou d'une vignette d'embarquement.",
    "8 CFR 212.5(f)",
)
NOTHING_NEEDED = _why(
    "nothing-needed",
    "Needs neither visa nor travel authorization.",
    "N'a besoin ni de visa ni d'autorisation de voyage.",
    "8 CFR 212.1",
)
VISA_HELD = _why(
    "visa-held",
    "A valid visa is on file.",
    "Un visa valide est au dossier.",
    "INA 212(a)(7)(B)",
)
AUTHORISATION_HELD = _why(
    "authorisation-held",
    "An approved travel authorization (ESTA) is on file for this passport.",
    "Une autorisation de voyage (ESTA) approuvée est au dossier pour ce passeport.",
    "8 CFR 217.5",
)
AUTHORISATION_UNEXPECTED = _why(
    "authorisation-unexpected",
    "A travel authorization is on file although this nationality needs a visa: nationality or "
    "record is wrong.",
    "Une autorisation de voyage est au dossier alors que cette nationalité exige un visa : la "
    "nationalité ou le dossier est erroné.",
    "8 CFR 217.2",
)
HOLDINGS_OPEN = _why(
    "holdings-open",
    "Not every register could be asked; nothing is refused on that.",
    "Les registres n'ont pas tous pu être consultés; aucun refus ne s'y fonde.",
    "INA 212(a)(7)(B)",
)
ISSUER_DIFFERS = _why(
    "issuer-differs",
    "The passport was not issued by a country of the reported nationality.",
    "Le passeport n'a pas été délivré par un pays de la nationalité déclarée.",
    "INA 212(a)(7)(B)",
)
NO_DOCUMENT = _why(
    "document-missing",
    "No passport or travel document that the law accepts.",
    "Aucun passeport ni titre de voyage accepté par la loi.",
    "INA 212(a)(7)(B)",
)
EXPIRED = _why(
    "document-expired",
    "The passport or travel document is no longer valid on arrival.",
    "Le passeport ou titre de voyage n'est plus valide à l'arrivée.",
    "INA 212(a)(7)(B)",
)
AUTHORISATION_MISSING = _why(
    "authorisation-missing",
    "A travel authorization or a visa is needed and none is on file.",
    "Une autorisation de voyage ou un visa est requis et aucun n'est au dossier.",
    "8 CFR 217.5",
)
VISA_MISSING = _why(
    "visa-missing",
    "A visa is needed and none is on file.",
    "Un visa est requis et aucun n'est au dossier.",
    "INA 212(a)(7)(B)",
)
LISTED = _why(
    "prescribed-person",
    "A person who may not be carried: document number and birth date equal the register. An "
    "officer decides.",
    "Personne qui ne peut être transportée : numéro du document et date de naissance identiques "
    "au registre. Un agent décide.",
    "49 CFR 1560.105",
)
LISTED_POSSIBLE = _why(
    "prescribed-person-possible",
    "May be a person who may not be carried; the identifiers do not all agree. An officer decides.",
    "Il pourrait s'agir d'une personne qui ne peut être transportée; les identifiants ne "
    "concordent pas tous. Un agent décide.",
    "49 CFR 1560.105",
)
REGISTER_OPEN = _why(
    "register-open",
    "The register of persons who may not be carried could not be asked.",
    "Le registre des personnes qui ne peuvent être transportées n'a pas pu être consulté.",
    "49 CFR 1560.105",
)
