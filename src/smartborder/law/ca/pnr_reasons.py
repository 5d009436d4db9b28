"""The sentences an analyst reads when the booking-record rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(code=f"pnr.{code}", detail=Text(en, fr), citation=f"SOR/2005-346 {section}")


CONFIRM = Text(
    "The official may confirm that the name is necessary to identify a suspect; the confirmation "
    "is logged.",
    "Le fonctionnaire peut confirmer que le nom est nécessaire pour identifier un suspect; la "
    "confirmation est consignée.",
)
ASK_PRESIDENT = Text(
    "Ask the President of the Agency, naming the person reasonably suspected.",
    "S'adresser au président de l'Agence, en nommant la personne raisonnablement soupçonnée.",
)
REGISTER = Text(
    "Enter in the register: who asked, why, about whom, the three dates; keep it two years.",
    "Consigner au registre : qui, pourquoi, au sujet de qui, les trois dates; le conserver deux "
    "ans.",
)
NOT_CODED = _why(
    "law-not-coded",
    "The wording before SOR/2016-38 has not been coded.",
    "Le libellé antérieur à DORS/2016-38 n'a pas été codé.",
    "4",
)
OPEN = _why(
    "open",
    "What the rule asks is not all known.",
    "Tout ce que demande la règle n'est pas connu.",
    "3, 4",
)
NO_OFFSET = _why(
    "no-offset",
    "The times carry no offset; 72 hours cannot be counted.",
    "Les heures n'ont pas de décalage; les soixante-douze heures ne peuvent être comptées.",
    "4(2)",
)
FUNCTIONS = _why(
    "functions",
    "The official's functions do not require access, or that was not established.",
    "Les fonctions du fonctionnaire n'exigent pas l'accès, ou cela n'a pas été établi.",
    "4(5)",
)
PURPOSE = _why(
    "purpose",
    "Not a purpose for which access is given.",
    "Fin pour laquelle l'accès n'est pas accordé.",
    "4(1)",
)
WITHIN_72_HOURS = _why(
    "within-72-hours",
    "Less than 72 hours after departure.",
    "Moins de soixante-douze heures après le départ.",
    "4(1)",
)
NOT_A_NAME = _why(
    "not-a-name",
    "Only names are behind a confirmed need.",
    "Seuls les noms exigent une nécessité confirmée.",
    "4(2)",
)
CONFIRMED = _why(
    "need-confirmed",
    "The official confirmed that the name is necessary.",
    "Le fonctionnaire a confirmé la nécessité du nom.",
    "4(2)",
)
MASKED_NAME = _why(
    "name-masked",
    "More than 72 hours after departure the name is masked.",
    "Plus de soixante-douze heures après le départ, le nom est masqué.",
    "4(2)",
)
NOT_IDENTIFYING = _why(
    "not-identifying",
    "The element could not identify a person.",
    "L'élément ne pourrait identifier une personne.",
    "4(3)",
)
MASKED_IDENTIFYING = _why(
    "identifying-masked",
    "More than two years after departure what could identify a person is masked.",
    "Plus de deux ans après le départ, ce qui pourrait identifier une personne est masqué.",
    "4(3)",
)
AUTHORIZED = _why(
    "president-authorized", "Authorized by the President.", "Autorisé par le président.", "4(3)"
)
PRESIDENT = _why(
    "president-needed",
    "More than two years after departure only the President may authorize access.",
    "Plus de deux ans après le départ, seul le président peut autoriser l'accès.",
    "4(3)",
)
KEPT_FOR_SUSPECTS = _why(
    "kept-for-suspects",
    "Kept to identify persons reasonably suspected.",
    "Conservé pour identifier des personnes raisonnablement soupçonnées.",
    "3(2), 4(4)",
)
ACCESS_LAW = _why(
    "kept-under-access-law",
    "Kept for a request under access or privacy law.",
    "Conservé pour une demande au titre des lois d'accès ou de vie privée.",
    "5",
)
PURGED = _why(
    "purged",
    "The period of keeping has ended; the record must be gone, index and backups included.",
    "La période de conservation est terminée; le dossier doit avoir disparu, index et copies de "
    "secours compris.",
    "3",
)
