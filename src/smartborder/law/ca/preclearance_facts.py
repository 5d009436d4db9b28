"""One act of one officer towards one traveller in a preclearance area or perimeter."""

from typing import Annotated, Literal

from smartborder.law.facts import Facts, says

Act = Literal[
    "identify",
    "question",
    "question-reason-for-withdrawing",
    "collect-information",
    "record-identity",
    "photograph",
    "collect-biometrics",
    "search-goods",
    "look-at-conveyance",
    "scan-conveyance",
    "frisk-search",
    "strip-search",
    "monitored-bowel-movement",
    "x-ray-or-cavity-search",
    "use-withdrawal-information",
    "refuse-admission",
    "arrest-under-us-law",
]


class PreclearanceFacts(Facts, frozen=True, kw_only=True):
    """Who wants to do what, where, in which state of the visit, and on what grounds."""

    officer: Annotated[
        Literal["preclearance-officer", "border-services-officer"] | None,
        says(
            "United States preclearance officer, or Canadian border services officer.",
            "Contrôleur des États-Unis, ou agent des services frontaliers du Canada.",
        ),
    ] = None
    act: Annotated[Act | None, says("What is to be done.", "Ce qui doit être fait.")] = None
    place: Annotated[
        Literal["area", "perimeter"] | None,
        says("Preclearance area or perimeter.", "Zone ou périmètre de précontrôle."),
    ] = None
    state: Annotated[
        Literal["in-preclearance", "withdrawing", "detained"] | None,
        says(
            "Being examined, withdrawing, or detained before any withdrawal.",
            "En cours de contrôle, en retrait, ou détenu avant tout retrait.",
        ),
    ] = None
    in_transit: Annotated[
        bool | None,
        says(
            "In transit from abroad to the United States, without entering Canada.",
            "En transit de l'étranger vers les États-Unis, sans entrer au Canada.",
        ),
    ] = None
    notice_posted: Annotated[
        bool | None,
        says(
            "Notice of the right to withdraw is posted or given in the area.",
            "Un avis du droit de retrait est affiché ou donné dans la zone.",
        ),
    ] = None
    suspects_concealed_goods: Annotated[
        bool | None,
        says(
            "Reasonable grounds to suspect goods or a danger concealed on (or in) the person.",
            "Motifs raisonnables de soupçonner des marchandises ou un danger dissimulés sur (ou "
            "dans) la personne.",
        ),
    ] = None
    search_necessary: Annotated[
        bool | None,
        says(
            "The search is necessary to conduct preclearance or secure the border.",
            "La fouille est nécessaire au précontrôle ou à la sécurité de la frontière.",
        ),
    ] = None
    suspects_offence: Annotated[
        bool | None,
        says(
            "Reasonable grounds to suspect an offence under an Act of Parliament.",
            "Motifs raisonnables de soupçonner une infraction à une loi fédérale.",
        ),
    ] = None
    threatens_border: Annotated[
        bool | None,
        says(
            "Reasonable grounds to suspect that the traveller could compromise the border.",
            "Motifs raisonnables de soupçonner que le voyageur pourrait compromettre la frontière.",
        ),
    ] = None
    photo_identification: Annotated[
        bool | None,
        says(
            "Produced photo identification that allows the identity to be verified.",
            "A produit une pièce avec photo permettant de vérifier l'identité.",
        ),
    ] = None
    unreasonable_delay: Annotated[
        bool | None,
        says(
            "The act would unreasonably delay the withdrawal.",
            "L'acte retarderait indûment le retrait.",
        ),
    ] = None
    told_of_senior_officer: Annotated[
        bool | None,
        says(
            "Was told of the right to be taken before a senior officer.",
            "A été informé du droit d'être conduit devant l'agent principal.",
        ),
    ] = None
    senior_officer: Annotated[
        Literal["not-asked-for", "agrees", "does-not-agree"] | None,
        says(
            "Outcome, if the traveller asked for the senior officer.",
            "Résultat, si le voyageur a demandé l'agent principal.",
        ),
    ] = None
    same_sex: Annotated[
        bool | None,
        says(
            "The person who searches is of the same sex as the traveller.",
            "La personne qui fouille est du même sexe que le voyageur.",
        ),
    ] = None
    border_officer: Annotated[
        Literal["not-requested", "conducts", "declines", "not-able", "did-not-arrive"] | None,
        says(
            "What came of the request that a border services officer conduct the strip search.",
            "Suite donnée à la demande qu'un agent des services frontaliers effectue la fouille "
            "à nu.",
        ),
    ] = None
    consents: Annotated[bool | None, says("The traveller consents.", "Le voyageur consent.")] = None
    border_security_purpose: Annotated[
        bool | None,
        says(
            "The information is used to secure the border, or as law otherwise authorizes.",
            "Les renseignements servent à la sécurité de la frontière, ou selon ce que la loi "
            "autorise.",
        ),
    ] = None
