"""Facts about a person who travels to a country: what a passenger list and our registers give."""

from datetime import date
from typing import Annotated, Literal

from smartborder.kernel.text import Text
from smartborder.law.facts import Facts, says
from smartborder.law.rule import UNDETERMINED, Word

DocumentType = Literal[
    "passport",
    "diplomatic-passport",
    "official-passport",
    "emergency-travel-document",
    "refugee-travel-document",
    "stateless-travel-document",
    "laissez-passer",
    "permanent-resident-card",
    "crew-certificate",
    "identity-card",
    "military-identity",
    "trusted-traveller-card",
    "other",
    "none",
]
TRAVEL_DOCUMENTS: frozenset[str] = frozenset(
    {
        "passport",
        "diplomatic-passport",
        "official-passport",
        "emergency-travel-document",
        "refugee-travel-document",
        "stateless-travel-document",
        "laissez-passer",
    }
)
PASSPORTS: frozenset[str] = frozenset({"passport", "diplomatic-passport", "official-passport"})

SpecialExemption = Literal[
    "none",
    "diplomat",
    "visiting-force",
    "crew-agreement",
    "refuelling-stop",
    "unscheduled-stop",
    "transit-programme",
    "re-entry-from-neighbour",
    "flight-inspector",
    "accident-investigator",
    "royal-family",
    "st-pierre-resident",
    "greenland-resident",
    "registered-indian",
]


class VisaFacts(Facts, frozen=True, kw_only=True):
    """Who needs what to come: the facts that decide visa and travel authorisation."""

    nationalities: Annotated[
        tuple[str, ...] | None,
        says(
            "Every nationality: ISO 3166 alpha-3 or a Doc 9303 code (XXA stateless, XXB and XXC "
            "refugee, GBD, GBN, GBO, GBS British forms); the one of the document first.",
            "Toutes les nationalités : code ISO 3166 alpha-3 ou code du Doc 9303 (XXA apatride, "
            "XXB et XXC réfugié, GBD, GBN, GBO, GBS formes britanniques); celle du document en "
            "premier.",
        ),
    ] = None
    mode: Annotated[
        Literal["air", "land", "sea", "rail"] | None,
        says("How the person arrives.", "Mode d'arrivée."),
    ] = None
    role: Annotated[
        Literal["passenger", "crew"] | None,
        says(
            "Passenger, or member of the crew that carries or will carry them.",
            "Passager, ou membre de l'équipage en service ou appelé à l'être.",
        ),
    ] = None
    passport_feature: Annotated[
        bool | None,
        says(
            "The passport has what an exemption asks of it: electronic chip (Romania), personal "
            "identification number (Taiwan), national passport (Israel), right of abode or "
            "re-admissibility (British forms).",
            "Le passeport a ce qu'exige une dispense : puce électronique (Roumanie), numéro "
            "d'identification personnel (Taïwan), passeport national (Israël), droit de "
            "résidence ou réadmissibilité (formes britanniques).",
        ),
    ] = None
    us_permanent_resident: Annotated[
        bool | None,
        says(
            "Lawfully admitted to the United States for permanent residence, with proof.",
            "Légalement admise aux États-Unis à titre de résident permanent, preuve à l'appui.",
        ),
    ] = None
    special_exemption: Annotated[
        SpecialExemption | None,
        says(
            "Exemption by status or purpose of entry, or none once it was asked.",
            "Dispense selon la qualité ou l'objet de l'entrée, ou aucune une fois la question "
            "posée.",
        ),
    ] = None


