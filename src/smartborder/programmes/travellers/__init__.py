"""Points 7 to 11: passenger information, joint analysis, preclearance, ferries, entry and exit."""

from smartborder.node.act.programme import Programme
from smartborder.programmes.travellers.passenger_lists import Paxlst
from smartborder.programmes.travellers.plausibility import PlausibilityCheck

PROGRAMME = Programme(
    id="travellers", points=(7, 8, 9, 10, 11), kinds=(Paxlst(),), checks=(PlausibilityCheck(),)
)
