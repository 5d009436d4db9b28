"""What has to be known of a removal: ground, claim, days of detention and of stay, departure."""

from datetime import date, datetime
from typing import Annotated, Literal

from smartborder.law.facts import Facts, says

Ground = Literal[
    "conviction-in-canada",
    "citizenship-renounced-40-1-c",
    "protection-ceased",
    "failed-to-appear",
    "returned-without-authorization",
    "no-visa-or-document",
    "overstay",
    "condition-of-stay",
    "declaration-22-1",
    "condition-43-1-e",
    "family-member",
    "family-member-claimant",
    "sanctions-35-1-d-e",
    "directed-back",
    "residency-obligation",
    "security",
    "rights-violation",
    "serious-criminality",
    "criminality-36-2-b-d",
    "organized-criminality",
    "health",
    "financial",
    "misrepresentation",
    "citizenship-revoked-40-1-d",
    "failed-examination",
    "permanent-resident-41-b",
    "not-shown-to-establish",
    "not-shown-to-leave",
    "other-failure",
]
OrderType = Literal["departure-order", "exclusion-order", "deportation-order"]
StayKind = Literal["50", "230", "231", "232", "233", "court-order"]


class Detention(Facts, frozen=True, kw_only=True):
    """One stretch of detention: from the day of detention to the day of release."""

    start: Annotated[date, says("Day of detention.", "Jour de la mise en détention.")]
    end: Annotated[
        date | None,
        says("Day of release; empty while detained.", "Jour de la libération; vide si détenu."),
    ] = None


class Stay(Facts, frozen=True, kw_only=True):
    """One stay of the order: from the day it began to the day it ended."""

    kind: Annotated[
        StayKind,
        says(
            "Section that stays it: IRPA 50, IRPR 230-233, or an order of a court.",
            "Disposition du sursis : LIPR 50, RIPR 230-233, ou ordonnance d'un tribunal.",
        ),
    ]
    start: Annotated[date, says("First day of the stay.", "Premier jour du sursis.")]
    end: Annotated[
        date | None,
        says(
            "Day the order was enforceable again; empty while it lasts.",
            "Jour où la mesure est redevenue exécutoire; vide tant qu'il dure.",
        ),
    ] = None


