"""What has to be known to say whether advance cargo data came in time."""

from datetime import datetime
from typing import Annotated, Literal

from smartborder.kernel.text import Text
from smartborder.law.facts import Facts, says
from smartborder.law.rule import UNDETERMINED, Word


class CargoFacts(Facts, frozen=True, kw_only=True):
    """One transmission about one shipment or conveyance; every instant with its offset."""

    mode: Annotated[
        Literal["highway", "rail", "air", "marine"] | None,
        says("How the goods arrive.", "Mode d'arrivée des marchandises."),
    ] = None
    subject: Annotated[
        Literal["shipment", "conveyance", "stow-plan"] | None,
        says(
            "Data about the shipment, about the conveyance, or (by water) where the containers "
            "are stowed.",
            "Renseignements sur l'envoi, sur le moyen de transport, ou (par eau) sur l'arrimage "
            "des conteneurs.",
        ),
    ] = None
    given_at: Annotated[
        datetime | None,
        says("Instant the data were received.", "Instant de réception des renseignements."),
    ] = None
    arrives_at: Annotated[
        datetime | None,
        says(
            "Arrival: scheduled, or actual once it has happened.",
            "Arrivée : prévue, ou réelle une fois survenue.",
        ),
    ] = None
    departs_at: Annotated[
        datetime | None,
        says("Departure or sailing from abroad.", "Départ ou appareillage de l'étranger."),
    ] = None
    loaded_at: Annotated[
        datetime | None,
        says("Loading aboard abroad.", "Chargement à bord, à l'étranger."),
    ] = None
    cargo: Annotated[
        Literal["container", "bulk", "empty-container", "other"] | None,
        says(
            "Kind of cargo; for a conveyance, what it carries, 'container' if any is aboard.",
            "Genre de fret; pour un moyen de transport, ce qu'il porte, « conteneur » s'il y en "
            "a un à bord.",
        ),
    ] = None
    from_neighbour: Annotated[
        bool | None,
        says(
            "Loaded in the United States or Puerto Rico (for Canada).",
            "Chargé aux États-Unis ou à Porto Rico (pour le Canada).",
        ),
    ] = None
    exempt: Annotated[
        Literal["none", "self-assessment", "courier-low-value", "empty-container", "corridor"]
        | None,
        says(
            "Exemption claimed, or none once it was asked.",
            "Dispense invoquée, ou aucune une fois la question posée.",
        ),
    ] = None
    trusted_lane: Annotated[
        bool | None,
        says("Under FAST.", "Au titre d'EXPRES."),
    ] = None
    correction: Annotated[
        bool | None,
        says(
            "A correction to data that were in time.",
            "Une correction à des renseignements donnés à temps.",
        ),
    ] = None


CARGO_WORDS = (
    Word(word="exempt", means=Text("No such data are due.", "Ces renseignements ne sont pas dus.")),
    Word(word="on-time", means=Text("In time.", "À temps.")),
    UNDETERMINED,
    Word(
        word="late",
        means=Text(
            "Late; flagged for an officer, never seized by rule.",
            "En retard; signalé à un agent, jamais saisi par règle.",
        ),
    ),
    Word(
        word="not-accepted",
        means=Text(
            "After arrival the data can no longer be given.",
            "Après l'arrivée, les renseignements ne peuvent plus être donnés.",
        ),
    ),
)
