"""The sentences an officer reads when the safe-third-country rule has answered."""

from smartborder.kernel.text import Text
from smartborder.model.reason import Compared, Reason


def _why(code: str, en: str, fr: str, citation: str, compared: Compared | None = None) -> Reason:
    return Reason(code=f"stca.{code}", detail=Text(en, fr), compared=compared, citation=citation)


RECEIVE = Text(
    "The claim is received whatever the answer here.",
    "La demande est reçue quelle que soit la réponse ici.",
)
GO_ON = Text(
    "Go on to the other tests of section 101 (rule asylum-eligibility).",
    "Passer aux autres critères de l'article 101 (règle asylum-eligibility).",
)
TELL_NOBODY = Text(
    "No message to the country of origin, a carrier or a consulate; the partner learns nothing "
    "unless it asks under its own article.",
    "Aucun message au pays d'origine, à un transporteur ou à un consulat; le partenaire "
    "n'apprend rien à moins de le demander au titre de son propre article.",
)
WRITTEN_REASONS = Text(
    "Give the claimant a copy of the reasons and of the record of interview.",
    "Remettre au demandeur une copie des motifs et du compte rendu d'entrevue.",
)
DISCRETION = Text(
    "Public-interest discretion of the Agreement belongs to a delegated official; ask the "
    "supervisor before removal.",
    "Le pouvoir discrétionnaire d'intérêt public de l'Accord appartient à un fonctionnaire "
    "délégué; consulter le superviseur avant le renvoi.",
)
NO_PRRA = Text(
    "No pre-removal risk assessment follows (112(2)(b)); return is to the United States (115(3)).",
    "Aucun examen des risques avant renvoi ne s'ensuit (112(2)b)); le renvoi se fait aux "
    "États-Unis (115(3)).",
)
SUSPENDED = _why(
    "suspended",
    "The Agreement is suspended by notice on that day.",
    "L'Accord est suspendu par avis ce jour-là.",
    "IRPR 159.7",
)
NOT_DESIGNATED = _why(
    "not-designated",
    "No country is designated on that day.",
    "Aucun pays n'est désigné ce jour-là.",
    "IRPR 159.3",
)
NOT_FROM_US = _why(
    "not-from-us",
    "The person did not come from the United States.",
    "La personne n'est pas arrivée des États-Unis.",
    "IRPA 101(1)(e)",
)
US_CITIZEN = _why(
    "us-citizen",
    "The United States is the person's own country.",
    "Les États-Unis sont le pays de nationalité de la personne.",
    "IRPA 101(1)(e)",
)
STATELESS_FROM_US = _why(
    "stateless-resident",
    "A stateless person whose former habitual residence is the United States.",
    "Apatride dont la résidence habituelle antérieure était aux États-Unis.",
    "IRPR 159.2",
)
ORIGIN_OPEN = _why(
    "origin-open",
    "It is not known whether the person came from the United States, or of which country they "
    "are a national.",
    "On ne sait pas si la personne est arrivée des États-Unis, ni de quel pays elle est "
    "ressortissante.",
    "IRPA 101(1)(e)",
)
HARBOUR = _why(
    "harbour-port",
    "Entry at a harbour port or ferry landing.",
    "Entrée à un port ou débarcadère de traversier.",
    "IRPR 159.4(1)(b)",
)
ELSEWHERE = _why(
    "elsewhere",
    "Entry at a place that is neither a port of entry nor along the land border.",
    "Entrée à un endroit qui n'est ni un point d'entrée ni le long de la frontière terrestre.",
    "IRPR 159.4(1)(a)",
)
AIRPORT = _why(
    "airport",
    "Entry at an airport, not in the course of a removal from the United States.",
    "Entrée à un aéroport, hors renvoi des États-Unis.",
    "IRPR 159.4(1)(c)",
)
IN_TRANSIT = _why(
    "removal-in-transit",
    "In transit through Canada under a removal order of the United States.",
    "En transit au Canada en exécution d'une mesure de renvoi des États-Unis.",
    "IRPR 159.4(2)",
)
TRANSIT_OPEN = _why(
    "transit-open",
    "It is not known whether the person is being removed from the United States through Canada.",
    "On ne sait pas si la personne est renvoyée des États-Unis en transit au Canada.",
    "IRPR 159.4(2)",
)
LAND_PORT = _why(
    "land-port",
    "Entry from the United States at a land port of entry.",
    "Entrée des États-Unis à un point d'entrée terrestre.",
    "IRPA 101(1)(e)",
)
PLACE_OPEN = _why(
    "place-open",
    "The place of entry is not known.",
    "L'endroit de l'entrée n'est pas connu.",
    "IRPR 159.4",
)
BEFORE_PROTOCOL = _why(
    "before-protocol",
    "Before 25 March 2023 the bar did not reach entries between ports.",
    "Avant le 25 mars 2023, la règle ne visait pas les entrées entre les points d'entrée.",
    "IRPR 159.4(1)(a)",
)
ENTERED_BEFORE_PROTOCOL = _why(
    "entered-before-protocol",
    "Entered before subsection (1.1) came into force and claimed after; counsel has not said "
    "whether it applies.",
    "Entrée avant l'entrée en vigueur du paragraphe (1.1), demande après; un juriste n'a pas dit "
    "s'il s'applique.",
    "IRPR 159.4(1.1)",
)
ENTRY_DAY_OPEN = _why(
    "entry-day-open",
    "The day of entry is not known, so the fourteen days cannot be counted.",
    "Le jour de l'entrée n'est pas connu; les quatorze jours ne peuvent être comptés.",
    "IRPR 159.4(1.1)",
)
NOT_ALL_ASKED = _why(
    "not-all-asked",
    "Not every exception, or what the claimant fears, has been asked and answered; nothing "
    "adverse may be proposed.",
    "Toutes les exceptions, ou les craintes du demandeur, n'ont pas été examinées; rien de "
    "défavorable ne peut être proposé.",
    "IRPR 159.5",
)


def within(compared: Compared) -> Reason:
    """Claimed inside the fourteen days."""
    return _why(
        "within-14-days",
        "Entered between ports and claimed less than fourteen days after the day of entry.",
        "Entrée entre les points d'entrée et demande moins de quatorze jours après le jour de "
        "l'entrée.",
        "IRPR 159.4(1.1)",
        compared,
    )


def beyond(compared: Compared) -> Reason:
    """Claimed on the fourteenth day or later."""
    return _why(
        "beyond-14-days",
        "Entered between ports and claimed fourteen days or more after the day of entry; "
        "101(1)(b.2) is asked next.",
        "Entrée entre les points d'entrée et demande quatorze jours ou plus après le jour de "
        "l'entrée; l'alinéa 101(1)b.2) est examiné ensuite.",
        "IRPR 159.4(1.1)",
        compared,
    )


def exception(citation: str) -> Reason:
    """The claimant established this exception."""
    return _why(
        "exception",
        f"An exception is established: {citation}.",
        f"Une exception est établie : {citation}.",
        citation,
    )