class RemovalFacts(Facts, frozen=True, kw_only=True):
    """One person and one order, made or to be made."""

    order: Annotated[
        OrderType | None,
        says(
            "Order already made; empty if the question is which to make.",
            "Mesure déjà prise; vide si la question est de savoir laquelle prendre.",
        ),
    ] = None
    authority: Annotated[
        Literal["minister-delegate", "immigration-division"] | None,
        says("Who makes the order.", "Qui prend la mesure."),
    ] = None
    ground: Annotated[
        Ground | None,
        says("Ground of inadmissibility.", "Motif d'interdiction de territoire."),
    ] = None
    other_grounds: Annotated[
        bool | None,
        says(
            "The report also has grounds that section 228 does not list.",
            "Le rapport comporte aussi des motifs que l'article 228 n'énumère pas.",
        ),
    ] = None
    family_order: Annotated[
        OrderType | None,
        says(
            "Order made against the inadmissible family member.",
            "Mesure prise contre le membre de la famille interdit.",
        ),
    ] = None
    claim_eligible_or_undetermined: Annotated[
        bool | None,
        says(
            "A refugee claim was made and is eligible or not yet determined.",
            "Une demande d'asile a été faite et est recevable ou non tranchée.",
        ),
    ] = None
    unaccompanied_minor_or_unable: Annotated[
        bool | None,
        says(
            "Under 18, or unable to appreciate the proceedings, and not accompanied by a parent "
            "or responsible adult.",
            "Moins de 18 ans, ou incapable de comprendre la procédure, et non accompagné d'un "
            "parent ou adulte responsable.",
        ),
    ] = None
    same_ground_before: Annotated[
        bool | None,
        says(
            "Was under a removal order on the same grounds before.",
            "A déjà été visé par une mesure pour les mêmes motifs.",
        ),
    ] = None
    failed_condition: Annotated[
        bool | None,
        says(
            "Failed a condition or obligation other than the one the order rests on.",
            "A manqué à une condition autre que celle qui fonde la mesure.",
        ),
    ] = None
    convicted: Annotated[
        bool | None,
        says(
            "Convicted in Canada of an indictable offence, or of two offences, other than the "
            "ground of the order.",
            "Condamné au Canada pour un acte criminel, ou pour deux infractions, hors motif de "
            "la mesure.",
        ),
    ] = None
    order_made_on: Annotated[
        date | None,
        says("Day the order was made.", "Jour où la mesure a été prise."),
    ] = None
    order_appeal: Annotated[
        Literal["no-right", "not-made", "pending", "decided"] | None,
        says(
            "The right to appeal the order: none; one, and no appeal was made; an appeal that is "
            "pending, or finally decided.",
            "Le droit d'appel de la mesure : aucun; un droit, sans appel interjeté; un appel en "
            "instance, ou définitivement tranché.",
        ),
    ] = None
    appeal_over_on: Annotated[
        date | None,
        says(
            "Day the time to appeal (the order, or the rejection of the claim) expired, or of the "
            "final decision on the appeal.",
            "Jour d'expiration du délai d'appel (de la mesure, ou du rejet de la demande), ou de "
            "la décision définitive sur l'appel.",
        ),
    ] = None
    claim_ended: Annotated[
        Literal[
            "no-claim",
            "undecided",
            "ineligible-safe-third-country",
            "ineligible",
            "rejected-no-appeal",
            "rejected",
            "appeal-rejected",
            "withdrawn",
            "abandoned",
            "terminated",
        ]
        | None,
        says(
            "What became of a refugee claim; that there is none says that it was asked, rejected "
            "that no appeal was made although one was open.",
            "Ce qu'il est advenu d'une demande d'asile; qu'il n'y en ait aucune signifie que la "
            "question a été posée, rejetée qu'aucun appel n'a été interjeté alors qu'il y en "
            "avait un.",
        ),
    ] = None
    claim_ended_on: Annotated[
        date | None,
        says(
            "Day of that determination or of the notice of it.",
            "Jour de cette décision ou de l'avis de celle-ci.",
        ),
    ] = None
    in_force: Annotated[
        bool | None,
        says("The order has come into force.", "La mesure a pris effet."),
    ] = None
    enforceable_on: Annotated[
        date | None,
        says("Day the order became enforceable.", "Jour où la mesure est devenue exécutoire."),
    ] = None
    detentions: Annotated[
        tuple[Detention, ...] | None,
        says(
            "Every detention since; an empty list means that there was none.",
            "Toutes les détentions depuis; une liste vide signifie qu'il n'y en a pas eu.",
        ),
    ] = None
    stays: Annotated[
        tuple[Stay, ...] | None,
        says(
            "Every stay since; an empty list means that there was none.",
            "Tous les sursis depuis; une liste vide signifie qu'il n'y en a pas eu.",
        ),
    ] = None
    destination: Annotated[
        str | None,
        says("Country of removal, alpha-3.", "Pays de renvoi, alpha-3."),
    ] = None
    stay_230_excluded: Annotated[
        bool | None,
        says(
            "One of 230(3) applies: serious ground, exclusion from refugee status, or written "
            "consent.",
            "Un cas de 230(3) s'applique : motif grave, exclusion du statut de réfugié ou "
            "consentement écrit.",
        ),
    ] = None
    departed_on: Annotated[
        date | None,
        says("Day the person left Canada.", "Jour où la personne a quitté le Canada."),
    ] = None
    has_departed: Annotated[
        bool | None,
        says("The person has left Canada.", "La personne a quitté le Canada."),
    ] = None
    verified_with_certificate: Annotated[
        bool | None,
        says(
            "Appeared at a port of entry and obtained the certificate of departure.",
            "A comparu à un point d'entrée et obtenu l'attestation de départ.",
        ),
    ] = None
    admitted_at_destination: Annotated[
        bool | None,
        says("Was let into the destination.", "A été admise à destination."),
    ] = None
    prra_notified_on: Annotated[
        date | None,
        says(
            "Day of the notice that a pre-removal risk assessment may be asked for.",
            "Jour de l'avis qu'un examen des risques avant renvoi peut être demandé.",
        ),
    ] = None
    carrier_notified_on: Annotated[
        date | None,
        says("Day the carrier was told to remove.", "Jour de l'avis au transporteur."),
    ] = None
    arrangements_notified_at: Annotated[
        datetime | None,
        says(
            "Instant at which the carrier notified an officer of its arrangements, with offset; "
            "the hours run from it.",
            "Instant où le transporteur a avisé un agent de ses dispositions, avec décalage; les "
            "heures courent de là.",
        ),
    ] = None
    arrangements_notified_on: Annotated[
        date | None,
        says(
            "Day of that notice, where its hour is not known.",
            "Jour de cet avis, si l'heure n'en est pas connue.",
        ),
    ] = None
