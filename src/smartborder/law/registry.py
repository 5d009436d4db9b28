"""Every rule there is, by name and by the pack whose law it is."""

from functools import cache

from smartborder.law.ca import advance_cargo as ca_cargo
from smartborder.law.ca import asylum_eligibility as ca_asylum
from smartborder.law.ca import boarding as ca_boarding
from smartborder.law.ca import fast as ca_fast
from smartborder.law.ca import freezing as ca_freezing
from smartborder.law.ca import listing as ca_listing
from smartborder.law.ca import nexus as ca_nexus
from smartborder.law.ca import pnr_access as ca_pnr
from smartborder.law.ca import preclearance as ca_preclearance
from smartborder.law.ca import removal_order as ca_removal
from smartborder.law.ca import residency as ca_residency
from smartborder.law.ca import stca as ca_stca
from smartborder.law.ca import visa_requirement as ca_visa
from smartborder.law.errors import RuleNotHere, UnknownRule
from smartborder.law.neutral import boarding as neutral_boarding
from smartborder.law.neutral import visa_requirement as neutral_visa
from smartborder.law.rule import AnyRule
from smartborder.law.us import advance_cargo as us_cargo
from smartborder.law.us import boarding as us_boarding
from smartborder.law.us import freezing as us_freezing
from smartborder.law.us import listing as us_listing
from smartborder.law.us import nexus as us_nexus
from smartborder.law.us import pnr_access as us_pnr
from smartborder.law.us import preclearance as us_preclearance
from smartborder.law.us import stca as us_stca
from smartborder.law.us import visa_requirement as us_visa
from smartborder.model.country import load_country

ALL: tuple[AnyRule, ...] = (
    ca_boarding.RULE,
    us_boarding.RULE,
    neutral_boarding.RULE,
    ca_visa.RULE,
    us_visa.RULE,
    neutral_visa.RULE,
    ca_stca.RULE,
    us_stca.RULE,
    ca_asylum.RULE,
    ca_removal.RULE,
    ca_nexus.RULE,
    us_nexus.RULE,
    ca_fast.RULE,
    ca_residency.RULE,
    ca_pnr.RULE,
    us_pnr.RULE,
    ca_listing.RULE,
    us_listing.RULE,
    ca_freezing.RULE,
    us_freezing.RULE,
    ca_preclearance.RULE,
    us_preclearance.RULE,
    ca_cargo.RULE,
    us_cargo.RULE,
)
_BY_NAME: dict[str, dict[str, AnyRule]] = {}
for _rule in ALL:
    _BY_NAME.setdefault(_rule.name, {})[_rule.pack] = _rule


@cache
def find(name: str, country: str) -> AnyRule:
    """The rule ``name`` as the pack of ``country`` (alpha-2) applies it.

    Raises:
        UnknownRule: if there is no rule of that name anywhere.
        RuleNotHere: if this country's pack names none; the packs that do are listed.

    """
    packs = _BY_NAME.get(name)
    if packs is None:
        raise UnknownRule(f"no rule '{name}'; there are: {', '.join(sorted(_BY_NAME))}")
    pack = load_country(country).law.get(name)
    if pack is None or pack not in packs:
        have = ", ".join(sorted(r.info.country for r in packs.values()))
        raise RuleNotHere(f"'{name}' is not law in {country.upper()}; it is in: {have}")
    return packs[pack]


def home(name: str) -> str:
    """The country a rule is asked of when none is given: the first that has it.

    Raises:
        UnknownRule: if there is no rule of that name.

    """
    packs = _BY_NAME.get(name)
    if packs is None:
        raise UnknownRule(f"no rule '{name}'; there are: {', '.join(sorted(_BY_NAME))}")
    return next(iter(packs.values())).info.country
