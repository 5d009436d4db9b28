"""Every rule has its citations, both languages, intervals and a schema in both languages."""

import re

import msgspec
import pytest

from smartborder import law
from smartborder.kernel.text import Text
from smartborder.law import registry
from smartborder.law.facts import Facts
from smartborder.law.provisions import instruments, provisions
from smartborder.model.country import load_country

PACKS = ("ca", "us", "neutral")
SAME_IN_BOTH = {"ISO 3166 alpha-3."}


@pytest.mark.parametrize("rule", registry.ALL, ids=lambda r: f"{r.name}-{r.pack}")
def test_every_citation_is_on_file_and_has_a_beginning(rule):
    known = provisions(rule.pack)
    assert rule.info.citations
    for citation in rule.info.citations:
        provision = known[citation]
        assert provision.versions or citation == "IRPR 159.7", citation


@pytest.mark.parametrize("pack", PACKS)
def test_every_provision_is_used_and_bilingual(pack):
    used = {c for r in registry.ALL if r.pack == pack for c in r.info.citations}
    known = provisions(pack)
    assert set(known) - used - OTHER_USES == set()
    for citation, provision in known.items():
        assert provision.en.endswith("."), citation
        assert provision.fr.endswith("."), citation
        assert provision.en != provision.fr, citation
    for file in instruments(pack):
        assert file.source
        assert file.title.en != file.title.fr


OTHER_USES = set()
ADVERSE = {
    "advance-cargo": set(),
    "asylum-eligibility": {"may-not-be-made", "ineligible"},
    "boarding": {"no-board"},
    "fast": {"no-membership", "no-lane", "sanction-effective"},
    "freezing": {"freeze-and-report"},
    "listing": set(),
    "nexus": {"no-membership", "no-lane", "sanction-effective"},
    "pnr-access": set(),
    "preclearance": {"permitted"},
    "removal-order": {"departure-order", "exclusion-order", "deportation-order"},
    "residency": {"breach", "refuse-document"},
    "stca": {"applies"},
    "visa-requirement": set(),
}
"""What hurts somebody, and so needs a person, a notice and a redress."""


@pytest.mark.parametrize("rule", registry.ALL, ids=lambda r: f"{r.name}-{r.pack}")
def test_what_hurts_is_marked_adverse(rule):
    assert rule.adverse == ADVERSE[rule.name]


@pytest.mark.parametrize("rule", registry.ALL, ids=lambda r: f"{r.name}-{r.pack}")
def test_words_and_titles_are_bilingual(rule):
    texts = [rule.info.title, *(w.means for w in rule.info.words)]
    assert all(t.en and t.fr and t.en != t.fr for t in texts)
    assert "undetermined" in rule.kindness


@pytest.mark.parametrize("rule", registry.ALL, ids=lambda r: f"{r.name}-{r.pack}")
def test_every_fact_is_described_in_both_languages(rule):
    schema = law.schema(rule.name, "GB" if rule.pack == "neutral" else rule.pack.upper())
    assert schema["type"] == "object"
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), name
            french = field.get("x-description-fr")
            assert french, name
            assert french != field["description"] or french in SAME_IN_BOTH, name


def _texts(module):
    for value in vars(module).values():
        if isinstance(value, Text):
            yield value
        if isinstance(value, msgspec.Struct) and isinstance(getattr(value, "detail", None), Text):
            yield value.detail


def test_reasons_are_bilingual_and_french_is_french():
    import sys

    modules = [m for n, m in sys.modules.items() if n.startswith("smartborder.law")]
    texts = {t for m in modules for t in _texts(m)}
    assert len(texts) > 50
    for text in texts:
        assert text.en != text.fr, text.en
        assert not re.search(r"\b(the|of|and|is|not)\b", text.fr), text.fr


def test_every_pack_names_only_rules_there_are():
    packs = {(r.name, r.pack) for r in registry.ALL}
    for country in ("CA", "US", "GB"):
        for name, pack in load_country(country).law.items():
            assert (name, pack) in packs
    named = {(n, p) for c in ("CA", "US", "GB") for n, p in load_country(c).law.items()}
    assert packs == named


def test_facts_are_frozen_and_every_field_may_be_missing():
    for rule in registry.ALL:
        assert issubclass(rule.facts, Facts)
        rule.facts()
