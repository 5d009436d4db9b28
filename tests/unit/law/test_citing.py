"""Citations in French as a French-speaking officer writes them; the codes stay as they are."""

import pytest

from smartborder.law import registry
from smartborder.law.citing import cited


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("IRPR 259", "RIPR, art. 259"),
        ("IRPR 159.4(1)(b)", "RIPR, art. 159.4(1)b)"),
        ("IRPR 159.5(b)(ii)", "RIPR, art. 159.5b)(ii)"),
        ("IRPR 159.5(h)(i)", "RIPR, art. 159.5h)(i)"),
        ("IRPA 101(1)(b.1)", "LIPR, art. 101(1)b.1)"),
        ("IRPR 52(2)(c)-(e)", "RIPR, art. 52(2)c)-e)"),
        ("Criminal Code 83.05(8.1)", "Code criminel, art. 83.05(8.1)"),
        ("SOR/2003-323 6.1(b), 6.2(b)", "DORS/2003-323, art. 6.1b), 6.2b)"),
        ("Preclearance Act 33(2)", "Loi de 2016 sur le précontrôle, art. 33(2)"),
        ("Removals instrument TSR", "Instrument sur les renvois STR"),
        ("31 CFR 50 percent rule", "31 CFR règle des 50 %"),
        ("8 CFR 208.30(e)(6)(iii)(A)", "8 CFR 208.30(e)(6)(iii)(A)"),
        ("Node policy 7", "Politique du nœud 7"),
        ("SL-12", "SL-12"),
    ],
)
def test_a_citation_in_french(english, french):
    assert cited(english, "fr") == french
    assert cited(english, "en") == english


def test_nothing_is_cited_where_nothing_applies():
    assert cited(None, "fr") == ""


def test_no_canadian_citation_stays_english():
    """The short titles of Canada's Acts and regulations all have their French form."""
    for rule in (r for r in registry.ALL if r.pack == "ca"):
        for citation in rule.info.citations:
            assert cited(citation, "fr") != citation
