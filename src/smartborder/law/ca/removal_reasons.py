"""The sentences an officer reads when the removal rule has answered."""

from datetime import date, datetime

from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason


def _why(code: str, en: str, fr: str, citation: str, compared: Compared | None = None) -> Reason:
    return Reason(code=f"removal.{code}", detail=Text(en, fr), compared=compared, citation=citation)


LAST_LOOK = Text(
    "Look again for stays 24 hours before departure and at the gate.",
    "Vérifier de nouveau les sursis 24 heures avant le départ et à la porte.",
)
CONSULATE = Text(
    "A request to a consulate never mentions a refugee claim.",
    "Une demande à un consulat ne mentionne jamais une demande d'asile.",
)
ARRANGEMENTS = Text(
    "The carrier makes arrangements and notifies an officer without delay; the hours to carry the "
    "person run from that notice.",
    "Le transporteur prend des dispositions et en avise un agent sans délai; les heures pour "
    "reconduire la personne courent de cet avis.",
)
CHECK_STAYS = Text(
    "Find out whether the order is in force and whether any stay applies before enforcing it.",
    "Établir si la mesure a pris effet et si un sursis s'applique avant de l'exécuter.",
)
TWO_READINGS = Text(
    "The day of release can be read as counting or not; both last days are shown, and counsel "
    "decides.",
    "Le jour de la libération peut se compter ou non; les deux derniers jours sont indiqués, un "
    "juriste tranche.",
)
MADE = _why("order-made", "The order was already made.", "La mesure est déjà prise.", "IRPR 223")
BY_GROUND = _why(
    "by-ground",
    "The order that the ground calls for.",
    "La mesure qu'appelle le motif.",
    "IRPR 228(1), 229(1)",
)
CLAIMANT = _why(
    "claimant",
    "A refugee claim is eligible or not yet determined: a departure order.",
    "Une demande d'asile est recevable ou non tranchée : une interdiction de séjour.",
    "IRPR 228(3), 229(2)",
)
HISTORY = _why(
    "history",
    "An earlier order, a failed condition or a conviction makes it a deportation order.",
    "Une mesure antérieure, un manquement ou une condamnation en fait une expulsion.",
    "IRPR 229(3)",
)
CLAIM_AND_HISTORY = _why(
    "claim-and-history",
    "Subsections (2) and (3) of section 229 point to different orders; counsel is asked.",
    "Les paragraphes (2) et (3) de l'article 229 mènent à des mesures différentes; un juriste "
    "est consulté.",
    "IRPR 229(2), 229(3)",
)
UNACCOMPANIED = _why(
    "unaccompanied",
    "An unaccompanied minor, or a person unable to appreciate the proceedings.",
    "Mineur non accompagné, ou personne incapable de comprendre la procédure.",
    "IRPR 228(4)",
)
NOT_FOR_DELEGATE = _why(
    "not-for-delegate",
    "Section 228 does not list this ground, or the report has others besides.",
    "L'article 228 n'énumère pas ce motif, ou le rapport en comporte d'autres.",
    "IRPR 228(1)",
)
GROUND_OPEN = _why(
    "ground-open",
    "Ground or authority is not known.",
    "Le motif ou l'autorité n'est pas connu.",
    "IRPR 228, 229",
)
NOT_ALL_ASKED = _why(
    "not-all-asked",
    "A question that could change the order has not been asked.",
    "Une question qui pourrait changer la mesure n'a pas été posée.",
    "IRPR 228, 229",
)
CLOCK_OPEN = _why(
    "clock-open",
    "The thirty days cannot be counted yet.",
    "Les trente jours ne peuvent encore être comptés.",
    "IRPR 224(2)",
)
CLOCK_STOPPED = _why(
    "clock-stopped",
    "The thirty days stand still while the person is detained or the order is stayed.",
    "Les trente jours sont suspendus pendant la détention ou le sursis.",
    "IRPR 224(3)",
)
LEFT_IN_TIME = _why(
    "left-in-time",
    "Left within the thirty days with the certificate of departure.",
    "A quitté dans les trente jours avec l'attestation de départ.",
    "IRPR 224(2), 240(1)",
)
NO_CERTIFICATE = _why(
    "no-certificate",
    "Left without appearing at a port of entry and obtaining the certificate.",
    "A quitté sans comparaître à un point d'entrée ni obtenir l'attestation.",
    "IRPR 240(1)",
)
BECAME_DEPORTATION = _why(
    "became-deportation",
    "The thirty days have passed; the departure order has become a deportation order.",
    "Les trente jours sont passés; l'interdiction de séjour est devenue une mesure d'expulsion.",
    "IRPR 224(2)",
)
STAYED = _why(
    "stayed",
    "The order is stayed and may not be enforced.",
    "La mesure est visée par un sursis et ne peut être exécutée.",
    "IRPA 48(1)",
)
CHECK_230_3 = Text(
    "Ask whether one of the cases of 230(3) applies, written consent among them, before anything "
    "is done.",
    "Demander si un cas de 230(3) s'applique, dont le consentement écrit, avant toute mesure.",
)
COUNTRY_STAYED = _why(
    "country-stayed",
    "Removals to this country are stayed.",
    "Les renvois vers ce pays font l'objet d'un sursis.",
    "IRPR 230(1)",
)
COUNTRY_DEFERRED = _why(
    "country-deferred",
    "Removals to this country are deferred.",
    "Les renvois vers ce pays sont reportés.",
    "Removals instrument ADR",
)
ENFORCEABLE = _why(
    "enforceable",
    "The order is in force and not stayed.",
    "La mesure a pris effet et n'est pas visée par un sursis.",
    "IRPA 48(1)",
)
NOT_IN_FORCE = _why(
    "not-in-force",
    "The order has not come into force.",
    "La mesure n'a pas pris effet.",
    "IRPA 48(1)",
)
ENFORCEABLE_OPEN = _why(
    "enforceable-open",
    "Whether the order can be enforced is not known.",
    "On ne sait pas si la mesure peut être exécutée.",
    "IRPA 48(1)",
)
CONDITIONAL = _why(
    "conditional",
    "The claim is not at an end: the order is conditional and has not come into force.",
    "La demande d'asile n'est pas réglée : la mesure est conditionnelle et n'a pas pris effet.",
    "IRPA 49(2)",
)
NO_AUTHORIZATION = _why(
    "no-authorization",
    "No authorization is needed to return once the order is enforced.",
    "Aucune autorisation n'est requise pour revenir une fois la mesure exécutée.",
    "IRPR 224(1), 225(4)",
)
AUTHORIZATION_FOR_LIFE = _why(
    "authorization-for-life",
    "An authorization is needed to return at any time.",
    "Une autorisation est requise en tout temps pour revenir.",
    "IRPR 226(1)",
)


