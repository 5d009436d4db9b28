"""The sentences an analyst reads when the United States booking-record rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(
        code=f"pnr.{code}", detail=Text(en, fr), citation=f"EU-US PNR Agreement {section}"
    )


ASK_UNMASK = Text(
    "Ask a supervisor, naming the case, threat or risk; the request and the answer are logged.",
    "S'adresser à un superviseur, en précisant le cas, la menace ou le risque; la demande et la "
    "réponse sont consignées.",
)
LOG_CASE = Text(
    "The access is logged with the case it was for.",
    "L'accès est consigné avec le cas visé.",
)
OPEN = _why(
    "open",
    "What the rule asks is not all known.",
    "Tout ce que demande la règle n'est pas connu.",
    "8",
)
BEFORE_RECEIPT = _why(
    "before-receipt",
    "The day of access lies before the day of receipt.",
    "Le jour de l'accès précède celui de la réception.",
    "8(1)",
)
FUNCTIONS = _why(
    "functions",
    "The official is not one of those specifically authorized.",
    "Le fonctionnaire n'est pas de ceux qui sont expressément autorisés.",
    "8(1)",
)
PURPOSE = _why(
    "purpose",
    "Not a purpose for which access is given.",
    "Fin pour laquelle l'accès n'est pas accordé.",
    "4(1)",
)
NOT_IDENTIFYING = _why(
    "not-identifying",
    "The element could not identify a person.",
    "L'élément ne pourrait identifier une personne.",
    "8(1)",
)
WITHIN_SIX_MONTHS = _why(
    "within-six-months",
    "Within six months of receipt.",
    "Dans les six mois de la réception.",
    "8(1)",
)
MASKED = _why(
    "depersonalized",
    "More than six months after receipt what identifies a person is masked.",
    "Plus de six mois après la réception, ce qui identifie une personne est masqué.",
    "8(1)",
)
DORMANT = _why(
    "dormant",
    "In the dormant base, re-personalized only for an identifiable case, threat or risk.",
    "Dans la base inactive, repersonnalisé seulement pour un cas, une menace ou un risque "
    "identifiable.",
    "8(3)",
)
CRIME_PERIOD_OVER = _why(
    "crime-period-over",
    "For crimes other than terrorism, re-personalization ends after five years in the dormant "
    "base.",
    "Pour les crimes autres que le terrorisme, la repersonnalisation prend fin après cinq ans "
    "dans la base inactive.",
    "8(3)",
)
CASE_IDENTIFIED = _why(
    "case-identified",
    "An identifiable case, threat or risk is on record.",
    "Un cas, une menace ou un risque identifiable est consigné.",
    "8(3)",
)
CASE_OPEN = _why(
    "case-open",
    "The record belongs to a case that is not archived.",
    "Le dossier relève d'une affaire qui n'est pas archivée.",
    "8(5)",
)
ANONYMIZED = _why(
    "anonymized",
    "The dormant period has ended; what identifies a person must be gone, backups included.",
    "La période inactive est terminée; ce qui identifie une personne doit avoir disparu, copies "
    "de secours comprises.",
    "8(4)",
)