class BoardingFacts(VisaFacts, frozen=True, kw_only=True):
    """One traveller on a list to or from us: the report, and what our registers hold.

    Holdings come from registers; ``None`` means that the register was not or could not be
    asked, ``False`` that it was asked and holds nothing.
    """

    direction: Annotated[
        Literal["inbound", "outbound", "overflight"] | None,
        says(
            "Whether this leg lands with us from abroad.",
            "Indique si ce vol arrive chez nous de l'étranger.",
        ),
    ] = None
    from_country: Annotated[
        str | None,
        says("Country of embarkation, ISO 3166 alpha-3.", "Pays d'embarquement, ISO 3166 alpha-3."),
    ] = None
    in_transit: Annotated[
        bool | None,
        says(
            "Booked through to a third country.",
            "Billet continuant vers un pays tiers.",
        ),
    ] = None
    document_type: Annotated[
        DocumentType | None,
        says(
            "The document reported, or none if the carrier states that there is none.",
            "Document déclaré, ou aucun si le transporteur indique qu'il n'y en a pas.",
        ),
    ] = None
    document_number: Annotated[
        str | None, says("Its number as reported.", "Son numéro, tel que déclaré.")
    ] = None
    document_issuer: Annotated[
        str | None,
        says("Issuing state, Doc 9303 code.", "État de délivrance, code du Doc 9303."),
    ] = None
    document_expires: Annotated[
        date | None, says("Last day of validity.", "Dernier jour de validité.")
    ] = None
    visa: Annotated[
        bool | None,
        says(
            "A valid visa of the country of arrival is on file for this person.",
            "Un visa valide du pays d'arrivée est au dossier de la personne.",
        ),
    ] = None
    travel_authorisation: Annotated[
        bool | None,
        says(
            "A valid electronic travel authorisation of the country of arrival (eTA, ESTA) is on "
            "file for this passport.",
            "Une autorisation de voyage électronique valide du pays d'arrivée (AVE, ESTA) est au "
            "dossier pour ce passeport.",
        ),
    ] = None
    permanent_resident_document: Annotated[
        bool | None,
        says(
            "A valid permanent resident card, or travel document for permanent residents, of the "
            "country of arrival.",
            "Carte de résident permanent, ou titre de voyage pour résidents permanents, valide, "
            "du pays d'arrivée.",
        ),
    ] = None
    refugee_travel_document: Annotated[
        bool | None,
        says(
            "A valid refugee travel document issued by the country of arrival.",
            "Titre de voyage de réfugié valide délivré par le pays d'arrivée.",
        ),
    ] = None
    temporary_travel_document: Annotated[
        bool | None,
        says(
            "A travel document issued for this journey (protected person abroad, boarding foil, "
            "advance parole).",
            "Titre de voyage délivré pour ce trajet (personne protégée à l'étranger, vignette "
            "d'embarquement, autorisation de retour).",
        ),
    ] = None
    entry_permit: Annotated[
        bool | None,
        says(
            "A valid permit that lets the person in despite an inadmissibility.",
            "Permis valide qui admet la personne malgré une interdiction de territoire.",
        ),
    ] = None
    prescribed_person: Annotated[
        Literal["no", "possible", "yes"] | None,
        says(
            "Result of the register of persons who may not be carried.",
            "Résultat du registre des personnes qui ne peuvent être transportées.",
        ),
    ] = None
    prescribed_ground: Annotated[
        Literal["declaration", "no-authorisation-to-return", "emergency-order"] | None,
        says("Why the register holds the person.", "Motif d'inscription au registre."),
    ] = None
    prescribed_number_equal: Annotated[
        bool | None,
        says(
            "The document number equals the one in the register.",
            "Le numéro du document est identique à celui du registre.",
        ),
    ] = None
    prescribed_birth_date_equal: Annotated[
        bool | None,
        says(
            "The birth date equals the one in the register.",
            "La date de naissance est identique à celle du registre.",
        ),
    ] = None


BOARDING_WORDS = (
    Word(
        word="board",
        means=Text(
            "Nothing in the law stands against boarding.",
            "Rien ne s'oppose en droit à l'embarquement.",
        ),
    ),
    Word(
        word="insufficient",
        means=Text(
            "The report lacks data; the carrier sends it again.",
            "La déclaration est incomplète; le transporteur la renvoie.",
        ),
    ),
    UNDETERMINED,
    Word(
        word="no-board",
        means=Text(
            "A prescribed document is missing, or the person is one who may not be carried.",
            "Un document réglementaire manque, ou la personne ne peut être transportée.",
        ),
        adverse=True,
    ),
)

VISA_WORDS = (
    Word(
        word="nothing",
        means=Text("Neither visa nor travel authorisation.", "Ni visa ni autorisation de voyage."),
    ),
    Word(
        word="travel-authorisation",
        means=Text(
            "A travel authorisation; a visa does as well.",
            "Une autorisation de voyage; un visa convient aussi.",
        ),
    ),
    Word(
        word="travel-authorisation-or-visa",
        means=Text(
            "A visa, or a travel authorisation for those who may apply for one.",
            "Un visa, ou une autorisation de voyage pour qui peut en demander une.",
        ),
    ),
    Word(word="visa", means=Text("A visa.", "Un visa.")),
    UNDETERMINED,
)

CARRIER_NOTICE = Text(
    "The carrier receives a code and no reason.",
    "Le transporteur reçoit un code, sans motif.",
)
CARRIER_REDRESS = Text(
    "Carrier help desk at once; an officer may override until departure.",
    "Bureau d'aide aux transporteurs, sur-le-champ; un agent peut y déroger jusqu'au départ.",
)
