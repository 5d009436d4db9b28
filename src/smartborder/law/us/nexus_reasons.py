"""The sentences an officer reads when the United States NEXUS rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(code=f"trusted.{code}", detail=Text(en, fr), citation=f"8 CFR 235.12{section}")


LIMIT_UNREAD = Text(
    "Whether the United States sets a time limit has not been read; do not turn the request away.",
    "On n'a pas lu si les États-Unis fixent un délai; ne pas écarter la demande.",
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
REVIEW = _why(
    "review-received",
    "The request is received; no time limit has been read.",
    "La demande est reçue; aucun délai n'a été lu.",
    "(k)",
)
