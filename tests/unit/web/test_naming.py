"""Codes in the words of the reader, and citations written one way wherever they are read."""

import pytest

from smartborder import agreements
from smartborder.kernel.text import LANGUAGES
from smartborder.model.country import load_country
from smartborder.web import naming
from smartborder.web.filters import for_language


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("IRPR 315.27(3); shared-lookouts SL-11",
         "RIPR, art. 315.27(3); Signalements communs, SL-11"),
        ("IRPR 315.21 before SOR/2024-257", "RIPR, art. 315.21 avant le DORS/2024-257"),
        ("Customs Act s. 92(1)(a)-(c)", "Loi sur les douanes, art. 92(1)a)-c)"),
        ("19 USC 1628(b)(1)", "19 USC 1628(b)(1)"),
        ("Model agreement, articles 9 and 10", "Accord type, articles 9 et 10"),
        ("Red line 10", "Ligne rouge 10"),
        ("Node policy of Canada", "Politique du nœud du Canada"),
        ("IRPR 315.36 'national of a third country'",
         "RIPR, art. 315.36 «\u00a0ressortissant d’un pays tiers\u00a0»"),
        (None, ""),
    ],
)  # fmt: skip
def test_a_citation_in_french(english: str | None, french: str) -> None:
    assert naming.citation(english, "fr") == french


def test_a_clause_is_named_by_the_title_of_its_agreement() -> None:
    assert naming.citation("case-query CQ-4", "en") == (
        "Case-by-case request on a confirmed hit, CQ-4"
    )


def test_pages_screens_and_law_files_cite_alike() -> None:
    """What an agreement's page prints is what the screens show beside a section of law."""
    for each in map(agreements.load, agreements.all_ids()):
        document = each.document
        for clause in (*document.clauses, *(c for p in document.parties for c in p.clauses)):
            shown = naming.citation(clause.citation, "fr").replace("\u00a0", " ")
            assert shown == agreements.cite(clause.citation, "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_words_shows_its_code(language: str) -> None:
    known = for_language("fr" if language == "fr" else "en")
    assert known["agreement_title"]("of-another-version") == "of-another-version"
    assert known["field_name"]("of_another_version") == "of_another_version"
    assert known["purpose_under"]("unheard-of", "shared-lookouts") == "unheard-of"
    assert known["instruction_name"](None) == ""


def test_words_come_from_the_documents() -> None:
    french = for_language("fr")
    assert french["agreement_title"]("shared-lookouts") == "Signalements communs"
    assert french["field_name"]("withdrawn_at") == "Retiré le"
    assert french["purpose_under"]("lookout-withdrawal", "shared-lookouts") == (
        "Retirer un signalement"
    )
    assert french["instruction_name"]("board-and-refer") == (
        "Embarquer, puis diriger vers l'examen secondaire"
    )


def test_a_partner_is_its_country() -> None:
    shown = for_language("fr")["party_name"]
    assert [shown("partner:USA"), shown("CAN"), shown(None)] == ["États-Unis", "Canada", "–"]
    assert for_language("en")["party_name"]("partner:USA") == "United States"
    assert shown("court:file-7") == "court:file-7"


def test_a_country_takes_its_article_where_a_sentence_needs_it() -> None:
    french, english = for_language("fr"), for_language("en")
    assert (french["country_name"]("USA"), french["of_country"]("USA")) == (
        "États-Unis", "des États-Unis",
    )  # fmt: skip
    assert (english["of_country"]("USA"), french["of_country"]("CAN")) == (
        "of the United States", "du Canada",
    )  # fmt: skip
    assert (french["country_name"](None), french["country_name"]("MEX")) == ("–", "MEX")


@pytest.mark.parametrize("country", ["CA", "US"])
def test_a_party_is_named_as_its_own_country_names_itself(country: str) -> None:
    pack = load_country(country)
    assert naming.country(pack.alpha3) == pack.name
