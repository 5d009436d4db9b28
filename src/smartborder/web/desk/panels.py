"""Pieces that other rooms add to the desk's pages.

Slots and what their context holds, beside the session of the page's own transaction:

=============  ==============================================================================
``case``       ``case`` (:class:`CaseView`), ``decidable`` (held by the visitor, or free)
``hit``        ``hit`` (:class:`HitView`), ``case``, ``decidable``; drawn inside each hit of a case
``traveller``  ``traveller`` (:class:`TravellerView`)
``flight``     ``flight`` (:class:`FlightView`)
=============  ==============================================================================
"""

from typing import Any

from markupsafe import Markup

from smartborder.node.store.session import Session
from smartborder.web.registry import panels
from smartborder.web.session import WebRequest


def pieces(slot: str, request: WebRequest, s: Session, **context: Any) -> list[Markup]:
    """What other rooms have to show in ``slot``, in order; nothing where they have nothing."""
    drawn = (panel.draw(request, s, context) for panel in panels(slot))
    return [piece for piece in drawn if piece is not None]
