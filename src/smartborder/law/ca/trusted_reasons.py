"""The sentences an officer reads when a trusted-traveller rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, citation: str) -> Reason:
    return Reason(code=f"trusted.{code}", detail=Text(en, fr), citation=f"SOR/2003-323 {citation}")


WRITTEN_NOTICE = Text(
    "Send written notice with reasons to the latest known address.",
    "Envoyer un avis écrit et motivé à la dernière adresse connue.",
)
COUNSEL_30_90 = Text(
    "The regulation says 30 days and a page of the agency 90; ask counsel, and do not turn the "
    "request away.",
    "Le règlement dit 30 jours et une page de l'agence 90; consulter un juriste, et ne pas "
    "écarter la demande.",
)
OPEN = _why(
    "open",
    "What the rule asks is not all known.",
    "Tout ce que demande la règle n'est pas connu.",
    "5, 6, 11",
)
OUR_APPROVAL = _why(
    "canada-approves",
    "Every requirement on the Canadian side is met.",
    "Toutes les exigences du côté canadien sont remplies.",
    "6.1, 6.2",
)
OUR_REFUSAL = _why(
    "canada-refuses",
    "A requirement on the Canadian side is not met; the trace says which.",
    "Une exigence du côté canadien n'est pas remplie; le détail indique laquelle.",
    "6.1, 6.2",
)
PARTNER_APPROVAL = _why(
    "partner-confirms",
    "The United States confirmed eligibility.",
    "Les États-Unis ont confirmé l'admissibilité.",
    "6.1(b), 6.2(b)",
)
PARTNER_REFUSAL = _why(
    "partner-does-not-confirm",
    "The United States did not confirm eligibility; its reason stays there.",
    "Les États-Unis n'ont pas confirmé l'admissibilité; leur motif reste chez eux.",
    "6.1(b), 6.2(b)",
)
LANE = _why(
    "lane",
    "Authorization valid, everyone aboard authorized, no commercial goods that bar the lane.",
    "Autorisation valide, toutes les personnes à bord autorisées, aucune marchandise qui "
    "l'interdise.",
    "11(d), 14.1",
)
NO_LANE = _why(
    "no-lane",
    "A condition of the lane is not met; the trace says which.",
    "Une condition de la voie n'est pas remplie; le détail indique laquelle.",
    "11(d), 13, 14.1",
)
NO_GROUND = _why(
    "no-ground",
    "There is no ground to suspend or cancel.",
    "Il n'y a pas de motif de suspension ni d'annulation.",
    "22(1)",
)
NO_NOTICE = _why(
    "no-notice",
    "Nobody has told the person yet, so nothing has taken effect.",
    "La personne n'a pas encore été informée; rien n'a pris effet.",
    "22(5)",
)
SANCTIONED = _why(
    "sanction-effective",
    "The suspension or cancellation has taken effect.",
    "La suspension ou l'annulation a pris effet.",
    "22(5)",
)
NOT_YET = _why(
    "not-yet-effective",
    "Notice is on its way; the suspension or cancellation has not taken effect.",
    "L'avis est en route; la suspension ou l'annulation n'a pas pris effet.",
    "22(5)",
)
REVIEW_IN_TIME = _why(
    "review-in-time",
    "The request was sent within the time limit.",
    "La demande a été envoyée dans le délai.",
    "23",
)
REVIEW_LATE = _why(
    "review-late",
    "Sent after the time limit of the regulation; received and flagged for counsel.",
    "Envoyée après le délai du règlement; reçue et signalée à un juriste.",
    "23",
)
LOAD_NOT_RELEASED = _why(
    "load-not-cleared",
    "The driver may use the lane; the load is not cleared under the self-assessment programme.",
    "Le conducteur peut utiliser la voie; le chargement n'est pas dédouané en autocotisation.",
    "11(d)(iii)",
)
