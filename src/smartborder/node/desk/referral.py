"""What asks that an arriving traveller be referred to secondary; the officer decides."""

from collections.abc import Iterable, Sequence

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.desk.hits import HitView
from smartborder.node.desk.people import TravellerView

_BY_HIT = {
    "confirmed": Reason(
        code="arrival.hit-confirmed",
        detail=Text(
            "A hit was confirmed as the same person.",
            "Une concordance a été confirmée : c'est la même personne.",
        ),
    ),
    "undecided": Reason(
        code="arrival.hit-undecided",
        detail=Text(
            "A hit could not be settled before arrival.",
            "Une concordance n'a pu être tranchée avant l'arrivée.",
        ),
    ),
    "open": Reason(
        code="arrival.hit-open",
        detail=Text(
            "A hit has not been decided yet.", "Une concordance n'a pas encore été tranchée."
        ),
    ),
}
_BY_PRESENCE = {
    "boarded-without-ok": Reason(
        code="arrival.boarded-without-ok",
        detail=Text("Boarded although no OK was in force.", "Embarqué sans OK en vigueur."),
        citation="IRPR 259",
    ),
    "arrived-unreported": Reason(
        code="arrival.unreported",
        detail=Text(
            "No carrier reported this person.", "Aucun transporteur n'a déclaré cette personne."
        ),
    ),
    "no-show": Reason(
        code="arrival.said-no-show",
        detail=Text(
            "The carrier's close-out says this person did not fly.",
            "Selon l'avis de clôture du transporteur, cette personne n'a pas pris le vol.",
        ),
    ),
    "off-loaded": Reason(
        code="arrival.said-off-loaded",
        detail=Text(
            "The carrier's close-out says this person was taken off.",
            "Selon l'avis de clôture du transporteur, cette personne a été débarquée.",
        ),
    ),
    "cancelled": Reason(
        code="arrival.said-cancelled",
        detail=Text(
            "The carrier cancelled this person's report.",
            "Le transporteur a annulé la déclaration de cette personne.",
        ),
    ),
}
_BY_REPLY = {
    "not-ok": Reason(
        code="arrival.not-ok",
        detail=Text("The reply in force is 'not OK'.", "La réponse en vigueur est « Refus »."),
    ),
    "contact-government": Reason(
        code="arrival.contact",
        detail=Text(
            "The carrier was asked to call, and nobody decided.",
            "Le transporteur a été prié d'appeler et personne n'a tranché.",
        ),
    ),
}  # fmt: skip


def referral_reasons(who: TravellerView, hits: Sequence[HitView],
                     from_cases: Iterable[Reason]) -> tuple[Reason, ...]:  # fmt: skip
    """Everything that asks for a referral, each reason once."""
    asked = [_BY_HIT[h.state] for h in hits if h.state in _BY_HIT]
    asked += [r for r in (_BY_PRESENCE.get(who.presence), _BY_REPLY.get(who.reply)) if r]
    once = {r.code: r for r in [*asked, *from_cases]}
    return tuple(once.values())
