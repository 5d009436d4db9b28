"""What a holder of property has to know before it freezes, reports, or does neither."""

from datetime import date
from typing import Annotated, Literal

from smartborder.kernel.text import Text
from smartborder.law.facts import Facts, says
from smartborder.law.rule import UNDETERMINED, Word


class Owner(Facts, frozen=True, kw_only=True):
    """One owner of an entity."""

    listed: Annotated[
        bool,
        says(
            "The owner is itself listed or blocked.",
            "Le propriétaire est lui-même inscrit ou bloqué.",
        ),
    ]
    percent: Annotated[
        float,
        says(
            "Share held, in percent, as exactly as it is known.",
            "Part détenue, en pour cent, aussi exactement qu'elle est connue.",
        ),
    ]


class FreezingFacts(Facts, frozen=True, kw_only=True):
    """One holder, one holding, one match."""

    holder: Annotated[
        Literal["any-person", "listed-institution"] | None,
        says(
            "Who holds the property: any person, or an institution that reports monthly.",
            "Qui détient les biens : toute personne, ou une institution qui fait rapport chaque "
            "mois.",
        ),
    ] = None
    match: Annotated[
        Literal["none", "name-only", "confirmed"] | None,
        says(
            "Result of screening the owner against this country's list; confirmed means by "
            "identifiers.",
            "Résultat du filtrage du propriétaire avec la liste de ce pays; confirmé signifie "
            "par identifiants.",
        ),
    ] = None
    owned_or_controlled: Annotated[
        bool | None,
        says(
            "The property is owned or controlled by or on behalf of the listed entity.",
            "Les biens appartiennent à l'entité inscrite, ou sont contrôlés par elle ou pour elle.",
        ),
    ] = None
    owners: Annotated[
        tuple[Owner, ...] | None,
        says(
            "Owners of the account holder, where it is an entity that is not listed itself.",
            "Propriétaires du titulaire, s'il s'agit d'une entité non inscrite elle-même.",
        ),
    ] = None
    authorized: Annotated[
        bool | None,
        says(
            "A permit or licence covers this dealing.",
            "Un permis ou une licence couvre cette opération.",
        ),
    ] = None
    blocked_on: Annotated[
        date | None,
        says("Day the property was frozen or blocked.", "Jour du gel ou du blocage des biens."),
    ] = None
    rejected_on: Annotated[
        date | None,
        says("Day a transaction was rejected.", "Jour du rejet d'une opération."),
    ] = None


FREEZING_WORDS = (
    Word(word="no-duty", means=Text("No duty arises.", "Aucune obligation ne naît.")),
    Word(word="nil-report", means=Text("A nil report is due.", "Un rapport néant est dû.")),
    Word(
        word="authorized",
        means=Text(
            "The dealing is covered by a permit.", "L'opération est couverte par un permis."
        ),
    ),
    Word(
        word="check-identity",
        means=Text(
            "A name alone never freezes; identifiers are compared first.",
            "Un nom seul ne gèle jamais; les identifiants sont d'abord comparés.",
        ),
    ),
    UNDETERMINED,
    Word(
        word="freeze-and-report",
        means=Text(
            "Nobody may deal in the property, and it is reported.",
            "Nul ne peut effectuer d'opérations sur les biens, et ils sont déclarés.",
        ),
        adverse=True,
    ),
)
