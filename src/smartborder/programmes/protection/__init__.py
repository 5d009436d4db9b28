"""Points 4, 5 and 27: claims for protection, safe third country, removal.

An officer opens a file, asks, and decides; the reply is the notice. Nothing of a claim is
disclosed but what these agreements compute on a partner's own request.
"""

from smartborder.node.act.programme import Programme

PROGRAMME = Programme(
    id="protection",
    points=(4, 5, 27),
    agreements=("asylum-annex", "five-country-fingerprints", "us-visa-sharing"),
    rules=("stca", "asylum-eligibility", "removal-order"),
    panels=("determinations",),
)