def authorization(section: str, years: int) -> Reason:
    """An authorization for a number of years."""
    return _why(
        "authorization-for-years",
        f"An authorization is needed to return during {years} year(s) after enforcement.",
        f"Une autorisation est requise pour revenir pendant {years} an(s) après l'exécution.",
        section,
    )


def carrier_hours(told: datetime, due: datetime) -> Reason:
    """The hours of the carrier, to the minute; both instants in the offset of the notice."""
    by = due.isoformat(" ", "minutes")
    return _why(
        "carrier-hours",
        f"The carrier carries the person from Canada by {by}.",
        f"Le transporteur reconduit la personne hors du Canada au plus tard le {by}.",
        "IRPR 276(3)",
        Compared(ours=due.isoformat(), theirs=told.isoformat()),
    )


def into_force(citation: str, day: date) -> Reason:
    """The day counted under section 49."""
    return _why(
        "into-force",
        f"By the count of section 49 the order comes into force on {day}.",
        f"Selon le calcul de l'article 49, la mesure prend effet le {day}.",
        citation,
        Compared(ours=str(day)),
    )


def clock(enforceable: date, ends: date, held: int) -> Reason:
    """The thirty days as counted."""
    return _why(
        "thirty-days",
        f"Thirty days after {enforceable}, {held} day(s) not counted: the last day is {ends}.",
        f"Trente jours après le {enforceable}, {held} jour(s) non compté(s) : "
        f"le dernier jour est le {ends}.",
        "IRPR 224(2), 224(3)",
        Compared(ours="30 d", theirs=f"{held} d"),
    )
