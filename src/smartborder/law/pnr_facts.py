"""What is asked of an element of a booking record, in every country."""

from typing import Annotated, Literal

from smartborder.law.facts import Facts, says


class ElementFacts(Facts, frozen=True, kw_only=True):
    """Where one element of a record is read."""

    form: Annotated[
        Literal["element", "history", "raw-message"] | None,
        says(
            "Where it is read; history and raw message are masked like the element.",
            "Où il est lu; l'historique et le message brut sont masqués comme l'élément.",
        ),
    ] = None
