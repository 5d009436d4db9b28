"""What the safe-third-country interview asks, one field per question."""

from datetime import date
from typing import Annotated, Literal

from smartborder.law.facts import Facts, says

Relation = Literal[
    "spouse",
    "common-law-partner",
    "legal-guardian",
    "child",
    "father",
    "mother",
    "brother",
    "sister",
    "grandfather",
    "grandmother",
    "grandchild",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "cousin",
    "other",
]
FamilyStatus = Literal[
    "citizen",
    "protected-person",
    "permanent-resident",
    "removal-stayed-233",
    "claim-referred",
    "work-permit",
    "study-permit",
    "other",
]


class FamilyMember(Facts, frozen=True, kw_only=True):
    """One relative named by the claimant."""

    relation: Annotated[
        Relation, says("What they are to the claimant.", "Leur lien avec le demandeur.")
    ]
    in_canada: Annotated[bool | None, says("They are in Canada.", "Ils se trouvent au Canada.")] = (
        None
    )
    status: Annotated[
        FamilyStatus | None, says("Their status in Canada.", "Leur statut au Canada.")
    ] = None
    adult: Annotated[bool | None, says("They are 18 or older.", "Ils ont 18 ans ou plus.")] = None
    claim_ended: Annotated[
        bool | None,
        says(
            "Their referred claim was withdrawn, abandoned, rejected, terminated or nullified.",
            "Leur demande déférée a été retirée, désistée, rejetée, interrompue ou annulée.",
        ),
    ] = None
    permit_excluded: Annotated[
        bool | None,
        says(
            "The work permit was issued under 206(b) or became invalid (209), or the study "
            "permit became invalid (222).",
            "Le permis de travail relève de 206b) ou est devenu invalide (209), ou le permis "
            "d'études est devenu invalide (222).",
        ),
    ] = None


class StcaFacts(Facts, frozen=True, kw_only=True):
    """The claimant, how they came, and every exception; the day asked about is the claim's."""

    came_from_us: Annotated[
        bool | None,
        says(
            "Came to Canada directly or indirectly from the United States (not its territories).",
            "Arrivée directe ou indirecte des États-Unis (hors territoires).",
        ),
    ] = None
    place: Annotated[
        Literal["land-port", "between-ports", "elsewhere", "harbour-port", "airport"] | None,
        says(
            "Where the claimant seeks to enter or entered: land port of entry; between ports "
            "along the land border, boundary waters included; another place that is no port; "
            "harbour port or ferry landing; airport.",
            "Endroit de l'entrée : point d'entrée terrestre; entre les points d'entrée le long "
            "de la frontière terrestre, eaux comprises; autre endroit qui n'est pas un point "
            "d'entrée; port ou débarcadère de traversier; aéroport.",
        ),
    ] = None
    entry_date: Annotated[
        date | None,
        says(
            "Day of entry, for entries between ports; may be partial or a range.",
            "Jour de l'entrée, entre les points d'entrée; peut être partiel ou une période.",
        ),
    ] = None
    claim_date: Annotated[
        date | None,
        says(
            "Day the claim was made; the law of that day applies.",
            "Jour de la demande; le droit de ce jour s'applique.",
        ),
    ] = None
    removal_in_transit: Annotated[
        bool | None,
        says(
            "Ordered removed from the United States and in transit through Canada under that "
            "order.",
            "Renvoyé des États-Unis et en transit au Canada en exécution de cette mesure.",
        ),
    ] = None
    nationalities: Annotated[
        tuple[str, ...] | None,
        says(
            "Every nationality, ISO 3166 alpha-3; XXA if stateless.",
            "Toutes les nationalités, ISO 3166 alpha-3; XXA pour l'apatride.",
        ),
    ] = None
    habitual_residence: Annotated[
        tuple[str, ...] | None,
        says(
            "Countries of former habitual residence, for a stateless person.",
            "Pays de résidence habituelle antérieure, pour l'apatride.",
        ),
    ] = None
    birth_date: Annotated[
        date | None,
        says(
            "Birth date; an age in dispute is given by its readings.",
            "Date de naissance; un âge contesté se donne par ses lectures.",
        ),
    ] = None
    family: Annotated[
        tuple[FamilyMember, ...] | None,
        says(
            "Relatives the claimant names; an empty list means that it was asked and there are "
            "none.",
            "Membres de la famille nommés; une liste vide signifie que la question a été posée "
            "et qu'il n'y en a pas.",
        ),
    ] = None
    accompanied: Annotated[
        bool | None,
        says(
            "Accompanied by mother, father or legal guardian (asked of minors).",
            "Accompagné de la mère, du père ou du tuteur légal (pour un mineur).",
        ),
    ] = None
    has_spouse_or_partner: Annotated[
        bool | None,
        says(
            "Has a spouse or common-law partner (asked of minors).",
            "A un époux ou conjoint de fait (pour un mineur).",
        ),
    ] = None
    parent_in_canada_or_us: Annotated[
        bool | None,
        says(
            "Has a mother, father or legal guardian in Canada or the United States (asked of "
            "minors).",
            "A sa mère, son père ou un tuteur légal au Canada ou aux États-Unis (pour un mineur).",
        ),
    ] = None
    document: Annotated[
        Literal[
            "permanent-resident-visa",
            "temporary-resident-visa",
            "temporary-resident-permit",
            "permanent-resident-travel-document",
            "refugee-travel-papers",
            "temporary-travel-document",
            "transit-only",
            "none",
        ]
        | None,
        says(
            "Canadian document held, or none once it was asked.",
            "Document canadien détenu, ou aucun une fois la question posée.",
        ),
    ] = None
    passport_feature: Annotated[
        bool | None,
        says(
            "The passport has what a visa exemption asks of it (see visa-requirement).",
            "Le passeport a ce qu'exige une dispense de visa (voir visa-requirement).",
        ),
    ] = None
    us_permanent_resident: Annotated[
        bool | None,
        says(
            "Lawfully admitted to the United States for permanent residence.",
            "Légalement admis aux États-Unis à titre de résident permanent.",
        ),
    ] = None
    us_waiver_barred: Annotated[
        bool | None,
        says(
            "Barred from the visa waiver of the United States (visits to listed countries and "
            "the like).",
            "Exclu de l'exemption de visa des États-Unis (séjours dans des pays visés, etc.).",
        ),
    ] = None
    us_visa_required: Annotated[
        bool | None,
        says(
            "An officer established that the United States does, or does not, ask a visa of this "
            "person.",
            "Un agent a établi que les États-Unis exigent, ou non, un visa de cette personne.",
        ),
    ] = None
    refused_by_us_unadjudicated: Annotated[
        bool | None,
        says(
            "Comes back after the United States refused entry without adjudicating a refugee "
            "claim.",
            "Revient après un refus d'entrée aux États-Unis sans décision sur une demande d'asile.",
        ),
    ] = None
    resident_removed_from_us: Annotated[
        bool | None,
        says(
            "A permanent resident of Canada removed from the United States and being returned.",
            "Résident permanent du Canada renvoyé des États-Unis et retourné au Canada.",
        ),
    ] = None
    death_penalty: Annotated[
        bool | None,
        says(
            "Charged with or convicted of an offence punishable by death where charged or "
            "convicted.",
            "Accusé ou déclaré coupable d'une infraction punissable de mort là où il l'est.",
        ),
    ] = None
    fear_asked: Annotated[
        bool | None,
        says(
            "The claimant was asked what they fear if returned, and the answer was recorded.",
            "On a demandé au demandeur ce qu'il craint en cas de renvoi, et la réponse a été "
            "consignée.",
        ),
    ] = None
