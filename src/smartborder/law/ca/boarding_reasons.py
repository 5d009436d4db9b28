"""The sentences an officer reads when Canada's boarding rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, citation: str) -> Reason:
    return Reason(code=f"boarding.{code}", detail=Text(en, fr), citation=citation)


NOT_INBOUND = _why(
    "not-inbound",
    "The leg does not land in Canada from abroad; no entry document is asked for.",
    "Le vol n'arrive pas au Canada de l'étranger; aucun document d'entrée n'est exigé.",
    "IRPA 148(1)(a)",
)
DIRECTION_OPEN = _why(
    "direction-open",
    "It is not known whether the leg lands in Canada from abroad.",
    "On ne sait pas si le vol arrive au Canada de l'étranger.",
    "IRPA 148(1)(a)",
)
NOT_REPORTED = _why(
    "not-reported",
    "The report lacks what is needed to find the document; it must be sent again.",
    "Il manque dans la déclaration ce qu'il faut pour trouver le document; elle doit être "
    "renvoyée.",
    "IRPR 259",
)
CITIZEN = _why(
    "citizen",
    "A Canadian citizen with a Canadian document.",
    "Citoyen canadien muni d'un document canadien.",
    "IRPA 19(1)",
)
CITIZEN_OTHER_DOCUMENT = _why(
    "citizen-other-document",
    "A citizen or registered Indian without a valid Canadian document: the right to enter is to "
    "be confirmed with the carrier; boarding is not refused.",
    "Citoyen ou Indien inscrit sans document canadien valide : le droit d'entrer est à confirmer "
    "avec le transporteur; l'embarquement n'est pas refusé.",
    "IRPA 19(1)",
)
PERMANENT_RESIDENT = _why(
    "permanent-resident",
    "Holds a permanent resident card or travel document.",
    "Titulaire d'une carte ou d'un titre de voyage de résident permanent.",
    "IRPR 259(f)",
)
REFUGEE_PAPERS = _why(
    "refugee-papers",
    "Holds refugee travel papers issued by the Minister.",
    "Titulaire d'un titre de voyage de réfugié délivré par le ministre.",
    "IRPR 259(b)",
)
TEMPORARY_DOCUMENT = _why(
    "temporary-travel-document",
    "Holds a temporary travel document for a protected person abroad.",
    "Titulaire d'un titre de voyage provisoire de personne protégée à l'étranger.",
    "IRPR 259(d)",
)
NOTHING_NEEDED = _why(
    "nothing-needed",
    "Needs neither visa nor electronic travel authorization.",
    "N'a besoin ni de visa ni d'autorisation de voyage électronique.",
    "IRPR 190",
)
PERMIT_HOLDER = _why(
    "permit-holder",
    "Holds a temporary resident permit.",
    "Titulaire d'un permis de séjour temporaire.",
    "IRPR 7(2)(b)",
)
VISA_HELD = _why(
    "visa-held",
    "A valid visa is on file; no electronic travel authorization is needed.",
    "Un visa valide est au dossier; aucune autorisation de voyage électronique n'est requise.",
    "IRPR 7.1(2)",
)
AUTHORISATION_HELD = _why(
    "authorisation-held",
    "A valid electronic travel authorization is on file for this passport.",
    "Une autorisation de voyage électronique valide est au dossier pour ce passeport.",
    "IRPR 7.1(1)",
)
AUTHORISATION_UNEXPECTED = _why(
    "authorisation-unexpected",
    "An authorization is on file although this nationality needs a visa: nationality or record "
    "is wrong.",
    "Une autorisation est au dossier alors que cette nationalité exige un visa : la nationalité "
    "ou le dossier est erroné.",
    "IRPR 7(1)",
)
HOLDINGS_OPEN = _why(
    "holdings-open",
    "Not every register could be asked, or an exception was not put; nothing is refused on that.",
    "Les registres n'ont pas tous pu être consultés, ou une exception n'a pas été examinée; "
    "aucun refus ne s'y fonde.",
    "IRPR 259",
)
FEATURE_OPEN = _why(
    "passport-feature-open",
    "Whether a visa is needed hangs on a feature of the passport that was not reported.",
    "L'obligation de visa dépend d'une caractéristique du passeport qui n'a pas été déclarée.",
    "IRPR 190(2)",
)
EXCEPTION_NOT_ASKED = _why(
    "exception-not-asked",
    "No valid passport, but an exception has not been asked about.",
    "Pas de passeport valide, mais une exception n'a pas été examinée.",
    "IRPR 52(2)",
)
ISSUER_DIFFERS = _why(
    "issuer-differs",
    "The passport was not issued by a country of the reported nationality.",
    "Le passeport n'a pas été délivré par un pays de la nationalité déclarée.",
    "IRPR 52(1)",
)
NO_DOCUMENT = _why(
    "document-missing",
    "No passport or travel document that the law accepts.",
    "Aucun passeport ni titre de voyage accepté par la loi.",
    "IRPR 259",
)
EXPIRED = _why(
    "document-expired",
    "The passport or travel document is no longer valid on arrival.",
    "Le passeport ou titre de voyage n'est plus valide à l'arrivée.",
    "IRPR 52(1)",
)
AUTHORISATION_MISSING = _why(
    "authorisation-missing",
    "An electronic travel authorization or a visa is prescribed and none is on file.",
    "Une autorisation de voyage électronique ou un visa est exigé et aucun n'est au dossier.",
    "IRPR 259",
)
VISA_MISSING = _why(
    "visa-missing",
    "A visa is prescribed and none is on file.",
    "Un visa est exigé et aucun n'est au dossier.",
    "IRPR 259",
)
PRESCRIBED = _why(
    "prescribed-person",
    "A person who may not be carried: document number and birth date equal the register. An "
    "officer decides.",
    "Personne qui ne peut être transportée : numéro du document et date de naissance identiques "
    "au registre. Un agent décide.",
    "IRPR 258.1",
)
PRESCRIBED_POSSIBLE = _why(
    "prescribed-person-possible",
    "May be a person who may not be carried; the identifiers do not all agree. An officer decides.",
    "Il pourrait s'agir d'une personne qui ne peut être transportée; les identifiants ne "
    "concordent pas tous. Un agent décide.",
    "IRPR 258.1",
)
REGISTER_OPEN = _why(
    "register-open",
    "The register of persons who may not be carried could not be asked.",
    "Le registre des personnes qui ne peuvent être transportées n'a pas pu être consulté.",
    "IRPR 258.1",
)
