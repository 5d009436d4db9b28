"""The sentences an officer reads when the United States NEXUS rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(code=f"trusted.{code}", detail=Text(en, fr), citation=f"8 CFR 235.12{section}")


OTHER_WAYS = Text(
    "Do not turn the request away: the traveller redress programme and the ombudsman have no time "
    "limit; flag it for counsel.",
    "Ne pas écarter la demande : le programme de recours des voyageurs et l'ombudsman n'ont pas "
    "de délai; la signaler à un juriste.",
)
OPEN = _why(
    "open",
    "What the rule asks is not all known.",
    "Tout ce que demande la règle n'est pas connu.",
    "(b)",
)
OUR_APPROVAL = _why(
    "us-approves",
    "No disqualifier of the United States side applies.",
    "Aucun motif d'exclusion du côté des États-Unis ne s'applique.",
    "(b)(2)",
)
OUR_REFUSAL = _why(
    "us-refuses",
    "A requirement on the United States side is not met; the trace says which.",
    "Une exigence du côté des États-Unis n'est pas remplie; le détail indique laquelle.",
    "(b)",
)
PARTNER_APPROVAL = _why(
    "partner-confirms",
    "Canada confirmed eligibility.",
    "Le Canada a confirmé l'admissibilité.",
    "(a)",
)
PARTNER_REFUSAL = _why(
    "partner-does-not-confirm",
    "Canada did not confirm eligibility; its reason stays there.",
    "Le Canada n'a pas confirmé l'admissibilité; son motif reste chez lui.",
    "(a)",
)
LANE = _why(
    "lane",
    "Membership valid, everyone aboard a member, no commercial goods.",
    "Adhésion valide, toutes les personnes à bord membres, aucune marchandise commerciale.",
    "(g)",
)
NO_LANE = _why(
    "no-lane",
    "A condition of the lane is not met; the trace says which.",
    "Une condition de la voie n'est pas remplie; le détail indique laquelle.",
    "(g)",
)
REVIEW_IN_TIME = _why(
    "review-in-time",
    "Asked within thirty days of the refusal, suspension or removal.",
    "Demandée dans les trente jours du refus, de la suspension ou du retrait.",
    "(k)(1)",
)
REVIEW_LATE = _why(
    "review-late",
    "Asked after the thirty days of the letter; received by one of the other two ways.",
    "Demandée après les trente jours prévus pour la lettre; reçue par l'une des deux autres voies.",
    "(k)(2)",
)
