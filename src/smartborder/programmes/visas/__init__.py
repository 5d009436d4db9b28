"""Points 6 and 12: visas, look-outs, and board or no-board for carriers."""

from smartborder.node.act.programme import Programme
from smartborder.programmes.visas.documents import DocumentCheck
from smartborder.programmes.visas.lookouts import LookoutCheck

PROGRAMME = Programme(
    id="visas",
    points=(6, 12),
    checks=(DocumentCheck(), LookoutCheck()),
    agreements=("shared-lookouts",),
)
