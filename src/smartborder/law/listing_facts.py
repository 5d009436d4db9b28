"""What has to be known of a listing and of an application to be taken off a list."""

from datetime import date
from typing import Annotated, Literal

from smartborder.kernel.text import Text
from smartborder.law.facts import Facts, says
from smartborder.law.rule import UNDETERMINED, Word


class ListingFacts(Facts, frozen=True, kw_only=True):
    """One entry of one list, and the application about it, if any."""

    scheme: Annotated[
        Literal["criminal-code", "un-list", "secure-air-travel"] | None,
        says("Which list.", "De quelle liste il s'agit."),
    ] = None
    listed_on: Annotated[
        date | None,
        says("Day of listing or designation.", "Jour de l'inscription ou de la désignation."),
    ] = None
    last_review_on: Annotated[
        date | None, says("Day of the last review.", "Jour du dernier examen.")
    ] = None
    applied: Annotated[
        bool | None,
        says("An application to be removed was made.", "Une demande de radiation a été faite."),
    ] = None
    application_received_on: Annotated[
        date | None,
        says("Day the application was received.", "Jour de réception de la demande."),
    ] = None
    agreed_until: Annotated[
        date | None,
        says(
            "Last day of a longer period agreed in writing.",
            "Dernier jour d'un délai plus long convenu par écrit.",
        ),
    ] = None
    extended_on_notice: Annotated[
        bool | None,
        says(
            "The Minister gave notice of a further period.",
            "Le ministre a avisé d'un délai supplémentaire.",
        ),
    ] = None
    decision: Annotated[
        Literal["none", "remain", "remove"] | None,
        says("What was decided.", "Ce qui a été décidé."),
    ] = None
    decided_on: Annotated[date | None, says("Day of the decision.", "Jour de la décision.")] = None
    notice_received_on: Annotated[
        date | None,
        says(
            "Day the applicant received the notice of decision.",
            "Jour où le demandeur a reçu l'avis de décision.",
        ),
    ] = None
    mistaken_identity_asked_on: Annotated[
        date | None,
        says(
            "Day somebody asked for a certificate of mistaken identity.",
            "Jour où une personne a demandé un certificat d'erreur sur la personne.",
        ),
    ] = None


LISTING_WORDS = (
    Word(word="removed", means=Text("Taken off the list.", "Radiée de la liste.")),
    Word(
        word="deemed-removed",
        means=Text("Silence took it off the list.", "Le silence l'a radiée de la liste."),
    ),
    Word(
        word="pending",
        means=Text("An application is within its time.", "Une demande est dans son délai."),
    ),
    Word(
        word="may-apply", means=Text("An application may be made.", "Une demande peut être faite.")
    ),
    UNDETERMINED,
    Word(word="listed", means=Text("Listed; no application.", "Inscrite; aucune demande.")),
    Word(
        word="remains",
        means=Text("It was decided that it stays.", "Il a été décidé qu'elle reste inscrite."),
    ),
    Word(
        word="deemed-to-remain",
        means=Text(
            "Silence counts as a decision that it stays.",
            "Le silence vaut décision qu'elle reste inscrite.",
        ),
    ),
)
