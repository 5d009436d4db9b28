"""The sentences an officer reads when the residency rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason


def _why(code: str, en: str, fr: str, citation: str, compared: Compared | None = None) -> Reason:
    return Reason(
        code=f"residency.{code}", detail=Text(en, fr), compared=compared, citation=citation
    )


APPEAL = Text(
    "Tell the person of the appeal to the Immigration Appeal Division.",
    "Informer la personne de l'appel à la Section d'appel de l'immigration.",
)
STATUS_NOT_LOST = Text(
    "An expired card does not end permanent residence.",
    "Une carte expirée ne met pas fin à la résidence permanente.",
)
NOT_CODED = _why(
    "law-not-coded",
    "The law before the Act came into force has not been coded.",
    "Le droit antérieur à l'entrée en vigueur de la Loi n'a pas été codé.",
    "IRPA 28",
)
OPEN = _why(
    "open",
    "What the rule asks is not all known.",
    "Tout ce que demande la règle n'est pas connu.",
    "IRPA 28",
)
HUMANITARIAN = _why(
    "humanitarian",
    "Humanitarian and compassionate considerations overcome the breach.",
    "Des circonstances d'ordre humanitaire rendent le manquement inopposable.",
    "IRPA 28(2)(c)",
)
HUMANITARIAN_NOT_ASKED = _why(
    "humanitarian-not-asked",
    "Humanitarian and compassionate considerations have not been weighed; nothing adverse is "
    "proposed.",
    "Les circonstances d'ordre humanitaire n'ont pas été examinées; rien de défavorable n'est "
    "proposé.",
    "IRPA 28(2)(c)",
)
CARD_VALID = _why("card-valid", "The card is valid.", "La carte est valide.", "IRPR 54")
CARD_EXPIRED = _why(
    "card-not-valid",
    "The card is not valid on that day.",
    "La carte n'est pas valide ce jour-là.",
    "IRPR 54",
)
DOCUMENT = _why(
    "document",
    "A ground of subsection 31(3) is met.",
    "Un motif du paragraphe 31(3) est rempli.",
    "IRPA 31(3)",
)
NO_DOCUMENT = _why(
    "no-document",
    "No ground of subsection 31(3) is met.",
    "Aucun motif du paragraphe 31(3) n'est rempli.",
    "IRPA 31(3)",
)


def counted(days: int, needed: int) -> Reason:
    """The days of the five years before the examination."""
    return _why(
        "days-counted",
        f"{days} days counted in the five years before the examination.",
        f"{days} jours comptés dans les cinq ans précédant le contrôle.",
        "IRPA 28(2)(a)",
        Compared(ours=f"{needed} d", theirs=f"{days} d"),
    )


def can_meet(days: int, possible: int, needed: int) -> Reason:
    """The days so far, and how many there can still be in the first five years."""
    return _why(
        "days-possible",
        f"{days} days so far; {possible} are still possible in the first five years.",
        f"{days} jours à ce jour; {possible} sont encore possibles dans les cinq premières années.",
        "IRPA 28(2)(b)",
        Compared(ours=f"{needed} d", theirs=f"{possible} d"),
    )
