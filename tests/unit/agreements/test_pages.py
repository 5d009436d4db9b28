"""The published page of each agreement says what the document says, in both languages."""

import importlib.util
from pathlib import Path

import pytest

from smartborder import agreements
from smartborder.agreements.vocabulary import vocabulary
from smartborder.kernel.text import LANGUAGES, Language

FOLDER = Path(__file__).parents[3] / "docs" / "reference" / "agreements"


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("agreement_pages", FOLDER / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


def test_the_pages_are_in_step_with_the_documents() -> None:
    made = generated()
    published = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    stale = [name for name in made if published.get(name) != made[name]]
    assert not stale, f"run python docs/reference/agreements/generate.py: {stale}"
    assert set(published) == set(made)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("agreement", agreements.all_ids())
def test_a_page_names_every_clause_every_field_and_what_was_not_read(
    agreement: str, language: Language
) -> None:
    compiled = agreements.load(agreement)
    page = agreements.render_page(compiled, language)
    document = compiled.document
    clauses = [*document.clauses, *(c for part in document.parties for c in part.clauses)]
    for clause in clauses:
        assert f"| {clause.id} | {clause.text.in_(language)}" in page
    for name in compiled.agreement.permits:
        assert vocabulary().fields[name].label.in_(language).lower() in page
    for text in document.not_read:
        assert text.in_(language) in page
    assert compiled.digest[:16] in page


def test_no_french_text_is_the_english_one() -> None:
    same = []
    for agreement in agreements.all_ids():
        document = agreements.load(agreement).document
        texts = [document.title, document.summary, *document.not_read]
        texts += [term.text for term in (*document.channels, *document.purposes)]
        texts += [clause.text for clause in document.clauses]
        texts += [clause.text for part in document.parties for clause in part.clauses]
        same += [text.en for text in texts if text.en == text.fr]
    assert same == []


def test_citations_are_french_on_french_pages() -> None:
    for agreement in agreements.all_ids():
        page = agreements.render_page(agreements.load(agreement), "fr")
        for english in ("IRPR", "Model agreement", "our reading", "not read", " Act ", "SOR/2"):
            assert english not in page.replace("DORS/2", ""), (agreement, english)
