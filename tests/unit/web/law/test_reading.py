"""A form and the facts it means: numbers as people write them, both ways."""

import re

import pytest

from smartborder import law
from smartborder.web.law.fields import fields_of
from smartborder.web.law.reading import facts_of, typed_of
from smartborder.web.law.words import answer

OWNERS = {"owners.0.listed": "yes", "owners.1.listed": "yes", "match": "none"}


def read(rule, country, typed):
    return facts_of(fields_of(rule, country), typed, "America/New_York")


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [("24.5", "25,5", [24.5, 25.5]), ("50", "0.000001", [50, 0.000001]), ("0", "100", [0, 100])],
)
def test_a_share_is_read_with_point_or_comma(one, other, found):
    facts = read("freezing", "US", {**OWNERS, "owners.0.percent": one, "owners.1.percent": other})
    assert [o["percent"] for o in facts["owners"]] == found
    again = typed_of(fields_of("freezing", "US"), facts)
    assert read("freezing", "US", again) == facts


@pytest.mark.parametrize("text", ["half", "1e9", "--5", "1 000", "١٢x", "9" * 40])
def test_what_is_no_number_is_said_with_its_field(text):
    with pytest.raises(law.FactsUnusable, match="a number") as error:
        read("visa-requirement", "CA", {"vessel_berths": text})
    assert error.value.where["field"] == "vessel_berths"


@pytest.mark.parametrize(("rule", "country"), sorted({(r.name, r.country) for r in law.rules()}))
def test_the_french_of_a_question_quotes_no_code_but_words_an_officer_reads(rule, country):
    fields = fields_of(rule, country)
    for field in (*fields, *(part for f in fields for part in f.parts)):
        for quoted in re.findall(r"«\s*([^»]*?)\s*»", field.says.fr):
            shown = answer(quoted.lower())
            assert shown.en == shown.fr or shown.fr == quoted, f"{field.name}: {quoted}"
