"""The sentences a listing officer reads when the listing rule has answered."""

from datetime import date

from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason


def _why(code: str, en: str, fr: str, citation: str, compared: Compared | None = None) -> Reason:
    return Reason(code=f"listing.{code}", detail=Text(en, fr), compared=compared, citation=citation)


NOTICE_WITHOUT_DELAY = Text(
    "Give the applicant notice without delay; it starts the time for judicial review.",
    "Aviser le demandeur sans délai; l'avis fait courir le délai de contrôle judiciaire.",
)
REAPPLY = Text(
    "A further application needs a material change of circumstances, or a completed review.",
    "Une nouvelle demande exige un changement important de circonstances, ou un examen terminé.",
)
PURGE_DOWNSTREAM = Text(
    "Send the removal to every copy of the list and confirm it within hours.",
    "Transmettre la radiation à toutes les copies de la liste et la confirmer dans les heures "
    "qui suivent.",
)
OPEN = _why(
    "open",
    "What the rule asks is not all known.",
    "Tout ce que demande la règle n'est pas connu.",
    "Criminal Code 83.05",
)
NO_APPLICATION = _why(
    "no-application",
    "Listed, and nobody has applied.",
    "Inscrite, et nul n'a fait de demande.",
    "Criminal Code 83.05(1)",
)
PENDING = _why(
    "pending",
    "The time for a decision has not passed.",
    "Le délai de décision n'est pas écoulé.",
    "Criminal Code 83.05(3)",
)
REMAINS = _why(
    "remains",
    "The Minister decided that it stays listed.",
    "Le ministre a décidé qu'elle reste inscrite.",
    "Criminal Code 83.05(4)",
)
REMOVED = _why(
    "removed", "It was taken off the list.", "Elle a été radiée de la liste.", "Criminal Code 83.05"
)
DEEMED_REMOVED = _why(
    "deemed-removed",
    "The time has passed in silence: the name is deemed removed.",
    "Le délai s'est écoulé en silence : le nom est réputé radié.",
    "Secure Air Travel Act 15(6)",
)
SILENCE_UNREAD = _why(
    "silence-unread",
    "Sixty working days have passed; what silence then means has not been read, so counsel is "
    "asked.",
    "Soixante jours ouvrables sont écoulés; l'effet du silence n'a pas été lu, un juriste est "
    "consulté.",
    "SOR/2001-360 2.1",
)


def deemed_to_remain(due: date) -> Reason:
    """Silence under 83.05(3)."""
    return _why(
        "deemed-to-remain",
        "The time has passed in silence: the entity is deemed to remain listed.",
        "Le délai s'est écoulé en silence : l'entité est réputée rester inscrite.",
        "Criminal Code 83.05(3)",
        Compared(ours=str(due)),
    )
