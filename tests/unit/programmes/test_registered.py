"""What each programme registers exists: agreements, rule sets with their families, screens."""

from collections import Counter

import pytest

from smartborder.agreements.shipped import all_ids
from smartborder.law import rules
from smartborder.node.access.roles import Act
from smartborder.node.access.table import TABLE
from smartborder.node.determinations.families import family_of
from smartborder.programmes.opening import PROGRAMMES
from smartborder.web.registry import rooms


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda p: p.id)
def test_all_that_a_programme_names_is_there(programme):
    assert set(programme.agreements) <= set(all_ids())
    assert set(programme.rules) <= {r.name for r in rules()}
    assert set(programme.panels) <= {s.id for room in rooms() for s in room.sections}
    for rule in programme.rules:
        family = family_of(rule)
        assert TABLE[family.see].holders
        assert TABLE[family.decide].holders


def test_no_two_programmes_own_the_same():
    for part in ("points", "rules", "panels"):
        counts = Counter(x for p in PROGRAMMES for x in getattr(p, part))
        assert [x for x, n in counts.items() if n > 1] == []


def test_claims_listings_and_the_rest_are_kept_apart():
    families = {family_of(r).id: family_of(r) for p in PROGRAMMES for r in p.rules}
    assert set(families) == {"protection", "general", "listing"}
    assert len({f.see for f in families.values()}) == 3
    assert len({f.decide for f in families.values()}) == 3
    assert families["protection"].protected
    claims = set(TABLE[Act.CLAIM_SEE].holders)
    assert claims.isdisjoint(TABLE[Act.LISTING_DECIDE].holders)
