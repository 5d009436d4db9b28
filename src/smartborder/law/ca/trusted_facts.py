"""What is asked of a trusted traveller or driver, and of one crossing."""

from datetime import date
from typing import Annotated, Literal

from smartborder.law.facts import Facts, says

Standing = Literal[
    "citizen-canada",
    "permanent-resident-canada",
    "citizen-united-states",
    "permanent-resident-united-states",
    "citizen-elsewhere-reciprocal",
    "other",
]


class TrustedFacts(Facts, frozen=True, kw_only=True):
    """Facts common to NEXUS and FAST."""

    standing: Annotated[
        Standing | None,
        says(
            "Citizenship or residence that counts, if need be as a member of the programme of a "
            "country with a reciprocal arrangement.",
            "Citoyenneté ou résidence qui compte, au besoin comme membre du programme d'un pays "
            "lié par réciprocité.",
        ),
    ] = None
    commercial_driver: Annotated[
        bool | None,
        says("Is a commercial driver.", "Est un conducteur commercial."),
    ] = None
    good_character: Annotated[
        bool | None, says("Is of good character.", "Est de bonnes vie et mœurs.")
    ] = None
    inadmissible: Annotated[
        bool | None,
        says("Is inadmissible to Canada.", "Est interdite de territoire au Canada."),
    ] = None
    biometric_consent: Annotated[
        bool | None,
        says("Consented in writing to biometrics.", "A consenti par écrit à la biométrie."),
    ] = None
    fingerprints: Annotated[
        bool | None,
        says(
            "Gave fingerprints and consented to the checks.",
            "A fourni ses empreintes et consenti aux vérifications.",
        ),
    ] = None
    information_true: Annotated[
        bool | None,
        says(
            "The application is true, accurate and complete.",
            "La demande est véridique, exacte et complète.",
        ),
    ] = None
    us_confirmed: Annotated[
        bool | None,
        says(
            "The United States confirmed eligibility: yes or no, never why.",
            "Les États-Unis ont confirmé l'admissibilité : oui ou non, jamais pourquoi.",
        ),
    ] = None
    question: Annotated[
        Literal["membership", "lane", "sanction", "review"] | None,
        says(
            "What is asked: membership, use of the lane, a suspension or cancellation, a review.",
            "Ce qui est demandé : adhésion, usage de la voie, suspension ou annulation, révision.",
        ),
    ] = None
    issued_on: Annotated[
        date | None,
        says("Day the authorization was issued.", "Jour de délivrance de l'autorisation."),
    ] = None
    suspended_or_cancelled: Annotated[
        bool | None,
        says(
            "A suspension or cancellation is in effect.",
            "Une suspension ou annulation est en vigueur.",
        ),
    ] = None
    everyone_aboard_authorized: Annotated[
        bool | None,
        says("Every person aboard is authorized.", "Toutes les personnes à bord sont autorisées."),
    ] = None
    commercial_goods: Annotated[
        bool | None,
        says(
            "Commercial goods: aboard the conveyance (NEXUS), in hand or baggage (FAST).",
            "Marchandises commerciales : à bord (NEXUS), sur soi ou dans les bagages (EXPRES).",
        ),
    ] = None
    sanction_ground: Annotated[
        Literal["requirements", "contravention", "untrue-information", "none"] | None,
        says(
            "Ground of the suspension or cancellation.",
            "Motif de la suspension ou de l'annulation.",
        ),
    ] = None
    told_in_person_on: Annotated[
        date | None,
        says(
            "Day an officer said so in person.",
            "Jour où un agent l'a annoncé en personne.",
        ),
    ] = None
    notice_sent_on: Annotated[
        date | None,
        says("Day the written notice was sent.", "Jour d'envoi de l'avis écrit."),
    ] = None
    rejected_on: Annotated[
        date | None,
        says("Day the application was rejected.", "Jour du rejet de la demande."),
    ] = None
    review_sent_on: Annotated[
        date | None,
        says("Day the request for review was sent.", "Jour d'envoi de la demande de révision."),
    ] = None


class NexusFacts(TrustedFacts, frozen=True, kw_only=True):
    """One applicant or member of NEXUS."""

    resided_only_here_three_years: Annotated[
        bool | None,
        says(
            "Resided only in Canada or the United States for three years, postings counted as "
            "home.",
            "A résidé seulement au Canada ou aux États-Unis pendant trois ans, affectations "
            "comprises.",
        ),
    ] = None
    exempt_child: Annotated[
        bool | None,
        says(
            "A child under 18, permanent resident, adopted or born abroad as 5(2)(c) says.",
            "Enfant de moins de 18 ans, résident permanent, adopté ou né à l'étranger selon "
            "5(2)c).",
        ),
    ] = None
    minor: Annotated[bool | None, says("Is under 18 years of age.", "A moins de 18 ans.")] = None
    parents_consent: Annotated[
        bool | None,
        says(
            "Every other parent and guardian consents.",
            "Tous les autres parents et tuteurs consentent.",
        ),
    ] = None


class FastFacts(TrustedFacts, frozen=True, kw_only=True):
    """One applicant or holder of a FAST card, and one load."""

    birth_date: Annotated[date | None, says("Birth date.", "Date de naissance.")] = None
    licence_valid: Annotated[
        bool | None,
        says("Holds a valid driver's licence.", "Titulaire d'un permis de conduire valide."),
    ] = None
    carrier_approved: Annotated[
        bool | None,
        says(
            "The carrier is in the self-assessment programme.",
            "Le transporteur est inscrit à l'autocotisation.",
        ),
    ] = None
    importer_approved: Annotated[
        bool | None,
        says(
            "The importer is in the self-assessment programme and gave its instruction.",
            "L'importateur est inscrit à l'autocotisation et a donné son instruction.",
        ),
    ] = None
    permit_needed: Annotated[
        bool | None,
        says(
            "The goods need a permit or other document.",
            "Les marchandises exigent une licence ou un autre document.",
        ),
    ] = None
