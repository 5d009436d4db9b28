"""Points 28 and 29: terrorist listings with their clocks, freezing duties, advance notice.

Each country's list binds in that country alone; the partner learns of a listing in advance only
under the agreement, and the software never freezes anything.
"""

from smartborder.node.act.programme import Programme

PROGRAMME = Programme(
    id="sanctions",
    points=(28, 29),
    agreements=("listing-advance-notice",),
    rules=("listing", "freezing"),
    panels=("listings",),
)
