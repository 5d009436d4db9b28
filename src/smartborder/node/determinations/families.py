"""Which rule sets are handled together, and who may see and decide them.

Claims for protection are a family of their own: only people of secondary examination and their
supervisors see that such a file exists; to everybody else it is a record that is not there.
"""

from collections.abc import Iterable

import msgspec

from smartborder.node.access.roles import Act, Role, may


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """One family of rule sets.

    Attributes:
        see: the act that opens its files.
        decide: the act that records facts and decisions.
        protected: nothing about its files leaves this node, not even that they exist.

    """

    id: str
    see: Act
    decide: Act
    protected: bool = False


PROTECTION = Family(id="protection", see=Act.CLAIM_SEE, decide=Act.CLAIM_DECIDE, protected=True)
LISTING = Family(id="listing", see=Act.LISTING_SEE, decide=Act.LISTING_DECIDE)
GENERAL = Family(id="general", see=Act.DETERMINATION_SEE, decide=Act.DETERMINATION_DECIDE)
FAMILIES = (PROTECTION, LISTING, GENERAL)
_BY_RULE = {
    "stca": PROTECTION,
    "asylum-eligibility": PROTECTION,
    "listing": LISTING,
    "freezing": LISTING,
}


def family_of(rule: str) -> Family:
    """The family of a rule set."""
    return _BY_RULE.get(rule, GENERAL)


def open_to(roles: Iterable[Role]) -> tuple[Family, ...]:
    """The families whose files somebody with these roles may see."""
    held = tuple(roles)
    return tuple(family for family in FAMILIES if may(held, family.see))
